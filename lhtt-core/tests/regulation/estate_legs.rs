//! Điều 6: what a leg tells of its terminal, network, access and credentials, and how each is judged.

use crate::estate::*;
use crate::world::summary;
use lhtt_core::decide;
use serde_json::{Value, json};

pub(crate) fn leg(facts: Value) -> Value {
    json!({ "join": { "join": 1, "party": { "site": "da-lat" }, "called": { "alias": "1001" }, "leg": facts } })
}

#[test]
fn a_leg_is_judged_by_what_is_known_of_it() {
    let (at, access) = ("2023-06-15T08:00:00", "Deny 6.8/access: Điều 6 khoản 8");
    let ipad = |access: Value| json!({ "estate": { "endpoints": { "ipad": { "site": "da-lat", "kind": "personal", "access": access } } } });
    let grant = |fields: Value| {
        let mut grant = json!({ "organization": "ubnd-da-lat", "person": "Đỗ Thị Mai", "valid_until": "2023-06-15" });
        lhtt_core::case::merge(&mut grant, &fields);
        ipad(json!([grant]))
    };
    let profile = |profile: Value| json!({ "profile": profile });
    let leave = json!({ "estate": { "sites": { "da-lat": { "internet": {
        "by": managing(), "reason": "đứt cáp", "from": "2023-06-15", "until": "2023-06-15"
    } } } } });
    let none = || json!({});
    let pin = |pin: &str| leg(json!({ "pin": pin }));
    let rows = [
        (none(), leg(none()), "Permit"),
        (none(), leg(json!({ "endpoint": "vcs-da-lat", "network": "tslcd" })), "Permit"),
        (none(), leg(json!({ "endpoint": "la" })), "Deny 3.4/endpoint-known: Điều 3 khoản 4"),
        (none(), leg(json!({ "endpoint": "vcs-duc-trong" })), "Deny 3.4/endpoint-site: Điều 3 khoản 4"),
        (none(), leg(json!({ "network": "internet" })), "NeedsOverride 6.2/room-network: Điều 6 khoản 2 [A-22 A-32]"),
        (
            profile(json!({ "net": { "room_internet": "deny" } })),
            leg(json!({ "network": "internet" })),
            "Deny 6.2/room-network: Điều 6 khoản 2 [A-22]",
        ),
        (profile(json!({ "net": { "room_internet": "allow" } })), leg(json!({ "network": "internet" })), "Permit"),
        (leave, leg(json!({ "network": "internet" })), "Permit 6.2/room-network: Điều 6 khoản 2 [A-22 A-32]"),
        (
            none(),
            leg(json!({ "fingerprint": { "vendor": "Hãng B" }, "endpoint": "vcs-da-lat" })),
            "Permit 6.6/drift: Điều 6 khoản 6",
        ),
        (
            none(),
            leg(json!({ "fingerprint": { "vendor": "Hãng A", "certificate": "00" }, "endpoint": "vcs-da-lat" })),
            "Permit",
        ),
        (
            profile(json!({ "drift": "block" })),
            leg(json!({ "fingerprint": { "vendor": "Hãng B" }, "endpoint": "vcs-da-lat" })),
            "NeedsOverride 6.6/drift: Điều 6 khoản 6 [A-32]",
        ),
        (none(), pin("wrong"), "Deny 6.7/pin: Điều 6 khoản 7"),
        (none(), pin("right"), "Permit"),
        (none(), leg(json!({ "credential": "pin-da-lat" })), "Permit"),
        (none(), leg(json!({ "credential": "pin-duc-trong" })), "Deny 6.7/credential: Điều 6 khoản 7"),
        (none(), leg(json!({ "credential": "la" })), "Deny 6.7/credential: Điều 6 khoản 7"),
        (none(), leg(json!({ "kind": "personal" })), access),
        (none(), leg(json!({ "kind": "personal", "endpoint": "la" })), access),
        (ipad(json!([])), leg(json!({ "endpoint": "ipad" })), access),
        (grant(none()), leg(json!({ "endpoint": "ipad" })), "Permit"),
        (grant(none()), leg(json!({ "endpoint": "ipad", "network": "internet" })), "Permit"),
        (grant(json!({ "organization": "so-noi-vu" })), leg(json!({ "endpoint": "ipad" })), access),
        (grant(json!({ "valid_until": "2023-06-14" })), leg(json!({ "endpoint": "ipad" })), access),
        (grant(json!({ "from": "2023-06-15" })), leg(json!({ "endpoint": "ipad" })), "Permit"),
        (
            grant(json!({ "from": "2023-06-16", "valid_until": "2023-06-20" })),
            leg(json!({ "endpoint": "ipad" })),
            access,
        ),
        (grant(json!({ "revoked_at": "2023-06-15T08:00:00+07:00" })), leg(json!({ "endpoint": "ipad" })), access),
    ];
    for (facts, request, expected) in rows {
        assert_eq!(summary(&asked(&facts, at, &request)), expected, "{facts} {request}");
    }
}

