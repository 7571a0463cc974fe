//! The PER messages of H.225.0 and H.245 as JSON: the message's name, the whole value, and the octets that we write.

use super::{Kind, Shown, hex, tree};
use lhtt_h323::asn1::h225::{H323UserInformation, RasMessage};
use lhtt_h323::asn1::h245::{MultimediaSystemControlMessage, OpenLogicalChannel};
use lhtt_h323::per::{Codec, Error, Fault};
use serde_json::{Value, json};
use std::fmt::Debug;

pub(super) fn inspect(kind: Kind, octets: &[u8], reencode: bool) -> Result<Value, Shown> {
    let (value, taken, reencoded) = match kind {
        Kind::Ras => read::<RasMessage>(octets, reencode),
        Kind::H225 => read::<H323UserInformation>(octets, reencode),
        Kind::H245 => read::<MultimediaSystemControlMessage>(octets, reencode),
        Kind::Olc => read::<OpenLogicalChannel>(octets, reencode),
        Kind::Sip | Kind::Sdp | Kind::Tpkt | Kind::Q931 => return Err(Shown::malformed(0, "not a PER kind")),
    }
    .map_err(|error| shown(&error))?;
    let mut object = json!({ "kind": kind.name(), "message": message(kind, &value), "value": value });
    for (name, kind, items) in carried(&object["value"]) {
        object[name] = items.iter().map(|item| inside(kind, item)).collect();
    }
    if taken < octets.len() {
        object["trailing"] = json!(octets.len() - taken);
    }
    if let Some(octets) = reencoded {
        object["reencoded"] = json!(hex::write(&octets));
    }
    Ok(object)
}

/// Decodes a row of a table of vectors and encodes it again. None for a type that has no such rows.
pub(super) fn reencode(type_name: &str, octets: &[u8]) -> Option<Result<Vec<u8>, Error>> {
    Some(match type_name {
        "RasMessage" => again::<RasMessage>(octets),
        "H323-UserInformation" => again::<H323UserInformation>(octets),
        "MultimediaSystemControlMessage" => again::<MultimediaSystemControlMessage>(octets),
        "OpenLogicalChannel" => again::<OpenLogicalChannel>(octets),
        _ => return None,
    })
}

fn again<T: Codec>(octets: &[u8]) -> Result<Vec<u8>, Error> {
    T::from_per(octets)?.to_per()
}

fn read<T: Codec + Debug>(octets: &[u8], reencode: bool) -> Result<(Value, usize, Option<Vec<u8>>), Error> {
    let (value, taken) = T::from_per_prefix(octets)?;
    let reencoded = if reencode { Some(value.to_per()?) } else { None };
    Ok((tree::of_debug(&value), taken, reencoded))
}

/// H.245 inside an H323-UserInformation: tunnelled messages, and the channels that fast start proposes.
fn carried(value: &Value) -> Vec<(&'static str, Kind, Vec<Value>)> {
    let Some(pdu) = value.get("h323_uu_pdu") else { return Vec::new() };
    let body = pdu.get("h323_message_body").and_then(Value::as_object).and_then(|body| body.values().next());
    let lists = [
        ("tunnelled", Kind::H245, pdu.get("h245_control")),
        ("fast_start", Kind::Olc, body.and_then(|body| body.get("fast_start"))),
    ];
    lists.into_iter().filter_map(|(name, kind, list)| Some((name, kind, list?.as_array()?.clone()))).collect()
}

fn inside(kind: Kind, item: &Value) -> Value {
    let octets = hex::read(item.as_str().unwrap_or_default().as_bytes());
    octets.and_then(|octets| inspect(kind, &octets, false)).unwrap_or_else(|fault| json!({ "error": fault.json() }))
}

/// The name of the alternative that says what the message is for.
fn message(kind: Kind, value: &Value) -> Option<String> {
    match kind {
        Kind::Olc => Some("OpenLogicalChannel".to_owned()),
        Kind::H225 => alternative(value.pointer("/h323_uu_pdu/h323_message_body")?),
        // A request, response, command or indication, and which.
        Kind::H245 => match value {
            Value::Object(class) => alternative(class.values().next()?).or_else(|| alternative(value)),
            _ => alternative(value),
        },
        _ => alternative(value),
    }
}

fn alternative(choice: &Value) -> Option<String> {
    match choice {
        Value::Object(object) if object.len() == 1 => object.keys().next().cloned(),
        Value::String(name) => Some(name.clone()),
        _ => None,
    }
}

pub(super) fn shown(error: &Error) -> Shown {
    let fault = match error.fault() {
        Fault::Malformed(_) => "malformed",
        Fault::Unsupported(_) => "unsupported",
        Fault::Misuse(_) => "misuse",
    };
    Shown { fault, offset: error.bit() / 8, text: error.to_string() }
}
