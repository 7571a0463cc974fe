//! Messages and events as one line of text.

use bytes::Bytes;
use lhtt_h323::asn1::h225::{H323MessageBody, H323UserInformation};
use lhtt_h323::asn1::h245::MultimediaSystemControlMessage;
use lhtt_h323::per::Codec as _;
use lhtt_h323::q931::{Element, Message, id};
use lhtt_h323::{CallId, Event};

/// A message of either kind.
pub fn describe(octets: &Bytes, h245: bool) -> String {
    if h245 { format!("H.245 {}", control(octets)) } else { signalling(octets) }
}

fn signalling(octets: &Bytes) -> String {
    let message = Message::parse(octets).unwrap();
    let mut line = message.message_type.name().to_owned();
    if let Some(cause) = message.cause() {
        line += &format!(" cause={cause}");
    }
    let Some(octets) = message.user_user() else { return line };
    let pdu = H323UserInformation::from_per(&octets.unwrap()).unwrap().h323_uu_pdu;
    let (fast, address, refused) = match &pdu.h323_message_body {
        H323MessageBody::Setup(m) => (m.fast_start.as_ref(), m.h245_address.is_some(), false),
        H323MessageBody::CallProceeding(m) => (m.fast_start.as_ref(), m.h245_address.is_some(), false),
        H323MessageBody::Alerting(m) => (m.fast_start.as_ref(), m.h245_address.is_some(), false),
        H323MessageBody::Connect(m) => {
            (m.fast_start.as_ref(), m.h245_address.is_some(), m.fast_connect_refused.is_some())
        }
        H323MessageBody::Facility(m) => {
            line += &format!(" {}", first(&format!("{:?}", m.reason)));
            (m.fast_start.as_ref(), m.h245_address.is_some(), false)
        }
        H323MessageBody::ReleaseComplete(m) => {
            if let Some(reason) = &m.reason {
                line += &format!(" {}", first(&format!("{reason:?}")));
            }
            (None, false, false)
        }
        _ => (None, false, false),
    };
    if let Some(fast) = fast {
        line += &format!(" fast={}", fast.len());
    }
    if refused {
        line += " fast-refused";
    }
    if address {
        line += " h245Address";
    }
    if pdu.h245_tunnelling == Some(true) {
        line += " tunnelling";
    }
    let inner: Vec<String> = pdu.h245_control.iter().flatten().map(|octets| control(octets)).collect();
    if inner.is_empty() { line } else { format!("{line} [{}]", inner.join(", ")) }
}

/// The name of an H.245 message.
pub fn control(octets: &[u8]) -> String {
    use MultimediaSystemControlMessage as Is;
    first(&match MultimediaSystemControlMessage::from_per(octets).unwrap() {
        Is::Request(m) => format!("{m:?}"),
        Is::Response(m) => format!("{m:?}"),
        Is::Command(m) => format!("{m:?}"),
        Is::Indication(m) => format!("{m:?}"),
        other => format!("{other:?}"),
    })
}

fn first(debug: &str) -> String {
    debug.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
}

/// An event as a line.
pub fn event(event: &Event) -> String {
    match event {
        Event::Incoming { setup, .. } => {
            let called = setup.called_number.clone().unwrap_or_default();
            format!("incoming {called} fast={:?} tunnelling={}", setup.fast, setup.tunnelling)
        }
        Event::Proceeding { .. } => "proceeding".into(),
        Event::Alerting { .. } => "alerting".into(),
        Event::Connected { .. } => "connected".into(),
        Event::Capabilities { capabilities, .. } => {
            let names: Vec<String> =
                capabilities.iter().map(|c| c.codec().map_or("events".into(), |codec| format!("{codec:?}"))).collect();
            format!("capabilities [{}]", names.join(", "))
        }
        Event::Channel { direction, codec, payload_type, remote_rtp, event_payload_type, .. } => {
            let to = remote_rtp.map_or("-".into(), |at| at.to_string());
            let events = event_payload_type.map_or(String::new(), |pt| format!(" events={pt}"));
            format!("{direction:?} {codec:?} pt={payload_type} {to}{events}")
        }
        Event::ChannelClosed { direction, .. } => format!("closed {direction:?}"),
        Event::UserInput { digits, .. } => format!("keys {digits}"),
        Event::Released { cause, reason, by, .. } => {
            let reason = reason.map_or("-".into(), |reason| format!("{reason:?}"));
            format!("released {cause} {reason} by {by:?}")
        }
        Event::Forgotten { .. } => "forgotten".into(),
        Event::Malformed { fault, .. } => format!("malformed: {fault}"),
    }
}

/// The same packet, from a caller that does not tunnel.
pub fn untunnelled(packet: &Bytes) -> Bytes {
    let mut message = Message::parse(&packet.slice(4..)).unwrap();
    let octets = message.user_user().unwrap().unwrap();
    let mut information = H323UserInformation::from_per(&octets).unwrap();
    information.h323_uu_pdu.h245_tunnelling = Some(false);
    information.h323_uu_pdu.h245_control = None;
    message.elements.retain(|element| element.id != id::USER_USER);
    message.elements.push(Element::user_user_of(&information.to_per().unwrap()));
    super::packet(&message.print())
}

/// The call an event is about.
pub fn call_of(event: &Event) -> Option<CallId> {
    match event {
        Event::Incoming { call, .. }
        | Event::Proceeding { call }
        | Event::Alerting { call }
        | Event::Connected { call }
        | Event::Capabilities { call, .. }
        | Event::Channel { call, .. }
        | Event::ChannelClosed { call, .. }
        | Event::UserInput { call, .. }
        | Event::Released { call, .. }
        | Event::Forgotten { call } => Some(*call),
        Event::Malformed { .. } => None,
    }
}
