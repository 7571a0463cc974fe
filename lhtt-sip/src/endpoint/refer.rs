//! REFER as conferencing uses it (RFC 3515, RFC 4579 5), within a dialog: a peer's goes to the owner if the configuration
//! lets it, and what comes of it goes back in NOTIFY; ours ask an MCU to call or remove somebody. INVITE with Replaces
//! (RFC 3891) is matched for the owner.
//!
//! The subscription that a REFER makes ends with the call at the latest, and has no timer of its own: its owner says when it
//! is over. Outside of dialogs REFER is not taken.

use super::receive::Incoming;
use super::screen::Rejection;
use super::{Endpoint, Event, InviteId};
use crate::error::Misuse;
use crate::invite::{Phase, Referral};
use crate::limits::REFERRALS_MAX;
use crate::message::{Method, Name, NameAddr, Request, Response, StatusCode};
use crate::transaction::table::ClientUser;
use lhtt_core::time::Instant;

/// The body type of what a NOTIFY tells (RFC 3420).
const SIPFRAG: &str = "message/sipfrag";

/// How long a subscription is said to live; it ends before, or with the call.
const SUBSCRIPTION_SECONDS: u32 = 180;

/// One REFER of a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReferId {
    pub(crate) session: InviteId,
    pub(crate) number: u32,
}

impl ReferId {
    /// The session within which it came.
    pub const fn session(self) -> InviteId {
        self.session
    }
}

impl Endpoint {
    /// A REFER of the peer: to the owner, or declined.
    pub(super) fn on_refer(&mut self, now: Instant, id: InviteId, incoming: Incoming) {
        if !self.config.referrals {
            return self.refuse(now, incoming, Rejection::new(StatusCode::DECLINE));
        }
        let headers = &incoming.request.headers;
        let (Ok(to), Ok(by)) = (headers.refer_to(), headers.referred_by()) else {
            return self.refuse(now, incoming, Rejection::new(StatusCode::BAD_REQUEST));
        };
        let number = incoming.head.cseq;
        let Some(session) = self.session(id) else { return };
        if session.phase != Phase::Confirmed || session.referrals.len() >= REFERRALS_MAX {
            return self.refuse(now, incoming, Rejection::new(StatusCode::TEMPORARILY_UNAVAILABLE));
        }
        let transaction = self.open_server(now, incoming, Some(id));
        if let Some(session) = self.session(id) {
            session.referrals.push(Referral { number, transaction: Some(transaction) });
        }
        let refer = ReferId { session: id, number };
        self.events.push_back(Event::Referred { refer, to: Box::new(to), by: by.map(Box::new) });
    }

    /// Takes a REFER on: 202, and a first NOTIFY. [`Endpoint::refer_progress`] tells the rest.
    pub fn refer_accept(&mut self, now: Instant, refer: ReferId) -> Result<(), Misuse> {
        self.answer_refer(now, refer, StatusCode::ACCEPTED)?;
        self.notify(now, refer, StatusCode::TRYING);
        self.settle(now);
        Ok(())
    }

    /// Refuses a REFER, 300 to 699.
    pub fn refer_reject(&mut self, now: Instant, refer: ReferId, status: u16) -> Result<(), Misuse> {
        let code = StatusCode::new(status).filter(|code| code.get() >= 300);
        self.answer_refer(now, refer, code.ok_or(Misuse::Status { command: "refer_reject", status })?)?;
        self.forget_referral(refer);
        self.settle(now);
        Ok(())
    }

    /// Tells the peer what came of its REFER so far: the status of the request that it asked for. A final one ends it.
    pub fn refer_progress(&mut self, now: Instant, refer: ReferId, status: u16) -> Result<(), Misuse> {
        let code = StatusCode::new(status).ok_or(Misuse::Status { command: "refer_progress", status })?;
        match self.referral(refer)?.transaction {
            Some(_) => return Err(Misuse::State("refer_progress")),
            None => self.notify(now, refer, code),
        }
        if code.is_final() {
            self.forget_referral(refer);
        }
        self.settle(now);
        Ok(())
    }

    fn answer_refer(&mut self, now: Instant, refer: ReferId, status: StatusCode) -> Result<(), Misuse> {
        let transaction = self.referral(refer)?.transaction.take().ok_or(Misuse::State("refer"))?;
        if let Some(mut response) = self.response_to(transaction, refer.session, status) {
            let dialog = self.sessions.get(&refer.session).and_then(|session| session.dialog.as_ref());
            if let Some(dialog) = dialog.filter(|_| status.is_success()) {
                response.headers.push(Name::Contact, dialog.contact());
            }
            self.respond(now, transaction, response);
        }
        Ok(())
    }

    fn referral(&mut self, refer: ReferId) -> Result<&mut Referral, Misuse> {
        let session = self.session(refer.session).ok_or(Misuse::Unknown(refer.session))?;
        let mut known = session.referrals.iter_mut();
        known.find(|known| known.number == refer.number).ok_or(Misuse::State("refer"))
    }

    fn forget_referral(&mut self, refer: ReferId) {
        if let Some(session) = self.session(refer.session) {
            session.referrals.retain(|known| known.number != refer.number);
        }
    }

    /// A NOTIFY with a status line (RFC 3515 2.4.4).
    fn notify(&mut self, now: Instant, refer: ReferId, status: StatusCode) {
        let state = match status.is_final() {
            true => "terminated;reason=noresource".to_owned(),
            false => format!("active;expires={SUBSCRIPTION_SECONDS}"),
        };
        let body = format!("SIP/2.0 {status} {}\r\n", status.reason());
        self.send_within(now, refer.session, Method::Notify, ClientUser::Ending(refer.session), |request| {
            request.headers.push(Name::Event, format!("refer;id={}", refer.number));
            request.headers.push(Name::SubscriptionState, state);
            request.set_body(&format!("{SIPFRAG};version=2.0"), body);
        });
    }

