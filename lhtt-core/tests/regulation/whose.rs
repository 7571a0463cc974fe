//! Whose an act is (Điều 12 khoản 2, 13, 14): the chair agency's, a site's own, and nobody's before a session begins.

use crate::stage::{Stage, of_site, who};
use serde_json::{Value, json};

fn step(actor: Value, what: Value) -> Value {
    json!({"conduct": {"session": 1, "actor": actor, "do": what}})
}

fn of_office(organization: &str) -> Value {
    json!({"name": "Phạm Văn Phòng", "role": "office", "organization": organization})
}

fn end(actor: Value) -> Value {
    json!({"end": {"session": 1, "actor": actor}})
}

fn asked_by_department() -> Value {
    json!({"request_materials": {"organization": "so-noi-vu", "what": "recording"}})
}

/// A session that is recorded, over and stored, of whose recording an agency has asked.
fn recorded(facts: Value) -> Stage {
    let mut stage = Stage::new(facts);
    let steps = [
        ("2023-06-15T08:00", step(who("mcu_operator"), json!("start"))),
        ("2023-06-15T08:05", step(who("mcu_operator"), json!("start_recording"))),
        ("2023-06-15T10:00", end(who("mcu_operator"))),
        ("2023-06-15T10:10", step(who("technical_operator"), json!({"store_recording": {"place": "NAS-1"}}))),
        ("2023-06-15T11:00", step(of_site("so-noi-vu"), asked_by_department())),
    ];
    for (when, request) in steps {
        assert!(stage.ask(when, request.clone()).starts_with("Permit"), "{request}");
    }
    stage
}

/// A session of the provincial People's Committee.
fn of_committee() -> Value {
    json!({
        "sessions": [{"id": 1, "agency": "ubnd-tinh", "chair_site": "ubnd-tinh", "members": [{"site": "da-lat"}]}],
        "registrations": [{"id": 1, "submission": {
            "path": "notify", "sender": "vp-ubnd-tinh", "agency": "ubnd-tinh", "chair_site": "ubnd-tinh",
            "sent_from": "vp@lamdong.gov.vn", "place": "P1", "members": [{"site": "da-lat"}],
        }}],
    })
}

#[test]
fn what_is_recorded_is_the_chair_agencys() {
    let (answer, hand) = (json!({"answer_materials": {"request": 1, "granted": true}}), json!("request_handover"));
    let (ask, when) = (json!("request_recording"), "2023-06-15T12:00");
    // Whose materials they are clause 4 says itself.
    let refused = |clause: &str| {
        let reading = if clause == "4" { "" } else { " [A-34]" };
        format!("Deny 14.2/chair-agency: Điều 14 khoản {clause}{reading}")
    };
    let rows = [
        (of_office("vp-ubnd-tinh"), &hand, refused("3")),
        (of_office("vp-ubnd-tinh"), &answer, refused("4")),
        (who("office"), &hand, refused("3")),
        (of_site("so-y-te"), &hand, "Permit".to_owned()),
        (of_site("so-y-te"), &answer, "Permit".to_owned()),
        (of_site("da-lat"), &answer, "Deny 3.8/role: Điều 14 khoản 4".to_owned()),
    ];
    for (actor, what, expected) in rows {
        assert_eq!(recorded(json!({})).ask(when, step(actor.clone(), what.clone())), expected, "{actor} {what}");
    }
    for (office, expected) in [("vp-ubnd-tinh", "Permit".to_owned()), ("vp-tinh-uy", refused("2"))] {
        let request = step(of_office(office), ask.clone());
        assert_eq!(Stage::new(of_committee()).ask("2023-06-15T08:30", request), expected, "{office}");
    }
}

