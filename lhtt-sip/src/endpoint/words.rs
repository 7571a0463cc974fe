//! The words of an endpoint: what its owner says to it and what it says to its owner.

use crate::endpoint::ReferId;
use crate::limits::Limits;
use crate::message::{Method, NameAddr, ReferTo, Request, Response, Uri};
use crate::transaction::Timers;
use bytes::Bytes;
use lhtt_core::io::{ListenerId, StreamId, Transport};
use std::net::{IpAddr, SocketAddr};

/// What an endpoint is made with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The owner byte of the streams it opens: see [`lhtt_core::io::StreamIds::new`]. Not 0.
    pub stream_owner: u8,
    /// What User-Agent and Server say; absent if none, which tells a prober less.
    pub user_agent: Option<String>,
    /// Whether REFER of a peer within a call goes to the owner ([`Event::Referred`]). By default it is declined with 603.
    pub referrals: bool,
    /// How long things wait.
    pub timers: Timers,
    /// How much is held.
    pub limits: Limits,
}

impl Config {
    /// Defaults with this stream owner.
    pub fn new(stream_owner: u8) -> Self {
        Self { stream_owner, user_agent: None, referrals: false, timers: Timers::default(), limits: Limits::default() }
    }
}

/// Stream owner 1.
impl Default for Config {
    fn default() -> Self {
        Self::new(1)
    }
}

/// One INVITE session: our INVITE or a peer's, and the dialog that came of it. Never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InviteId(pub(crate) u64);

impl InviteId {
    /// As a number, for logs and indexes.
    pub const fn get(self) -> u64 {
        self.0
    }
}

/// One OPTIONS request of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionsId(pub(crate) u64);

impl OptionsId {
    /// As a number, for logs and indexes.
    pub const fn get(self) -> u64 {
        self.0
    }
}

/// Where a request of ours goes, and what it says about us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What carries it.
    pub transport: Transport,
    /// Where to.
    pub remote: SocketAddr,
    /// UDP: the listener to send from.
    pub listener: Option<ListenerId>,
    /// The address a new stream binds, if it matters.
    pub local: Option<IpAddr>,
    /// TLS: the name the peer's certificate must bear.
    pub server_name: Option<String>,
    /// `host:port` for Via, and for the peer's way back to us.
    pub sent_by: String,
    /// Use this stream while it lives, whoever opened it. Without it, one we opened earlier to the same transport, remote,
    /// local and server name is used again, else a new one is opened.
    pub stream: Option<StreamId>,
}

/// An INVITE to send.
#[derive(Clone, Debug)]
pub struct Invite {
    /// Where to.
    pub target: Target,
    /// The Request-URI.
    pub uri: Uri,
    /// From; the endpoint adds the tag.
    pub from: NameAddr,
    /// To.
    pub to: NameAddr,
    /// Contact: where the peer sends its requests of this dialog.
    pub contact: Uri,
    /// The SDP offer. Without it the peer is asked for one (RFC 3261 13.2.1): see [`Event::Answered`].
    pub offer: Option<Bytes>,
    /// Further headers. Max-Forwards replaces the default of 70; those the endpoint writes are [`crate::Misuse::Header`].
    pub headers: Vec<(String, String)>,
}

/// Where a request came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What carried it.
    pub transport: Transport,
    /// The listener it came to; none on a stream that we opened.
    pub listener: Option<ListenerId>,
    /// The stream; none on UDP.
    pub stream: Option<StreamId>,
    /// Our end of the stream.
    pub local: Option<SocketAddr>,
    /// Who sent it.
    pub remote: SocketAddr,
}

/// How to refuse an INVITE.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// 300 to 699.
    pub status: u16,
    /// The reason phrase; that of the status if none.
    pub reason: Option<String>,
    /// Further headers, as Warning, Reason, Retry-After, Contact.
    pub headers: Vec<(String, String)>,
}

impl Refusal {
    /// A refusal that says no more than its status.
    pub fn new(status: u16) -> Self {
        Self { status, ..Self::default() }
    }
}

