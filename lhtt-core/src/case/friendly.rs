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

use super::ids::{Ids, name_of};
use crate::civil::Moment;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

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
    let before = Given::of(base, "sessions");
    for session in sessions {
        let was = before.by_id(session.get("id"));
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
    let sessions = Ids::of(list(facts, "sessions"));
    each(facts, "joins", |join, facts| {
        default(join, "direction", || json!("inbound"));
        let session = join.get("session").and_then(|id| sessions.at(id)).map(|at| &list(facts, "sessions")[at]);
        if let Some(start) = session.and_then(|one| one.get("start")).cloned() {
            default(join, "at", || start);
        }
    });
    let mut registered = Vec::new();
    let others = Others::of(facts);
    each(facts, "sessions", |session, facts| {
        registered.extend(complete_session(session, facts, &others));
    });
    if !registered.is_empty()
        && let Some(list) = facts.entry("registrations").or_insert_with(|| json!([])).as_array_mut()
    {
        list.append(&mut registered);
    }
    follow(facts, given);
}

/// Completes a session; the registration that it lacks.
fn complete_session(session: &mut Map<String, Value>, facts: &Map<String, Value>, others: &Others) -> Option<Value> {
    let start = session.get("start").and_then(Value::as_str).and_then(|text| Moment::parse(text).ok());
    if let Some(start) = start {
        let length = facts.get("profile").and_then(|profile| profile.get("default_length_s")).and_then(Value::as_i64);
        default(session, "end", || json!(start.plus_seconds(length.unwrap_or(DEFAULT_LENGTH_S))));
    }
    let id = session.get("id").and_then(Value::as_u64)?;
    default(session, "alias", || json!(format!("{}", 1000 + id)));
    let alias = session.get("alias").cloned().unwrap_or_default();
    default(session, "room", || alias);
    seats(session, facts, others);
    let accepted = json!({ "accepted": id });
    let found = match session.get("registration") {
        Some(number) => others.registrations.at(number),
        None => others.accepted.get(&id).copied(),
    };
    let found = found.map(|at| &list(facts, "registrations")[at]);
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
    // Numbers of sessions differ, so these do.
    let number = json!(others.greatest + id);
    session.insert("registration".to_owned(), number.clone());
    let field = |name: &str| session.get(name).cloned().unwrap_or_default();
    let mut submission =
        json!({ "agency": field("agency"), "chair_site": field("chair_site"), "start": field("start") });
    submission["end"] = field("end");
    Some(json!({ "id": number, "submission": submission, "received_at": received, "state": accepted }))
}

/// The seats of a session, from its members where none are given, completed and sorted.
fn seats(session: &mut Map<String, Value>, facts: &Map<String, Value>, others: &Others) {
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
        let peer = member.get("peer").and_then(|id| others.peers.at(id)).map(|at| &list(facts, "peers")[at]);
        let of_peer = peer.and_then(|peer| peer.get("legs")).cloned();
        default(seat, "legs", || of_peer.unwrap_or_else(|| json!(1)));
        let inside = others.inside.get(&(id.to_string(), member.to_string())).copied().unwrap_or(0);
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
    let (told_sessions, told_registrations) = (Given::of(given, "sessions"), Given::of(given, "registrations"));
    let places = Ids::of(list(facts, "registrations"));
    let sessions = facts.get_mut("sessions").map(Value::take);
    for session in sessions.iter().filter_map(Value::as_array).flatten() {
        let told = told_sessions.by_id(session.get("id"));
        let Some(told) = told.filter(|told| told.get("start").is_some() || told.get("end").is_some()) else { continue };
        let number = session.get("registration");
        if told.get("registration").is_some() || told_registrations.by_id(number).is_some() {
            continue;
        }
        let registrations = facts.get_mut("registrations").and_then(Value::as_array_mut);
        let at = number.and_then(|number| places.at(number));
        let registration = registrations.zip(at).and_then(|(list, at)| list.get_mut(at));
        if let Some(submission) = registration.and_then(|one| one.get_mut("submission")).and_then(Value::as_object_mut)
        {
            for name in ["start", "end"] {
                submission.extend(moment(session, name).map(|value| (name.to_owned(), json!(value))));
            }
        }
    }
    if let Some(sessions) = sessions {
        facts.insert("sessions".to_owned(), sessions);
    }
}

/// What sessions are completed from, found once.
struct Others {
    registrations: Ids,
    peers: Ids,
    /// Where the registration accepted as a session stands; of several, the first.
    accepted: BTreeMap<u64, usize>,
    /// The greatest number of a registration.
    greatest: u64,
    /// How many legs of a member are in a session.
    inside: BTreeMap<(String, String), u64>,
}

impl Others {
    fn of(facts: &Map<String, Value>) -> Self {
        let registrations = list(facts, "registrations");
        let mut accepted = BTreeMap::new();
        for (at, one) in registrations.iter().enumerate() {
            let state = one.get("state").and_then(Value::as_object).filter(|state| state.len() == 1);
            if let Some(session) = state.and_then(|state| state.get("accepted")).and_then(Value::as_u64) {
                accepted.entry(session).or_insert(at);
            }
        }
        let mut inside = BTreeMap::new();
        for one in list(facts, "joins") {
            if let (Some(session), Some(member)) = (one.get("session"), one.get("member")) {
                *inside.entry((session.to_string(), member.to_string())).or_insert(0) += 1;
            }
        }
        Self {
            registrations: Ids::of(registrations),
            peers: Ids::of(list(facts, "peers")),
            accepted,
            greatest: registrations.iter().filter_map(|one| one.get("id")?.as_u64()).max().unwrap_or(0),
            inside,
        }
    }
}

/// The elements of a part of what was given: a list, or an object that has them by id.
enum Given<'a> {
    List(&'a [Value], Ids),
    Named(&'a Map<String, Value>),
    None,
}

impl<'a> Given<'a> {
    fn of(document: &'a Value, name: &str) -> Self {
        match document.get(name) {
            Some(Value::Array(list)) => Self::List(list, Ids::of(list)),
            Some(Value::Object(by_name)) => Self::Named(by_name),
            _ => Self::None,
        }
    }

    fn by_id(&self, id: Option<&Value>) -> Option<&'a Value> {
        match self {
            Self::List(list, ids) => Some(&list[ids.at(id?)?]),
            Self::Named(by_name) => by_name.get(&name_of(id?)?),
            Self::None => None,
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

fn moment(object: &Value, name: &str) -> Option<Moment> {
    Moment::parse(object.get(name)?.as_str()?).ok()
}

/// Taken where the profile states none.
const DEFAULT_LENGTH_S: i64 = 2 * 60 * 60;
/// How long before its start a session's registration is taken to have been received: in time whatever its urgency.
const RECEIVED_BEFORE_H: u32 = 48;
