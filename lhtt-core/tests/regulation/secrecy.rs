//! Điều 5 khoản 2 and 3, Điều 11 khoản 5: sessions with state secrets: dossier, legs, level, recording, reading.

use crate::world::*;
use lhtt_core::case::Case;
use lhtt_core::journal::{Entry, Head};
use lhtt_core::{Change, Decision, Disclosure, JoinId, Query, Registry, Request, SessionId, decide};
use serde_json::{Value, json};

const DURING: &str = "2023-06-15T08:30";
const LEVELS: [&str; 3] = ["mat", "toi_mat", "tuyet_mat"];

/// The example province with session 1 at this level, and `facts` laid over it.
fn province(level: &str, facts: &Value) -> Registry {
    let mut all = if facts.is_null() { json!({}) } else { facts.clone() };
    all["sessions"] = json!([{ "id": 1, "classification": level }]);
    let case = json!({ "at": "2023-06-15T08:30:00+07:00", "facts": all });
    Case::from_json(&case.to_string()).unwrap().registry().unwrap()
}

fn ask(registry: &mut Registry, request: &Value, when: &str) -> Decision {
    let request: Request = serde_json::from_value(request.clone()).unwrap_or_else(|error| panic!("{error}: {request}"));
    let decision = decide(registry, &request, wall(when));
    registry.apply_all(&decision.changes).unwrap();
    decision
}

fn join(number: u64, site: &str, leg: &Value) -> Value {
    json!({ "join": { "join": number, "party": { "site": site }, "called": { "alias": "1001" }, "leg": leg } })
}

fn protected(number: u64, site: &str) -> Value {
    join(number, site, &json!({ "link": format!("cy-{site}") }))
}

fn person(role: &str) -> Value {
    match role {
        "chair" => json!({ "name": "Trần Thị Lan", "role": "site_operator", "site": "so-y-te" }),
        "member" => json!({ "name": "Đỗ Văn Hai", "role": "site_operator", "site": "da-lat" }),
        role => json!({ "name": "Nguyễn Văn Trực", "role": role }),
    }
}

fn dossier() -> Value {
    json!({
        "consent": "11/CT-UBND",
        "attendees": "12/DS-SYT",
        "place": { "document": "13/PA-SYT", "at": "headquarters", "closed": true },
        "devices": "14/BB-SYT",
        "protection_plan": { "document": "15/PA-SYT", "guards": true, "contingency": true },
        "recovery_plan": "16/PA-SYT",
    })
}

fn registration(level: &str, dossier: &Value) -> Value {
    json!({ "submit": {
        "sent_from": "syt@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn",
        "agency": "so-y-te", "chair_site": "so-y-te", "members": [{ "site": "da-lat" }, { "peer": "chinh-phu" }],
        "start": "2023-06-20T08:00:00+07:00", "content": "theo phương án số 15/PA-SYT",
        "contact": { "name": "Trần Thị Lan", "phone": "0263 3822 000" },
        "classification": level, "dossier": dossier,
    } })
}

fn law(place: &str) -> String {
    format!("Điều 17 khoản 1 điểm {place} Luật 29/2018/QH14")
}

/// Each item, at each level: alone it refuses, with its own citation, and no other finding.
#[test]
fn each_missing_item_of_a_dossier_refuses_by_itself_at_every_level() {
    let decree = |place: &str| format!("Điều 6 khoản {place} NĐ 26/2020/NĐ-CP");
    let rows = [
        (json!({ "consent": null }), "5.2/consent", law("a")),
        (json!({ "attendees": null }), "5.2/attendees", law("b")),
        (json!({ "place": null }), "5.2/place", law("c")),
        (json!({ "place": { "document": " " } }), "5.2/place", law("c")),
        (json!({ "devices": null }), "5.2/devices", law("d")),
        (json!({ "protection_plan": null }), "5.2/protection-plan", law("đ")),
        (json!({ "recovery_plan": null }), "5.2/recovery-plan", law("e")),
        (json!({ "place": { "closed": false } }), "5.2/closed-room", decree("1")),
        (json!({ "place": { "at": null } }), "5.2/whereabouts", decree("1")),
        (json!({ "place": { "at": "elsewhere" } }), "5.2/area-check", decree("1")),
        (
            json!({ "place": { "rooms": [{ "site": "da-lat", "at": "elsewhere", "closed": true }] } }),
            "5.2/area-check",
            decree("1"),
        ),
        (json!({ "place": { "rooms": [{ "site": "da-lat", "at": "headquarters" }] } }), "5.2/closed-room", decree("1")),
    ];
    for level in LEVELS {
        let mut registry = province("open", &Value::Null);
        let whole = ask(&mut registry, &registration(level, &dossier()), "2023-06-15T08:00");
        assert_eq!(summary(&whole), "Permit", "{level}");
        for (change, rule, citation) in &rows {
            let mut lacking = dossier();
            lhtt_core::case::merge(&mut lacking, change);
            let decision = ask(&mut registry, &registration(level, &lacking), "2023-06-15T08:00");
            assert_eq!(summary(&decision), format!("Deny {rule}: {citation}"), "{level} {change}");
        }
        // The same items are asked again of every leg.
        for (change, rule, citation) in &rows {
            let facts = json!({ "secrecy": { "dossiers": { "01/HS-SYT": { "dossier": change } } } });
            let decision = ask(&mut province(level, &facts), &protected(1, "da-lat"), DURING);
            assert_eq!(summary(&decision), format!("Deny {rule}: {citation}"), "{level} {change}");
        }
    }
}