#[test]
fn materials_are_asked_for_in_the_own_name() {
    let ask = |id: &str| json!({"request_materials": {"organization": id, "what": "recording", "purpose": "học tập"}});
    let other = "Deny 14.4/own-name: Điều 14 khoản 4";
    let rows = [
        (of_site("so-noi-vu"), "ubmttq-tinh", other),
        (of_site("so-noi-vu"), "so-noi-vu", "Permit"),
        (of_office("vp-ubnd-tinh"), "ubnd-tinh", "Permit"),
        (of_office("vp-ubnd-tinh"), "tinh-uy", other),
        (who("auditor"), "so-noi-vu", other),
        (who("technical_operator"), "so-noi-vu", "Permit"),
    ];
    for (actor, agency, expected) in rows {
        let asked = recorded(json!({})).ask("2023-06-16T08:00", step(actor.clone(), ask(agency)));
        assert_eq!(asked, expected, "{actor} {agency}");
    }
}

#[test]
fn a_site_speaks_for_itself_and_nobody_for_it() {
    let good: serde_json::Map<_, _> = ["endpoint", "connection", "power", "backup", "sound", "light", "image"]
        .map(|item| (item.to_owned(), json!("pass")))
        .into_iter()
        .collect();
    let items = Value::Object(good);
    let acts = [
        (json!({"self_check": {"site": "da-lat", "items": items}}), "2023-06-15T05:10", "12 khoản 2 điểm c"),
        (json!({"answer_attendance": {"site": "da-lat", "people": ["A"]}}), "2023-06-15T08:25", "13 khoản 4 điểm b"),
        (json!({"report_outage": {"site": "da-lat", "text": "đứt cáp"}}), "2023-06-15T08:30", "13 khoản 4 điểm c"),
        (json!({"close_item": {"site": "da-lat", "item": "check"}}), "2023-06-15T10:05", "14 khoản 1"),
    ];
    for (what, when, place) in acts {
        for actor in [of_site("so-y-te"), of_site("duc-trong"), who("mcu_operator"), who("technical_operator")] {
            let mut stage = Stage::new(json!({}));
            if when > "2023-06-15T08" {
                stage.ask("2023-06-15T08:00", step(who("mcu_operator"), json!("start")));
            }
            if when > "2023-06-15T10" {
                stage.ask("2023-06-15T10:00", end(who("mcu_operator")));
            }
            let decision = stage.decide(when, step(actor.clone(), what.clone()));
            let expected = format!("Deny 13.4.a/own-site: Điều {place} [A-43]");
            assert_eq!(crate::world::summary(&decision), expected, "{actor} {what}");
            assert!(decision.render_en().contains("let the operator of `da-lat` do it"), "{}", decision.render_en());
            let own = stage.ask(when, step(of_site("da-lat"), what.clone()));
            assert!(own.starts_with("Permit"), "{own} {what}");
        }
    }
}

#[test]
fn a_rehearsal_passes_at_every_site_and_one_that_fails_is_an_incident() {
    let facts = json!({"conduct": {"sessions": {"1": {"state": "accepted"}}}});
    let sites = json!({"so-y-te": "pass", "da-lat": "fail", "duc-trong": "pass"});
    let mut stage = Stage::new(facts);
    let mut record = |result: &str| {
        let what = json!({"record_rehearsal": {"result": result, "sites": sites}});
        stage.ask("2023-06-15T05:30", step(who("mcu_operator"), what))
    };
    let every = "Deny 12.2.b/every-site: Điều 12 khoản 2 điểm b gạch đầu dòng thứ hai";
    assert_eq!(record("pass"), every);
    assert_eq!(record("fail"), "Permit");
    let course = serde_json::to_value(stage.registry.conduct().course(lhtt_core::SessionId(1)).unwrap()).unwrap();
    assert_eq!(course["state"], "accepted");
    let incidents: Vec<_> = course["incidents"].as_array().unwrap().iter().map(|one| one["site"].clone()).collect();
    assert_eq!(incidents, ["da-lat"]);
    assert_eq!(course["incidents"][0]["route"], json!(["technical_operator"]));
}