/// leave to come over the Internet holds to the end of its last day, to the millisecond.
#[test]
fn leave_for_the_internet_holds_to_the_end_of_its_last_day() {
    let facts = |from: &str, until: &str| {
        let leave = json!({ "by": managing(), "reason": "đứt cáp", "from": from, "until": until });
        json!({
            "sessions": [{ "id": 1, "start": "2023-06-14T23:00:00+07:00", "end": "2023-06-15T01:00:00+07:00" }],
            "estate": { "sites": { "da-lat": { "internet": leave } } },
        })
    };
    let (yes, no) = ("Permit", "NeedsOverride");
    let rows = [
        ("2023-06-14", "2023-06-14", "2023-06-14T23:59:59.999", yes),
        ("2023-06-14", "2023-06-14", "2023-06-15T00:00:00", no),
        ("2023-06-15", "2023-06-20", "2023-06-14T23:59:59.999", no),
        ("2023-06-15", "2023-06-20", "2023-06-15T00:00:00", yes),
    ];
    for (from, until, at, outcome) in rows {
        let came = summary(&asked(&facts(from, until), at, &leg(json!({ "network": "internet" }))));
        let expected = format!("{outcome} 6.2/room-network: Điều 6 khoản 2 [A-22 A-32]");
        assert_eq!(came, expected, "{from} {until} {at}");
    }
}

/// five within a minute lock the site out for a quarter of an hour, to the millisecond.
#[test]
fn wrong_pins_lock_out_and_time_or_the_operator_unlocks() {
    let case = case(
        &json!({ "sessions": [{ "id": 1, "end": "2023-06-15T12:00:00+07:00" }] }),
        NOON,
        "query",
        &json!({ "estate": { "roster_gaps": {} } }),
    );
    let mut registry = case.registry().unwrap();
    let mut next = 0;
    let mut ask = |request: Value, at: &str| {
        next += 1;
        let mut request = request;
        if let Some(join) = request.get_mut("join") {
            join["join"] = json!(next);
        }
        let request = serde_json::from_value(request).unwrap();
        let decision = decide(&registry, &request, crate::world::wall(at));
        registry.apply_all(&decision.changes).unwrap();
        if decision.is_permit() && decision.joined().is_some() {
            let gone = crate::world::leave(next);
            registry.apply_all(&decide(&registry, &gone, crate::world::wall(at)).changes).unwrap();
        }
        summary(&decision)
    };
    let (wrong, right) = (|| leg(json!({ "pin": "wrong" })), || leg(json!({ "pin": "right" })));
    let (pin, locked) = ("Deny 6.7/pin: Điều 6 khoản 7", "Deny 6.7/lockout: Điều 6 khoản 7 [A-36]");
    let fifth = "Deny 6.7/pin: Điều 6 khoản 7 [A-36]";
    for second in ["00", "15", "30", "45"] {
        assert_eq!(ask(wrong(), &format!("2023-06-15T08:00:{second}")), pin);
    }
    assert_eq!(ask(right(), "2023-06-15T08:00:50"), "Permit", "a right one clears the account");
    for second in ["00", "15", "30", "45"] {
        assert_eq!(ask(wrong(), &format!("2023-06-15T08:01:{second}")), pin);
    }
    assert_eq!(ask(wrong(), "2023-06-15T08:02:00.001"), pin, "the first is out of the minute");
    assert_eq!(ask(wrong(), "2023-06-15T08:02:15"), fifth);
    assert_eq!(ask(right(), "2023-06-15T08:17:14.999"), locked);
    assert_eq!(ask(leg(json!({})), "2023-06-15T08:17:14.999"), locked, "whoever does not say what it entered too");
    assert_eq!(ask(right(), "2023-06-15T08:17:15"), "Permit");
    for (second, came) in [("00", pin), ("01", pin), ("02", pin), ("03", pin), ("04", fifth)] {
        assert_eq!(ask(wrong(), &format!("2023-06-15T08:20:{second}")), came);
    }
    assert_eq!(ask(right(), "2023-06-15T08:21:00"), locked);
    assert_eq!(ask(by(&technical(), "unlock", json!({ "site": "da-lat" })), "2023-06-15T08:21:01"), "Permit");
    assert_eq!(ask(right(), "2023-06-15T08:21:02"), "Permit");
}

/// A profile that counts no attempts locks nobody out.
#[test]
fn no_attempts_lock_nobody_out() {
    let facts = json!({ "profile": { "pin": { "attempts": 0 } } });
    let decision = asked(&facts, "2023-06-15T08:00:00", &leg(json!({ "pin": "wrong" })));
    assert_eq!(summary(&decision), "Deny 6.7/pin: Điều 6 khoản 7");
}

