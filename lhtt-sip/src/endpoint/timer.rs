//! Session timers of an endpoint: what its messages say of them, refreshes, and the end of a session of which nothing is
//! heard. RFC 4028 7 to 10.

use super::screen::SUPPORTED;
use super::{EndedHow, Endpoint, InviteId};
use crate::error::Misuse;
use crate::invite::{By, Change, Phase};
use crate::limits::RETRIES_MAX;
use crate::message::{CSeq, Headers, Method, Name, Refresher, Request, Response, SessionExpires, StatusCode, Text};
use crate::session_timer::{Asked, Bounds, Role, SESSION_SECONDS_MAX, SessionTimer, TIMER, lists};
use crate::transaction::Timers;
use crate::transaction::table::{ClientUser, TransactionId};
use lhtt_core::time::Instant;

/// What a 2xx says where the default is agreed on: made once for all calls.
#[derive(Debug)]
pub(super) struct Usual {
    value: SessionExpires,
    text: Text,
}

impl Usual {
    pub(super) fn new(timers: &Timers) -> Self {
        let seconds = Bounds::of(timers).map_or(0, |bounds| bounds.wanted);
        let value = SessionExpires { seconds, refresher: Some(Refresher::Uas) };
        Self { value, text: value.into() }
    }

    fn text(&self, value: SessionExpires) -> Text {
        if value == self.value { self.text.clone() } else { value.into() }
    }
}

impl Endpoint {
    /// The bounds for a session: what it wants may have grown by a 422 of its peer.
    fn bounds(&self, id: InviteId) -> Option<Bounds> {
        let bounds = Bounds::of(&self.config.timers)?;
        let grown = self.sessions.get(&id).map_or(0, |session| session.interval);
        Some(Bounds { wanted: bounds.wanted.max(grown), ..bounds })
    }

    /// The bounds that every session has.
    pub(super) fn bounds_of_all(&self) -> Option<Bounds> {
        Bounds::of(&self.config.timers)
    }

    /// Says in an INVITE or UPDATE of ours that we keep session timers, and which (RFC 4028 7.1).
    pub(super) fn ask_timer(&self, id: InviteId, headers: &mut Headers) {
        headers.push(Name::Supported, Text::from_static(SUPPORTED));
        let Some(bounds) = self.bounds(id) else { return };
        let timer = self.sessions.get(&id).and_then(|session| session.timer);
        let refresher = timer.map(|timer| match timer.role {
            Role::Watching => Refresher::Uas,
            Role::Refreshing | Role::Asking => Refresher::Uac,
        });
        let seconds = timer.map_or(bounds.wanted, |timer| timer.seconds().max(bounds.wanted));
        headers.push(Name::SessionExpires, SessionExpires { seconds, refresher });
        headers.push(Name::MinSe, bounds.min.to_string());
    }

    /// A 2xx of ours to an INVITE or UPDATE: agrees on a timer, and starts it (RFC 4028 9).
    pub(super) fn agree_timer(&mut self, now: Instant, id: InviteId, asked: Asked, response: &mut Response) {
        response.headers.push(Name::Supported, Text::from_static(SUPPORTED));
        let Some(bounds) = Bounds::of(&self.config.timers) else { return };
        let agreement = asked.agree(bounds);
        if agreement.is_required() {
            response.headers.push(Name::Require, Text::from_static(TIMER));
        }
        response.headers.push(Name::SessionExpires, self.usual.text(agreement.header()));
        if let Some(session) = self.session(id) {
            session.timer = Some(SessionTimer::of_server(now, &agreement));
        }
    }

    /// A 2xx to an INVITE or UPDATE of ours: starts the timer (RFC 4028 7.2).
    pub(super) fn start_timer(&mut self, now: Instant, id: InviteId, response: &Headers) {
        let Some(bounds) = self.bounds(id) else { return };
        if let Some(session) = self.session(id) {
            session.timer = Some(SessionTimer::of_client(now, bounds, response));
            session.updates |= lists(response, Name::Allow, Method::Update.as_str());
        }
    }

