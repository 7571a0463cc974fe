//! What an act of the estate writes down (Điều 3, 6, 7, 8, 9, 18), and that whoever may not do it writes nothing.

use crate::estate::*;
use crate::stage::who;
use crate::world::summary;
use serde_json::{Value, json};

/// The record that a permitted act leaves, and the places the permit stands on.
fn record(facts: &Value, request: &Value) -> (Value, String) {
    let decision = asked(facts, NOON, request);
    assert!(decision.is_permit(), "{request}: {}", summary(&decision));
    let change = serde_json::to_value(decision.changes.last().expect("a change")).unwrap();
    let kinds = change["estate"].as_object().expect("a change of the estate");
    let kept = kinds.values().next().unwrap();
    let record = kept.get("record").or_else(|| kept.get("pin")).unwrap_or(kept).clone();
    let basis: Vec<_> = decision.basis.iter().map(lhtt_core::Citation::key).collect();
    (record, basis.join("; "))
}

/// Each row: facts, an act, the fields it leaves; a field that is not there is null.
fn check_kept(rows: &[(Value, Value, Value)]) {
    for (facts, request, expected) in rows {
        let (record, _) = record(facts, request);
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(&record[field], value, "{field} after {request}: {record}");
        }
    }
}

fn none() -> Value {
    json!({})
}

fn terminal(fields: Value) -> Value {
    json!({ "estate": { "endpoints": { "x": over(json!({ "site": "da-lat", "kind": "dedicated" }), &fields) } } })
}

fn of_terminal(act: &str, fields: &Value) -> Value {
    by(&managing(), act, over(json!({ "endpoint": "x" }), fields))
}

const ACT: &str = "2023-06-14T12:00:00+07:00";

#[test]
fn what_happens_to_a_site_is_written_down() {
    let contacts = json!([{ "name": "Trần Văn Lãnh", "duty": "leader", "phone": "1" }, { "name": "Ngô Văn Kỹ", "duty": "technician", "phone": "2" }]);
    let network = json!({ "number": "16/STTTT", "date": "2023-06-09", "issued_by": "UBND tỉnh" });
    let given_up = over(
        one_more("ubnd-tinh", json!("withdrawn")),
        &json!({ "estate": { "sites": { "moi": {
            "contacts": contacts, "contacts_changed_at": "2023-06-07T08:00:00+07:00", "reason": "chuyển trụ sở",
        } } } }),
    );
    let again =
        by(&managing(), "propose", json!({ "site": "moi", "name": "Điểm cầu mới", "organization": "ubnd-tinh" }));
    let because = |act: &str| by(&managing(), act, json!({ "site": "da-lat", "reason": "sửa phòng" }));
    let suspended = json!({ "estate": { "sites": { "da-lat": { "state": "suspended", "reason": "sửa phòng" } } } });
    let leave = json!({ "site": "da-lat", "reason": "đứt cáp", "from": "2023-06-14", "until": "2023-06-15" });
    let (kept, _) = record(&given_up, &again);
    assert_eq!(kept["room"]["k1"]["result"], "pass", "{kept}");
    assert_eq!(kept["network_approval"]["number"], "15/STTTT", "{kept}");
    check_kept(&[
        (
            given_up,
            again,
            json!({ "state": "proposed", "contacts": contacts, "contacts_changed_at": "2023-06-07T08:00:00+07:00",
                "assessment": null, "reason": null }),
        ),
        (
            none(),
            by(&managing(), "approve_network", json!({ "site": "da-lat", "approval": network })),
            json!({ "network_approval": network }),
        ),
        (none(), because("suspend"), json!({ "state": "suspended", "reason": "sửa phòng" })),
        (suspended, of_site("resume", "da-lat"), json!({ "state": "admitted", "reason": null })),
        (
            none(),
            by(&managing(), "set_contacts", json!({ "site": "da-lat", "contacts": contacts })),
            json!({ "contacts": contacts, "contacts_changed_at": ACT }),
        ),
        (
            none(),
            by(&managing(), "allow_internet", leave),
            json!({ "internet": { "by": managing(), "reason": "đứt cáp", "from": "2023-06-14", "until": "2023-06-15" } }),
        ),
    ]);
    let new = by(&managing(), "propose", json!({ "site": "hai", "name": "Điểm cầu hai", "organization": "ubnd-tinh" }));
    assert_eq!(asked(&none(), NOON, &new).changes.len(), 2, "the site, and its record");
}

