//! What people need not write of the course of a session: in the example province every session is prepared as it should be.
//!
//! | not given | is taken to be |
//! |---|---|
//! | `state` | `ended` where the session has an end, else `ready`; `accepted` where no rehearsal is given that passed |
//! | `duty` | somebody at every post, and at every member site |
//! | `self_checks` | every site's, all good |
//! | `rehearsals` | one that passed when the session was accepted; none where the state says that it is to come |
//! | `started` | where it runs or has ended, its start as registered |

use super::merge::merge;
use serde_json::{Map, Value, json};

/// Completes the course of every session of the merged document, with what was given laid over it.
pub(super) fn complete(document: &mut Value, given: &Value) {
    let sessions = document.get("sessions").and_then(Value::as_array).cloned().unwrap_or_default();
    if sessions.is_empty() {
        return;
    }
    let courses = given.get("conduct").and_then(|conduct| conduct.get("sessions"));
    for session in &sessions {
        let Some(id) = session.get("id").and_then(Value::as_u64).map(|id| id.to_string()) else { continue };
        let given = courses.and_then(|courses| courses.get(&id)).cloned().unwrap_or_else(|| json!({}));
        let mut course = prepared(session, &given);
        merge(&mut course, &given);
        set(document, &["conduct", "sessions", &id], course);
    }
}

/// A session with everything in order, as far as what is given leaves it open.
fn prepared(session: &Value, given: &Value) -> Value {
    let chair = session.get("chair_site").and_then(Value::as_str).unwrap_or_default();
    let seats = session.get("seats").and_then(Value::as_array).into_iter().flatten();
    let sites: Vec<&str> = seats.filter_map(|seat| seat.get("member")?.get("site")?.as_str()).collect();
    let each = |value: fn(&str) -> Value, but: &str| -> Map<String, Value> {
        sites.iter().filter(|site| **site != but).map(|site| ((*site).to_owned(), value(site))).collect()
    };
    let state = given.get("state").and_then(Value::as_str).unwrap_or_else(|| state(session, given));
    let mut course = json!({
        "state": state,
        "duty": {
            "mcu_operator": OPERATOR,
            "tslcd": "Lê Thị Mạng",
            "carrier": "Phan Văn Tuyến",
            "chair_operator": "Trần Thị Lan",
            "member_operators": each(|site| json!(format!("Cán bộ điểm cầu {site}")), chair),
        },
        "self_checks": each(|_| all_good(), ""),
        "rehearsals": [],
    });
    let by = json!({ "name": OPERATOR, "role": "mcu_operator" });
    if !matches!(state, "peer_convened" | "accepted" | "rehearsing") {
        let at = session.get("accepted_at").or_else(|| session.get("start"));
        course["rehearsals"] = json!([{ "at": at, "by": by, "result": "pass", "sites": each(|_| json!("pass"), "") }]);
    }
    if matches!(state, "in_session" | "suspended" | "ended" | "closing" | "closed") {
        course["started"] = json!({ "at": session.get("start"), "by": by });
    }
    course
}

fn state(session: &Value, given: &Value) -> &'static str {
    let passed = |rehearsals: &Value| {
        let last = rehearsals.as_array().and_then(|list| list.last());
        last.and_then(|one| one.get("result")).and_then(Value::as_str) == Some("pass")
    };
    let has = |value: &Value, field: &str| value.get(field).is_some_and(|value| !value.is_null());
    match given.get("rehearsals") {
        _ if has(session, "ended") => "ended",
        _ if has(given, "started") => "in_session",
        Some(rehearsals) if !passed(rehearsals) => "accepted",
        _ => "ready",
    }
}

fn all_good() -> Value {
    let pass = "pass";
    json!({
        "endpoint": pass, "connection": pass, "power": pass, "backup": pass, "sound": pass, "light": pass, "image": pass,
    })
}

/// Sets a value below objects, which are made where there are none.
fn set(document: &mut Value, path: &[&str], value: Value) {
    let mut place = document;
    for name in path {
        if !place.is_object() {
            *place = json!({});
        }
        place = &mut place[*name];
    }
    *place = value;
}

/// Who is at the MCU.
const OPERATOR: &str = "Nguyễn Văn Trực";