#[test]
fn a_room_elsewhere_counts_once_the_police_have_checked_the_area() {
    let mut elsewhere = dossier();
    let rooms = json!([{ "site": "da-lat", "at": "elsewhere", "closed": true, "area_check": "8/CAT" }]);
    let place = json!({ "at": "elsewhere", "area_check": "7/CAT", "rooms": rooms });
    lhtt_core::case::merge(&mut elsewhere, &json!({ "place": place }));
    let decision = ask(&mut province("open", &Value::Null), &registration("mat", &elsewhere), "2023-06-15T08:00");
    assert!(decision.is_permit(), "{}", summary(&decision));
}

/// Guards and a contingency are asked for at the highest level, and not below it.
#[test]
fn the_plan_of_the_highest_level_has_guards_and_a_contingency() {
    for (level, guards, contingency, expected) in [
        ("mat", false, false, "Permit"),
        ("toi_mat", false, false, "Permit"),
        ("tuyet_mat", false, true, "Deny 5.2/guards: Điều 6 khoản 3 NĐ 26/2020/NĐ-CP"),
        ("tuyet_mat", true, false, "Deny 5.2/guards: Điều 6 khoản 3 NĐ 26/2020/NĐ-CP"),
        ("tuyet_mat", true, true, "Permit"),
    ] {
        let mut plan = dossier();
        lhtt_core::case::merge(
            &mut plan,
            &json!({ "protection_plan": { "guards": guards, "contingency": contingency } }),
        );
        let decision = ask(&mut province("open", &Value::Null), &registration(level, &plan), "2023-06-15T08:00");
        assert_eq!(summary(&decision), expected, "{level} {guards} {contingency}");
    }
}

#[test]
fn a_dossier_filed_beforehand_is_found_by_its_name() {
    let mut registry = province("open", &Value::Null);
    let file = |role: &str| json!({ "secrecy": { "file_dossier": { "id": "02/HS-SYT", "dossier": dossier(), "actor": person(role) } } });
    let mut named = registration("mat", &Value::Null);
    named["submit"]["dossier_file"] = json!("02/HS-SYT");
    let before = ask(&mut registry, &named, "2023-06-15T08:00");
    assert_eq!(before.findings.len(), 6, "{}", summary(&before));
    let nobody = ask(&mut registry, &file("carrier"), "2023-06-15T08:00");
    assert_eq!(summary(&nobody), "Deny 3.8/role: Điều 11 khoản 2");
    assert!(ask(&mut registry, &file("technical_operator"), "2023-06-15T08:00").is_permit());
    assert!(ask(&mut registry, &named, "2023-06-15T08:10").is_permit());
    let id = registry.registrations().next_back().unwrap().id;
    let accept = json!({ "accept": { "registration": id, "actor": person("technical_operator"), "alias": "1002" } });
    let accepted = ask(&mut registry, &accept, "2023-06-15T09:00");
    assert!(accepted.is_permit(), "{}", summary(&accepted));
}

/// The chair agency files before there is a session; who is of no known agency is told to say so, and no refusal names the
/// very role that was refused.
#[test]
fn a_dossier_is_filed_by_the_operator_of_a_site_before_there_is_a_session() {
    let unknown = "Deny 5.2/filer: Điều 5 khoản 2";
    let rows = [
        (json!({ "site": "so-y-te" }), None, "Permit"),
        (json!({ "site": "so-y-te", "organization": "so-y-te" }), None, "Permit"),
        (json!({ "organization": "so-y-te" }), None, "Permit"),
        (json!({}), None, unknown),
        (json!({ "site": "nowhere" }), None, unknown),
        (json!({ "organization": "nowhere" }), None, unknown),
        (json!({ "site": "da-lat", "organization": "so-y-te" }), None, unknown),
        (json!({ "site": "so-y-te" }), Some(1), "Permit"),
        (json!({ "organization": "so-y-te" }), Some(1), "Permit"),
        (json!({ "site": "da-lat" }), Some(1), "Deny 3.8/role: Điều 11 khoản 2"),
        (json!({}), Some(1), "Deny 3.8/role: Điều 11 khoản 2"),
    ];
    for (of, session, expected) in rows {
        let mut actor = json!({ "name": "Trần Thị Lan", "role": "site_operator" });
        lhtt_core::case::merge(&mut actor, &of);
        let mut file = json!({ "id": "02/HS-SYT", "dossier": dossier(), "actor": actor });
        if let Some(session) = session {
            file["session"] = json!(session);
        }
        let file = json!({ "secrecy": { "file_dossier": file } });
        let decision = ask(&mut province("open", &Value::Null), &file, "2023-06-14T08:00");
        assert_eq!(summary(&decision), expected, "{of} {session:?}");
        for finding in &decision.findings {
            let remedy = finding.remedy.clone().unwrap().en;
            assert!(!remedy.contains("site operator"), "{remedy}");
        }
    }
}

/// An amendment that raises the level finds what was filed for the session; only what is missing is told.
#[test]
fn an_amendment_to_a_secret_level_finds_the_dossier_of_its_session() {
    let content = "theo phương án số 15/PA-SYT";
    let lacking = json!({ "dossiers": { "01/HS-SYT": { "dossier": { "protection_plan": { "guards": null } } } } });
    let none = json!({ "dossiers": { "01/HS-SYT": null } });
    let guards = "Deny 5.2/guards: Điều 6 khoản 3 NĐ 26/2020/NĐ-CP";
    let rows = [
        (json!({}), json!({ "classification": "mat" }), "Permit"),
        (json!({}), json!({ "classification": "mat", "dossier_file": "01/HS-SYT" }), "Permit"),
        (lacking.clone(), json!({ "classification": "mat" }), "Permit"),
        (lacking, json!({ "classification": "tuyet_mat" }), guards),
        (none, json!({ "classification": "mat" }), "Deny of 6"),
    ];
    for (secrecy, mut changes, expected) in rows {
        changes["content"] = json!(content);
        let amend =
            json!({ "planning": { "amend": { "registration": 1, "actor": person("chair"), "changes": changes } } });
        let mut registry = province("open", &json!({ "secrecy": secrecy }));
        let decision = ask(&mut registry, &amend, "2023-06-13T10:00");
        let missing = decision.findings.iter().filter(|one| one.rule.starts_with("5.2/")).count();
        let said = if missing > 1 { format!("{:?} of {missing}", decision.outcome) } else { summary(&decision) };
        assert_eq!(said, expected, "{changes}");
        if decision.is_permit() {
            let accept =
                json!({ "accept": { "registration": 1, "actor": person("technical_operator"), "alias": "1001" } });
            let accepted = ask(&mut registry, &accept, "2023-06-13T11:00");
            assert!(accepted.is_permit(), "{}", summary(&accepted));
        }
    }
}

