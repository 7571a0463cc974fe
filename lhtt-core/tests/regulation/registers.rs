//! Reports of what is kept about the estate, reminders of it, and what counts in the period after that of its session.

use lhtt_core::Case;
use lhtt_core::case::Answer;
use serde_json::{Value, json};

fn ask(facts: &Value, at: &str, query: &Value) -> Value {
    let case = json!({ "at": format!("{at}:00+07:00"), "facts": facts, "query": { "record": query } });
    match Case::from_json(&case.to_string()).and_then(|case| case.answer()).unwrap() {
        Answer::Value(value) => value,
        other => panic!("{other:?}"),
    }
}

fn report(facts: &Value, of: &str, format: &str) -> Value {
    ask(facts, "2023-06-14T08:00", &json!({ "report": { "of": of, "format": format } }))
}

/// The cells of a row that are named.
fn cells(row: &Value, names: &[&str]) -> Value {
    names.iter().map(|name| row[*name].get("en").unwrap_or(&row[*name]).clone()).collect()
}

fn paper(number: &str, issued_by: &str) -> Value {
    json!({ "number": number, "date": "2023-01-05", "issued_by": issued_by })
}

#[test]
fn the_quota_register_shows_what_each_agency_may_have_and_has() {
    let second =
        json!({ "id": "hiep-thanh-2", "name": "Hiệp Thạnh 2", "organization": "ubnd-xa-hiep-thanh", "admitted": true });
    let by_issuer = |until: &str, issuer: &str| {
        json!({ "commune": "ubnd-xa-hiep-thanh", "extra": 2, "plan": paper("1/KH", "UBND huyện Đức Trọng"), "approval": paper("2/QĐ", issuer),
            "from": "2023-01-10", "until": until })
    };
    let grant = |until: &str| by_issuer(until, "UBND tỉnh Lâm Đồng");
    let names = ["allowed", "used", "free", "remark"];
    let rows = [
        (json!({}), "ubnd-xa-hiep-thanh", json!([1, 1, 0, null]), json!(["hiep-thanh"])),
        (
            json!({ "sites": [second], "estate": { "quota_grants": { "g1": grant("2023-06-14") } } }),
            "ubnd-xa-hiep-thanh",
            json!([3, 2, 1, null]),
            json!(["hiep-thanh", "hiep-thanh-2"]),
        ),
        // The last day of the grant was yesterday.
        (
            json!({ "sites": [second], "estate": { "quota_grants": { "g1": grant("2023-06-13") } } }),
            "ubnd-xa-hiep-thanh",
            json!([1, 2, 0, "over the quota"]),
            json!(["hiep-thanh", "hiep-thanh-2"]),
        ),
        // Approved by somebody else than the text says.
        (
            json!({ "sites": [second], "estate": { "quota_grants": { "g1": by_issuer("2023-06-14", "UBND huyện Đức Trọng") } } }),
            "ubnd-xa-hiep-thanh",
            json!([1, 2, 0, "over the quota"]),
            json!(["hiep-thanh", "hiep-thanh-2"]),
        ),
        (json!({}), "ubnd-tinh", json!(["unlimited", 1, "unlimited", null]), json!(["ubnd-tinh"])),
    ];
    for (facts, agency, expected, events) in rows {
        let quota = report(&facts, "quota", "json");
        let agencies = quota["tables"]["agencies"].as_array().unwrap();
        let row = agencies.iter().find(|row| row["organization"] == agency).unwrap();
        assert_eq!((cells(row, &names), &row["events"]), (expected, &events), "{facts}");
        // It holds where more than the one site is allowed.
        let granted = facts["estate"]["quota_grants"].get("g1");
        let holds = granted.map(|_| row["allowed"] == json!(3));
        let grants = quota["tables"]["grants"].as_array().unwrap();
        let shown = grants.iter().map(|row| (row["holds"]["en"] == "yes", row["events"] == json!(["g1"])));
        assert_eq!(shown.collect::<Vec<_>>(), holds.map(|holds| (holds, true)).into_iter().collect::<Vec<_>>());
        assert_eq!(quota["notes"][0]["en"], "As of 2023-06-14");
    }
}

