//! What people need not write: facts that follow from others they gave. Completes the merged document before it is read, so
//! that the registry's own form stays strict.
//!
//! | of | not given | is taken to be |
//! |---|---|---|
//! | a session | `seats` | its `members`, each `{"site": …}` or `{"peer": …, "legs": …}`, and the chair site |
//! | | `end` | the start and the profile's `default_length_s` |
//! | | `alias`, `room` | `1000` and its number; the alias |
//! | | `registration` | the one accepted as it, else a new one, accepted, received two days before the start |
//! | | `accepted_at` | when its registration was received |
//! | a seat | `legs`, `taken` | of a peer what its configuration says, else 1; the legs that are in |
//! | a registration | `received_at`, `state`, `submission` | the time of the case; `under_review`; one that states nothing |
//! | a leg that is in | `direction`, `at` | `inbound`; the start of its session |
//!
//! Seats are sorted. Where the start of a session of the base is given without an end, the end moves along, and so do start
//! and end in its registration.

use crate::civil::Moment;
use serde_json::{Map, Value, json};

/// The given facts with the ends of moved sessions.
pub(super) fn moved(base: &Value, given: &Value) -> Value {
    let mut given = given.clone();
    let sessions: Vec<&mut Value> = match given.get_mut("sessions") {
        Some(Value::Array(list)) => list.iter_mut().collect(),
        Some(Value::Object(by_id)) => {
            by_id.iter_mut().for_each(|(name, one)| {
                if let (Some(one), Ok(id)) = (one.as_object_mut(), name.parse::<u64>()) {
                    one.entry("id").or_insert_with(|| id.into());
                }
            });
            by_id.values_mut().collect()
        }
        _ => Vec::new(),
    };
    for session in sessions {
        let was = by_id(base, "sessions", session.get("id"));
        let length = was.and_then(|was| Some(moment(was, "end")?.unix_millis() - moment(was, "start")?.unix_millis()));
        if let (Some(length), Some(start), None) = (length, moment(session, "start"), session.get("end")) {
            session["end"] = json!(Moment::from_unix_millis(start.unix_millis() + length));
        }
    }
    given
}

/// Completes the merged document. `at` is the time of the case.
pub(super) fn complete(document: &mut Value, given: &Value, at: Moment) {
    let Some(facts) = document.as_object_mut() else { return };
    each(facts, "registrations", |registration, _| {
        default(registration, "received_at", || json!(at));
        default(registration, "submission", || json!({}));
        default(registration, "state", || json!("under_review"));
    });
    each(facts, "joins", |join, facts| {
        default(join, "direction", || json!("inbound"));
        if let Some(start) = by_id_in(facts, "sessions", join.get("session")).and_then(|one| one.get("start")).cloned()
        {
            default(join, "at", || start);
        }
    });
    let mut registered = Vec::new();
    each(facts, "sessions", |session, facts| {
        registered.extend(complete_session(session, facts));
    });
    if !registered.is_empty()
        && let Some(list) = facts.entry("registrations").or_insert_with(|| json!([])).as_array_mut()
    {
        list.append(&mut registered);
    }
    follow(facts, given);
}

/// Completes a session; the registration that it lacks.
fn complete_session(session: &mut Map<String, Value>, facts: &Map<String, Value>) -> Option<Value> {
    let start = session.get("start").and_then(Value::as_str).and_then(|text| Moment::parse(text).ok());
    if let Some(start) = start {
        let length = facts.get("profile").and_then(|profile| profile.get("default_length_s")).and_then(Value::as_i64);
        default(session, "end", || json!(start.plus_seconds(length.unwrap_or(DEFAULT_LENGTH_S))));
    }
    let id = session.get("id").and_then(Value::as_u64)?;
    default(session, "alias", || json!(format!("{}", 1000 + id)));
    let alias = session.get("alias").cloned().unwrap_or_default();
    default(session, "room", || alias);
    seats(session, facts);
    let accepted = json!({ "accepted": id });
    let of_it = list(facts, "registrations").iter().find(|one| one.get("state") == Some(&accepted));
    let found = match session.get("registration") {
        Some(number) => list(facts, "registrations").iter().find(|one| one.get("id") == Some(number)),
        None => of_it,
    };
    let received = found.and_then(|one| one.get("received_at")).cloned();
    let received = received.or_else(|| Some(json!(start?.hours_before(RECEIVED_BEFORE_H))));
    if let Some(received) = received.clone() {
        default(session, "accepted_at", || received);
    }
    if session.contains_key("registration") {
        return None;
    }
    if let Some(number) = found.and_then(|one| one.get("id")) {
        session.insert("registration".to_owned(), number.clone());
        return None;
    }
    let greatest = list(facts, "registrations").iter().filter_map(|one| one.get("id")?.as_u64()).max();
    // Numbers of sessions differ, so these do.
    let number = json!(greatest.unwrap_or(0) + id);
    session.insert("registration".to_owned(), number.clone());
    let field = |name: &str| session.get(name).cloned().unwrap_or_default();
    let mut submission =
        json!({ "agency": field("agency"), "chair_site": field("chair_site"), "start": field("start") });
    submission["end"] = field("end");
    Some(json!({ "id": number, "submission": submission, "received_at": received, "state": accepted }))
}

