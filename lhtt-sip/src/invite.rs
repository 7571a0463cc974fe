//! The INVITE session: what an endpoint keeps of one call between its INVITE and the end of its last transaction.
//! RFC 3261 13, 14, 15; RFC 3311 for UPDATE; RFC 4028 for its timer.
//!
//! | phase      | meaning                                        | waits at most               |
//! |------------|------------------------------------------------|-----------------------------|
//! | Inviting   | UAC: no final response yet                     | its transaction             |
//! | Answering  | UAC: the 2xx carried the offer                 | 64 × T1 for the owner's ACK |
//! | Offered    | UAS: the owner has not answered finally        | its transaction             |
//! | Accepted   | UAS: 2xx sent, no ACK yet                      | 64 × T1                     |
//! | Confirmed  | the call is up; re-INVITEs come and go         | its session timer           |
//! | Ended      | only transactions are left                     | theirs                      |
//!
//! Leaves out: what is sent when, which the endpoint decides by phase and event.

use crate::dialog::Dialog;
use crate::endpoint::carriers::Path;
use crate::endpoint::words::Target;
use crate::message::{Method, StatusCode};
use crate::peer::Peer;
use crate::session_timer::SessionTimer;
use crate::transaction::Timers;
use crate::transaction::table::TransactionId;
use bytes::Bytes;
use lhtt_core::time::{Duration, Instant, soonest};
use std::collections::VecDeque;

/// One INVITE session.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) phase: Phase,
    /// Our tag, by which requests of the peer find the session.
    pub(crate) tag: String,
    /// Whether the INVITE was ours.
    pub(crate) caller: bool,
    /// Whether the INVITE carried the offer.
    pub(crate) early_offer: bool,
    /// The transaction of the INVITE that made it.
    pub(crate) invite: Option<TransactionId>,
    /// The way to the peer; its stream is the dialog's stream.
    pub(crate) way: Target,
    /// Whose requests are taken: of a UAC known from the first response with a tag.
    pub(crate) peer: Option<Peer>,
    /// The dialog: of a UAS from the start, of a UAC from the 2xx that won.
    pub(crate) dialog: Option<Dialog>,
    /// UAC: dialogs that provisional responses made.
    pub(crate) early: Vec<Dialog>,
    /// UAC: our ACK of the 2xx that won, for its repetitions.
    pub(crate) ack: Option<Ack>,
    /// UAC: 2xx of further forks, acknowledged and hung up.
    pub(crate) strays: Vec<Stray>,
    /// Our 2xx that waits for its ACK.
    pub(crate) unacknowledged: Option<Unacknowledged>,
    /// What the peer wants changed and the owner has not answered.
    pub(crate) renegotiation: Option<Renegotiation>,
    /// What we want changed or refreshed and the peer has not answered.
    pub(crate) change: Option<Box<Change>>,
    /// UAS: whether the caller takes reliable provisional responses.
    pub(crate) reliability: Reliability,
    /// UAS: our reliable provisional responses, once there is one.
    pub(crate) reliable: Option<Box<Reliable>>,
    /// UAC: the offer of a reliable response that the owner has to answer.
    pub(crate) owed: Option<Box<Owed>>,
    /// REFERs of the peer that are not over.
    pub(crate) referrals: Vec<Referral>,
    /// REFERs of ours that are not over, by their CSeq numbers.
    pub(crate) referring: Vec<u32>,
    /// When a picture fast update was last told, and last sent.
    pub(crate) updates_heard: Option<Instant>,
    pub(crate) updates_sent: Option<Instant>,
    /// Ends the call when nothing is heard of the peer.
    pub(crate) timer: Option<SessionTimer>,
    /// The session interval that our requests ask for, in seconds: a peer's 422 makes it longer.
    pub(crate) interval: u32,
    /// How often a 422 has made it longer.
    pub(crate) lengthened: u8,
    /// Whether the peer takes UPDATE.
    pub(crate) updates: bool,
    /// Whether the peer wants no media from us.
    pub(crate) held: bool,
    /// Our description that counts, for refreshes.
    pub(crate) local: Bytes,
    /// The number of the INVITE that made the dialog.
    pub(crate) invite_cseq: u32,
    /// The owner hung up, but the BYE must wait for the ACK (RFC 3261 15).
    pub(crate) leaving: Option<Leaving>,
    /// Whether the call ended by a BYE of ours, so that one of the peer may cross it.
    pub(crate) left: bool,
    /// Transactions that are not over.
    pub(crate) transactions: usize,
    pub(crate) armed: Option<Instant>,
}

/// Where a session stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Inviting(Inviting),
    Answering { until: Instant },
    Offered,
    Accepted,
    Confirmed,
    Ended,
}

/// What a UAC remembers until the final response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inviting {
    /// Statuses already reported.
    pub(crate) reported: Vec<u16>,
    /// Whether SDP was already reported.
    pub(crate) sdp_reported: bool,
    /// Whether any provisional response came, so that a CANCEL may be sent.
    pub(crate) heard: bool,
    /// Whether the owner knows that it failed.
    pub(crate) failed: bool,
    pub(crate) cancel: Cancel,
}

