//! INFO within a dialog (RFC 6086 as such): key presses and whatever else the owner knows, and the picture fast update of
//! RFC 5168, whose rate is bounded both ways, because each costs the other end a whole picture.

use super::receive::Incoming;
use super::{Endpoint, Event, InviteId};
use crate::error::Misuse;
use crate::invite::Phase;
use crate::message::{Method, Name, Request, Response, StatusCode};
use crate::transaction::table::ClientUser;
use bytes::Bytes;
use lhtt_core::time::{Duration, Instant};

/// The body type (RFC 5168 7.1).
const MEDIA_CONTROL: &str = "application/media_control+xml";

/// What asks for a picture (RFC 5168 5).
const FAST_UPDATE: &str = "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\r\n<media_control><vc_primitive><to_encoder>\
    <picture_fast_update></picture_fast_update></to_encoder></vc_primitive></media_control>\r\n";

/// A fast update is told, and sent, at most this often in a session. More are answered and passed over.
const FAST_UPDATE_INTERVAL: Duration = Duration::from_secs(1);

impl Endpoint {
    pub(super) fn on_info(&mut self, now: Instant, id: InviteId, incoming: Incoming) {
        let content_type = incoming.request.headers.get(Name::ContentType).unwrap_or_default().to_owned();
        let body = incoming.request.body().clone();
        let update = is_fast_update(&incoming.request);
        let response = Response::to_request(&incoming.request, StatusCode::OK);
        self.answer(now, incoming, Some(id), response);
        if !update {
            return self.events.push_back(Event::Info { id, content_type, body });
        }
        let Some(session) = self.session(id) else { return };
        if take_turn(&mut session.updates_heard, now) {
            self.events.push_back(Event::FastUpdate { id });
        }
    }

    /// Sends an INFO, whose answer is not told. For key presses, where the peer takes them so.
    pub fn info(&mut self, now: Instant, id: InviteId, content_type: &str, body: Bytes) -> Result<(), Misuse> {
        let session = self.sessions.get(&id).ok_or(Misuse::Unknown(id))?;
        if session.phase != Phase::Confirmed {
            return Err(Misuse::State("info"));
        }
        self.send_within(now, id, Method::Info, ClientUser::Ending(id), |request| request.set_body(content_type, body));
        self.settle(now);
        Ok(())
    }

    /// Asks the peer for a whole picture (RFC 5168); whether it was sent, or came too early after the last one.
    pub fn fast_update(&mut self, now: Instant, id: InviteId) -> Result<bool, Misuse> {
        let session = self.session(id).ok_or(Misuse::Unknown(id))?;
        if session.phase == Phase::Confirmed && !take_turn(&mut session.updates_sent, now) {
            return Ok(false);
        }
        self.info(now, id, MEDIA_CONTROL, Bytes::from_static(FAST_UPDATE.as_bytes())).map(|()| true)
    }

    /// Sends a request within the confirmed dialog of a session; its CSeq number, if there is a way.
    pub(super) fn send_within(
        &mut self,
        now: Instant,
        id: InviteId,
        method: Method,
        user: ClientUser,
        fill: impl FnOnce(&mut Request),
    ) -> Option<u32> {
        let dialog = self.session(id)?.dialog.as_mut()?;
        let mut request = dialog.request(method.clone());
        let next_hop = dialog.next_hop().clone();
        if matches!(method, Method::Refer | Method::Notify) {
            request.headers.push(Name::Contact, dialog.contact());
        }
        fill(&mut request);
        let number = request.headers.cseq().ok()?.number;
        let path = self.path_within(now, id, &next_hop).ok()?;
        let way = self.sessions.get(&id)?.way.clone();
        self.start_client(now, &way, path, user, request);
        Some(number)
    }
}

/// Whether enough time has passed since the last; then it counts anew.
fn take_turn(last: &mut Option<Instant>, now: Instant) -> bool {
    let free = last.is_none_or(|last| now.saturating_since(last) >= FAST_UPDATE_INTERVAL);
    if free {
        *last = Some(now);
    }
    free
}

/// Not read as XML: the element's name says it, and nothing else of the body matters.
fn is_fast_update(request: &Request) -> bool {
    let control = request.headers.content_type().is_ok_and(|found| found.is_some_and(|found| found.is(MEDIA_CONTROL)));
    control && memchr::memmem::find(request.body(), b"picture_fast_update").is_some()
}