#[test]
fn access_and_credentials_are_given_and_taken_back() {
    let ipad = || json!({ "estate": { "endpoints": { "ipad": { "site": "da-lat", "kind": "personal" } } } });
    let grant = |fields: Value| {
        let mut grant = json!({ "endpoint": "ipad", "organization": "ubnd-da-lat", "person": "Đỗ Thị Mai", "valid_until": "2023-06-30" });
        lhtt_core::case::merge(&mut grant, &fields);
        by(&technical(), "grant_access", grant)
    };
    let credential = |act: &str, id: &str| by(&technical(), act, json!({ "credential": id }));
    let revoked =
        json!({ "estate": { "credentials": { "pin-da-lat": { "revoked_at": "2023-06-10T08:00:00+07:00" } } } });
    check(&[
        (ipad(), grant(json!({})), "Permit"),
        (ipad(), grant(json!({ "valid_until": "2023-06-13" })), "Deny 6.8/grant: Điều 6 khoản 8"),
        (ipad(), grant(json!({ "from": "2023-07-01" })), "Deny 6.8/grant: Điều 6 khoản 8"),
        (ipad(), grant(json!({ "person": "" })), "Deny 6.8/grant: Điều 6 khoản 8"),
        (ipad(), grant(json!({ "organization": "so-noi-vu" })), "Deny 6.8/grant: Điều 6 khoản 8"),
        (ipad(), grant(json!({ "organization": "nobody" })), "Deny 2/known-organization: Điều 2"),
        (ipad(), grant(json!({ "endpoint": "vcs-da-lat" })), "Deny 6.8/grant: Điều 6 khoản 8"),
        (json!({}), grant(json!({})), "Deny 3.4/endpoint-known: Điều 3 khoản 4"),
        (json!({}), by(&technical(), "issue_credential", json!({ "credential": "pin-2", "site": "da-lat" })), "Permit"),
        (
            json!({}),
            by(&technical(), "issue_credential", json!({ "credential": "pin-da-lat", "site": "da-lat" })),
            "Deny 6.7/register: Điều 6 khoản 7",
        ),
        (json!({}), credential("rotate_credential", "pin-da-lat"), "Permit"),
        (json!({}), credential("revoke_credential", "pin-da-lat"), "Permit"),
        (revoked.clone(), credential("rotate_credential", "pin-da-lat"), "Deny 6.7/register: Điều 6 khoản 7"),
        (json!({}), credential("revoke_credential", "la"), "Deny 6.7/register: Điều 6 khoản 7"),
        (
            json!({}),
            by(&site_operator("da-lat"), "revoke_credential", json!({ "credential": "pin-da-lat" })),
            "Deny 3.8/role: Điều 6 khoản 7",
        ),
    ]);
    let used = summary(&asked(&revoked, "2023-06-15T08:00:00", &leg(json!({ "credential": "pin-da-lat" }))));
    assert_eq!(used, "Deny 6.7/credential: Điều 6 khoản 7");
}

/// Điều 6 khoản 6: consent to what was seen makes it the new fingerprint.
#[test]
fn a_consent_ends_a_drift() {
    let mut registry =
        case(&json!({ "profile": { "drift": "block" } }), NOON, "query", &json!({ "estate": { "roster_gaps": {} } }))
            .registry()
            .unwrap();
    let mut ask = |request: Value, at: &str| {
        let request = serde_json::from_value(request).unwrap();
        let decision = decide(&registry, &request, crate::world::wall(at));
        registry.apply_all(&decision.changes).unwrap();
        (summary(&decision), decision.changes.len())
    };
    let changed = || leg(json!({ "endpoint": "vcs-da-lat", "fingerprint": { "vendor": "Hãng B" } }));
    let consent = |number: &str| {
        let document = json!({ "number": number, "date": "2023-06-15", "issued_by": "Sở Thông tin và Truyền thông" });
        by(&managing(), "consent_change", json!({ "endpoint": "vcs-da-lat", "document": document }))
    };
    let blocked = || "NeedsOverride 6.6/drift: Điều 6 khoản 6 [A-32]".to_owned();
    let unfounded = || ("Deny 6.6/consent: Điều 6 khoản 6".to_owned(), 0);
    assert_eq!(ask(consent("9/STTTT"), "2023-06-15T07:50"), unfounded(), "nothing to consent to");
    assert_eq!(ask(changed(), "2023-06-15T08:00"), (blocked(), 1), "recorded when it is first seen");
    assert_eq!(ask(changed(), "2023-06-15T08:01"), (blocked(), 0));
    assert_eq!(ask(consent(""), "2023-06-15T08:02"), unfounded());
    assert_eq!(ask(consent("9/STTTT"), "2023-06-15T08:02").0, "Permit");
    assert_eq!(ask(changed(), "2023-06-15T08:03").0, "Permit");
    let request = by(
        &site_operator("duc-trong"),
        "request_change",
        json!({ "endpoint": "vcs-duc-trong", "what": "nâng cấp phần mềm" }),
    );
    assert_eq!(ask(request, "2023-06-15T08:04").0, "Permit");
}