/// How far a CANCEL is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cancel {
    #[default]
    No,
    /// To be sent at the first provisional response (RFC 3261 9.1), with this Reason.
    Wanted(Option<String>),
    /// Sent, with this Reason.
    Sent(Option<String>),
}

/// The owner wants to leave, with this Reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaving(pub(crate) Option<String>);

/// An ACK that was sent, and where to.
#[derive(Clone, Debug)]
pub(crate) struct Ack {
    pub(crate) cseq: u32,
    pub(crate) path: Path,
    pub(crate) octets: Bytes,
}

/// A fork that lost.
#[derive(Clone, Debug)]
pub(crate) struct Stray {
    pub(crate) tag: String,
    pub(crate) ack: Option<Ack>,
}

/// A 2xx of ours without an ACK: repeated until one comes (RFC 3261 13.3.1.4).
#[derive(Clone, Debug)]
pub(crate) struct Unacknowledged {
    pub(crate) cseq: u32,
    pub(crate) transaction: TransactionId,
    /// Whether the 2xx carried our offer, so that the ACK brings the answer.
    pub(crate) offered: bool,
    pub(crate) again: Instant,
    interval: Duration,
    pub(crate) until: Instant,
}

/// A re-INVITE, UPDATE or PRACK with an offer that the owner has to answer.
#[derive(Clone, Debug)]
pub(crate) struct Renegotiation {
    pub(crate) transaction: TransactionId,
    /// Whether our 2xx carries the offer.
    pub(crate) offered: bool,
    pub(crate) kind: Kind,
}

/// Whose offer is not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conflict {
    Theirs,
    Ours,
}

/// What asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Invite,
    Update,
    Prack,
}

/// A REFER of the peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Referral {
    /// Its CSeq number, which its NOTIFYs name.
    pub(crate) number: u32,
    /// Until the owner has answered it.
    pub(crate) transaction: Option<TransactionId>,
}

/// Whether a caller takes reliable provisional responses (RFC 3262 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reliability {
    None,
    Supported,
    Required,
}

/// The reliable provisional responses to one INVITE (RFC 3262 3).
#[derive(Clone, Debug)]
pub(crate) struct Reliable {
    next: u32,
    /// The one that is not acknowledged.
    pub(crate) unsure: Option<Unsure>,
    /// Those after it.
    pub(crate) queue: VecDeque<Queued>,
    /// Whether offer and answer are complete.
    pub(crate) answered: bool,
    /// The owner has accepted, but the 2xx has to wait.
    pub(crate) accept: Option<Bytes>,
}

/// A provisional response that waits for its turn.
#[derive(Clone, Debug)]
pub(crate) struct Queued {
    pub(crate) status: StatusCode,
    pub(crate) sdp: Option<Bytes>,
}

/// A reliable response without a PRACK: repeated until one comes.
#[derive(Clone, Debug)]
pub(crate) struct Unsure {
    pub(crate) rseq: u32,
    pub(crate) cseq: u32,
    pub(crate) described: bool,
    pub(crate) octets: Bytes,
    pub(crate) again: Instant,
    pub(crate) interval: Duration,
    pub(crate) until: Instant,
}

/// An offer in a reliable response: its PRACK carries the answer.
#[derive(Clone, Debug)]
pub(crate) struct Owed {
    /// Of the early dialog.
    pub(crate) tag: String,
    pub(crate) rseq: u32,
    pub(crate) until: Instant,
}

impl Reliable {
    pub(crate) fn new(first: u32) -> Self {
        Self { next: first, unsure: None, queue: VecDeque::new(), answered: false, accept: None }
    }

    pub(crate) fn allocate(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }
}

/// A request of ours within the dialog that changes the session, refreshes it, or asks whether the peer is there.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) by: By,
    /// Ours, and not the owner's: of the session timer.
    pub(crate) refresh: bool,
    pub(crate) offer: Option<Bytes>,
    pub(crate) state: Changing,
    /// How often it was sent again after a refusal.
    pub(crate) tries: u8,
}

/// What carries a [`Change`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Invite,
    Update,
    /// Changes nothing.
    Options,
}

/// Where a [`Change`] stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Changing {
    /// To be sent now.
    Ready,
    /// Sent; the answer is awaited, which its transaction bounds.
    Sent(TransactionId),
    /// It crossed one of the peer's, or was too early: sent again then.
    BackingOff { until: Instant },
    /// The 2xx to a re-INVITE carried the offer: the owner owes the answer, in the ACK.
    Owing { cseq: u32, until: Instant },
}

impl Change {
    pub(crate) fn new(by: By, refresh: bool, offer: Option<Bytes>) -> Self {
        Self { by, refresh, offer, state: Changing::Ready, tries: 0 }
    }

