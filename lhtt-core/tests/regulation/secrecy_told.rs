//! AE-S9: a secret session from its registration to its end, and what is told and kept of it: nothing of what it is about.

use crate::world::*;
use lhtt_core::case::Case;
use lhtt_core::journal::{Entry, Head, replay};
use lhtt_core::{Decision, Query, Registry, Request, decide};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

/// What the session is about. Whoever writes it where a number belongs writes it in vain.
const TITLE: &str = "Chuyên án Kim Cương";

fn operator() -> Value {
    json!({ "name": "Nguyễn Văn Trực", "role": "technical_operator" })
}

fn chair() -> Value {
    json!({ "name": "Trần Thị Lan", "role": "site_operator", "site": "so-y-te" })
}

fn dossier(consent: &str) -> Value {
    json!({
        "consent": consent, "attendees": "12/DS-SYT", "devices": "14/BB-SYT", "recovery_plan": "16/PA-SYT",
        "place": { "document": "13/PA-SYT", "at": "headquarters", "closed": true },
        "protection_plan": { "document": "15/PA-SYT" },
    })
}

fn registration(content: &str, consent: &str) -> Value {
    json!({ "submit": {
        "sent_from": "syt@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn",
        "agency": "so-y-te", "chair_site": "so-y-te", "members": [{ "site": "da-lat" }, { "site": "duc-trong" }],
        "start": "2023-06-20T08:00:00+07:00", "content": content, "support": TITLE, "place": TITLE,
        "contact": { "name": "Trần Thị Lan", "phone": "0263 3822 000" }, "urgency": { "urgent": TITLE },
        "classification": "mat", "dossier": dossier(consent),
    } })
}

fn join(number: u64, site: &str, leg: &Value) -> Value {
    json!({ "join": { "join": number, "party": { "site": site }, "called": { "alias": "2001" }, "leg": leg } })
}

/// Registered with its title, refused; registered well, refused by the operator, registered again, held, read about, ended.
fn script() -> Vec<(&'static str, Value)> {
    preparation().into_iter().chain(session()).collect()
}

fn secrecy(act: Value) -> Value {
    json!({ "secrecy": act })
}

fn mcu() -> Value {
    json!({ "name": "Nguyễn Văn Trực", "role": "mcu_operator" })
}

fn preparation() -> Vec<(&'static str, Value)> {
    let good = "theo phương án số 15/PA-SYT";
    let authority = json!({ "name": "Sở", "role": "managing_authority" });
    let mut late = registration(good, "11/CT-UBND");
    late["submit"]["start"] = json!("2023-06-15T12:00:00+07:00");
    vec![
        ("2023-06-15T08:00", registration(TITLE, "11/CT-UBND")),
        ("2023-06-15T08:01", registration(&format!("theo phương án số 15 {TITLE}"), "11/CT-UBND")),
        ("2023-06-15T08:02", registration(good, TITLE)),
        ("2023-06-15T08:03", registration(good, "11/CT-UBND")),
        ("2023-06-15T08:04", late.clone()),
        ("2023-06-15T08:04:30", json!({ "override": { "registration": 6, "actor": authority, "reason": TITLE } })),
        ("2023-06-15T08:05", late),
        ("2023-06-15T08:05:30", json!({ "reject": { "registration": 7, "actor": operator(), "reason": TITLE } })),
        ("2023-06-15T08:06", registration(good, "11/CT-UBND")),
        ("2023-06-15T09:00", json!({ "accept": { "registration": 8, "actor": operator(), "alias": "2001" } })),
        (
            "2023-06-15T09:01",
            secrecy(
                json!({ "file_dossier": { "id": TITLE, "session": 2, "dossier": dossier(TITLE), "actor": chair() } }),
            ),
        ),
        (
            "2023-06-15T09:02",
            secrecy(
                json!({ "declare_link": { "id": "cy-da-lat", "link": { "of": { "site": "da-lat" }, "protection": "co_yeu", "certificate": TITLE }, "actor": mcu() } }),
            ),
        ),
        (
            "2023-06-15T09:03",
            secrecy(
                json!({ "declare_device": { "id": "vcs-2", "device": { "wired_mic": true, "police_check": TITLE }, "actor": mcu() } }),
            ),
        ),
        (
            "2023-06-15T09:04",
            secrecy(
                json!({ "grant_clearance": { "id": TITLE, "clearance": { "name": "Ba", "role": "auditor", "level": "mat" }, "actor": { "name": "Sở", "role": "managing_authority" } } }),
            ),
        ),
    ]
}