    /// The timer of a call that is up: a refresh, or the end (RFC 4028 10).
    pub(super) fn on_timer_due(&mut self, now: Instant, id: InviteId) {
        let Some(session) = self.session(id) else { return };
        let Some(timer) = session.timer.as_mut().filter(|_| session.phase == Phase::Confirmed) else { return };
        if timer.is_expired(now) {
            self.end(id, EndedHow::SessionTimeout);
            return self.bye(now, id, Some(TIMED_OUT.to_owned()));
        }
        if !timer.take_refresh(now) {
            return;
        }
        let asking = timer.role == Role::Asking;
        let busy = session.change.is_some() || session.renegotiation.is_some() || session.unacknowledged.is_some();
        if busy {
            // What is under way refreshes as well, if it succeeds.
            timer.postpone(now);
            return;
        }
        let change = match (session.updates, asking) {
            (true, _) => Change::new(By::Update, true, None),
            (false, true) => Change::new(By::Options, true, None),
            (false, false) => Change::new(By::Invite, true, Some(session.local.clone())),
        };
        self.start_change(now, id, change);
    }

    /// A 422 to our INVITE: the same again, with the interval that the peer wants (RFC 4028 7.3). Whether it was sent.
    pub(super) fn invite_longer(&mut self, now: Instant, id: InviteId, response: &Response) -> bool {
        if !self.lengthen(id, response) {
            return false;
        }
        let Some(session) = self.sessions.get_mut(&id) else { return false };
        let cseq = session.invite_cseq + 1;
        let (way, invite) = (session.way.clone(), session.invite.and_then(|invite| self.transactions.client(invite)));
        let Some(mut request) = invite.map(|invite| invite.request.clone()) else { return false };
        let Ok(path) = self.carriers.path(now, &way, &mut self.schedule) else { return false };
        session.invite_cseq = cseq;
        session.early.clear();
        renew(&mut request, cseq);
        self.ask_timer(id, &mut request.headers);
        let transaction = self.start_client(now, &way, path, ClientUser::Invite(id), request);
        if let Some(session) = self.session(id) {
            session.invite = Some(transaction);
            if let Phase::Inviting(inviting) = &mut session.phase {
                inviting.heard = false;
            }
        }
        true
    }

    /// Whether a 422 makes us ask for a longer interval: it names one that we have not asked for and can take.
    pub(super) fn lengthen(&mut self, id: InviteId, response: &Response) -> bool {
        let (Some(bounds), Some(min)) = (self.bounds(id), response.headers.min_se().ok().flatten()) else {
            return false;
        };
        let Some(session) = self.session(id) else { return false };
        let takes = response.status() == StatusCode::SESSION_INTERVAL_TOO_SMALL
            && min > bounds.wanted
            && min <= SESSION_SECONDS_MAX
            && session.lengthened < RETRIES_MAX;
        if takes {
            session.interval = min;
            session.lengthened += 1;
        }
        takes
    }

    /// What the request of a transaction asks of timers.
    pub(super) fn asked_of(&self, transaction: TransactionId) -> Option<Asked> {
        let request = self.transactions.server(transaction)?.request.as_ref()?;
        Some(Asked::read(&request.headers))
    }

    /// How long a session still is unless something is heard of its peer; `None` where no timer runs.
    pub fn session_interval(&self, id: InviteId) -> Result<Option<u32>, Misuse> {
        let session = self.sessions.get(&id).ok_or(Misuse::Unknown(id))?;
        Ok(session.timer.map(|timer| timer.seconds()))
    }
}

/// Takes from an INVITE what sending it put there, so that it can be sent anew.
fn renew(request: &mut Request, cseq: u32) {
    let headers = &mut request.headers;
    for name in [Name::Via, Name::UserAgent, Name::Supported, Name::SessionExpires, Name::MinSe] {
        headers.remove(name);
    }
    headers.set(Name::CSeq, CSeq::new(cseq, Method::Invite));
}

/// The Reason of a BYE at the end of a session timer: Q.850 102, recovery on timer expiry.
const TIMED_OUT: &str = "Q.850;cause=102";