/// What is more than a number refuses, and is kept nowhere.
#[test]
fn documents_are_named_by_number_only() {
    let number = "11.5/number";
    let told = "Kế hoạch tấn công mục tiêu Z";
    for change in [
        json!({ "consent": told }),
        json!({ "place": { "area_check": told } }),
        json!({ "place": { "rooms": [{ "site": "da-lat", "at": "headquarters", "closed": true, "area_check": told }] } }),
        json!({ "protection_plan": { "document": told } }),
    ] {
        let mut telling = dossier();
        lhtt_core::case::merge(&mut telling, &change);
        let mut registry = province("open", &Value::Null);
        let request = registration("mat", &telling);
        let decision = ask(&mut registry, &request, "2023-06-15T08:00");
        assert_eq!(summary(&decision), format!("Deny {number}: Điều 11 khoản 5 [A-15]"), "{change}");
        let request: Request = serde_json::from_value(request).unwrap();
        let line = Entry::seal(&Head::default(), decision.at, &request, decision).to_line().to_owned();
        let facts = serde_json::to_string(&registry.facts()).unwrap();
        assert!(!line.contains("mục tiêu") && !facts.contains("mục tiêu"), "{line}");
    }
}

/// Facts laid over the province, the facts of a leg, and what its join comes to.
type Judged = (Value, Value, String);

fn over() -> Value {
    json!({ "link": "cy-da-lat" })
}

/// A leg that states everything by itself.
fn all() -> Value {
    json!({ "endpoint": "vcs-da-lat", "network": "tslcd", "protection": "co_yeu" })
}

fn without(field: &str) -> Value {
    let mut leg = all();
    leg.as_object_mut().unwrap().remove(field);
    leg
}

fn with(field: &str, value: &str) -> Value {
    let mut leg = all();
    leg[field] = json!(value);
    leg
}

fn permit() -> String {
    "Permit".to_owned()
}

fn deny(rule: &str) -> String {
    format!("Deny {rule}: {LINE}")
}

const LINE: &str = "Điều 6 khoản 2 điểm a NĐ 26/2020/NĐ-CP";

/// Over a declared link with a certificate in force, and on no network that anybody can reach.
fn links_and_networks() -> Vec<Judged> {
    let link = |change: Value| json!({ "secrecy": { "links": { "cy-da-lat": change } } });
    let barred = |rule: &str| format!("Deny {rule}: Điều 5 khoản 2 [A-46]");
    vec![
        (Value::Null, over(), permit()),
        (Value::Null, all(), permit()),
        (Value::Null, with("network", "internal"), permit()),
        (Value::Null, with("protection", "tls"), deny("5.2/protection")),
        (Value::Null, with("protection", "none"), deny("5.2/protection")),
        (Value::Null, without("protection"), deny("5.2/protection")),
        (Value::Null, with("link", "cy-duc-trong"), deny("5.2/protection")),
        (link(json!({ "certificate": null })), over(), deny("5.2/protection")),
        (link(json!({ "certificate": " " })), over(), deny("5.2/protection")),
        (link(json!({ "protection": "tls" })), over(), deny("5.2/protection")),
        (link(json!({ "from": "2023-06-15T08:30:01+07:00" })), over(), deny("5.2/protection")),
        (link(json!({ "from": "2023-06-15T08:30:00+07:00" })), over(), permit()),
        (link(json!({ "until": "2023-06-15T08:30:00+07:00" })), over(), deny("5.2/protection")),
        (link(json!({ "until": "2023-06-15T08:30:01+07:00" })), over(), permit()),
        (
            link(json!({ "of": { "site": "bao-loc" } })),
            over(),
            format!("Deny 5.2/network 5.2/device 5.2/protection: Điều 5 khoản 2; {LINE}"),
        ),
        (link(json!({ "network": null })), over(), "Deny 5.2/network: Điều 5 khoản 2".to_owned()),
        (Value::Null, without("network"), "Deny 5.2/network: Điều 5 khoản 2".to_owned()),
        (Value::Null, with("network", "internet"), barred("5.2/internet")),
        (link(json!({ "network": "internet" })), over(), barred("5.2/internet")),
        (Value::Null, json!({ "network": "internet" }), barred("5.2/internet")),
        (
            Value::Null,
            json!({ "network": "internet", "protection": "tls" }),
            format!("Deny 5.2/internet 5.2/protection: Điều 5 khoản 2; {LINE} [A-46]"),
        ),
    ]
}