    /// Whether an offer of the peer would cross it (RFC 3261 14.2, RFC 3311 5.2).
    pub(crate) fn is_in_the_way(&self) -> bool {
        let offers = self.by == By::Invite || self.offer.is_some();
        offers && !matches!(self.state, Changing::BackingOff { .. })
    }
}

impl Unacknowledged {
    pub(crate) fn new(now: Instant, cseq: u32, transaction: TransactionId, offered: bool, timers: &Timers) -> Self {
        let (again, until) = (now + timers.t1, now + timers.transaction());
        Self { cseq, transaction, offered, again, interval: timers.t1, until }
    }

    /// The next repetition, twice as late, at most T2.
    pub(crate) fn back_off(&mut self, now: Instant, timers: &Timers) {
        self.interval = timers.backed_off(self.interval);
        self.again = now + self.interval;
    }
}

impl Session {
    pub(crate) fn new(
        phase: Phase,
        tag: String,
        early_offer: bool,
        invite: Option<TransactionId>,
        way: Target,
    ) -> Self {
        let caller = matches!(phase, Phase::Inviting(_));
        Self {
            phase,
            tag,
            caller,
            early_offer,
            invite,
            way,
            peer: None,
            dialog: None,
            early: Vec::new(),
            ack: None,
            strays: Vec::new(),
            unacknowledged: None,
            renegotiation: None,
            change: None,
            reliability: Reliability::None,
            reliable: None,
            owed: None,
            referrals: Vec::new(),
            referring: Vec::new(),
            updates_heard: None,
            updates_sent: None,
            timer: None,
            interval: 0,
            lengthened: 0,
            updates: false,
            held: false,
            local: Bytes::new(),
            invite_cseq: 1,
            leaving: None,
            left: false,
            transactions: 0,
            armed: None,
        }
    }

    /// When it next wants to be called.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let own = match self.phase {
            Phase::Answering { until } => Some(until),
            Phase::Offered => {
                let unsure = self.reliable.as_ref().and_then(|reliable| reliable.unsure.as_ref());
                unsure.map(|unsure| unsure.again.min(unsure.until))
            }
            Phase::Inviting(_) => self.owed.as_ref().map(|owed| owed.until),
            Phase::Confirmed => soonest(self.timer.and_then(|timer| timer.deadline()), self.change_deadline()),
            _ => None,
        };
        soonest(own, self.unacknowledged.as_ref().map(|waiting| waiting.again.min(waiting.until)))
    }

    fn change_deadline(&self) -> Option<Instant> {
        match self.change.as_ref()?.state {
            Changing::BackingOff { until } | Changing::Owing { until, .. } => Some(until),
            Changing::Ready | Changing::Sent(_) => None,
        }
    }

    /// UAS: why an offer of the caller before the 2xx cannot be taken (RFC 3311 5.2, RFC 3262 5).
    pub(crate) fn early_conflict(&self, method: &Method) -> Option<Conflict> {
        if *method != Method::Update || self.renegotiation.is_some() {
            return Some(Conflict::Theirs);
        }
        match self.is_answered() {
            true => None,
            false if self.early_offer => Some(Conflict::Theirs),
            false => Some(Conflict::Ours),
        }
    }

    /// UAS: whether offer and answer are complete before the 2xx.
    pub(crate) fn is_answered(&self) -> bool {
        self.reliable.as_ref().is_some_and(|reliable| reliable.answered)
    }

    /// UAS: whether the 2xx has to wait for a PRACK (RFC 3262 3).
    pub(crate) fn must_wait(&self) -> bool {
        let described = |reliable: &Reliable| reliable.unsure.as_ref().is_some_and(|unsure| unsure.described);
        self.reliable.as_deref().is_some_and(|reliable| described(reliable) || !reliable.queue.is_empty())
    }

    /// The call is over; only transactions are left.
    pub(crate) fn close(&mut self) {
        self.phase = Phase::Ended;
        self.unacknowledged = None;
        self.leaving = None;
        self.change = None;
        self.timer = None;
        self.reliable = None;
        self.owed = None;
        self.referring.clear();
    }

    /// Whether nothing of it is left.
    pub(crate) fn is_forgettable(&self) -> bool {
        self.phase == Phase::Ended && self.transactions == 0 && self.unacknowledged.is_none()
    }

    /// The same to look at.
    pub(crate) fn known_dialog(&self, call_id: &str, remote_tag: &str) -> Option<&Dialog> {
        let mut dialogs = self.dialog.iter().chain(&self.early);
        dialogs.find(|dialog| dialog.call_id() == call_id && dialog.remote_tag() == remote_tag)
    }

    /// The dialog, early or not, with this Call-ID and remote tag.
    pub(crate) fn dialog_with(&mut self, call_id: &str, remote_tag: &str) -> Option<&mut Dialog> {
        let mut dialogs = self.dialog.iter_mut().chain(self.early.iter_mut());
        dialogs.find(|dialog| dialog.call_id() == call_id && dialog.remote_tag() == remote_tag)
    }
}