#[test]
fn what_happens_to_a_terminal_is_written_down() {
    let seen = json!({ "vendor": "Hãng A", "product": "VCS" });
    let put_down = |kind: &str| {
        let fields = json!({ "endpoint": "y", "site": "da-lat", "kind": kind, "date": "2023-06-12", "asset": "TS-9",
            "fingerprint": seen });
        by(&managing(), "commission", fields)
    };
    let passed = json!([{ "result": "pass", "date": "2023-06-13", "checked_by": "A", "evidence": "1" }]);
    let waiting = |cause: &str, checks: &Value| {
        terminal(json!({ "active": false, "due": { "cause": cause, "since": "2023-06-10" }, "checks": checks }))
    };
    let waived = json!({ "waivers": [{ "date": "2023-06-13", "stated_by": "A", "evidence": "1" }] });
    let waived = over(waiting("repaired", &json!([])), &json!({ "estate": { "endpoints": { "x": waived } } }));
    let change = json!({ "at": ACT, "by": managing(), "what": "đổi camera" });
    let drifted = json!({ "at": "2023-06-13T08:00:00+07:00", "fingerprint": { "vendor": "Hãng B" } });
    let asked_for = terminal(json!({ "active": true, "change": change, "drifted": drifted }));
    let consent = json!({ "document": { "number": "5/STTTT", "date": "2023-06-14", "issued_by": "Sở TT&TT" } });
    check_kept(&[
        (
            none(),
            put_down("dedicated"),
            json!({ "due": { "cause": "new", "since": "2023-06-12" }, "asset": "TS-9", "fingerprint": seen }),
        ),
        (
            none(),
            put_down("personal"),
            json!({ "due": { "cause": "new", "since": "2023-06-12" }, "asset": "TS-9", "fingerprint": seen }),
        ),
        (waiting("new", &passed), of_terminal("activate", &none()), json!({ "active": true })),
        (
            terminal(json!({ "active": true })),
            of_terminal("retire", &none()),
            json!({ "active": false, "retired": true }),
        ),
        (
            terminal(json!({ "active": true })),
            of_terminal("request_change", &json!({ "what": "đổi camera" })),
            json!({ "change": change }),
        ),
        (
            asked_for,
            of_terminal("consent_change", &consent),
            json!({ "change": null, "drifted": null, "fingerprint": { "vendor": "Hãng B" } }),
        ),
    ]);
    for (facts, expected) in [
        (waiting("new", &passed), "Điều 8 khoản 3 điểm c"),
        (waiting("repaired", &passed), "Điều 18 khoản 5"),
        (waived, "Điều 16 khoản 2"),
    ] {
        let (_, basis) = record(&facts, &of_terminal("activate", &none()));
        assert!(basis.starts_with(expected), "{basis}, not {expected}");
    }
}

#[test]
fn what_is_granted_is_written_down() {
    let planned = json!({ "estate": { "quota_grants": { "g": {
        "commune": "ubnd-xa-hiep-thanh", "extra": 1, "from": "2023-07-01",
        "plan": { "number": "45/KH-UBND", "date": "2023-06-01", "issued_by": "UBND huyện Đức Trọng" },
    } } } });
    let approval = json!({ "number": "1500/UBND", "date": "2023-06-10", "issued_by": "UBND tỉnh" });
    let credential = |act: &str| by(&technical(), act, json!({ "credential": "pin-da-lat" }));
    let grant =
        json!({ "organization": "ubnd-da-lat", "person": "Mai", "from": "2023-06-10", "valid_until": "2023-06-20" });
    let ipad = terminal(json!({ "kind": "personal", "access": [grant] }));
    let mut revoked = grant.clone();
    revoked["revoked_at"] = json!(ACT);
    let access = |until: &str| {
        let fields = json!({ "endpoint": "x", "organization": "ubnd-da-lat", "person": "Mai", "valid_until": until });
        by(&technical(), "grant_access", fields)
    };
    let locked =
        json!({ "estate": { "sites": { "da-lat": { "pin": { "locked_until": "2023-06-14T12:10:00+07:00" } } } } });
    check_kept(&[
        (
            planned,
            by(&managing(), "approve_plan", json!({ "grant": "g", "approval": approval })),
            json!({ "approval": approval }),
        ),
        (none(), credential("rotate_credential"), json!({ "rotated_at": ACT, "revoked_at": null })),
        (none(), credential("revoke_credential"), json!({ "revoked_at": ACT, "rotated_at": null })),
        (ipad, of_terminal("revoke_access", &none()), json!({ "access": [revoked] })),
        (locked, by(&technical(), "unlock", json!({ "site": "da-lat" })), json!({ "locked_until": null })),
    ]);
    let (kept, _) = record(&terminal(json!({ "kind": "personal" })), &access("2023-06-14"));
    assert_eq!(kept["access"][0]["valid_until"], "2023-06-14", "to the end of this very day: {kept}");
}

/// Each of these acts, by somebody who may do none of them.
#[test]
fn whoever_may_not_act_writes_nothing() {
    let document = json!({ "number": "5", "date": "2023-06-10", "issued_by": "UBND tỉnh" });
    let acts = [
        ("approve_network", json!({ "site": "da-lat", "approval": document })),
        ("suspend", json!({ "site": "da-lat", "reason": "x" })),
        ("retire", json!({ "endpoint": "vcs-da-lat" })),
        ("request_change", json!({ "endpoint": "vcs-da-lat", "what": "x" })),
        ("consent_change", json!({ "endpoint": "vcs-da-lat", "document": document })),
        ("revoke_access", json!({ "endpoint": "vcs-da-lat" })),
        ("revoke_credential", json!({ "credential": "pin-da-lat" })),
        ("unlock", json!({ "site": "da-lat" })),
    ];
    for (act, fields) in acts {
        let decision = asked(&none(), NOON, &by(&who("auditor"), act, fields));
        assert!(summary(&decision).contains("3.8/role"), "{act}: {}", summary(&decision));
        assert!(decision.changes.is_empty(), "{act}");
    }
    let suspended = json!({ "estate": { "sites": { "da-lat": { "state": "suspended", "reason": "x" } } } });
    let resume = by(&who("auditor"), "resume", json!({ "site": "da-lat" }));
    assert!(summary(&asked(&suspended, NOON, &resume)).starts_with("Deny 3.8/role"));
}
