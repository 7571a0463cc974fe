//! Terminals: Điều 8 khoản 3 điểm c, 16 khoản 2, 18 khoản 5.

use crate::estate::{asked, by, check, managing, over, police};
use crate::estate_legs::leg;
use crate::world::summary;
use lhtt_core::case::{Answer, Case};
use serde_json::{Value, json};

#[test]
fn terminals_are_checked_before_use() {
    let device = |fields: Value| {
        let mut device = json!({ "site": "da-lat", "kind": "dedicated" });
        lhtt_core::case::merge(&mut device, &fields);
        json!({ "estate": { "endpoints": { "x": device } } })
    };
    let due = |cause: &str| json!({ "due": { "cause": cause, "since": "2023-06-10" } });
    let checked = |cause: &str, result: &str, date: &str| {
        device(over(
            due(cause),
            &json!({ "checks": [{ "result": result, "date": date, "checked_by": "Công an tỉnh" }] }),
        ))
    };
    let waived = |cause: &str| {
        device(over(due(cause), &json!({ "waivers": [{ "date": "2023-06-11", "stated_by": "Công an tỉnh" }] })))
    };
    let always = json!({ "profile": { "device_check": { "repaired": "always", "replaced": "always" } } });
    let never = json!({ "profile": { "device_check": { "repaired": "never", "replaced": "never" } } });
    let activate = || by(&managing(), "activate", json!({ "endpoint": "x" }));
    let new = "Deny 8.3.c/new-device: Điều 8 khoản 3 điểm c; Điều 18 khoản 5 [A-10]";
    let serviced = "Deny 18.5/serviced-device: Điều 18 khoản 5 [A-10]";
    let replaced = "Deny 16.2/replaced-device: Điều 16 khoản 2 [A-10]";
    let permit = "Permit";
    check(&[
        (device(json!({})), activate(), new),
        (device(due("new")), activate(), new),
        (waived("new"), activate(), new),
        (checked("new", "pass", "2023-06-12"), activate(), permit),
        (checked("new", "fail", "2023-06-12"), activate(), new),
        (checked("new", "pass", "2023-06-09"), activate(), new),
        (checked("new", "pass", "2023-06-15"), activate(), new),
        (device(due("upgraded")), activate(), serviced),
        (waived("upgraded"), activate(), serviced),
        (checked("upgraded", "pass", "2023-06-12"), activate(), permit),
        (device(due("repaired")), activate(), serviced),
        (waived("repaired"), activate(), permit),
        (checked("repaired", "pass", "2023-06-12"), activate(), permit),
        (over(waived("repaired"), &always), activate(), serviced),
        (over(device(due("repaired")), &never), activate(), permit),
        (device(due("replaced")), activate(), replaced),
        (waived("replaced"), activate(), permit),
        (over(waived("replaced"), &always), activate(), replaced),
        (over(checked("replaced", "fail", "2023-06-12"), &waived("replaced")), activate(), replaced),
        (
            device(json!({ "retired": true })),
            activate(),
            "Deny 3.4/endpoint-retired 8.3.c/new-device: Điều 3 khoản 4; Điều 8 khoản 3 điểm c; Điều 18 khoản 5 [A-10]",
        ),
        (json!({}), activate(), "Deny 3.4/endpoint-known: Điều 3 khoản 4"),
    ]);
}

#[test]
fn the_police_check_and_waive_and_a_service_asks_for_a_check_again() {
    let device = |cause: &str| {
        json!({ "estate": { "endpoints": { "x": {
            "site": "da-lat", "kind": "dedicated", "due": { "cause": cause, "since": "2023-06-10" }
        } } } })
    };
    let dated = |act: &str, date: &str| {
        let mut fields = json!({ "endpoint": "x", "date": date, "evidence": "Công văn 77" });
        if act == "check_device" {
            fields["result"] = json!("pass");
        }
        by(&police(), act, fields)
    };
    let commission = |endpoint: &str, date: &str| {
        by(
            &managing(),
            "commission",
            json!({ "endpoint": endpoint, "site": "da-lat", "kind": "dedicated", "date": date }),
        )
    };
    let new = "Deny 8.3.c/dated: Điều 8 khoản 3 điểm c; Điều 18 khoản 5 [A-10]";
    check(&[
        (device("new"), dated("check_device", "2023-06-12"), "Permit"),
        (device("new"), dated("check_device", "2023-06-15"), new),
        (device("new"), dated("check_device", "2023-06-09"), new),
        (device("repaired"), dated("waive_check", "2023-06-15"), "Deny 8.3.c/dated: Điều 18 khoản 5 [A-10]"),
        (device("replaced"), dated("check_device", "2023-06-15"), "Deny 8.3.c/dated: Điều 16 khoản 2 [A-10]"),
        (device("repaired"), dated("waive_check", "2023-06-12"), "Permit"),
        (device("replaced"), dated("waive_check", "2023-06-12"), "Permit"),
        (
            device("upgraded"),
            dated("waive_check", "2023-06-12"),
            "Deny 16.2/waiver: Điều 16 khoản 2; Điều 18 khoản 5 [A-10]",
        ),
        (
            device("new"),
            dated("waive_check", "2023-06-12"),
            "Deny 16.2/waiver: Điều 8 khoản 3 điểm c; Điều 16 khoản 2; Điều 18 khoản 5 [A-10]",
        ),
        (
            device("new"),
            by(
                &managing(),
                "check_device",
                json!({ "endpoint": "x", "date": "2023-06-12", "evidence": "", "result": "pass" }),
            ),
            "Deny 3.8/role: Điều 16 khoản 2",
        ),
        (json!({}), commission("x", "2023-06-14"), "Permit"),
        (json!({}), commission("x", "2023-06-15"), "Deny 18.5/dated: Điều 18 khoản 5"),
        (json!({}), commission("vcs-da-lat", "2023-06-14"), "Deny 3.4/endpoint-once: Điều 3 khoản 4"),
    ]);
}