fn session() -> Vec<(&'static str, Value)> {
    let over = |site: &str| json!({ "link": format!("cy-{site}") });
    let recording = json!({ "decision": TITLE, "counter_measures": "18/PA-SYT", "storage": "offline" });
    vec![
        ("2023-06-20T08:00", join(1, "da-lat", &over("da-lat"))),
        ("2023-06-20T08:01", join(2, "duc-trong", &json!({ "network": "internet", "protection": "tls" }))),
        ("2023-06-20T08:02", join(3, "bao-loc", &over("bao-loc"))),
        (
            "2023-06-20T08:10",
            secrecy(json!({ "allow_recording": { "session": 2, "terms": recording, "actor": mcu() } })),
        ),
        (
            "2023-06-20T08:20",
            secrecy(json!({ "reclassify": { "session": 2, "to": "toi_mat", "document": TITLE, "actor": chair() } })),
        ),
        (
            "2023-06-20T08:21",
            secrecy(
                json!({ "reclassify": { "session": 2, "to": "toi_mat", "document": "19/QĐ-SYT", "actor": chair() } }),
            ),
        ),
        (
            "2023-06-20T08:30",
            json!({ "floor": { "request_intervention": { "session": 2, "wanted": "start_recording", "reason": TITLE, "actor": chair() } } }),
        ),
        (
            "2023-06-20T08:40",
            secrecy(json!({ "read": { "session": 2, "actor": { "name": "Ai Đó", "role": "auditor" } } })),
        ),
        (
            "2023-06-20T08:41",
            secrecy(json!({ "read": { "session": 2, "actor": { "name": "Lê Thị Kiểm", "role": "auditor" } } })),
        ),
        ("2023-06-20T10:00", json!({ "leave": { "join": 1, "reason": { "code": "hang_up" } } })),
        ("2023-06-20T10:01", json!({ "end": { "session": 2, "actor": mcu() } })),
    ]
}

/// What the decisions on the script come to, in its order.
const OUTCOMES: &str = "\
Deny 11.5/reference: Điều 11 khoản 5 [A-15]
Deny 11.5/reference: Điều 11 khoản 5 [A-15]
Deny 11.5/number: Điều 11 khoản 5 [A-15]
Permit
NeedsOverride 12.2.a/lead-urgent: Điều 12 khoản 2 điểm a [A-16 A-32]
Permit 12.2.a/lead-urgent: Điều 12 khoản 2 điểm a [A-16 A-32]
NeedsOverride 12.2.a/lead-urgent: Điều 12 khoản 2 điểm a [A-16 A-32]
Permit
Permit
Permit
Deny 11.5/number: Điều 11 khoản 5 [A-15]
Deny 11.5/number: Điều 11 khoản 5 [A-15]
Deny 11.5/number: Điều 11 khoản 5 [A-15]
Deny 11.5/number: Điều 11 khoản 5 [A-15]
Permit
Deny 5.2/internet 5.2/protection: Điều 5 khoản 2; Điều 6 khoản 2 điểm a NĐ 26/2020/NĐ-CP [A-46]
Deny 3.7/invited: Điều 3 khoản 7
Deny 11.5/number: Điều 11 khoản 5 [A-15]
Deny 11.5/number: Điều 11 khoản 5 [A-15]
Permit
Deny 5.2/recording: Điều 5 khoản 8 Luật 29/2018/QH14 [A-45]
Deny 5.3/clearance: Điều 5 khoản 3
Permit
Permit
Permit";

fn example() -> Registry {
    let case = json!({ "at": "2023-06-15T08:00:00+07:00" });
    Case::from_json(&case.to_string()).unwrap().registry().unwrap()
}