#[test]
fn gaps_and_checks_are_listed_with_what_is_missing() {
    let leader =
        json!({ "estate": { "sites": { "da-lat": { "contacts": [{ "name": "Trần Văn Lãnh", "duty": "leader" }] } } } });
    let device = |cause: &str, rest: Value| {
        let mut device =
            json!({ "site": "da-lat", "kind": "dedicated", "due": { "cause": cause, "since": "2023-06-01" } });
        device.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        json!({ "estate": { "endpoints": { "vcs-moi": device } } })
    };
    let checked = |result: &str| json!({ "checks": [{ "result": result, "date": "2023-06-02", "checked_by": "CA" }] });
    let waived = || json!({ "waivers": [{ "date": "2023-06-02", "stated_by": "CA" }] });
    let checks = ["cause", "since", "checked", "result", "ready"];
    let row = |cells: [&str; 5]| {
        Some(cells.map(|cell| if cell.is_empty() { Value::Null } else { json!(cell) }).into_iter().collect())
    };
    let rows: [(&str, Value, &[&str], Option<Value>); 9] = [
        ("roster_gaps", json!({}), &["site", "lacks"], None),
        ("roster_gaps", leader, &["site", "lacks"], Some(json!(["da-lat", "a technician"]))),
        ("device_checks", json!({}), &checks, None),
        ("device_checks", device("new", json!({})), &checks, row(["new", "2023-06-01", "", "not checked", "no"])),
        (
            "device_checks",
            device("upgraded", checked("fail")),
            &checks,
            row(["upgraded", "2023-06-01", "2023-06-02", "failed", "no"]),
        ),
        (
            "device_checks",
            device("repaired", checked("pass")),
            &checks,
            row(["repaired", "2023-06-01", "2023-06-02", "passed", "yes"]),
        ),
        (
            "device_checks",
            device("replaced", waived()),
            &checks,
            row(["replaced", "2023-06-01", "", "not needed", "yes"]),
        ),
        // Of a new one it cannot be said that no check is needed; one in use waits for nothing.
        ("device_checks", device("new", waived()), &checks, row(["new", "2023-06-01", "", "not checked", "no"])),
        ("device_checks", device("new", json!({ "active": true })), &checks, None),
    ];
    for (of, facts, names, expected) in rows {
        let shown = report(&facts, of, "json");
        let table = if of == "roster_gaps" { "gaps" } else { "devices" };
        let found: Vec<_> = shown["tables"][table].as_array().unwrap().iter().map(|row| cells(row, names)).collect();
        assert_eq!(found, expected.clone().into_iter().collect::<Vec<_>>(), "{of} {facts}");
        for format in ["csv", "markdown"] {
            let text = report(&facts, of, format)["text"].as_str().unwrap().to_owned();
            let event = if of == "roster_gaps" { "da-lat" } else { "vcs-moi" };
            assert_eq!(text.contains(event), expected.is_some(), "{format}: {text}");
            assert!(!text.contains("Trần Văn Lãnh"), "{text}");
        }
    }
}