#[test]
fn a_session_is_run_and_ended_once_it_has_begun() {
    let command = |actor: Value| json!({"floor": {"command": {"session": 1, "actor": actor, "command": "mute_all"}}});
    let ask = || json!({"floor": {"ask_floor": {"session": 1, "actor": of_site("da-lat")}}});
    let early = "Deny 13.1/not-begun: Điều 13 khoản 1";
    let rows = [
        ("2023-06-13T08:00", end(of_site("so-y-te")), early),
        ("2023-06-15T07:29:59.999", end(who("mcu_operator")), early),
        ("2023-06-15T07:30", end(who("mcu_operator")), "Permit"),
        ("2023-06-13T10:00", command(who("mcu_operator")), early),
        ("2023-06-13T10:00", ask(), early),
        ("2023-06-15T07:30", command(who("mcu_operator")), "Permit"),
        ("2023-06-15T07:30", ask(), "Permit"),
    ];
    for (when, request, expected) in rows {
        let mut stage = Stage::new(json!({}));
        let decision = stage.decide(when, request.clone());
        assert_eq!(crate::world::summary(&decision), expected, "{when} {request}");
        let cancels = decision.render_en().contains("cancel it");
        assert_eq!(cancels, expected == early && request["end"].is_object(), "{}", decision.render_en());
    }
    let leg = json!([{"join": 3, "session": 1, "member": {"site": "da-lat"}}]);
    let was_there =
        json!({"da-lat": {"episodes": [{"from": "2023-06-15T06:40:00+07:00", "until": "2023-06-15T06:50:00+07:00"}]}});
    let attended = |who: Value| json!({"conduct": {"sessions": {"1": {"attendance": who}}}});
    let rows = [
        (json!({"joins": leg}), "Permit"),
        (attended(was_there), "Permit"),
        (attended(json!({"da-lat": {}})), early),
        (json!({"conduct": {"sessions": {"1": {"state": "in_session"}}}}), "Permit"),
    ];
    for (facts, expected) in rows {
        let came = Stage::new(facts.clone()).ask("2023-06-15T07:00", end(who("mcu_operator")));
        assert_eq!(came, expected, "{facts}");
    }
    let registry = Stage::new(json!({})).registry;
    let request = serde_json::from_value(end(who("mcu_operator"))).unwrap();
    let unsure = lhtt_core::decide(&registry, &request, crate::world::untrusted("2023-06-15T07:00"));
    assert!(unsure.findings.iter().all(|one| one.rule != "13.1/not-begun"), "{}", unsure.render_en());
}

#[test]
fn everybody_sets_the_own_microphone_and_a_chair_hears_why_the_centre_operates() {
    let commune = json!({"sessions": [{"id": 1, "agency": "ubnd-xa-hiep-thanh", "chair_site": "hiep-thanh"}]});
    let withdrawn = json!({"floor": {"sessions": {"1": {"control": "withdrawn"}}}});
    let own = |site: &str| {
        let command = json!({"mute": {"site": site}});
        json!({"floor": {"command": {"session": 1, "actor": of_site(site), "command": command}}})
    };
    let rows = [(commune.clone(), "hiep-thanh"), (withdrawn, "so-y-te"), (json!({}), "da-lat")];
    for (facts, site) in rows {
        assert_eq!(Stage::new(facts).ask("2023-06-15T08:30", own(site)), "Permit", "{site}");
    }
    let start = step(of_site("hiep-thanh"), json!("start"));
    let refused = Stage::new(commune).decide("2023-06-15T08:00", start).render_en();
    assert!(refused.contains("the Centre operates this session"), "{refused}");
    let member = Stage::new(json!({})).decide("2023-06-15T08:00", step(of_site("da-lat"), json!("start"))).render_en();
    assert!(member.contains("operator of the chair site"), "{member}");
}

#[test]
fn what_is_overdue_is_said_not_to_be_handed_over() {
    let stage =
        recorded(json!({"conduct": {"sessions": {"1": {"recording": {"requested": "2023-06-15T07:50:00+07:00"}}}}}));
    let breaches = stage.query("2023-06-23T08:00", json!({"record": {"breaches": {}}})).to_string();
    assert!(breaches.contains("not handed over yet"), "{breaches}");
}
