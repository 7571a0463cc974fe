//! Requests within a dialog are taken from its peer alone: see [`crate::peer`].

use super::receive::{Head, Incoming};
use super::screen::Rejection;
use super::{Endpoint, Event, InviteId, Source};
use crate::message::{Headers, StatusCode};
use crate::peer::{Dialogue, From, Peer};
use lhtt_core::time::Instant;

impl Endpoint {
    /// What a message came by.
    pub(super) fn from<'a>(&'a self, source: &'a Source) -> From<'a> {
        From { source, identity: source.stream.and_then(|stream| self.carriers.identity(stream)) }
    }

    /// A response with a tag to our INVITE: its sender is the peer of the dialog.
    pub(super) fn meet(&mut self, id: InviteId, source: &Source, headers: &Headers) {
        let Some(session) = self.sessions.get(&id).filter(|session| session.dialog.is_none()) else { return };
        let contact = headers.contacts().unwrap_or_default();
        let contact = contact.iter().find_map(|contact| contact.address()).map(|address| &address.uri);
        let named = contact.and_then(|uri| Some((uri.ip()?, uri.port().unwrap_or(5060)).into()));
        let takes_at = if source.remote == session.way.remote { Some(source.remote) } else { named };
        let peer = Peer::new(self.from(source), takes_at);
        if let Some(session) = self.sessions.get_mut(&id) {
            session.peer = Some(peer);
        }
    }

    /// Whether a request that names the dialog of a session comes from its peer. Where nothing is known of the peer yet, it
    /// is whoever our INVITE went to.
    pub(super) fn is_from_peer(&self, id: InviteId, source: &Source, head: &Head) -> bool {
        let from = self.from(source);
        let Some(session) = self.sessions.get(&id) else { return false };
        let dialog = session.known_dialog(&head.call_id, &head.from_tag);
        let dialogue = Dialogue {
            stream: session.way.stream.filter(|&stream| self.carriers.is_alive(stream)),
            caller: session.caller,
            dialog,
        };
        match &session.peer {
            Some(peer) => peer.sent(from, dialogue),
            None => {
                let stream = session.way.stream.and_then(|stream| self.carriers.source(stream));
                let called = stream.unwrap_or(Source {
                    transport: session.way.transport,
                    listener: session.way.listener,
                    stream: session.way.stream,
                    local: None,
                    remote: session.way.remote,
                });
                Peer::new(self.from(&called), Some(session.way.remote)).sent(from, dialogue)
            }
        }
    }

    /// Refuses what is not the peer's: as if there were no such dialog, so that a stranger learns nothing; and without a
    /// transaction, so that it does not stand in the way of the peer's own request.
    pub(super) fn refuse_stranger(&mut self, now: Instant, id: Option<InviteId>, incoming: &Incoming) {
        if let Some(id) = id {
            let (source, method) = (incoming.reply.source.clone(), incoming.request.method().clone());
            self.events.push_back(Event::Stranger { id, source, method });
        }
        self.refuse_stateless(now, incoming, Rejection::new(StatusCode::CALL_DOES_NOT_EXIST));
    }
}