/// A terminal that is known, checked and wired, and nobody's own.
fn terminals() -> Vec<Judged> {
    let device = |change: Value| json!({ "secrecy": { "devices": { "vcs-da-lat": change } } });
    let terminal = |change: Value| json!({ "estate": { "endpoints": { "vcs-da-lat": change } } });
    let unregistered = |change: Value| {
        let mut device = json!({ "wired_mic": true });
        lhtt_core::case::merge(&mut device, &change);
        json!({ "secrecy": { "devices": { "new": device } } })
    };
    let check = |result: &str, date: &str| json!({ "result": result, "date": date, "checked_by": "Công an tỉnh" });
    let personal = || "Deny 5.2/personal: Điều 5 khoản 2; Điều 6 khoản 8 [A-46]".to_owned();
    vec![
        (Value::Null, without("endpoint"), deny("5.2/device")),
        (Value::Null, with("endpoint", "unknown"), deny("5.2/device")),
        (terminal(json!({ "checks": [] })), over(), deny("5.2/device-check")),
        (terminal(json!({ "checks": [check("fail", "2023-06-06")] })), over(), deny("5.2/device-check")),
        (terminal(json!({ "checks": [check("pass", "2023-06-16")] })), over(), deny("5.2/device-check")),
        (terminal(json!({ "checks": [check("pass", "2023-06-04")] })), over(), deny("5.2/device-check")),
        (
            terminal(json!({ "checks": [check("pass", "2023-06-06"), check("fail", "2023-06-07")] })),
            over(),
            deny("5.2/device-check"),
        ),
        (terminal(json!({ "checks": [check("pass", "2023-06-15")] })), over(), permit()),
        (terminal(json!({ "active": false })), over(), deny("5.2/device")),
        (terminal(json!({ "site": "bao-loc" })), over(), deny("5.2/device")),
        (
            json!({
                "estate": { "endpoints": { "vcs-da-lat": { "checks": [] } } },
                "secrecy": { "devices": { "vcs-da-lat": { "co_yeu_supply": "9/BG-CY" } } },
            }),
            over(),
            permit(),
        ),
        (device(json!({ "police_check": "9/KT-CAT" })), with("endpoint", "new"), deny("5.2/device")),
        (unregistered(json!({ "police_check": "9/KT-CAT" })), with("endpoint", "new"), permit()),
        (unregistered(json!({ "police_check": "" })), with("endpoint", "new"), deny("5.2/device-check")),
        (unregistered(json!({})), with("endpoint", "new"), deny("5.2/device-check")),
        (device(json!({ "wired_mic": false })), over(), deny("5.2/wired-microphone")),
        (
            unregistered(json!({ "wired_mic": false })),
            with("endpoint", "new"),
            deny("5.2/device-check 5.2/wired-microphone"),
        ),
        (device(json!({ "personal": true })), over(), personal()),
        (terminal(json!({ "kind": "personal" })), over(), personal()),
        (Value::Null, with("kind", "personal"), personal()),
        (Value::Null, json!({ "kind": "personal" }), personal()),
        (Value::Null, json!({}), format!("Deny 5.2/network 5.2/device 5.2/protection: Điều 5 khoản 2; {LINE}")),
    ]
}

/// Legs at every level: over a declared link yes, and each thing that is wrong or not known by itself no.
#[test]
fn each_leg_is_protected_checked_and_wired_at_every_level() {
    let rows: Vec<Judged> = links_and_networks().into_iter().chain(terminals()).collect();
    for level in LEVELS {
        for (facts, leg, expected) in &rows {
            let decision = ask(&mut province(level, facts), &join(1, "da-lat", leg), DURING);
            assert_eq!(&summary(&decision), expected, "{level} {facts} {leg}");
            assert_eq!(decision.told_ascii(), None);
        }
    }
    let open = ask(&mut province("open", &Value::Null), &join(1, "da-lat", &json!({})), DURING);
    assert!(open.is_permit());
}

/// Of several links of one member, an unnamed one is taken for the weakest.
#[test]
fn a_leg_that_names_no_link_counts_as_over_the_weakest() {
    let spare = json!({ "of": { "site": "da-lat" }, "protection": "tls" });
    let facts = json!({ "secrecy": { "links": { "spare": spare } } });
    let leg = json!({ "endpoint": "vcs-da-lat", "network": "tslcd", "protection": "co_yeu" });
    let decision = ask(&mut province("mat", &facts), &join(1, "da-lat", &leg), DURING);
    assert_eq!(summary(&decision), "Deny 5.2/protection: Điều 6 khoản 2 điểm a NĐ 26/2020/NĐ-CP");
    assert!(ask(&mut province("mat", &facts), &protected(1, "da-lat"), DURING).is_permit());
}

#[test]
fn peers_state_that_their_devices_are_checked_and_carriers_take_no_part() {
    let call = |peer: &str| json!({ "join": { "join": 1, "party": { "peer": peer }, "called": { "alias": "1001" }, "leg": { "link": format!("cy-{peer}") } } });
    assert!(ask(&mut province("mat", &Value::Null), &call("chinh-phu"), DURING).is_permit());
    let silent = json!({ "secrecy": { "links": { "cy-chinh-phu": { "devices": null } } } });
    let decision = ask(&mut province("mat", &silent), &call("chinh-phu"), DURING);
    assert_eq!(summary(&decision), "Deny 5.2/peer-devices: Điều 6 khoản 2 điểm a NĐ 26/2020/NĐ-CP");
    let mut listed = registration("mat", &dossier());
    listed["submit"]["members"] = json!([{ "site": "da-lat" }, { "peer": "vnpt" }]);
    let decision = ask(&mut province("open", &Value::Null), &listed, "2023-06-15T08:00");
    assert_eq!(summary(&decision), "Deny 5.2/carrier: Điều 5 khoản 2 [A-46]");
}