/// what a terminal is checked for is what happened to it. Only what is new or stands in for another is put down.
#[test]
fn a_cause_fits_what_is_done_with_a_terminal() {
    let commission = |cause: &str| {
        let fields =
            json!({ "endpoint": "x", "site": "da-lat", "kind": "dedicated", "date": "2023-06-14", "cause": cause });
        by(&managing(), "commission", fields)
    };
    let service = |cause: &str| {
        by(&managing(), "service", json!({ "endpoint": "vcs-da-lat", "cause": cause, "date": "2023-06-14" }))
    };
    let wrong = "Deny 8.3.c/cause: Điều 8 khoản 3 điểm c; Điều 18 khoản 5 [A-10]";
    check(&[
        (json!({}), commission("new"), "Permit"),
        (json!({}), commission("replaced"), "Permit"),
        (json!({}), commission("repaired"), wrong),
        (json!({}), commission("upgraded"), wrong),
        (json!({}), service("new"), wrong),
        (json!({}), service("replaced"), "Permit"),
        (json!({}), service("repaired"), "Permit"),
        (json!({}), service("upgraded"), "Permit"),
    ]);
}

/// A terminal that is said to be in use while its check is due joins nothing.
#[test]
fn a_terminal_in_use_whose_check_is_due_joins_nothing() {
    let due = |cause: &str, more: Value| {
        let device = over(json!({ "due": { "cause": cause, "since": "2023-06-10" } }), &more);
        json!({ "estate": { "endpoints": { "vcs-da-lat": device } } })
    };
    let passed = json!({ "checks": [{ "result": "pass", "date": "2023-06-12", "checked_by": "Công an tỉnh" }] });
    let waived = json!({ "waivers": [{ "date": "2023-06-11", "stated_by": "Công an tỉnh" }] });
    for (facts, expected) in [
        (due("new", json!({})), "Deny 8.3.c/new-device: Điều 8 khoản 3 điểm c; Điều 18 khoản 5 [A-10]"),
        (due("repaired", json!({})), "Deny 18.5/serviced-device: Điều 18 khoản 5 [A-10]"),
        (due("upgraded", waived.clone()), "Deny 18.5/serviced-device: Điều 18 khoản 5 [A-10]"),
        (due("replaced", json!({})), "Deny 16.2/replaced-device: Điều 16 khoản 2 [A-10]"),
        (due("repaired", waived), "Permit"),
        (due("new", passed), "Permit"),
    ] {
        let leg = leg(json!({ "endpoint": "vcs-da-lat" }));
        assert_eq!(summary(&asked(&facts, "2023-06-15T08:00:00", &leg)), expected, "{facts}");
    }
}

#[test]
fn a_serviced_terminal_is_out_of_use() {
    let service =
        by(&managing(), "service", json!({ "endpoint": "vcs-da-lat", "cause": "repaired", "date": "2023-06-14" }));
    let document = json!({ "at": "2023-06-15T08:00:00+07:00", "before": [{ "at": "2023-06-14T12:00:00+07:00", "request": service }],
        "request": leg(json!({ "endpoint": "vcs-da-lat" })) });
    let Answer::Decision(decision) = Case::from_json(&document.to_string()).unwrap().answer().unwrap() else {
        panic!()
    };
    assert_eq!(summary(&decision), "Deny 8.3.c/in-use: Điều 18 khoản 5 [A-10]");
}