#[test]
fn the_title_of_a_secret_session_is_in_no_entry_no_text_and_no_fact() {
    let mut registry = example();
    let (mut head, mut lines, mut told, mut outcomes) = (Head::default(), Vec::new(), Vec::new(), Vec::new());
    for (when, request) in script() {
        let Ok(request) = serde_json::from_value::<Request>(request.clone()) else { panic!("{request}") };
        let decision = decide(&registry, &request, wall(when));
        told.extend(texts(&decision));
        outcomes.push(summary(&decision));
        let before = registry.clone();
        registry.apply_all(&decision.changes).unwrap();
        let entry = Entry::seal(&head, wall(when), &request, decision);
        // What is kept decides the same again.
        assert_eq!(entry.decided_again(&before), *entry.decision(), "{when}");
        head = entry.head();
        lines.push(entry.to_line().to_owned());
    }
    assert_eq!(outcomes.join("\n"), OUTCOMES);
    let session = registry.sessions().next_back().unwrap();
    assert!(session.ended.is_some() && session.alias == "2001", "the script ran to its end");
    assert_eq!(registry.secrecy().reads.len(), 2);
    told.push(serde_json::to_string(&registry.facts()).unwrap());
    let metadata: Query = serde_json::from_value(json!({ "secrecy": { "metadata": { "read": 2 } } })).unwrap();
    let value = metadata.answer(&registry, wall("2023-06-20T10:02"));
    assert_eq!(value["members"], json!([{ "site": "da-lat" }, { "site": "duc-trong" }, { "site": "so-y-te" }]));
    told.push(value.to_string());
    for text in lines.iter().chain(&told) {
        assert!(!text.contains("Kim Cương") && !text.contains("Chuyên án"), "{text}");
    }
    // The session is not in the schedule, and not in its count.
    let schedule = json!({ "record": { "report": { "of": "public_schedule", "period": { "day": "2023-06-20" } } } });
    let schedule = serde_json::from_value::<Query>(schedule).unwrap().answer(&registry, wall("2023-06-20T10:02"));
    assert!(!schedule.to_string().contains("Sở Y tế"), "{schedule}");
}

fn texts(decision: &Decision) -> Vec<String> {
    let told = decision.told_ascii().unwrap_or_default();
    let findings = serde_json::to_string(&decision.findings).unwrap();
    vec![decision.render_vi(), decision.render_en(), decision.ascii(), told, findings]
}

/// An old journal of the script replays to the same registry.
#[test]
fn a_journal_with_a_secret_session_replays() {
    let mut registry = Registry::default();
    let world = World::new();
    let (mut head, mut lines) = (Head::default(), Vec::new());
    let first = ("2023-06-06T08:00", Request::Configure(Box::new(world.configuration)));
    let rest = script().into_iter().map(|(when, request)| (when, serde_json::from_value(request).unwrap()));
    for (when, request) in std::iter::once(first).chain(rest) {
        let decision = decide(&registry, &request, wall(when));
        registry.apply_all(&decision.changes).unwrap();
        let entry = Entry::seal(&head, wall(when), &request, decision);
        head = entry.head();
        lines.push(entry.to_line().to_owned());
    }
    assert_eq!(replay(&lines), Ok((registry, head)));
}

/// Facts that a leg of a secret session needs, as places in the document.
const NEEDED: [&str; 13] = [
    "/secrecy/dossiers/01~1HS-SYT/dossier/consent",
    "/secrecy/dossiers/01~1HS-SYT/dossier/attendees",
    "/secrecy/dossiers/01~1HS-SYT/dossier/place/document",
    "/secrecy/dossiers/01~1HS-SYT/dossier/place/at",
    "/secrecy/dossiers/01~1HS-SYT/dossier/place/closed",
    "/secrecy/dossiers/01~1HS-SYT/dossier/devices",
    "/secrecy/dossiers/01~1HS-SYT/dossier/protection_plan/document",
    "/secrecy/dossiers/01~1HS-SYT/dossier/recovery_plan",
    "/secrecy/links/cy-da-lat/network",
    "/secrecy/links/cy-da-lat/certificate",
    "/secrecy/links/cy-da-lat/endpoint",
    "/secrecy/devices/vcs-da-lat/wired_mic",
    "/estate/endpoints/vcs-da-lat/checks",
];

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_230_615), cases: 200, ..ProptestConfig::default() })]

    /// Whatever is missing, nobody joins; with everything, whoever is on the list does.
    #[test]
    fn a_missing_fact_never_lets_a_leg_into_a_secret_session(
        missing in prop::collection::btree_set(0..NEEDED.len(), 0..4),
        level in prop::sample::select(vec!["mat", "toi_mat", "tuyet_mat"]),
    ) {
        let mut facts = serde_json::to_value(example().facts()).unwrap();
        facts["sessions"][0]["classification"] = json!(level);
        for place in &missing {
            let (parent, field) = NEEDED[*place].rsplit_once('/').unwrap();
            facts.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(field);
        }
        let case = json!({
            "base": "empty", "at": "2023-06-15T08:30:00+07:00", "facts": facts,
            "request": { "join": { "join": 1, "party": { "site": "da-lat" }, "called": { "alias": "1001" }, "leg": { "link": "cy-da-lat" } } },
        });
        let answer = Case::from_json(&case.to_string()).unwrap().answer().unwrap();
        let lhtt_core::case::Answer::Decision(decision) = answer else { panic!("a decision") };
        prop_assert_eq!(decision.is_permit(), missing.is_empty(), "{}", summary(&decision));
    }
}
