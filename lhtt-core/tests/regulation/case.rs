//! A case as people write it: what need not be written, and documents that are wrong, each with its place.

use lhtt_core::case::{Answer, Case};
use lhtt_core::registry::Registry;
use lhtt_core::{Outcome, RegistrationId, SessionId};
use serde_json::{Value, json};

/// A case with these facts, and a call of `bao-loc` to 1001.
fn case(facts: Value) -> Value {
    let party = json!({ "site": "bao-loc" });
    let join = json!({ "join": { "join": 9, "party": party, "called": { "alias": "1001" } } });
    json!({ "at": "2023-06-15T08:30:00+07:00", "facts": facts, "request": join })
}

#[track_caller]
fn registry(facts: Value) -> Registry {
    let text = case(facts).to_string();
    Case::from_json(&text).unwrap().registry().unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn outcome(case: &Value) -> Outcome {
    match Case::from_json(&case.to_string()).unwrap().answer().unwrap_or_else(|error| panic!("{error}")) {
        Answer::Decision(decision) => decision.outcome,
        Answer::Value(value) => panic!("{value}"),
    }
}

#[test]
fn a_session_needs_little() {
    let registry = registry(json!({ "sessions": [{
        "id": 2, "agency": "ubnd-da-lat", "chair_site": "da-lat", "start": "2023-06-20T08:00:00+07:00",
        "members": [{ "peer": "vnpt", "legs": 3 }, { "site": "so-y-te" }, { "site": "bao-loc" }],
    }] }));
    let session = registry.session(SessionId(2)).unwrap();
    let seats: Vec<_> = session.seats.iter().map(|seat| serde_json::to_value(seat).unwrap()).collect();
    let seat = |member: Value, legs: u16| json!({ "member": member, "legs": legs, "taken": 0 });
    let sites = ["bao-loc", "da-lat", "so-y-te"].map(|id| seat(json!({ "site": id }), 1));
    assert_eq!(seats, [&sites[..], &[seat(json!({ "peer": "vnpt" }), 3)]].concat());
    assert_eq!((session.alias.as_str(), session.room.as_str()), ("1002", "1002"));
    assert_eq!(session.end.rfc3339(), "2023-06-20T10:00:00+07:00");
    assert_eq!(session.accepted_at.rfc3339(), "2023-06-18T08:00:00+07:00");
    let registration = registry.registration(session.registration).unwrap();
    assert_eq!(serde_json::to_value(&registration.state).unwrap(), json!({ "accepted": 2 }));
}

#[test]
fn a_session_that_moves_takes_its_end_and_registration_along() {
    for sessions in [
        json!([{ "id": 1, "start": "2023-06-20T09:00:00+07:00" }]),
        json!({ "1": { "start": "2023-06-20T09:00:00+07:00" } }),
    ] {
        let registry = registry(json!({ "sessions": sessions }));
        let session = registry.session(SessionId(1)).unwrap();
        assert_eq!(session.end.rfc3339(), "2023-06-20T11:00:00+07:00");
        let submission = &registry.registration(RegistrationId(1)).unwrap().submission;
        assert_eq!((submission.start, submission.end), (Some(session.start), Some(session.end)));
    }
}

#[test]
fn one_alternative_replaces_another() {
    let registry =
        registry(json!({ "organizations": [{ "id": "tinh-uy", "kind": { "office": "of_party_committee" } }],
        "registrations": [{ "id": 2, "like": 1, "state": { "rejected": { "at": "2023-06-14T08:00:00+07:00" } } }] }));
    let kind = &registry.organization(&"tinh-uy".into()).unwrap().kind;
    assert_eq!(serde_json::to_value(kind).unwrap(), json!({ "office": "of_party_committee" }));
    let second = registry.registration(RegistrationId(2)).unwrap();
    assert!(second.submission.agency.is_some() && format!("{:?}", second.state).starts_with("Rejected"));
}

/// A decision of a case says what it was made on: no journal, and the request.
#[test]
fn a_decision_says_what_was_asked() {
    let digest = |of: &Value| match Case::from_json(&of.to_string()).unwrap().answer().unwrap() {
        Answer::Decision(decision) => serde_json::to_value(*decision).unwrap()["facts_digest"].clone(),
        Answer::Value(value) => panic!("{value}"),
    };
    let (asked, mut other) = (case(json!({})), case(json!({})));
    other["request"]["join"]["join"] = json!(10);
    assert_eq!(digest(&asked), digest(&case(json!({ "last_join": 3 }))), "its facts stand in its document");
    assert_ne!(digest(&asked), digest(&other));
    let given = digest(&asked);
    assert!(given.get("journal").is_none() && given["request"].as_str().unwrap().len() == 64, "{given}");
}

#[test]
fn legs_that_are_in_take_their_slots() {
    let member = json!({ "site": "bao-loc" });
    let seats = json!([{ "site": "bao-loc" }]);
    let mut facts = json!({ "sessions": [{ "id": 1, "members": seats }] });
    assert_eq!(outcome(&case(facts.clone())), Outcome::Permit);
    facts["joins"] = json!([{ "join": 3, "session": 1, "member": member }]);
    assert_eq!(outcome(&case(facts)), Outcome::Deny);
}

/// Facts that are wrong, the path they are told at, and a part of what is said.
fn wrong_facts() -> Vec<(Value, &'static str, &'static str)> {
    [parties_that_are_wrong(), sessions_that_are_wrong()].concat()
}

fn parties_that_are_wrong() -> Vec<(Value, &'static str, &'static str)> {
    vec![
        (json!({ "sites": [{ "id": "da-lat", "admited": true }] }), "facts.sites[0].admited", "allowed: `id`, `name`"),
        (
            json!({ "sites": { "da-lat": { "admitted": "yes" } } }),
            "facts.sites.da-lat.admitted",
            "\"yes\"` is not of the form",
        ),
        (
            json!({ "sites": [{ "id": "x", "name": "x", "organization": "ubnd-tinh" }] }),
            "facts.sites[0]",
            "the field `admitted` is missing",
        ),
        (
            json!({ "sites": [{ "id": "da-lat", "organization": "nowhere" }] }),
            "facts.sites[0].organization",
            "`nowhere` is not among the facts",
        ),
        (
            json!({ "peers": [{ "id": "vnpt", "kind": "company" }] }),
            "facts.peers[0].kind",
            "allowed: `national_assembly`, `government`",
        ),
        (json!({ "peers": [{ "id": "vnpt", "legs": 70000 }] }), "facts.peers[0].legs", "70000` is not of the form"),
        (json!({ "profile": { "early_window_s": -1 } }), "facts.profile.early_window_s", "-1` is not of the form"),
        (json!({ "profile": { "colour": 1 } }), "facts.profile.colour", "there is no field `colour` here"),
    ]
}

fn sessions_that_are_wrong() -> Vec<(Value, &'static str, &'static str)> {
    vec![
        (
            json!({ "sessions": [{ "id": 1, "end": "2023-06-15T08:00:00+07:00" }] }),
            "facts.sessions[0].end",
            "at or before the start",
        ),
        (
            json!({ "sessions": [{ "id": 1, "start": "15/6/2023" }] }),
            "facts.sessions[0].start",
            "is no date and time with an offset",
        ),
        (
            json!({ "sessions": [{ "id": 1, "start": "0023-06-15T08:00:00+07:00" }] }),
            "facts.sessions[0].start",
            "allowed: 1945 to 2199",
        ),
        (
            json!({ "sessions": [{ "id": 1, "chair_site": "nowhere" }] }),
            "facts.sessions[0].chair_site",
            "`nowhere` is not among",
        ),
        (
            json!({ "sessions": [{ "id": 1, "members": [{ "site": "nowhere" }] }] }),
            "facts.sessions[0].members",
            "`nowhere` is not among",
        ),
        (
            json!({ "sessions": [{ "id": 1, "members": [] }] }),
            "facts.sessions[0].members",
            "no member besides the chair",
        ),
        (
            json!({ "sessions": [{ "id": 1, "members": "all" }] }),
            "facts.sessions[0].members",
            "there is no field `members`",
        ),
        (
            json!({ "sessions": [{ "id": 1, "registration": 7 }] }),
            "facts.sessions[0].registration",
            "`7` is not among the facts",
        ),
        (
            json!({ "registrations": [{ "id": 2, "state": { "accepted": 7 } }] }),
            "facts.registrations[0].state",
            "`7` is not among the facts",
        ),
        (
            json!({ "joins": [{ "join": 3, "session": 7, "member": { "site": "da-lat" } }] }),
            "facts.joins[0]",
            "the field `at` is missing",
        ),
        (
            json!({ "joins": [{ "join": 3, "session": 1, "member": { "site": "bao-loc" } }] }),
            "facts.joins[0].member",
            "not on the list",
        ),
        (json!({ "nonsense": {} }), "facts.nonsense", "allowed: `profile`, "),
        (json!([1]), "facts", "the facts are an object"),
    ]
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_what_is_allowed() {
    for (facts, path, said) in wrong_facts() {
        let written = case(facts.clone());
        let text = serde_json::to_string_pretty(&written).unwrap();
        let error = Case::from_json(&text).and_then(|case| case.answer()).expect_err(&facts.to_string());
        assert_eq!(error.path(), path, "{facts}: {error}");
        assert!(error.to_string().contains(said), "{error}");
        assert!(!error.text().vi.is_empty());
        let (line, _) = error.in_text(&text).line_and_column().unwrap();
        assert!(line > 2, "the facts come after the time");
    }
}

#[test]
fn a_document_that_is_no_case_is_told_with_line_and_column() {
    let rows = [
        ("", "", (1, 1), "not JSON"),
        ("{\n", "", (1, 1), "not JSON"),
        (r#"{"at": "2023-06-15T08:30:00+07:00"}"#, "", (1, 1), "exactly one of the fields `request` and `query`"),
        (r#"{"at": 1}"#, "at", (1, 2), "`1` is not of the form"),
        ("{\n \"at\": \"2023-06-15T08:30:00\"}", "at", (2, 2), "is no date and time with an offset"),
        (
            r#"{"at": "2023-06-15T08:30:00+07:00", "request": {"jion": {}}}"#,
            "request.jion",
            (1, 49),
            "allowed: `configure`, `submit`",
        ),
        (
            r#"{"at": "2023-06-15T08:30:00+07:00", "request": {"end": {}}}"#,
            "request.end",
            (1, 49),
            "the field `session` is missing",
        ),
        (r#"{"at": "2023-06-15T08:30:00+07:00", "request": {}}"#, "request", (1, 37), "exactly one field"),
        (
            r#"{"at": "2023-06-15T08:30:00+07:00", "facts": {"peers": 1, "peers": 2}}"#,
            "facts.peers",
            (1, 59),
            "twice in one object",
        ),
        (
            r#"{"at": "9023-06-15T08:30:00+07:00", "request": {"leave": {"join": 1, "reason": {"code": "x"}}}}"#,
            "at",
            (1, 2),
            "out of range",
        ),
    ];
    for (text, path, place, said) in rows {
        let error = Case::from_json(text).and_then(|case| case.answer()).expect_err(text).in_text(text);
        assert!(error.to_string().contains(said), "{text}: {error}");
        assert_eq!((error.path(), error.line_and_column()), (path, Some(place)), "{text}: {error}");
    }
}

/// What is of another form than asked for is told by the names of the fields, at the place itself.
#[test]
fn what_is_out_of_form_is_told_by_the_names_of_its_fields() {
    let actor = r#""actor": {"name": "a", "role": "office"}"#;
    let rows = [
        (r#""request": "submit""#.to_owned(), "request", "an object `{\"submit\": {…}}` with the fields `"),
        (r#""request": {"join": 1}"#.to_owned(), "request.join", "an object with the fields `join`, "),
        (r#""request": {"planning": "amend"}"#.to_owned(), "request.planning", "with the fields `registration`, "),
        (
            format!(r#""request": {{"conduct": {{"session": 1, {actor}, "do": "close_item"}}}}"#),
            "request.conduct.do",
            "an object `{\"close_item\": {…}}` with the fields `site` or `item`",
        ),
        (
            format!(r#""request": {{"conduct": {{"session": 1, {actor}, "do": {{"start": {{}}}}}}}}"#),
            "request.conduct.do",
            "the word `\"start\"` alone",
        ),
        (
            format!(
                r#""request": {{"conduct": {{"session": 1, {actor}, "do": {{"site_lost": {{"site": "x", "when": 1}}}}}}}}"#
            ),
            "request.conduct.do.site_lost.when",
            "there is no field `when` here; allowed: `site`",
        ),
        (
            r#""query": {"planning": {"version": {"when": 1}}}"#.to_owned(),
            "query.planning.version.when",
            "there is no field `when` here",
        ),
        (
            r#""request": {"submit": {"dossier": []}}"#.to_owned(),
            "request.submit.dossier",
            "an object with named fields",
        ),
        (
            r#""request": {"submit": {"dossier": {"place": []}}}"#.to_owned(),
            "request.submit.dossier.place",
            "an object with",
        ),
        (r#""request": {"submit": []}"#.to_owned(), "request.submit", "an object with"),
        (r#""request": {"configure": []}"#.to_owned(), "request.configure", "an object with"),
        (
            format!(r#""request": {{"secrecy": {{"file_dossier": {{"id": "1/HS", "dossier": [], {actor}}}}}}}"#),
            "request.secrecy.file_dossier.dossier",
            "an object with named fields",
        ),
        (r#""query": {"planning": "deadlines"}"#.to_owned(), "query.planning", "with the fields `start`"),
        (
            r#""facts": {"conduct": {"sessions": {"1": {"duty": "x"}}}}, "query": {"planning": {"version": {}}}"#
                .to_owned(),
            "facts.conduct.sessions.1.duty",
            "an object with the fields `mcu_operator`",
        ),
        (
            r#""facts": {"secrecy": {"links": [1]}}, "query": {"planning": {"version": {}}}"#.to_owned(),
            "facts.secrecy.links",
            "an object whose fields are names",
        ),
    ];
    for (rest, path, said) in rows {
        let text = format!(r#"{{"at": "2023-06-15T08:30:00+07:00", {rest}}}"#);
        let error = Case::from_json(&text).and_then(|case| case.answer()).expect_err(&text).in_text(&text);
        assert_eq!(error.path(), path, "{text}: {error}");
        assert!(error.to_string().contains(said), "{error}");
        for word in ["struct", "variant", "a map"] {
            assert!(!error.to_string().contains(word), "{error}");
        }
    }
}

/// Steps that come first are told, with what they stand on; whoever only wants the answer has it as before.
#[test]
fn what_came_of_the_steps_before_is_told() {
    let by = |role: &str| json!({ "name": "Nguyễn Văn Trực", "role": role });
    let end = |role: &str| json!({ "at": "2023-06-15T09:00:00+07:00", "request": { "end": { "session": 1, "actor": by(role) } } });
    let mut case = case(json!({}));
    case["before"] = json!([end("carrier"), end("mcu_operator")]);
    let case = Case::from_json(&case.to_string()).unwrap();
    let (answer, before) = case.answer_and_before().unwrap();
    assert_eq!(answer, case.answer().unwrap());
    let outcomes: Vec<_> = before.iter().map(|step| step.outcome).collect();
    assert_eq!(outcomes, [Outcome::Deny, Outcome::Permit]);
    assert!(!before[0].citations.is_empty(), "{before:?}");
    assert!(before[0].render_en(0).starts_with("before[0]: REFUSED — Điều 1"), "{}", before[0].render_en(0));
    assert!(before[1].render_vi(1).starts_with("before[1]: CHẤP THUẬN"), "{}", before[1].render_vi(1));
}

/// A part of the base that is taken away whole is gone, an empty list empties.
#[test]
fn facts_of_the_base_can_be_taken_away() {
    assert!(registry(json!({ "peers": { "vnpt": null } })).peer(&"vnpt".into()).is_none());
    assert_eq!(registry(json!({ "sessions": [], "registrations": [] })).sessions().count(), 0);
    let empty = json!({ "base": "empty", "at": "2023-06-15T08:30:00+07:00", "request": case(json!({}))["request"] });
    assert_ne!(outcome(&empty), Outcome::Permit);
}