/// The seats of a session, from its members where none are given, completed and sorted.
fn seats(session: &mut Map<String, Value>, facts: &Map<String, Value>) {
    let members = session.remove("members");
    let mut seats: Vec<Value> = match (members, session.get("seats")) {
        (Some(Value::Array(members)), _) => members.iter().map(seat).collect(),
        (None, Some(Value::Array(seats))) => seats.iter().map(seat).collect(),
        (None, None) => Vec::new(),
        (Some(wrong), _) => {
            // The reader says what is wrong with it.
            session.insert("members".to_owned(), wrong);
            return;
        }
        (None, Some(_)) => return,
    };
    if let Some(chair) = session.get("chair_site").filter(|chair| chair.is_string()) {
        let chair = json!({ "site": chair });
        if seats.iter().all(|seat| seat.get("member") != Some(&chair)) {
            seats.push(json!({ "member": chair }));
        }
    }
    let id = session.get("id").cloned().unwrap_or_default();
    for seat in &mut seats {
        let Some(seat) = seat.as_object_mut() else { continue };
        let member = seat.get("member").cloned().unwrap_or_default();
        let of_peer = by_id_in(facts, "peers", member.get("peer")).and_then(|peer| peer.get("legs")).cloned();
        default(seat, "legs", || of_peer.unwrap_or_else(|| json!(1)));
        let inside = list(facts, "joins").iter();
        let inside = inside.filter(|one| one.get("session") == Some(&id) && one.get("member") == Some(&member));
        let inside = inside.count() as u64;
        let taken = seat.get("taken").and_then(Value::as_u64).unwrap_or(0);
        if taken < inside || !seat.contains_key("taken") {
            seat.insert("taken".to_owned(), json!(inside));
        }
    }
    seats.sort_by_key(|seat| {
        let member = seat.get("member").cloned().unwrap_or_default();
        let name = |kind: &str| member.get(kind).and_then(Value::as_str).map(str::to_owned);
        (name("site").is_none(), name("site").or_else(|| name("peer")))
    });
    session.insert("seats".to_owned(), Value::Array(seats));
}

/// A seat, written short (`{"site": "da-lat"}`) or in full (`{"member": {"site": "da-lat"}, "legs": 1}`).
fn seat(written: &Value) -> Value {
    let Some(fields) = written.as_object() else { return written.clone() };
    let (mut seat, mut member) = (fields.clone(), Map::new());
    for kind in ["site", "peer"] {
        member.extend(seat.remove(kind).map(|id| (kind.to_owned(), id)));
    }
    if !member.is_empty() && !seat.contains_key("member") {
        seat.insert("member".to_owned(), Value::Object(member));
        return Value::Object(seat);
    }
    written.clone()
}

/// Where start or end of a session was given, its registration follows, unless given itself.
fn follow(facts: &mut Map<String, Value>, given: &Value) {
    let sessions = list(facts, "sessions").to_vec();
    for session in sessions {
        let told = by_id(given, "sessions", session.get("id"));
        let Some(told) = told.filter(|told| told.get("start").is_some() || told.get("end").is_some()) else { continue };
        let number = session.get("registration").cloned();
        if told.get("registration").is_some() || by_id(given, "registrations", number.as_ref()).is_some() {
            continue;
        }
        let registrations = facts.get_mut("registrations").and_then(Value::as_array_mut);
        let registration = registrations.into_iter().flatten().find(|one| one.get("id") == number.as_ref());
        if let Some(submission) = registration.and_then(|one| one.get_mut("submission")).and_then(Value::as_object_mut)
        {
            for name in ["start", "end"] {
                submission.extend(moment(&session, name).map(|value| (name.to_owned(), json!(value))));
            }
        }
    }
}

fn each(facts: &mut Map<String, Value>, name: &str, mut of: impl FnMut(&mut Map<String, Value>, &Map<String, Value>)) {
    let Some(Value::Array(mut list)) = facts.get_mut(name).filter(|list| list.is_array()).map(Value::take) else {
        return;
    };
    let others = facts.clone();
    list.iter_mut().filter_map(Value::as_object_mut).for_each(|one| of(one, &others));
    facts.insert(name.to_owned(), Value::Array(list));
}

fn default(object: &mut Map<String, Value>, name: &str, value: impl FnOnce() -> Value) {
    object.entry(name).or_insert_with(value);
}

fn list<'a>(facts: &'a Map<String, Value>, name: &str) -> &'a [Value] {
    facts.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn by_id_in<'a>(facts: &'a Map<String, Value>, name: &str, id: Option<&Value>) -> Option<&'a Value> {
    list(facts, name).iter().find(|one| id.is_some() && one.get("id") == id)
}

/// An element of a list by its id, or of an object that has them by id.
fn by_id<'a>(document: &'a Value, name: &str, id: Option<&Value>) -> Option<&'a Value> {
    match document.get(name)? {
        Value::Array(list) => list.iter().find(|one| id.is_some() && one.get("id") == id),
        Value::Object(by_name) => {
            by_name.iter().find(|(name, _)| id.is_some_and(|id| super::merge::is_named(id, name))).map(|(_, one)| one)
        }
        _ => None,
    }
}

fn moment(object: &Value, name: &str) -> Option<Moment> {
    Moment::parse(object.get(name)?.as_str()?).ok()
}

/// Taken where the profile states none.
const DEFAULT_LENGTH_S: i64 = 2 * 60 * 60;
/// How long before its start a session's registration is taken to have been received: in time whatever its urgency.
const RECEIVED_BEFORE_H: u32 = 48;
