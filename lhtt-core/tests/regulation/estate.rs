//! Sites, rooms, quotas, terminals, access, contacts: Điều 2, 3, 6, 7, 8, 9, 16, 18.
//!
//! Each row is a request laid over the example province, and what the decision comes to.

use crate::world::summary;
use lhtt_core::case::{Answer, Case};
use lhtt_core::{Decision, Registry, decide};
use serde_json::{Value, json};

pub(crate) fn case(facts: &Value, at: &str, key: &str, asked: &Value) -> Case {
    let offset = if at.ends_with('Z') { "" } else { "+07:00" };
    let document = json!({ "at": format!("{at}{offset}"), "facts": facts, key: asked });
    Case::from_json(&document.to_string()).unwrap()
}

pub(crate) fn asked(facts: &Value, at: &str, request: &Value) -> Decision {
    match case(facts, at, "request", request).answer().unwrap() {
        Answer::Decision(decision) => *decision,
        Answer::Value(value) => panic!("{value}"),
    }
}

pub(crate) fn computed(facts: &Value, query: &Value) -> Value {
    match case(facts, NOON, "query", query).answer().unwrap() {
        Answer::Value(value) => value,
        Answer::Decision(decision) => panic!("{}", decision.render_en()),
    }
}

pub(crate) fn check(rows: &[(Value, Value, &str)]) {
    let mut wrong = Vec::new();
    for (facts, request, expected) in rows {
        let came = summary(&asked(facts, NOON, request));
        if came != *expected {
            wrong.push(format!("{request}\n   came  {came}\n   not   {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

pub(crate) const NOON: &str = "2023-06-14T12:00:00";

pub(crate) fn managing() -> Value {
    json!({ "name": "Phạm Thị Hoa", "role": "managing_authority" })
}

pub(crate) fn technical() -> Value {
    json!({ "name": "Nguyễn Văn Trực", "role": "technical_operator" })
}

pub(crate) fn police() -> Value {
    json!({ "name": "Trần Văn Bình", "role": "police" })
}

pub(crate) fn site_operator(site: &str) -> Value {
    json!({ "name": "Ngô Văn Kỹ", "role": "site_operator", "site": site })
}

/// An act on a site by the managing authority.
pub(crate) fn of_site(act: &str, site: &str) -> Value {
    by(&managing(), act, json!({ "site": site }))
}

pub(crate) fn by(actor: &Value, act: &str, mut fields: Value) -> Value {
    fields["actor"] = actor.clone();
    json!({ "estate": { act: fields } })
}

pub(crate) fn room(failing: &str) -> Value {
    let check = |name: &str| {
        let result = if name == failing { "fail" } else { "pass" };
        json!({ "result": result, "assessed_by": "Lê Văn An", "date": "2023-06-05", "evidence": "Biên bản 7" })
    };
    ["k1", "k2", "k3", "k4", "k5"].into_iter().map(|name| (name.to_owned(), check(name))).collect()
}

/// One more site of an agency, in a state, with everything there.
pub(crate) fn one_more(organization: &str, state: Value) -> Value {
    site_with(organization, state, room(""))
}

pub(crate) fn site_with(organization: &str, state: Value, room: Value) -> Value {
    json!({
        "sites": [{ "id": "moi", "name": "Điểm cầu mới", "organization": organization, "admitted": false }],
        "estate": { "sites": { "moi": {
            "state": state,
            "room": room,
            "network_approval": { "number": "15/STTTT", "date": "2023-06-08", "issued_by": "UBND tỉnh" },
            "assessment": { "result": "pass", "assessed_by": "Phạm Thị Hoa", "date": "2023-06-10", "evidence": "9" },
        } } },
    })
}

pub(crate) fn over(mut facts: Value, more: &Value) -> Value {
    lhtt_core::case::merge(&mut facts, more);
    facts
}

#[test]
fn organisations_are_on_the_level_of_their_kind() {
    let of = |kind: Value| computed(&json!({}), &json!({ "estate": { "classify": { "kind": kind } } }));
    let rows = [
        (json!({ "body": "party_committee" }), "province", "a"),
        (json!({ "body": "national_assembly_delegation" }), "province", "a"),
        (json!({ "office": "of_peoples_committee" }), "province", "a"),
        (json!("front_committee"), "province", "a"),
        (json!("mass_organization"), "province", "a"),
        (json!("party_agency"), "province", "a"),
        (json!("department"), "province", "a"),
        (json!("provincial_unit"), "province", "a"),
        (json!("related_agency"), "province", "a"),
        (json!("district_party_committee"), "district_and_affiliated", "b"),
        (json!("district_peoples_committee"), "district_and_affiliated", "b"),
        (json!("affiliated_unit"), "district_and_affiliated", "b"),
        (json!("commune_peoples_committee"), "commune", "c"),
    ];
    for (kind, tier, point) in rows {
        let answer = of(kind);
        assert_eq!(answer["tier"], tier, "{answer}");
        assert_eq!(answer["citation"], format!("Điều 3 khoản 2 điểm {point}"));
    }
    assert_eq!(of(json!("other"))["tier"], Value::Null);
}

#[test]
fn a_level_that_contradicts_its_kind_is_an_error_that_names_the_field() {
    let read = |text: &str| serde_json::from_str::<lhtt_core::registry::Organization>(text);
    let error = read(r#"{"id": "x", "name": "X", "kind": "department", "tier": "commune"}"#).unwrap_err().to_string();
    assert!(error.contains("organizations[x].tier") && error.contains("province"), "{error}");
    let kept = read(r#"{"id": "x", "name": "X", "kind": "other", "tier": "commune"}"#).unwrap();
    assert_eq!(kept.tier, Some(lhtt_core::registry::Tier::Commune));
    assert_eq!(read(r#"{"id": "x", "name": "X"}"#).unwrap().tier, None);
    let mut organization = read(r#"{"id": "x", "name": "X", "kind": "department"}"#).unwrap();
    organization.tier = Some(lhtt_core::registry::Tier::Commune);
    let configuration = lhtt_core::registry::Configuration { organizations: vec![organization], ..Default::default() };
    let request = lhtt_core::Request::Configure(Box::new(configuration));
    let decision = decide(&Registry::default(), &request, crate::world::wall("2023-06-14T08:00"));
    assert_eq!(summary(&decision), "Deny 3.2/tier: Điều 3 khoản 2 điểm a");
}

#[test]
fn quotas_are_stated_whole_and_not_negative() {
    for (quota, field) in [
        (json!({ "commune": -1 }), "quota.commune"),
        (json!({ "commune": null }), "quota.commune"),
        (json!({ "affiliated": null }), "quota.affiliated"),
        (json!({ "affiliated": 1.5 }), "quota.affiliated"),
        (json!({ "province": { "sites": null } }), "quota.province.sites"),
        (json!({ "province": { "sites": -7 } }), "quota.province.sites"),
        (json!({ "district": { "sites": "2" } }), "quota.district.sites"),
        (json!({ "district": null }), "quota.district.sites"),
    ] {
        let facts = json!({ "profile": { "quota": quota } });
        let error = case(&facts, NOON, "query", &json!({ "estate": { "roster_gaps": {} } })).answer().unwrap_err();
        assert!(error.to_string().contains(field), "{error}");
    }
}

#[test]
fn facts_that_contradict_each_other_name_the_field() {
    for (estate, field) in [
        (json!({ "sites": { "nowhere": {} } }), "estate.sites.nowhere"),
        (json!({ "endpoints": { "x": { "site": "nowhere", "kind": "personal" } } }), "estate.endpoints.x.site"),
        (
            json!({ "quota_grants": { "g": { "commune": "nobody", "extra": 1, "from": "2023-06-14" } } }),
            "estate.quota_grants.g.commune",
        ),
        (
            json!({ "quota_grants": { "g": { "commune": "ubnd-phuong-1", "extra": 0, "from": "2023-06-14" } } }),
            "estate.quota_grants.g.extra",
        ),
    ] {
        let query = json!({ "estate": { "roster_gaps": {} } });
        let error = case(&json!({ "estate": estate }), NOON, "query", &query).answer().unwrap_err();
        assert!(error.to_string().contains(field), "{error}");
    }
}

/// Điều 6 khoản 1 to 5 and Điều 7: what it takes to arrange a site.
#[test]
fn a_site_is_arranged_when_four_conditions_and_the_quota_hold() {
    let unlimited = |failing: &str| site_with("ubnd-tinh", json!("proposed"), room(failing));
    let arrange = || of_site("arrange", "moi");
    let unfounded = json!({ "estate": { "sites": { "moi": { "room": { "k1": { "evidence": "" } } } } } });
    let unchecked = json!({ "estate": { "sites": { "moi": { "room": { "k3": null } } } } });
    check(&[
        (unlimited(""), arrange(), "Permit"),
        (unlimited("k1"), arrange(), "Deny 6.1/terminals: Điều 6 khoản 1; Điều 7 [A-05]"),
        (unlimited("k2"), arrange(), "Deny 6.2/line: Điều 6 khoản 2; Điều 7 [A-05]"),
        (unlimited("k3"), arrange(), "Deny 6.3/display: Điều 6 khoản 3; Điều 7 [A-05]"),
        (unlimited("k4"), arrange(), "Deny 6.4/fire-safety: Điều 6 khoản 4; Điều 7 [A-05]"),
        (unlimited("k5"), arrange(), "Permit"),
        (over(unlimited(""), &unfounded), arrange(), "Deny 6.1/terminals: Điều 6 khoản 1; Điều 7 [A-05]"),
        (over(unlimited(""), &unchecked), arrange(), "Deny 6.3/display: Điều 6 khoản 3; Điều 7 [A-05]"),
        (
            site_with("so-y-te", json!("proposed"), room("k2")),
            arrange(),
            "Deny 6.2/line 7.1/quota: Điều 6 khoản 2; Điều 7; Điều 7 khoản 1 [A-05]",
        ),
    ]);
}

#[test]
fn each_kind_of_agency_has_its_quota() {
    let arrange = || of_site("arrange", "moi");
    let more = |organization: &str| one_more(organization, json!("proposed"));
    let kind = |kind: Value| json!({ "organizations": [{ "id": "so-noi-vu", "kind": kind }] });
    let grant = |fields: Value| {
        let mut grant = json!({ "commune": "ubnd-xa-hiep-thanh", "extra": 1, "from": "2023-06-14" });
        lhtt_core::case::merge(&mut grant, &fields);
        over(more("ubnd-xa-hiep-thanh"), &json!({ "estate": { "quota_grants": { "g": grant } } }))
    };
    let plan = json!({ "number": "45/KH-UBND", "date": "2023-06-01", "issued_by": "UBND huyện Đức Trọng" });
    let approval = json!({ "number": "1500/UBND", "date": "2023-06-10", "issued_by": "UBND tỉnh" });
    check(&[
        (more("so-noi-vu"), arrange(), "Deny 7.1/quota: Điều 7 khoản 1"),
        (over(more("so-noi-vu"), &kind(json!("party_agency"))), arrange(), "Deny 7.1/quota: Điều 7 khoản 1 [A-06]"),
        (more("ubmttq-tinh"), arrange(), "Deny 7.1/quota: Điều 7 khoản 1 [A-06]"),
        (more("ubnd-tinh"), arrange(), "Permit"),
        (more("ubnd-bao-loc"), arrange(), "Permit"),
        (
            over(
                more("thanh-uy-da-lat"),
                &json!({ "sites": [
                    { "id": "hai", "name": "Hai", "organization": "thanh-uy-da-lat", "admitted": true }
                ] }),
            ),
            arrange(),
            "Deny 7.2/quota: Điều 7 khoản 2 [A-03]",
        ),
        (
            over(more("so-noi-vu"), &kind(json!("district_peoples_committee"))),
            arrange(),
            "Deny 7.2/unit: Điều 7 khoản 2 [A-03]",
        ),
        (
            over(
                more("so-noi-vu"),
                &json!({ "organizations": [
                    { "id": "so-noi-vu", "kind": "other", "tier": "district_and_affiliated" }
                ] }),
            ),
            arrange(),
            "Deny 7.2/kind: Điều 3 khoản 2 điểm b; Điều 7 khoản 2 [A-04]",
        ),
        (more("bv-tinh"), arrange(), "NeedsOverride 7.2/affiliated: Điều 3 khoản 2 điểm b; Điều 7 khoản 2 [A-04 A-32]"),
        (more("ubnd-phuong-1"), arrange(), "Permit"),
        (more("ubnd-xa-hiep-thanh"), arrange(), "Deny 7.3/quota: Điều 7 khoản 3"),
        (grant(json!({ "plan": plan, "approval": approval })), arrange(), "Permit"),
        (grant(json!({ "plan": plan })), arrange(), "Deny 7.3/approval: Điều 7 khoản 3"),
        (grant(json!({ "approval": approval })), arrange(), "Deny 7.3/approval: Điều 7 khoản 3"),
        (
            grant(json!({ "plan": plan, "approval": approval, "from": "2023-06-15" })),
            arrange(),
            "Deny 7.3/period: Điều 7 khoản 3",
        ),
        (
            grant(json!({ "plan": plan, "approval": approval, "from": "2023-06-01", "until": "2023-06-13" })),
            arrange(),
            "Deny 7.3/period: Điều 7 khoản 3",
        ),
        (
            grant(json!({ "plan": plan, "approval": approval, "from": "2023-06-01", "until": "2023-06-14" })),
            arrange(),
            "Permit",
        ),
    ]);
}

/// A-06: the joint office uses the quota of the body above it.
#[test]
fn sites_of_the_joint_office_are_counted_to_its_body() {
    let dbqh = json!({ "id": "dbqh", "name": "Đoàn ĐBQH", "organization": "doan-dbqh", "admitted": true });
    let facts = over(one_more("vp-doan-dbqh-hdnd", json!("proposed")), &json!({ "sites": [dbqh] }));
    let to_council = json!({ "organizations": [{ "id": "vp-doan-dbqh-hdnd", "parent": "hdnd-tinh" }] });
    check(&[
        (facts.clone(), of_site("arrange", "moi"), "Deny 7.1/quota: Điều 7 khoản 1 [A-06]"),
        (over(facts, &to_council), of_site("arrange", "moi"), "Permit"),
    ]);
}

#[test]
fn plans_for_communes_are_kept_with_both_papers() {
    let plan = |fields: Value| {
        let mut plan = json!({
            "grant": "g", "commune": "ubnd-xa-hiep-thanh", "extra": 1, "from": "2023-07-01",
            "plan": { "number": "45/KH-UBND", "date": "2023-06-01", "issued_by": "UBND huyện Đức Trọng" },
        });
        lhtt_core::case::merge(&mut plan, &fields);
        by(&managing(), "plan_sites", plan)
    };
    let approve = |number: &str| {
        let approval = json!({ "number": number, "date": "2023-06-10", "issued_by": "UBND tỉnh" });
        by(&managing(), "approve_plan", json!({ "grant": "g", "approval": approval }))
    };
    let planned = json!({ "estate": { "quota_grants": { "g": {
        "commune": "ubnd-xa-hiep-thanh", "extra": 1, "from": "2023-07-01",
        "plan": { "number": "45/KH-UBND", "date": "2023-06-01", "issued_by": "UBND huyện Đức Trọng" },
    } } } });
    let none = || json!({});
    check(&[
        (none(), plan(none()), "Permit"),
        (none(), plan(json!({ "extra": 0 })), "Deny 7.3/plan: Điều 7 khoản 3"),
        (none(), plan(json!({ "commune": "so-y-te" })), "Deny 7.3/plan: Điều 7 khoản 3"),
        (none(), plan(json!({ "until": "2023-06-30" })), "Deny 7.3/plan: Điều 7 khoản 3"),
        (none(), plan(json!({ "until": "2023-07-01" })), "Permit"),
        (none(), plan(json!({ "plan": { "number": " " } })), "Deny 7.3/plan: Điều 7 khoản 3"),
        (planned.clone(), plan(none()), "Deny 7.3/plan: Điều 7 khoản 3"),
        (none(), approve("1500"), "Deny 7.3/plan: Điều 7 khoản 3"),
        (planned.clone(), approve(""), "Deny 7.3/plan: Điều 7 khoản 3"),
        (planned, approve("1500"), "Permit"),
    ]);
}

/// Điều 9: the conditions of admission, each alone and all together, in the order of the text.
#[test]
fn admission_asks_for_everything_and_cites_what_is_missing() {
    let existing = |failing: &str| site_with("ubnd-tinh", json!({ "assessed": "pass" }), room(failing));
    let new = |failing: &str| site_with("ubnd-phuong-1", json!({ "assessed": "pass" }), room(failing));
    let site = |fields: Value| json!({ "estate": { "sites": { "moi": fields } } });
    let admit = || of_site("admit", "moi");
    let old = json!({ "profile": { "assessment": { "validity_days": 3 } } });
    check(&[
        (existing(""), admit(), "Permit"),
        (existing("k1"), admit(), "Deny 6.1/terminals: Điều 6 khoản 1; Điều 9 khoản 1 điểm a [A-05]"),
        (existing("k5"), admit(), "Deny 6.5/power: Điều 6 khoản 5; Điều 9 khoản 1 điểm a [A-05]"),
        (new("k5"), admit(), "Deny 6.5/power: Điều 6 khoản 5; Điều 9 khoản 2 điểm a [A-05]"),
        (over(existing(""), &site(json!({ "assessment": null }))), admit(), "Deny 9/assessed: Điều 9 khoản 1 điểm c"),
        (over(new(""), &site(json!({ "assessment": null }))), admit(), "Deny 9/assessed: Điều 9 khoản 2 điểm d [A-42]"),
        (one_more("ubnd-tinh", json!({ "assessed": "fail" })), admit(), "Deny 9/assessed: Điều 9 khoản 1 điểm c"),
        (
            over(new(""), &site(json!({ "network_approval": null }))),
            admit(),
            "Deny 9.2.c/network: Điều 9 khoản 2 điểm c [A-18]",
        ),
        (over(existing(""), &site(json!({ "network_approval": null }))), admit(), "Permit"),
        (over(existing(""), &old), admit(), "NeedsOverride 9/assessment-current: Điều 9 khoản 1 điểm c [A-32 A-35]"),
        (over(new(""), &old), admit(), "NeedsOverride 9/assessment-current: Điều 9 khoản 2 điểm d [A-32 A-35]"),
        (
            over(
                site_with("so-y-te", json!("applied"), room("k2")),
                &site(json!({ "room": { "k5": null }, "assessment": null })),
            ),
            admit(),
            "Deny 6.2/line 6.5/power 7.1/quota 9/assessed: Điều 6 khoản 2; Điều 6 khoản 5; Điều 7; \
             Điều 9 khoản 1 điểm a; Điều 9 khoản 1 điểm b; Điều 9 khoản 1 điểm c [A-05]",
        ),
        (
            one_more("bv-tinh", json!({ "assessed": "pass" })),
            admit(),
            "NeedsOverride 7.2/affiliated: Điều 3 khoản 2 điểm b; Điều 7; Điều 9 khoản 1 điểm b [A-04 A-32]",
        ),
    ]);
}

#[test]
fn only_the_managing_authority_assesses_and_an_agency_keeps_its_own_sites() {
    let mine = site_operator("ubnd-tinh");
    let other = site_operator("da-lat");
    let facts = || one_more("ubnd-tinh", json!("proposed"));
    let assessed = || one_more("ubnd-tinh", json!({ "assessed": "pass" }));
    let moi = || json!({ "site": "moi" });
    let office = |id: &str| json!({ "name": "Trần Thị Lan", "role": "office", "organization": id });
    check(&[
        (facts(), by(&mine, "arrange", moi()), "Permit"),
        (facts(), by(&other, "arrange", moi()), "Deny 18.3/own-site: Điều 18 khoản 3"),
        (facts(), by(&police(), "arrange", moi()), "Deny 3.8/role: Điều 18 khoản 3"),
        (facts(), by(&office("ubnd-tinh"), "arrange", moi()), "Permit"),
        (facts(), by(&office("so-y-te"), "arrange", moi()), "Deny 18.3/own-site: Điều 18 khoản 3"),
        (facts(), by(&office("so-la"), "arrange", moi()), "Deny 2/known-organization: Điều 2"),
        (assessed(), by(&mine, "admit", moi()), "Deny 3.8/role: Điều 15 khoản 1"),
        (
            json!({}),
            by(&mine, "propose", json!({ "site": "moi", "name": "Mới", "organization": "ubnd-tinh" })),
            "Permit",
        ),
        (
            json!({}),
            by(&mine, "propose", json!({ "site": "moi", "name": "Mới", "organization": "so-y-te" })),
            "Deny 18.3/own-site: Điều 18 khoản 3",
        ),
        (
            json!({}),
            by(&managing(), "propose", json!({ "site": "moi", "name": "Mới", "organization": "nobody" })),
            "Deny 2/known-organization: Điều 2",
        ),
        (
            json!({}),
            by(&managing(), "propose", json!({ "site": "don-duong", "name": "Mới", "organization": "so-y-te" })),
            "Deny 3.5/other-agency: Điều 3 khoản 5",
        ),
        (json!({}), of_site("arrange", "nowhere"), "Deny 9/turn: Điều 9"),
        (json!({}), of_site("review", "nowhere"), "Deny 3.5/site-known: Điều 3 khoản 5"),
        (json!({}), by(&managing(), "suspend", json!({ "site": "da-lat", "reason": " " })), "Deny 9/reason: Điều 9"),
        (json!({}), by(&managing(), "suspend", json!({ "site": "da-lat", "reason": "sửa phòng họp" })), "Permit"),
    ]);
}

/// Điều 9: a site that is out takes no part; its slot is free only when it is withdrawn.
#[test]
fn a_suspended_or_withdrawn_site_does_not_join() {
    let state = |state: &str| json!({ "estate": { "sites": { "da-lat": { "state": state } } } });
    let join = || json!({ "join": { "join": 1, "party": { "site": "da-lat" }, "called": { "alias": "1001" } } });
    for (facts, expected) in [
        (json!({}), "Permit"),
        (state("admitted"), "Permit"),
        (state("suspended"), "Deny 9/admitted: Điều 9"),
        (state("withdrawn"), "Deny 9/admitted: Điều 9"),
        (state("applied"), "Deny 9/admitted: Điều 9"),
    ] {
        assert_eq!(summary(&asked(&facts, "2023-06-15T08:00:00", &join())), expected, "{facts}");
    }
    let configured = json!({ "sites": [{ "id": "don-duong", "admitted": false }],
        "estate": { "sites": { "don-duong": { "state": "admitted" } } } });
    let submit = json!({ "submit": {
        "sent_from": "syt@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn", "agency": "so-y-te",
        "chair_site": "so-y-te", "members": [{ "site": "don-duong" }], "start": "2023-06-20T08:00:00+07:00",
        "content": "Giao ban", "contact": { "name": "Trần Thị Lan", "phone": "0263 3822 000" },
    } });
    assert_eq!(summary(&asked(&configured, NOON, &submit)), "Permit");
}

/// A-32: an override lets the affiliated unit's second site pass, and the site remembers it to its admission.
#[test]
fn what_was_overridden_for_a_site_stays_so() {
    let mut case =
        case(&one_more("bv-tinh", json!("proposed")), NOON, "query", &json!({ "estate": { "roster_gaps": {} } }));
    case.facts["estate"]["sites"]["moi"]["assessment"] = json!(null);
    let mut registry = case.registry().unwrap();
    let mut ask = |request: Value| {
        let request = serde_json::from_value(request).unwrap();
        let decision = decide(&registry, &request, crate::world::wall("2023-06-14T12:00"));
        registry.apply_all(&decision.changes).unwrap();
        summary(&decision)
    };
    let waived = |act: &str| {
        let inner = of_site(act, "moi")["estate"].clone();
        by(&managing(), "override", json!({ "act": inner, "reason": "bệnh viện hạng I, hai cơ sở" }))
    };
    let by_site = by(
        &site_operator("bv-tinh"),
        "override",
        json!({
            "act": of_site("arrange", "moi")["estate"], "reason": "cần thêm"
        }),
    );
    let assess = by(
        &managing(),
        "assess",
        json!({
            "site": "moi", "result": "pass", "date": "2023-06-14", "evidence": "Biên bản 12"
        }),
    );
    let refused =
        "Deny 7.2/affiliated 15.1/override: Điều 3 khoản 2 điểm b; Điều 7 khoản 2; Điều 15 khoản 1 [A-04 A-32]";
    assert_eq!(ask(by_site), refused);
    assert_eq!(ask(waived("arrange")), "Permit 7.2/affiliated: Điều 3 khoản 2 điểm b; Điều 7 khoản 2 [A-04 A-32]");
    let settled = "Permit 7.2/affiliated: Điều 3 khoản 2 điểm b; Điều 7; Điều 9 khoản 1 điểm b [A-04 A-32]";
    assert_eq!(ask(of_site("apply", "moi")), settled);
    assert_eq!(ask(assess), "Permit");
    assert_eq!(ask(of_site("admit", "moi")), settled);
    let needless =
        by(&managing(), "override", json!({ "act": of_site("review", "da-lat")["estate"], "reason": "cứ làm" }));
    assert_eq!(ask(needless), "Deny 15.1/needless: Điều 15 khoản 1 [A-32]");
}

#[test]
fn contacts_and_control_units_are_kept() {
    let contacts = |duties: &[&str]| {
        let contacts: Vec<_> = duties.iter().map(|duty| json!({ "name": "Trần Văn Lãnh", "duty": duty })).collect();
        by(&site_operator("da-lat"), "set_contacts", json!({ "site": "da-lat", "contacts": contacts }))
    };
    let mcus = |first: &str, second: &str| {
        let mcu = |role: &str| json!({ "name": "MCU", "role": role });
        json!({ "estate": { "mcus": { "mcu-tinh": mcu(first), "hai": mcu(second) } } })
    };
    let mcu = |role: &str| by(&managing(), "register_mcu", json!({ "mcu": "hai", "name": "MCU hai", "role": role }));
    check(&[
        (json!({}), contacts(&["leader", "technician"]), "Permit"),
        (json!({}), contacts(&["technician"]), "Permit 18.3/contacts: Điều 18 khoản 3 [A-24]"),
        (json!({}), contacts(&[]), "Permit 18.3/contacts: Điều 18 khoản 3 [A-24]"),
        (json!({}), mcu("peer"), "Permit"),
        (json!({}), mcu("provincial"), "Permit 3.3/one-mcu: Điều 3 khoản 3"),
        (mcus("provincial", "peer"), mcu("provincial"), "Permit 3.3/one-mcu: Điều 3 khoản 3"),
        (mcus("peer", "provincial"), mcu("provincial"), "Permit"),
        (mcus("peer", "peer"), mcu("provincial"), "Permit"),
        (json!({}), of_site("review", "da-lat"), "Permit"),
        (
            json!({ "estate": { "sites": { "da-lat": { "room": { "k5": null }, "contacts": [] } } } }),
            of_site("review", "da-lat"),
            "Permit 6.5/power 18.3/contacts: Điều 6 khoản 5; Điều 9 khoản 2 điểm a; Điều 18 khoản 3 [A-05]",
        ),
    ]);
    let lacking = json!({ "estate": { "sites": { "da-lat": { "contacts": [{ "name": "Ngô Văn Kỹ", "duty": "technician" }] } } } });
    let gaps = computed(&lacking, &json!({ "estate": { "roster_gaps": {} } }));
    assert_eq!(gaps, json!([{ "site": "da-lat", "lacks": ["leader"] }]));
}

#[test]
fn acts_before_the_regulation_or_by_a_doubtful_clock_change_nothing() {
    let facts = one_more("ubnd-tinh", json!("proposed"));
    let early = asked(&facts, "2023-06-04T23:59:59", &of_site("arrange", "moi"));
    assert_eq!(summary(&early), "NotEvaluable qd.2/version: QĐ Đ2 [A-20 A-41]");
    let mut case = case(&facts, NOON, "request", &of_site("arrange", "moi"));
    case.trusted = false;
    let Answer::Decision(decision) = case.answer().unwrap() else { panic!() };
    assert_eq!(summary(&decision), "Deny 15.1/clock: Điều 15 khoản 1");
}

#[test]
fn the_kind_of_a_meeting_is_recorded_and_never_refused() {
    let submit = |kind: Value| {
        json!({ "submit": {
            "sent_from": "syt@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn", "agency": "so-y-te",
            "chair_site": "so-y-te", "members": [{ "site": "da-lat" }], "start": "2023-06-20T08:00:00+07:00", "end": "2023-06-20T10:00:00+07:00",
            "content": "Giao ban", "contact": { "name": "Trần Thị Lan", "phone": "0263 3822 000" }, "kind": kind,
        } })
    };
    for (letter, point) in [("a", "a"), ("b", "b"), ("c", "c"), ("d", "d"), ("đ", "đ"), ("dd", "đ"), ("e", "e")] {
        let expected = format!("Permit 4.2/kind: Điều 4 khoản 2; Điều 7 khoản 2 điểm {point} QĐ 45/2018/QĐ-TTg [A-01]");
        assert_eq!(summary(&asked(&json!({}), NOON, &submit(json!(letter)))), expected);
    }
    let require = json!({ "profile": { "require_kind": true } });
    check(&[
        (json!({}), submit(json!({ "other": { "basis": "họp nội bộ" } })), "Permit 4.2/kind: Điều 4 khoản 2 [A-01]"),
        (json!({}), submit(Value::Null), "Permit"),
        (
            require.clone(),
            submit(json!("c")),
            "Permit 4.2/kind: Điều 4 khoản 2; Điều 7 khoản 2 điểm c QĐ 45/2018/QĐ-TTg [A-01]",
        ),
        (require, submit(Value::Null), "Incomplete 4.2/kind-stated: Điều 4 khoản 2"),
    ]);
}
