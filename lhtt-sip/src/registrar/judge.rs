//! What a REGISTER asks for, step by step (RFC 3261 10.3), and its answer.

use super::limits::{CALL_ID_BYTES_MAX, CONTACT_BYTES_MAX, FLOW_TIMER_SECONDS};
use super::location::Change;
use super::refusal::Refusal;
use super::{Flow, Location};
use crate::auth::{Credentials, DigestServer, Secret, Verdict};
use crate::message::{Contact, Name, NameAddr, Request, Response, Scheme, StatusCode, Uri};
use lhtt_core::time::Instant;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// What a registrar serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The domain of its users; the realm too.
    pub domain: String,
    /// The shortest life of a binding, in seconds: refreshing more often is load without use.
    pub expires_min: u32,
    /// The longest.
    pub expires_max: u32,
    /// Where a registration says nothing.
    pub expires_default: u32,
}

impl Settings {
    /// From a minute to an hour, and an hour by default (RFC 3261 10.2).
    pub fn new(domain: impl Into<String>) -> Self {
        Self { domain: domain.into().to_ascii_lowercase(), expires_min: 60, expires_max: 3_600, expires_default: 3_600 }
    }
}

/// A request that was let in: for which address, and what it changes; `None` only asks.
pub(super) struct Wanted {
    pub(super) address: String,
    pub(super) change: Option<Change>,
    pub(super) outbound: bool,
}

/// Steps 1 to 4: whose domain, which extensions, who it is. The user that is proven, and Authentication-Info; or the response.
pub(super) fn admit(
    now: Instant,
    settings: &Settings,
    digest: &mut DigestServer,
    accounts: &BTreeMap<String, Secret>,
    peer: IpAddr,
    request: &Request,
) -> Result<(String, String), Box<Response>> {
    let refuse = |refusal: Refusal| Box::new(refusal.response(request));
    if !is_ours(settings, request.uri()) {
        return Err(refuse(Refusal::Unknown));
    }
    let required = request.headers.require().map_err(|_| refuse(Refusal::Malformed("Require")))?;
    let unknown: Vec<&str> = required.iter().map(|tag| tag.as_str()).filter(|tag| !KNOWN.contains(tag)).collect();
    if !unknown.is_empty() {
        return Err(refuse(Refusal::Extensions(unknown.join(", "))));
    }
    let given = Credentials::all(&request.headers, Name::Authorization)
        .map_err(|_| refuse(Refusal::Malformed("Authorization")))?;
    let asked = crate::auth::Asked { peer, method: request.method().as_str(), uri: request.uri() };
    match digest.judge(now, asked, &given, |user| accounts.get(user).cloned()) {
        Verdict::Proven { username, info } => Ok((username, info.to_string())),
        Verdict::Refused(why) => Err(refuse(why.into())),
        Verdict::Challenge(challenges) => {
            let mut response = Response::to_request(request, StatusCode::UNAUTHORIZED);
            challenges.iter().for_each(|challenge| response.headers.push(Name::WwwAuthenticate, challenge.to_string()));
            Err(Box::new(response))
        }
    }
}

/// Steps 5 to 7, as far as the message alone tells.
pub(super) fn want(settings: &Settings, user: &str, flow: Flow, request: &Request) -> Result<Wanted, Refusal> {
    let headers = &request.headers;
    let to = headers.to().map_err(|_| Refusal::Malformed("To"))?;
    if !is_ours(settings, &to.uri) {
        return Err(Refusal::Unknown);
    }
    if to.uri.user_unescaped().as_deref() != Some(user) {
        return Err(Refusal::Foreign);
    }
    let address = format!("sip:{user}@{}", settings.domain);
    let contacts = headers.contacts().map_err(|_| Refusal::Malformed("Contact"))?;
    if contacts.is_empty() {
        return Ok(Wanted { address, change: None, outbound: false });
    }
    let call_id =
        headers.call_id().ok().filter(|id| id.len() <= CALL_ID_BYTES_MAX).ok_or(Refusal::Malformed("Call-ID"))?;
    let cseq = headers.cseq().map_err(|_| Refusal::Malformed("CSeq"))?.number;
    let expires = headers.expires().map_err(|_| Refusal::Malformed("Expires"))?;
    let direct = headers.via().map_err(|_| Refusal::Malformed("Via"))?.len() == 1;
    let path = path(request)?;
    let contacts = lives(settings, contacts, expires)?;
    let outbound = outbound(request, contacts.as_deref().unwrap_or_default(), direct)?;
    let flow = direct.then_some(flow);
    let change = Change { call_id: call_id.to_string(), cseq, path, flow, outbound, contacts };
    Ok(Wanted { address, change: Some(change), outbound })
}

