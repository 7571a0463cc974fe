//! A SIP message as JSON: what its headers say, and the status to refuse it with where it must be refused.

use super::Shown;
use bytes::Bytes;
use lhtt_sip::endpoint::screen::screen;
use lhtt_sip::message::{Fault, FaultKind, StatusCode, Summary, accept, describe};
use serde_json::{Value, json};

pub(super) fn inspect(octets: &[u8]) -> Result<Value, Shown> {
    let summary = describe(octets);
    let fault = summary.fault.as_ref().map(shown);
    match fault {
        Some(fault) if summary.is_silent() => Err(fault),
        fault => Ok(object(&summary, fault, demanded(octets))),
    }
}

fn object(summary: &Summary, fault: Option<Shown>, demanded: Option<u16>) -> Value {
    let mut object = json!({
        "kind": summary.kind,
        "uri": summary.uri,
        "via": summary.via,
        "from_tag": summary.from_tag,
        "to_tag": summary.to_tag,
        "cseq": summary.cseq.as_ref().map(|(number, method)| json!({ "number": integer(*number), "method": method })),
        "call_id": summary.call_id,
        "max_forwards": summary.max_forwards,
        "contact": summary.contact,
        "body_length": summary.body_length,
    });
    if let Some(method) = &summary.method {
        object["method"] = json!(method);
    }
    if let Some(status) = summary.status {
        object["status"] = json!(status);
    }
    if let Some(refuse) = summary.refuse.or(demanded) {
        object["refuse"] = json!(refuse);
    }
    if let Some(fault) = fault {
        object["fault"] = fault.json();
    }
    object
}

/// The status with which a sound request out of a dialog must be refused for what it asks. Not so where it is only a
/// method that we do not take: another server might.
fn demanded(octets: &[u8]) -> Option<u16> {
    let request = accept(Bytes::copy_from_slice(octets)).ok()?.into_request()?;
    if request.headers.to().is_ok_and(|to| to.tag().is_some()) {
        return None;
    }
    let status = screen(&request).err()?.status;
    (![StatusCode::METHOD_NOT_ALLOWED, StatusCode::NOT_IMPLEMENTED].contains(&status)).then_some(status.into())
}

/// A peer may write a number that JSON readers cannot hold; it is text then.
fn integer(number: u128) -> Value {
    u64::try_from(number).map_or_else(|_| json!(number.to_string()), |number| json!(number))
}

fn shown(fault: &Fault) -> Shown {
    let by = match fault.kind() {
        FaultKind::Malformed | FaultKind::Missing | FaultKind::Repeated | FaultKind::Truncated => "malformed",
        FaultKind::MethodMismatch => "violation",
        FaultKind::Version | FaultKind::Scheme | FaultKind::TooLarge => "unsupported",
    };
    Shown { fault: by, offset: fault.offset(), text: fault.text().to_owned() }
}