/// An open session that legs are in is raised: what does not fit is muted at once and goes after the grace.
#[test]
fn a_raised_level_judges_every_leg_anew() {
    let facts = json!({
        "profile": { "secret_grace_s": 60, "net": { "room_internet": "allow" } },
        "secrecy": { "dossiers": { "01/HS-SYT": null } },
    });
    let mut registry = province("open", &facts);
    assert!(
        ask(&mut registry, &join(1, "da-lat", &json!({ "network": "internet", "protection": "tls" })), DURING)
            .is_permit()
    );
    assert!(ask(&mut registry, &protected(2, "duc-trong"), DURING).is_permit());
    let raised = ask(&mut registry, &raise("mat", None, "chair"), "2023-06-15T09:30");
    assert_eq!(summary(&raised), "Permit");
    let muted: Vec<_> = raised.to_mute().collect();
    assert_eq!(muted, [JoinId(1)]);
    let secrecy = registry.secrecy();
    assert_eq!(secrecy.suspended_since(SessionId(1)), Some(at("2023-06-15T09:30")));
    assert_eq!(secrecy.drops_due(at("2023-06-15T09:30:59")).count(), 0);
    assert_eq!(secrecy.drops_due(at("2023-06-15T09:31")).collect::<Vec<_>>(), [JoinId(1)]);
    assert_eq!(secrecy.next_drop(), Some(at("2023-06-15T09:31")));

    // The gate holds for whoever comes now.
    let late = ask(&mut registry, &protected(3, "so-y-te"), "2023-06-15T09:30:10");
    assert_eq!((late.findings.len(), late.disclosure), (6, Disclosure::Bare), "{}", summary(&late));

    // The chair need not wait for the grace.
    let confirm = |role: &str| json!({ "secrecy": { "confirm_drops": { "session": 1, "actor": person(role) } } });
    assert!(!ask(&mut registry, &confirm("member"), "2023-06-15T09:30:20").is_permit());
    assert!(ask(&mut registry, &confirm("chair"), "2023-06-15T09:30:20").is_permit());
    assert_eq!(registry.secrecy().drops_due(at("2023-06-15T09:30:20")).collect::<Vec<_>>(), [JoinId(1)]);
    let leave = json!({ "leave": { "join": 1, "reason": { "code": "secrecy" } } });
    assert!(ask(&mut registry, &leave, "2023-06-15T09:30:21").is_permit());
    assert_eq!(registry.secrecy().next_drop(), None);
    let again = ask(&mut registry, &confirm("chair"), "2023-06-15T09:30:22");
    assert_eq!(summary(&again), "Deny 5.2/muted: Điều 5 khoản 2");

    // It goes on once its dossier is complete, and not before.
    let file = |dossier: Value| json!({ "secrecy": { "file_dossier": { "id": "03/HS-SYT", "session": 1, "dossier": dossier, "actor": person("chair") } } });
    let mut lacking = dossier();
    lacking.as_object_mut().unwrap().remove("consent");
    assert!(ask(&mut registry, &file(lacking), "2023-06-15T09:31").is_permit());
    assert!(registry.secrecy().suspended_since(SessionId(1)).is_some());
    assert!(ask(&mut registry, &file(dossier()), "2023-06-15T09:32").is_permit());
    assert_eq!(registry.secrecy().suspended_since(SessionId(1)), None);
    assert!(ask(&mut registry, &protected(3, "so-y-te"), "2023-06-15T09:33").is_permit());
}

/// What protects a leg may go while it is there: then it is muted, and speaks again once it is back.
#[test]
fn a_link_that_is_withdrawn_mutes_its_legs() {
    let mut registry = province("mat", &json!({ "profile": { "secret_grace_s": 60 } }));
    assert!(ask(&mut registry, &protected(1, "da-lat"), DURING).is_permit());
    assert!(ask(&mut registry, &protected(2, "duc-trong"), DURING).is_permit());
    let link = serde_json::to_value(&registry.secrecy().links["cy-da-lat"]).unwrap();
    let operator = person("mcu_operator");
    let withdraw = json!({ "secrecy": { "withdraw_link": { "id": "cy-da-lat", "actor": operator } } });
    let gone = ask(&mut registry, &withdraw, "2023-06-15T09:00");
    assert_eq!(gone.to_mute().collect::<Vec<_>>(), [JoinId(1)]);
    assert_eq!(registry.secrecy().next_drop(), Some(at("2023-06-15T09:01")));
    let judge = |role: &str| json!({ "secrecy": { "judge_legs": { "actor": person(role) } } });
    let same = ask(&mut registry, &judge("mcu_operator"), "2023-06-15T09:00:30");
    assert_eq!((same.is_permit(), same.changes.len()), (true, 0), "muted since then, and no longer");
    let declare =
        |link: &Value| json!({ "secrecy": { "declare_link": { "id": "cy-da-lat", "link": link, "actor": operator } } });
    let mut until = link.clone();
    until["until"] = json!("2023-06-15T09:30:00+07:00");
    assert_eq!(ask(&mut registry, &declare(&until), "2023-06-15T09:00:40").to_mute().count(), 0);
    assert_eq!(registry.secrecy().next_drop(), None);
    assert!(ask(&mut registry, &judge("mcu_operator"), "2023-06-15T09:29:59").changes.is_empty());
    let out = ask(&mut registry, &judge("mcu_operator"), "2023-06-15T09:30:00");
    assert_eq!(out.to_mute().collect::<Vec<_>>(), [JoinId(1)]);
    let member = ask(&mut registry, &judge("member"), "2023-06-15T09:31:00");
    assert_eq!(summary(&member), "Deny 3.8/role: Điều 13 khoản 1");
    let unchecked = json!({ "secrecy": { "declare_device": { "id": "vcs-duc-trong", "device": { "wired_mic": false }, "actor": operator } } });
    let muted: Vec<_> = ask(&mut registry, &unchecked, "2023-06-15T09:32:00").to_mute().collect();
    assert_eq!(muted, [JoinId(1), JoinId(2)]);
}

fn raise(level: &str, document: Option<&str>, role: &str) -> Value {
    json!({ "secrecy": { "reclassify": { "session": 1, "to": level, "document": document, "actor": person(role) } } })
}