    /// Asks the peer to send a request to somebody (RFC 3515 2.4): [`Event::ReferAnswered`] tells whether it will, and
    /// [`Event::ReferProgress`] what came of it.
    pub fn refer(&mut self, now: Instant, id: InviteId, to: &NameAddr) -> Result<(), Misuse> {
        let session = self.sessions.get(&id).ok_or(Misuse::Unknown(id))?;
        if session.phase != Phase::Confirmed || session.referring.len() >= REFERRALS_MAX {
            return Err(Misuse::State("refer"));
        }
        let number = self.send_within(now, id, Method::Refer, ClientUser::Refer(id), |request| {
            request.headers.push(Name::ReferTo, to);
        });
        if let (Some(number), Some(session)) = (number, self.session(id)) {
            session.referring.push(number);
        }
        self.settle(now);
        Ok(())
    }

    /// The answer to a REFER of ours.
    pub(super) fn on_refer_answered(&mut self, id: InviteId, status: StatusCode, response: Option<&Response>) {
        let number = response.and_then(|response| response.headers.cseq().ok()).map(|cseq| cseq.number);
        let Some(session) = self.session(id).filter(|session| session.phase == Phase::Confirmed) else { return };
        if !status.is_success() {
            // Without a response it is the oldest that nobody has answered.
            let at = session.referring.iter().position(|known| number.is_none_or(|number| *known == number));
            at.map(|at| session.referring.remove(at));
        }
        self.events.push_back(Event::ReferAnswered { id, status: status.get() });
    }

    /// A NOTIFY: of a REFER of ours, or of nothing that we know (RFC 6665 4.1.3).
    pub(super) fn on_notify(&mut self, now: Instant, id: InviteId, incoming: Incoming) {
        let Notice { refers, number, over, status } = Notice::read(&incoming.request);
        let Some(session) = self.session(id) else { return };
        let at = session.referring.iter().position(|known| number.is_none_or(|number| number == *known));
        let Some(at) = at.filter(|_| refers) else {
            let status = if refers { StatusCode::CALL_DOES_NOT_EXIST } else { StatusCode::BAD_EVENT };
            return self.refuse(now, incoming, Rejection::new(status));
        };
        let Some(status) = status else {
            return self.refuse(now, incoming, Rejection::new(StatusCode::BAD_REQUEST));
        };
        if over {
            session.referring.remove(at);
        }
        let response = Response::to_request(&incoming.request, StatusCode::OK);
        self.answer(now, incoming, Some(id), response);
        self.events.push_back(Event::ReferProgress { id, status: status.get(), over });
    }

    /// The session that an INVITE wants to take the place of (RFC 3891 3): none if it does not want that; else the status to
    /// refuse it with. Whether its sender may is for the owner to say, who accepts the one and hangs up the other.
    pub fn replaced_by(&self, request: &Request) -> Result<Option<InviteId>, StatusCode> {
        let replaces = request.headers.replaces().map_err(|_| StatusCode::BAD_REQUEST)?;
        let Some(replaces) = replaces else { return Ok(None) };
        let id = self.tags.get(&replaces.to_tag).ok_or(StatusCode::CALL_DOES_NOT_EXIST)?;
        let session = self.sessions.get(id).ok_or(StatusCode::CALL_DOES_NOT_EXIST)?;
        session.known_dialog(&replaces.call_id, &replaces.from_tag).ok_or(StatusCode::CALL_DOES_NOT_EXIST)?;
        match session.phase {
            Phase::Ended => Err(StatusCode::DECLINE),
            // An early dialog can be replaced only by its caller's side.
            Phase::Offered | Phase::Accepted => Err(StatusCode::CALL_DOES_NOT_EXIST),
            Phase::Answering { .. } | Phase::Confirmed if replaces.early_only => Err(StatusCode::BUSY_HERE),
            Phase::Inviting(_) | Phase::Answering { .. } | Phase::Confirmed => Ok(Some(*id)),
        }
    }
}

/// What a NOTIFY says.
#[derive(Clone, Copy, Debug)]
struct Notice {
    /// Whether it is of the event package of REFER.
    refers: bool,
    /// The REFER that it names.
    number: Option<u32>,
    over: bool,
    status: Option<StatusCode>,
}

impl Notice {
    fn read(request: &Request) -> Self {
        let mut event = request.headers.get(Name::Event).unwrap_or_default().split(';').map(str::trim);
        let refers = event.next().is_some_and(|package| package.eq_ignore_ascii_case("refer"));
        let number = event.find_map(|param| param.strip_prefix("id=")).map(|number| number.parse().unwrap_or(0));
        let state = request.headers.get(Name::SubscriptionState).unwrap_or_default().split(';').next();
        let over = state.is_some_and(|state| state.trim().eq_ignore_ascii_case("terminated"));
        Self { refers, number, over, status: fragment_status(request) }
    }
}

/// The status in a fragment of a response.
fn fragment_status(request: &Request) -> Option<StatusCode> {
    let fragment = request.headers.content_type().ok()??.is(SIPFRAG);
    let line = std::str::from_utf8(request.body()).ok()?.lines().next()?;
    let code = line.strip_prefix("SIP/2.0 ")?.split(' ').next()?.parse().ok()?;
    StatusCode::new(code).filter(|_| fragment)
}
