//! A session description as JSON: its lines typed where we understand them, and what its audio would come to.

use super::Shown;
use lhtt_sip::sdp::{AudioFormat, AudioStream, Connection, Fault, Host, Media, Origin, Sdp, offered_audio};
use serde_json::{Value, json};

pub(super) fn inspect(octets: &[u8]) -> Result<Value, Shown> {
    let sdp = Sdp::parse(octets).map_err(|fault| shown(&fault))?;
    let mut object = json!({
        "kind": "sdp",
        "origin": origin(sdp.origin()),
        "session_name": sdp.session().first(b's').map(|line| String::from_utf8_lossy(&line.value)),
        "connection": sdp.connection().map(connection),
        "attributes": attributes(sdp.session().attributes()),
        "media": sdp.media().iter().map(|section| media(&sdp, section)).collect::<Vec<_>>(),
    });
    match offered_audio(&sdp) {
        Ok(stream) => object["audio"] = audio(&stream),
        Err(fault) => {
            object["refuse"] = json!(fault.status());
            object["fault"] = shown(&fault).json();
        }
    }
    Ok(object)
}

fn origin(origin: &Origin) -> Value {
    json!({
        "username": origin.username,
        "session_id": origin.session_id,
        "session_version": origin.session_version,
        "address": host(&origin.host),
    })
}

fn media(sdp: &Sdp, media: &Media) -> Value {
    json!({
        "media": media.kind(),
        "port": media.port(),
        "protocol": media.protocol(),
        "formats": media.formats(),
        "connection": sdp.connection_of(media).map(connection),
        "direction": sdp.direction_of(media).name(),
        "rtcp_mux": media.rtcp_mux(),
        "rtpmap": media.audio_formats().iter().map(format).collect::<Vec<_>>(),
        "attributes": attributes(media.section().attributes()),
    })
}

fn audio(stream: &AudioStream) -> Value {
    json!({
        "index": stream.index,
        "rtp": stream.remote_rtp.to_string(),
        "rtcp": stream.remote_rtcp.to_string(),
        // The stream's own direction is ours; the object speaks of the description's author.
        "direction": stream.direction.reversed().name(),
        "formats": stream.formats.iter().map(|agreed| format(&agreed.format)).collect::<Vec<_>>(),
        "telephone_event": stream.telephone_event.as_ref().map(|agreed| format(&agreed.format)),
        "ptime": stream.ptime,
    })
}

fn format(format: &AudioFormat) -> Value {
    json!({
        "payload_type": format.payload_type,
        "encoding": format.encoding,
        "clock_rate": format.clock_rate,
        "channels": format.channels,
        "fmtp": format.fmtp,
    })
}

fn attributes<'a>(attributes: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> Vec<Value> {
    attributes.map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

fn connection(connection: &Connection) -> String {
    host(&connection.host)
}

fn host(host: &Host) -> String {
    match host {
        Host::Ip(ip) => ip.to_string(),
        Host::Name(name) => name.clone(),
    }
}

fn shown(fault: &Fault) -> Shown {
    let by = match fault {
        Fault::Malformed { .. } => "malformed",
        Fault::Violation { .. } => "violation",
        Fault::Unsupported(_) => "unsupported",
        Fault::Misuse(_) => "misuse",
    };
    Shown { fault: by, offset: fault.offset().unwrap_or(0), text: fault.to_string() }
}