#[test]
fn a_level_is_raised_by_whoever_answers_and_lowered_by_a_decision() {
    let rows = [
        ("open", "mat", None, "chair", "Permit"),
        ("open", "mat", None, "mcu_operator", "Permit"),
        ("mat", "tuyet_mat", None, "police", "Permit"),
        ("mat", "tuyet_mat", None, "managing_authority", "Permit"),
        ("open", "mat", None, "member", "Deny 3.8/role: Điều 13 khoản 1"),
        ("open", "mat", None, "auditor", "Deny 3.8/role: Điều 13 khoản 1"),
        ("mat", "mat", None, "chair", "Deny 5.2/same-level: Điều 5 khoản 2"),
        ("mat", "open", None, "chair", "Deny 5.2/lowered: Điều 5 khoản 2"),
        ("mat", "open", Some("20/QĐ-SYT"), "chair", "Permit"),
        ("mat", "open", Some("20/QĐ-SYT"), "mcu_operator", "Deny 3.8/role: Điều 11 khoản 2"),
        ("open", "mat", Some("việc Z"), "chair", "Deny 11.5/number: Điều 11 khoản 5 [A-15]"),
    ];
    for (from, to, document, role, expected) in rows {
        let decision = ask(&mut province(from, &Value::Null), &raise(to, document, role), DURING);
        assert_eq!(summary(&decision), expected, "{from} {to} {document:?} {role}");
    }
    let mut registry = province("open", &Value::Null);
    let mut unknown = raise("mat", None, "chair");
    unknown["secrecy"]["reclassify"]["session"] = json!(9);
    assert_eq!(summary(&ask(&mut registry, &unknown, DURING)), "Deny 5.2/session: Điều 5 khoản 2");
    let end = json!({ "end": { "session": 1, "actor": person("mcu_operator") } });
    ask(&mut registry, &end, DURING);
    let over = ask(&mut registry, &raise("mat", None, "chair"), DURING);
    assert_eq!(summary(&over), "Deny 14.1/ended: Điều 14 khoản 1");
}

/// By level, by term: Mật with all three, the others never.
#[test]
fn a_secret_session_is_recorded_by_level_and_terms() {
    let act = |terms: &Value, role: &str| json!({ "secrecy": { "allow_recording": { "session": 1, "terms": terms, "actor": person(role) } } });
    let terms = json!({ "decision": "17/QĐ-SYT", "counter_measures": "18/PA-SYT", "storage": "offline" });
    let never = "Deny 5.2/recording: Điều 5 khoản 8 Luật 29/2018/QH14 [A-45]";
    let storage = "Deny 5.2/storage: Điều 5 khoản 5 Luật 29/2018/QH14";
    let rows = [
        ("mat", json!({}), "Permit"),
        ("mat", json!({ "storage": "co_yeu" }), "Permit"),
        ("mat", json!({ "storage": "networked" }), storage),
        ("mat", json!({ "storage": null }), storage),
        (
            "mat",
            json!({ "decision": null }),
            "Deny 5.2/recording-decision: Điều 5 khoản 8 Luật 29/2018/QH14; Điều 6 khoản 2 điểm b NĐ 26/2020/NĐ-CP",
        ),
        (
            "mat",
            json!({ "counter_measures": null }),
            "Deny 5.2/counter-measures: Điều 6 khoản 2 điểm c NĐ 26/2020/NĐ-CP",
        ),
        ("toi_mat", json!({}), never),
        ("toi_mat", json!({ "storage": null, "decision": null }), never),
        ("tuyet_mat", json!({}), never),
        ("open", json!({}), "Deny 5.2/secret: Điều 5 khoản 2"),
    ];
    for (level, change, expected) in rows {
        let mut given = terms.clone();
        lhtt_core::case::merge(&mut given, &change);
        let mut registry = province(level, &Value::Null);
        let decision = ask(&mut registry, &act(&given, "mcu_operator"), DURING);
        assert_eq!(summary(&decision), expected, "{level} {change}");
        let session = registry.session(SessionId(1)).unwrap();
        let may = registry.against_recording(session, at(DURING)).is_empty();
        assert_eq!(may, decision.is_permit() || level == "open", "{level} {change}");
    }
    let mut registry = province("mat", &Value::Null);
    let member = ask(&mut registry, &act(&terms, "member"), DURING);
    assert_eq!(summary(&member), "Deny 3.8/role: Điều 14 khoản 2");
    // Raised, what was decided for the lower level counts no more.
    assert!(ask(&mut registry, &act(&terms, "chair"), DURING).is_permit());
    let raised = ask(&mut registry, &raise("toi_mat", None, "chair"), DURING);
    assert!(raised.changes.iter().any(|change| {
        matches!(change, Change::Secrecy(lhtt_core::change::SecrecyChange::Reclassified(one)) if one.recording_stops)
    }));
    let session = registry.session(SessionId(1)).unwrap();
    assert_eq!(registry.against_recording(session, at(DURING)).len(), 1);
}

fn read(name: &str, role: &str, session: u64) -> Value {
    json!({ "secrecy": { "read": { "session": session, "actor": { "name": name, "role": role } } } })
}