#[test]
fn the_end_of_a_grant_and_a_check_before_a_session_are_called_to_mind() {
    let grant = |rest: Value| {
        let mut grant = json!({ "organization": "so-y-te", "person": "Lê Thị Hoa", "valid_until": "2023-06-30" });
        grant.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        json!({ "estate": { "endpoints": { "may-tinh": { "site": "da-lat", "kind": "personal", "access": [grant] } } } })
    };
    let device = |site: &str, rest: Value| {
        let mut device = json!({ "site": site, "kind": "dedicated", "due": { "cause": "new", "since": "2023-06-01" } });
        device.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        json!({ "estate": { "endpoints": { "vcs-moi": device } } })
    };
    let passed = json!({ "checks": [{ "result": "pass", "date": "2023-06-02", "checked_by": "CA" }] });
    let access = Some("access_end may-tinh/1 2023-07-01T00:00:00+07:00 Điều 6 khoản 8");
    let check = Some("device_check vcs-moi 2023-06-15T08:00:00+07:00 Điều 8 khoản 3 điểm c");
    let rows = [
        (grant(json!({})), "2023-06-14T08:00", access),
        (grant(json!({})), "2023-06-30T23:59", access),
        (grant(json!({})), "2023-07-01T00:00", None),
        (grant(json!({ "revoked_at": "2023-06-10T08:00:00+07:00" })), "2023-06-14T08:00", None),
        // Session 1 begins on the 15th at 08:00, with da-lat and without bv-tinh.
        (device("da-lat", json!({})), "2023-06-14T08:00", check),
        (device("da-lat", json!({})), "2023-06-15T08:00", None),
        (device("da-lat", passed), "2023-06-14T08:00", None),
        (device("da-lat", json!({ "retired": true })), "2023-06-14T08:00", None),
        (device("bv-tinh", json!({})), "2023-06-14T08:00", None),
    ];
    for (facts, at, expected) in rows {
        let deadlines = ask(&facts, at, &json!({ "deadlines": {} }));
        let line = |one: &Value| {
            let text = |name: &str| one[name].as_str().unwrap().to_owned();
            format!(
                "{} {} {} {}",
                text("what"),
                one["of"]["named"].as_str().unwrap_or("?"),
                text("late_from"),
                one["citation"].as_str().unwrap_or("?")
            )
        };
        let of_estate = deadlines["deadlines"].as_array().unwrap().iter();
        let of_estate = of_estate.filter(|one| one["what"] == "access_end" || one["what"] == "device_check").map(line);
        assert_eq!(of_estate.collect::<Vec<_>>(), expected.into_iter().collect::<Vec<_>>(), "{facts} {at}");
    }
}

#[test]
fn what_comes_after_the_close_of_a_period_counts_in_the_next_with_a_note() {
    let by = json!({ "name": "An", "role": "mcu_operator" });
    let at = |text: &str| format!("2024-06-{text}:00+07:00");
    let incident =
        |text: &str| json!({ "at": at(text), "by": by, "site": "da-lat", "kind": "line", "in_session": true });
    // Friday, the last day of the first half; the hand-over is due on Tuesday, in the second.
    let course = json!({ "state": "ended", "started": { "at": at("14T20:00"), "by": by },
        "incidents": [incident("14T21:00"), incident("15T00:00")], "recording": { "requested": at("14T20:10") } });
    let session =
        json!({ "id": 1, "start": at("14T20:00"), "end": at("14T22:00"), "ended": { "at": at("14T22:00"), "by": by } });
    let facts = json!({ "sessions": [session], "conduct": { "sessions": { "1": course } } });
    let second = "Came after the period of their session was over and count in this one: ";
    let rows = [
        (1, "2024-07-01T08:00", json!(["S1/1"]), 1, None),
        (2, "2024-06-15T08:00", json!(["S1/2"]), 0, Some("S1/2")),
        (2, "2024-07-01T08:00", json!(["S1/2"]), 0, Some("S1; S1/2")),
    ];
    for (half, now, incidents, sessions, note) in rows {
        let period = json!({ "half": { "year": 2024, "half": half } });
        let usage = ask(&facts, now, &json!({ "report": { "of": "usage", "period": period } }));
        let tables = &usage["tables"];
        assert_eq!(tables["incidents"][0]["events"], incidents, "{half} {now}");
        assert_eq!(tables["totals"][0]["value"], json!(sessions), "{half} {now}");
        let notes = usage["notes"].as_array().into_iter().flatten().filter_map(|one| one["en"].as_str());
        let notes: Vec<_> = notes.filter_map(|one| one.strip_prefix(second)).collect();
        assert_eq!(notes, note.into_iter().collect::<Vec<_>>(), "{half} {now}");
    }
}