/// What an endpoint tells its owner.
#[derive(Clone, Debug)]
pub enum Event {
    /// UAS: an INVITE outside any dialog. 100 Trying is already sent.
    Incoming {
        /// The session.
        id: InviteId,
        /// Where it came from.
        source: Source,
        /// The INVITE.
        request: Box<Request>,
        /// Its SDP offer. Without one, [`super::Endpoint::accept`] takes our offer and [`Event::Confirmed`] brings the answer.
        offer: Option<Bytes>,
    },
    /// UAC: a provisional response above 100. The first of each status, and each that carries SDP.
    Provisional {
        /// The session.
        id: InviteId,
        /// 101 to 199.
        status: u16,
        /// SDP, if it has any. In a reliable response it is the answer, or, if our INVITE had no offer, the offer: then call
        /// [`super::Endpoint::acknowledge`]. Else it is a preview.
        sdp: Option<Bytes>,
        /// Whether it was sent reliably (RFC 3262). The endpoint acknowledges those by itself.
        reliable: bool,
    },
    /// UAC: a 2xx. Comes once.
    Answered {
        /// The session.
        id: InviteId,
        /// 200 to 299.
        status: u16,
        /// The answer to our offer, also if a reliable provisional response brought it; or, if our INVITE had none, the offer:
        /// then call [`super::Endpoint::acknowledge`]. None where the owner has answered in a PRACK.
        sdp: Option<Bytes>,
    },
    /// UAC: the INVITE did not lead to a call. Every INVITE of ours ends in exactly one `Answered` or `Failed`, also after
    /// [`super::Endpoint::hang_up`].
    Failed {
        /// The session.
        id: InviteId,
        /// 300 to 699 from the peer; without `response`, ours: 408 (no answer in time), 503 (no way there), 487 (a 2xx crossed
        /// our CANCEL and is hung up).
        status: u16,
        /// What the peer sent.
        response: Option<Box<Response>>,
    },
    /// UAS: the ACK of a 2xx that [`super::Endpoint::accept`] sent is here; for an accepted UPDATE, at once.
    Confirmed {
        /// The session.
        id: InviteId,
        /// The answer, if our 2xx carried the offer.
        sdp: Option<Bytes>,
    },
    /// UAS: the PRACK of a reliable provisional response is here.
    ProvisionalConfirmed {
        /// The session.
        id: InviteId,
        /// The answer, if the response carried our offer.
        sdp: Option<Bytes>,
    },
    /// UAS: the caller gave up before the final answer. 487 is already sent.
    Cancelled {
        /// The session.
        id: InviteId,
        /// The Reason header of the CANCEL.
        reason: Option<String>,
    },
    /// The peer wants to change the session (re-INVITE, or UPDATE or PRACK with an offer): answer with [`super::Endpoint::accept`] or
    /// [`super::Endpoint::reject`]. If the peer cancels it first, those are [`crate::Misuse::State`].
    Renegotiate {
        /// The session.
        id: InviteId,
        /// The offer; none asks for ours.
        offer: Option<Bytes>,
    },
    /// The peer accepted what [`super::Endpoint::change`] asked. Without offer of ours, `sdp` is the peer's: then call
    /// [`super::Endpoint::acknowledge`].
    Changed {
        /// The session.
        id: InviteId,
        /// The answer, or the offer.
        sdp: Option<Bytes>,
    },
    /// The peer did not accept what [`super::Endpoint::change`] asked: the call goes on as it was.
    ChangeRefused {
        /// The session.
        id: InviteId,
        /// 300 to 699; 491 where the peer changed the session meanwhile, 503 if no way leads there.
        status: u16,
    },
    /// The session timer was refreshed by a re-INVITE with our last description; this is the peer's, most often the same as
    /// before.
    Refreshed {
        /// The session.
        id: InviteId,
        /// The answer.
        sdp: Bytes,
    },
    /// The peer put us on hold, or took us back, with a change that is agreed on.
    Held {
        /// The session.
        id: InviteId,
        /// Whether it takes no media from us now.
        held: bool,
    },
    /// An INFO in the dialog, already answered 200.
    Info {
        /// The session.
        id: InviteId,
        /// Its Content-Type, empty if none.
        content_type: String,
        /// Its body.
        body: Bytes,
    },
    /// The peer asks for a picture that needs no earlier one (RFC 5168). At most once a second.
    FastUpdate {
        /// The session.
        id: InviteId,
    },
    /// The peer asks us to send a request to somebody (RFC 3515): answer with [`super::Endpoint::refer_accept`] or
    /// [`super::Endpoint::refer_reject`].
    Referred {
        /// This REFER.
        refer: ReferId,
        /// Whom, and how.
        to: Box<ReferTo>,
        /// Who wants it, as the peer says.
        by: Option<Box<NameAddr>>,
    },
    /// The answer to [`super::Endpoint::refer`].
    ReferAnswered {
        /// The session.
        id: InviteId,
        /// 200 to 699.
        status: u16,
    },
    /// What came of a REFER of ours so far.
    ReferProgress {
        /// The session.
        id: InviteId,
        /// 100 to 699, of the request that was asked for.
        status: u16,
        /// Whether nothing more will come.
        over: bool,
    },
    /// The call is over, and not because the owner hung up.
    Ended {
        /// The session.
        id: InviteId,
        /// How.
        how: EndedHow,
    },
    /// Nothing of the session is left, neither transactions nor timers: always its last event.
    Forgotten {
        /// The session.
        id: InviteId,
    },
    /// The answer to [`super::Endpoint::options`]: 200 to 699, 408 without one in time, 503 without a way there.
    OptionsAnswered {
        /// The request.
        id: OptionsId,
        /// The status.
        status: u16,
    },
    /// Somebody who is not the peer of a dialog sent a request within it. It was answered 481, as if there were no such
    /// dialog, and had no other effect.
    Stranger {
        /// The session.
        id: InviteId,
        /// Where it came from.
        source: Source,
        /// The method.
        method: Method,
    },
    /// A peer sent something that is no SIP message. It was answered where that is possible.
    Malformed {
        /// Where it came from.
        source: Source,
        /// What is wrong with it.
        fault: String,
    },
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndedHow {
    /// The peer sent BYE.
    Bye {
        /// Its Reason header.
        reason: Option<String>,
    },
    /// No ACK came for our 2xx within 64 × T1, or the owner did not acknowledge in that time. A BYE is sent.
    NoAck,
    /// UAS: the TLS stream of an unanswered INVITE closed, so no answer can reach the caller.
    StreamLost,
    /// The session timer ran out (RFC 4028): the peer did not refresh, or did not answer our refresh. A BYE is sent.
    SessionTimeout,
    /// The peer did not answer a request within the dialog, or does not know the dialog any more. A BYE is sent.
    PeerGone,
    /// UAS: no PRACK came for a reliable provisional response within 64 × T1; 504 is sent.
    NoPrack,
    /// UAS: the owner did not answer within [`Timers::answer`]; 480 is sent.
    Unanswered,
}