#[test]
fn only_the_cleared_read_about_a_secret_session_and_every_attempt_is_kept() {
    let refused = "Deny 5.3/clearance: Điều 5 khoản 3";
    let rows = [
        ("mat", "Lê Thị Kiểm", "auditor", 1, "Permit"),
        ("tuyet_mat", "Lê Thị Kiểm", "auditor", 1, "Permit"),
        ("toi_mat", "Phạm Văn An", "police", 1, "Permit"),
        ("tuyet_mat", "Phạm Văn An", "police", 1, refused),
        ("mat", "Phạm Văn An", "auditor", 1, refused),
        ("mat", "Ai Đó", "managing_authority", 1, refused),
        ("mat", "Ai Đó", "managing_authority", 9, refused),
        ("mat", "Lê Thị Kiểm", "auditor", 9, "Deny 5.3/known: Điều 5 khoản 3"),
        ("open", "Ai Đó", "auditor", 1, "Permit"),
        ("open", "Ai Đó", "site_operator", 1, "Deny 3.8/role: Điều 15 khoản 3"),
    ];
    for (level, name, role, session, expected) in rows {
        let mut registry = province(level, &Value::Null);
        let decision = ask(&mut registry, &read(name, role, session), DURING);
        assert_eq!(summary(&decision), expected, "{level} {name}");
        assert_eq!(registry.secrecy().reads.len(), 1, "the attempt is kept");
        assert_eq!(decision.told_ascii(), None);
        let value = serde_json::from_value::<Query>(json!({ "secrecy": { "metadata": { "read": 1 } } }));
        let value = value.unwrap().answer(&registry, wall(DURING));
        assert_eq!(value.is_null(), expected != "Permit", "{level} {name}");
    }
    let expired = json!({ "secrecy": { "clearances": { "21/QĐ-STTTT": { "until": "2023-06-15T08:30:00+07:00" } } } });
    let decision = ask(&mut province("mat", &expired), &read("Lê Thị Kiểm", "auditor", 1), DURING);
    assert_eq!(summary(&decision), refused);
    let lasts = json!({ "secrecy": { "clearances": {
        "21/QĐ-STTTT": { "until": "2023-06-15T08:30:00.001+07:00" },
        "24/QĐ-STTTT": { "name": "Đỗ Văn Hai", "role": "site_operator", "level": "mat" },
    } } });
    for (name, role) in [("Lê Thị Kiểm", "auditor"), ("Đỗ Văn Hai", "site_operator")] {
        let decision = ask(&mut province("mat", &lasts), &read(name, role, 1), DURING);
        assert_eq!(summary(&decision), "Permit", "{name}: whoever is cleared reads, whatever the role");
    }
    // What was secret once is read under that level afterwards too.
    let mut registry = province("toi_mat", &Value::Null);
    ask(&mut registry, &raise("open", Some("20/QĐ-SYT"), "chair"), DURING);
    assert_eq!(summary(&ask(&mut registry, &read("Ai Đó", "auditor", 1), DURING)), refused);
}

/// Who chairs reads about the own session and about no other.
#[test]
fn a_chair_reads_about_its_own_session() {
    let second = json!({ "id": 2, "agency": "ubnd-da-lat", "chair_site": "da-lat", "start": "2023-06-15T14:00:00+07:00",
        "members": [{ "site": "so-y-te" }, { "site": "bao-loc" }] });
    let refused = "Deny 3.8/role: Điều 15 khoản 3";
    let rows = [("so-y-te", 1, "Permit"), ("so-y-te", 2, refused), ("da-lat", 2, "Permit"), ("bao-loc", 2, refused)];
    for (site, session, expected) in rows {
        let mut request = read("Trần Thị Lan", "site_operator", session);
        request["secrecy"]["read"]["actor"]["site"] = json!(site);
        let case = json!({ "at": "2023-06-15T08:30:00+07:00", "facts": { "sessions": [second] } });
        let mut registry = Case::from_json(&case.to_string()).unwrap().registry().unwrap();
        assert_eq!(summary(&ask(&mut registry, &request, DURING)), expected, "{site} {session}");
    }
}

/// Điều 14 khoản 4: what was secret once gives no materials after its level is lowered either.
#[test]
fn materials_of_what_was_secret_are_given_to_nobody() {
    let end = json!({ "end": { "session": 1, "actor": person("mcu_operator") } });
    let ask_for = json!({ "request_materials": { "organization": "ubnd-da-lat", "what": "recording" } });
    let ask_for = json!({ "conduct": { "session": 1, "actor": person("member"), "do": ask_for } });
    for (level, expected) in [("open", "Permit"), ("mat", "Deny 14.4/secret: Điều 14 khoản 4")] {
        let mut registry = province(level, &Value::Null);
        if level != "open" {
            assert!(ask(&mut registry, &raise("open", Some("20/QĐ-SYT"), "chair"), DURING).is_permit());
        }
        assert!(ask(&mut registry, &end, "2023-06-15T10:00").is_permit());
        assert_eq!(summary(&ask(&mut registry, &ask_for, "2023-06-16T08:00")), expected, "{level}");
    }
}

