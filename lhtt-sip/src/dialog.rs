//! Dialogs: RFC 3261 12. What both ends keep of one, the requests made in it, and the order of those received.
//!
//! Leaves out: the usage (see `invite`), and how a next hop's address is found, which the endpoint's transport does.

use crate::limits::ROUTES_MAX;
use crate::message::{CSeq, Headers, Method, Name, NameAddr, Request, Text, Uri};
use bytes::Bytes;
use std::net::SocketAddr;

/// One dialog, early or confirmed.
#[derive(Clone, Debug)]
pub(crate) struct Dialog {
    call_id: Text,
    /// Our From in requests that we make.
    local: NameAddr,
    /// Our To in requests that we make.
    remote: NameAddr,
    /// Empty for a peer of RFC 2543 (RFC 3261 12.1.1).
    remote_tag: Text,
    local_cseq: u32,
    remote_cseq: Option<u32>,
    routes: Vec<NameAddr>,
    target: Uri,
    contact: Text,
    /// Of a UAC: the RSeq of the last reliable response in it (RFC 3262 4).
    pub(crate) rseq: Option<u32>,
    /// Of a UAC: whether offer and answer are complete before the 2xx.
    pub(crate) agreed: bool,
    /// The answer that a reliable response carried.
    pub(crate) answer: Bytes,
}

/// Why no dialog can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoDialog {
    /// A header that it is made of is missing or cannot be read.
    Malformed(&'static str),
    /// The route set is longer than [`ROUTES_MAX`].
    TooManyRoutes,
}

impl Dialog {
    /// The dialog that a UAS makes of an INVITE (RFC 3261 12.1.1).
    pub(crate) fn of_request(headers: &Headers, local_tag: &str, contact: Text) -> Result<Self, NoDialog> {
        let remote = headers.from().map_err(|_| NoDialog::Malformed("From"))?;
        let local = headers.to().map_err(|_| NoDialog::Malformed("To"))?.with_tag(local_tag);
        let cseq = headers.cseq().map_err(|_| NoDialog::Malformed("CSeq"))?;
        Ok(Self {
            call_id: headers.call_id().map_err(|_| NoDialog::Malformed("Call-ID"))?,
            remote_tag: remote.tag().unwrap_or_default().into(),
            local,
            remote,
            local_cseq: 0,
            remote_cseq: Some(cseq.number),
            routes: routes(headers, false)?,
            target: contact_uri(headers).ok_or(NoDialog::Malformed("Contact"))?,
            contact,
            rseq: None,
            agreed: false,
            answer: Bytes::new(),
        })
    }

    /// The dialog that a UAC makes of a response to its INVITE (RFC 3261 12.1.2). A peer that sends no Contact with its
    /// provisional response is reached at the Request-URI.
    pub(crate) fn of_response(invite: &Request, response: &Headers) -> Result<Self, NoDialog> {
        let local = invite.headers.from().map_err(|_| NoDialog::Malformed("From"))?;
        let remote = response.to().map_err(|_| NoDialog::Malformed("To"))?;
        let cseq = invite.headers.cseq().map_err(|_| NoDialog::Malformed("CSeq"))?;
        Ok(Self {
            call_id: invite.headers.call_id().map_err(|_| NoDialog::Malformed("Call-ID"))?,
            remote_tag: remote.tag().unwrap_or_default().into(),
            local,
            remote,
            local_cseq: cseq.number,
            remote_cseq: None,
            routes: routes(response, true)?,
            target: contact_uri(response).unwrap_or_else(|| invite.uri().clone()),
            contact: invite.headers.first(Name::Contact).map(|header| header.text()).unwrap_or_default(),
            rseq: None,
            agreed: false,
            answer: Bytes::new(),
        })
    }

    pub(crate) fn remote_tag(&self) -> &str {
        &self.remote_tag
    }

    pub(crate) fn call_id(&self) -> &str {
        &self.call_id
    }

    /// Our Contact.
    pub(crate) fn contact(&self) -> &Text {
        &self.contact
    }

    /// Where requests go first: the top of the route set, else the remote target.
    pub(crate) fn next_hop(&self) -> &Uri {
        self.routes.first().map_or(&self.target, |route| &route.uri)
    }

    /// The next hop, if it is an address.
    pub(crate) fn next_address(&self, secure: bool) -> Option<SocketAddr> {
        let uri = self.next_hop();
        let default = if secure { 5061 } else { 5060 };
        Some(SocketAddr::new(uri.ip()?, uri.port().unwrap_or(default)))
    }

    /// The 2xx is what counts: its route set and remote target replace those of an earlier provisional response
    /// (RFC 3261 13.2.2.4).
    pub(crate) fn confirm(&mut self, response: &Headers) -> Result<(), NoDialog> {
        self.routes = routes(response, true)?;
        self.refresh_target(response);
        Ok(())
    }

    /// Target refresh by a request or its 2xx (RFC 3261 12.2).
    pub(crate) fn refresh_target(&mut self, headers: &Headers) {
        if let Some(uri) = contact_uri(headers) {
            self.target = uri;
        }
    }

    /// Takes the sequence number of a request of the peer, unless it is out of order (RFC 3261 12.2.2).
    pub(crate) fn accept_cseq(&mut self, number: u32) -> bool {
        let in_order = self.remote_cseq.is_none_or(|last| number > last);
        if in_order {
            self.remote_cseq = Some(number);
        }
        in_order
    }

    /// The next request of ours, without Via and body (RFC 3261 12.2.1.1).
    pub(crate) fn request(&mut self, method: Method) -> Request {
        self.local_cseq = self.local_cseq.saturating_add(1);
        self.request_numbered(method, self.local_cseq)
    }

    /// The ACK of a 2xx, which has the number of its INVITE (RFC 3261 13.2.2.4).
    pub(crate) fn ack(&self, number: u32) -> Request {
        self.request_numbered(Method::Ack, number)
    }

    fn request_numbered(&self, method: Method, number: u32) -> Request {
        let loose = self.routes.first().is_none_or(|route| route.uri.param("lr").is_some());
        let uri = match self.routes.first() {
            Some(route) if !loose => route.uri.clone(),
            _ => self.target.clone(),
        };
        let mut request = Request::new(method.clone(), uri);
        let headers = &mut request.headers;
        headers.push(Name::MaxForwards, "70");
        headers.push(Name::From, &self.local);
        headers.push(Name::To, &self.remote);
        headers.push(Name::CallId, &self.call_id);
        headers.push(Name::CSeq, CSeq::new(number, method));
        for route in &self.routes[usize::from(!loose)..] {
            headers.push(Name::Route, route);
        }
        if !loose {
            // A strict router finds the remote target at the end of the route set.
            headers.push(Name::Route, format!("<{}>", self.target));
        }
        request
    }
}

fn routes(headers: &Headers, reversed: bool) -> Result<Vec<NameAddr>, NoDialog> {
    let mut routes = headers.record_route().map_err(|_| NoDialog::Malformed("Record-Route"))?;
    if routes.len() > ROUTES_MAX {
        return Err(NoDialog::TooManyRoutes);
    }
    if reversed {
        routes.reverse();
    }
    Ok(routes)
}

/// The first Contact with an address of a scheme that requests can be sent to.
fn contact_uri(headers: &Headers) -> Option<Uri> {
    let contacts = headers.contacts().ok()?;
    contacts.iter().find_map(|contact| contact.address()).map(|address| address.uri.clone())
}
