//! A Q.931 message as JSON, with the H323-UserInformation inside. What can be answered is described even where its
//! elements or its PER are at fault: the header is all that an answer needs (H.225.0 7.2, Q.931 5.8).

use super::{Kind, Shown, hex, per};
use bytes::Bytes;
use lhtt_h323::Malformed;
use lhtt_h323::q931::{CallReference, Element, Header, Message, MessageType, id};
use serde_json::{Value, json};

pub(super) fn inspect(octets: &[u8], reencode: bool) -> Result<Value, Shown> {
    let octets = Bytes::copy_from_slice(octets);
    let (header, elements_at) = Header::parse(&octets).map_err(|fault| Shown::malformed(0, fault.to_string()))?;
    let mut object = json!({
        "kind": Kind::Q931.name(),
        "call_reference": call_reference(header.call_reference),
        "message": header.message_type.name(),
        "message_type": header.message_type.octet(),
    });
    match Message::parse(&octets) {
        Ok(message) => {
            describe(&message, &mut object)?;
            if reencode {
                object["reencoded"] = json!(hex::write(&message.print()));
            }
        }
        Err(fault) => refuse(&mut object, header.message_type, Shown::malformed(elements_at, fault.to_string()))?,
    }
    Ok(object)
}

fn describe(message: &Message, object: &mut Value) -> Result<(), Shown> {
    object["elements"] = message.elements.iter().map(element).collect();
    for (name, value) in [
        ("display", message.display()),
        ("called_number", message.called_number()),
        ("calling_number", message.calling_number()),
    ] {
        if let Some(value) = value {
            object[name] = json!(value);
        }
    }
    if let Some(cause) = message.cause() {
        object["cause"] = json!(cause);
    }
    let inside = |user_user: Result<Bytes, Malformed>| match user_user {
        Ok(octets) => per::inspect(Kind::H225, &octets, false),
        Err(fault) => Err(Shown::malformed(0, fault.to_string())),
    };
    match message.user_user().map(inside) {
        None => {}
        Some(Ok(value)) => object["user_user"] = value,
        // The offset inside the user-user element is of no use to who looks at the whole.
        Some(Err(fault)) => refuse(object, message.message_type, Shown { offset: user_user_at(message), ..fault })?,
    }
    Ok(())
}

/// Where the user-user element begins.
fn user_user_at(message: &Message) -> usize {
    let before = message.elements.iter().take_while(|element| element.codeset != 0 || element.id != id::USER_USER);
    let head = Message { elements: before.cloned().collect(), ..*message };
    head.print().len()
}

/// Nothing answers a ReleaseComplete or a Status (Q.931 5.8.3.2); any other message ends in ReleaseComplete, cause 100.
fn refuse(object: &mut Value, message_type: MessageType, fault: Shown) -> Result<(), Shown> {
    if matches!(message_type, MessageType::ReleaseComplete | MessageType::Status) {
        return Err(fault);
    }
    object["fault"] = fault.json();
    object["refuse"] = json!(INVALID_CONTENTS);
    Ok(())
}

fn call_reference(reference: CallReference) -> Value {
    json!({ "value": reference.value, "to_originator": reference.to_originator })
}

fn element(element: &Element) -> Value {
    let name = NAMES.iter().find(|(is, _)| element.codeset == 0 && *is == element.id).map(|(_, name)| name);
    json!({ "id": element.id, "name": name, "codeset": element.codeset, "content": hex::write(element.content()) })
}

const NAMES: [(u8, &str); 12] = [
    (id::BEARER_CAPABILITY, "bearer-capability"),
    (id::CAUSE, "cause"),
    (id::CALL_STATE, "call-state"),
    (id::FACILITY, "facility"),
    (id::PROGRESS_INDICATOR, "progress-indicator"),
    (id::NOTIFICATION_INDICATOR, "notification-indicator"),
    (id::DISPLAY, "display"),
    (id::KEYPAD_FACILITY, "keypad-facility"),
    (id::SIGNAL, "signal"),
    (id::CALLING_PARTY_NUMBER, "calling-party-number"),
    (id::CALLED_PARTY_NUMBER, "called-party-number"),
    (id::USER_USER, "user-user"),
];

/// Q.850 cause 100: invalid information element contents.
const INVALID_CONTENTS: u8 = 100;
