//! PRACKs of ours, for reliable provisional responses to our INVITE: RFC 3262 4, 5.

use super::caller::sdp_of;
use super::reliable::RELIABLY;
use super::screen::ACCEPT;
use super::{Endpoint, InviteId};
use crate::invite::Owed;
use crate::message::{Method, Name, RAck, Response};
use crate::session_timer::lists;
use crate::transaction::table::ClientUser;
use bytes::Bytes;
use lhtt_core::time::Instant;

/// What a provisional response is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Not reliable.
    Unsure,
    /// Reliable, and the next one of its early dialog.
    Reliable,
    /// Reliable, but a repetition or not in order: as if it had not come.
    OutOfOrder,
}

impl Endpoint {
    /// Acknowledges a reliable response, unless its offer waits for the owner's answer.
    pub(super) fn on_reliable(&mut self, now: Instant, id: InviteId, response: &Response) -> Heard {
        let headers = &response.headers;
        if !lists(headers, Name::Require, RELIABLY) {
            return Heard::Unsure;
        }
        let (Ok(Some(rseq)), Ok(to)) = (headers.rseq(), headers.to()) else { return Heard::Unsure };
        let tag = to.tag().unwrap_or_default();
        let Some(session) = self.sessions.get_mut(&id) else { return Heard::OutOfOrder };
        let Some(dialog) = session.early.iter_mut().find(|dialog| dialog.remote_tag() == tag) else {
            return Heard::OutOfOrder;
        };
        let in_order = dialog.rseq.is_none_or(|last| last.checked_add(1) == Some(rseq));
        if !in_order {
            return Heard::OutOfOrder;
        }
        dialog.rseq = Some(rseq);
        let sdp = sdp_of(response);
        if !session.early_offer && !dialog.agreed && sdp.is_some() {
            let owed = Owed { tag: tag.to_owned(), rseq, until: now + self.config.timers.transaction() };
            session.owed = Some(Box::new(owed));
            self.touched.push(id);
            return Heard::Reliable;
        }
        if let Some(sdp) = sdp
            && !dialog.agreed
        {
            dialog.agreed = true;
            dialog.answer = sdp;
        }
        let tag = tag.to_owned();
        self.prack(now, id, &tag, rseq, None);
        Heard::Reliable
    }

    /// The owner answers the offer of a reliable response.
    pub(super) fn prack_answer(&mut self, now: Instant, id: InviteId, owed: &Owed, sdp: Bytes) {
        if let Some(session) = self.session(id) {
            session.local = sdp.clone();
            let dialog = session.early.iter_mut().find(|dialog| dialog.remote_tag() == owed.tag);
            if let Some(dialog) = dialog {
                dialog.agreed = true;
            }
        }
        self.prack(now, id, &owed.tag, owed.rseq, Some(sdp));
    }

    fn prack(&mut self, now: Instant, id: InviteId, tag: &str, rseq: u32, sdp: Option<Bytes>) {
        let Some(session) = self.session(id) else { return };
        let cseq = session.invite_cseq;
        let Some(dialog) = session.early.iter_mut().find(|dialog| dialog.remote_tag() == tag) else { return };
        let mut request = dialog.request(Method::Prack);
        let next_hop = dialog.next_hop().clone();
        request.headers.push(Name::RAck, RAck { rseq, cseq, method: Method::Invite });
        if let Some(sdp) = sdp {
            request.set_body(ACCEPT, sdp);
        }
        // Where no way leads there, the peer will refuse the INVITE by itself.
        let Ok(path) = self.path_within(now, id, &next_hop) else { return };
        let Some(way) = self.sessions.get(&id).map(|session| session.way.clone()) else { return };
        self.start_client(now, &way, path, ClientUser::Ending(id), request);
    }

    /// The owner does not answer the offer of a reliable response: nothing comes of this call.
    pub(super) fn on_owed_due(&mut self, now: Instant, id: InviteId) {
        let Some(session) = self.session(id) else { return };
        if session.owed.take_if(|owed| now >= owed.until).is_some() {
            self.give_up(now, id);
        }
    }
}