/// Step 8: all bindings with what is left of them.
pub(super) fn answer(now: Instant, location: &Location, wanted: &Wanted, info: String, request: &Request) -> Response {
    let mut response = Response::to_request(request, StatusCode::OK);
    for binding in location.bindings(now, &wanted.address) {
        let contact = binding.contact.clone().with_param("expires", Some(&binding.remaining(now).to_string()));
        response.headers.push(Name::Contact, contact);
    }
    response.headers.copy(Name::Path, &request.headers);
    response.headers.push(Name::Supported, KNOWN.join(", "));
    if wanted.outbound {
        response.headers.push(Name::Require, "outbound");
        response.headers.push(Name::Other("Flow-Timer".into()), FLOW_TIMER_SECONDS.to_string());
    }
    response.headers.push(Name::AuthenticationInfo, info);
    response
}

/// Option tags that we know.
const KNOWN: [&str; 2] = ["path", "outbound"];

fn is_ours(settings: &Settings, uri: &Uri) -> bool {
    matches!(uri.scheme(), Scheme::Sip | Scheme::Sips) && uri.host().eq_ignore_ascii_case(&settings.domain)
}

/// The life of each contact, in seconds (RFC 3261 10.3 step 7); `None` for `*`, which stands alone with Expires: 0 (step 6).
fn lives(
    settings: &Settings,
    contacts: Vec<Contact>,
    header: Option<u32>,
) -> Result<Option<Vec<(NameAddr, u32)>>, Refusal> {
    if contacts.contains(&Contact::Any) {
        return match (contacts.len(), header) {
            (1, Some(0)) => Ok(None),
            _ => Err(Refusal::Malformed("`Contact: *` with other contacts or without `Expires: 0`")),
        };
    }
    let life = |contact: Contact| {
        let wanted = contact.expires().or(header).unwrap_or(settings.expires_default);
        let Contact::Address(address) = contact else { return Err(Refusal::Malformed("Contact")) };
        if address.to_string().len() > CONTACT_BYTES_MAX {
            return Err(Refusal::Malformed("a contact is too long"));
        }
        match wanted {
            brief if brief > 0 && brief < settings.expires_min => Err(Refusal::TooBrief(settings.expires_min)),
            wanted => Ok((address, wanted.min(settings.expires_max))),
        }
    };
    contacts.into_iter().map(life).collect::<Result<Vec<_>, _>>().map(Some)
}

/// Path values as one (RFC 3327 5.3). They are kept whether or not the client says that it knows them: a proxy put them there.
fn path(request: &Request) -> Result<String, Refusal> {
    let all = request.headers.addresses(Name::Path).map_err(|_| Refusal::Malformed("Path"))?;
    let text = all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if text.len() > CONTACT_BYTES_MAX { Err(Refusal::Malformed("Path is too long")) } else { Ok(text) }
}

/// Whether `reg-id` counts (RFC 5626 6): with an instance, and a first hop that does outbound.
fn outbound(request: &Request, contacts: &[(NameAddr, u32)], direct: bool) -> Result<bool, Refusal> {
    let flows = |contact: &NameAddr| contact.params.has("reg-id") && contact.params.has("+sip.instance");
    if !contacts.iter().any(|(contact, _)| flows(contact)) {
        return Ok(false);
    }
    let first = request.headers.addresses(Name::Path).unwrap_or_default().pop();
    let able = direct || first.is_some_and(|first| first.uri.param("ob").is_some());
    let asked = request.headers.supported().is_ok_and(|tags| tags.iter().any(|tag| *tag == "outbound"));
    match (able, asked) {
        (true, _) if contacts.iter().filter(|(_, seconds)| *seconds > 0).count() > 1 => {
            Err(Refusal::Malformed("`reg-id` beside another contact"))
        }
        (true, asked) => Ok(asked),
        (false, true) => Err(Refusal::FirstHop),
        (false, false) => Ok(false),
    }
}