#[test]
fn links_devices_and_clearances_are_declared_by_who_answers_for_them() {
    let link = |id: &str, of: Value, certificate: &str, role: &str| {
        let link = json!({ "of": of, "protection": "co_yeu", "network": "tslcd", "certificate": certificate });
        json!({ "secrecy": { "declare_link": { "id": id, "link": link, "actor": person(role) } } })
    };
    let device = |role: &str, check: &str| {
        let device = json!({ "wired_mic": true, "police_check": check });
        json!({ "secrecy": { "declare_device": { "id": "vcs-2", "device": device, "actor": person(role) } } })
    };
    let grant = |document: &str, role: &str| {
        let clearance = json!({ "name": "Hồ Thị Ba", "role": "auditor", "level": "mat" });
        json!({ "secrecy": { "grant_clearance": { "id": document, "clearance": clearance, "actor": person(role) } } })
    };
    let withdraw = |act: &str, field: &str, id: &str, role: &str| json!({ "secrecy": { act: { field: id, "actor": person(role) } } });
    let site = || json!({ "site": "da-lat" });
    let number = "Deny 11.5/number: Điều 11 khoản 5 [A-15]";
    let rows = [
        (link("cy-2", site(), "5/CN-CY", "mcu_operator"), "Permit"),
        (link("cy-2", site(), "5/CN-CY", "chair"), "Deny 3.8/role: Điều 8 khoản 2"),
        (link("cy-2", json!({ "site": "nowhere" }), "5/CN-CY", "mcu_operator"), "Deny 5.2/declared: Điều 5 khoản 2"),
        (link("cy-2", json!({ "peer": "hanoi" }), "5/CN-CY", "mcu_operator"), "Deny 5.2/declared: Điều 5 khoản 2"),
        (link("cy-2", site(), "cho phiên họp Z", "mcu_operator"), number),
        (withdraw("withdraw_link", "id", "cy-da-lat", "mcu_operator"), "Permit"),
        (withdraw("withdraw_link", "id", "none", "mcu_operator"), "Deny 5.2/declared: Điều 5 khoản 2"),
        (withdraw("withdraw_link", "id", "cy-da-lat", "member"), "Deny 3.8/role: Điều 8 khoản 2"),
        (device("mcu_operator", "6/KT-CAT"), "Permit"),
        (device("police", "6/KT-CAT"), "Permit"),
        (device("member", "6/KT-CAT"), "Deny 3.8/role: Điều 8 khoản 2"),
        (device("police", "kiểm tra cho việc Z"), number),
        (grant("23/QĐ-STTTT", "managing_authority"), "Permit"),
        (grant("23/QĐ-STTTT", "auditor"), "Deny 3.8/role: Điều 15 khoản 1"),
        (grant("", "managing_authority"), "Deny 5.2/document: Điều 5 khoản 2"),
        (withdraw("withdraw_clearance", "id", "21/QĐ-STTTT", "managing_authority"), "Permit"),
        (withdraw("withdraw_clearance", "id", "99/QĐ", "managing_authority"), "Deny 5.2/declared: Điều 5 khoản 2"),
        (withdraw("withdraw_clearance", "id", "21/QĐ-STTTT", "police"), "Deny 3.8/role: Điều 15 khoản 1"),
    ];
    for (request, expected) in rows {
        let decision = ask(&mut province("open", &Value::Null), &request, DURING);
        assert_eq!(summary(&decision), expected, "{request}");
    }
}

/// AE-S12: the requirements stay, the law that is cited changes at midnight.
#[test]
fn the_law_on_state_secrets_is_cited_by_the_date_of_the_act() {
    let mut lacking = dossier();
    lhtt_core::case::merge(&mut lacking, &json!({ "consent": null, "place": { "closed": false } }));
    let rows = [
        ("2026-02-28T23:59:59.999", "Điều 17 khoản 1 điểm a Luật 29/2018/QH14; Điều 6 khoản 1 NĐ 26/2020/NĐ-CP"),
        ("2026-03-01T00:00:00", "Luật 117/2025/QH15; NĐ 63/2026/NĐ-CP"),
    ];
    for (act, citations) in rows {
        let mut request = registration("mat", &lacking);
        request["submit"]["start"] = json!("2026-03-10T08:00:00+07:00");
        let decision = ask(&mut province("open", &Value::Null), &request, act);
        let rules = "5.2/consent 5.2/closed-room";
        assert_eq!(summary(&decision), format!("Deny {rules}: {citations}"));
        let unconfirmed = act.starts_with("2026-03");
        assert_eq!(decision.render_vi().contains("điều chưa xác nhận"), unconfirmed);
        let said = serde_json::to_value(&decision).unwrap();
        let marks = said["findings"].as_array().unwrap().iter().map(|one| one.get("unconfirmed"));
        assert!(marks.into_iter().all(|mark| mark == unconfirmed.then_some(&json!(true))), "{act}: {said}");
    }
    let law: Query = serde_json::from_value(json!({ "secrecy": { "law": {} } })).unwrap();
    let law = law.answer(&province("open", &Value::Null), wall("2026-02-28T23:59:59.999"));
    let names: Vec<_> = law["requirements"].as_object().unwrap().keys().map(String::as_str).collect();
    let asked = "attendees chair_decides consent counter_measures devices equipment guards leave place protection_plan \
                 recovery room storage";
    assert_eq!(names.join(" "), asked);
}

#[test]
fn facts_that_contradict_each_other_are_told_by_field() {
    let link = |change: Value| {
        let mut link = json!({ "of": { "site": "da-lat" }, "protection": "co_yeu" });
        lhtt_core::case::merge(&mut link, &change);
        json!({ "links": { "cy-2": link } })
    };
    let clearance = |name: &str, level: &str| json!({ "clearances": { "9/QĐ": { "name": name, "role": "auditor", "level": level } } });
    let read =
        json!({ "id": 2, "session": 1, "by": person("chair"), "at": "2023-06-15T08:00:00+07:00", "permitted": true });
    let leg = json!({ "rules": [], "citations": [], "muted_at": "2023-06-15T08:00:00+07:00", "drop_at": "2023-06-15T08:00:00+07:00" });
    let rows = [
        (
            link(json!({ "from": "2023-06-15T08:00:00+07:00", "until": "2023-06-15T08:00:00+07:00" })),
            "secrecy.links.cy-2.until",
        ),
        (clearance("Hồ Thị Ba", "open"), "secrecy.clearances.9/QĐ.level"),
        (clearance(" ", "mat"), "secrecy.clearances.9/QĐ.name"),
        (json!({ "sessions": { "7": {} } }), "secrecy.sessions.7"),
        (json!({ "sessions": { "1": { "refused_legs": { "5": leg } } } }), "secrecy.sessions.1.refused_legs.5"),
        (json!({ "reads": { "1": read } }), "secrecy.reads.1.id"),
    ];
    for (secrecy, field) in rows {
        let case = json!({ "at": "2023-06-15T08:30:00+07:00", "facts": { "secrecy": secrecy } });
        let error = Case::from_json(&case.to_string()).unwrap().registry().unwrap_err().to_string();
        assert!(error.contains(&format!("{field}`")), "{error}");
    }
}
