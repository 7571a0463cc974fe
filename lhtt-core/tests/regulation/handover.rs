//! One due date of a hand-over, wherever it is asked for: reminders, the session itself, the value, the report.

use lhtt_core::Case;
use lhtt_core::case::Answer;
use serde_json::{Value, json};

/// A session that ended on Thursday 2023-06-15 at 16:00, asked at noon of the 17th, a Saturday, or of another day.
fn ask(recording: &Value, cancelled: bool, day: &str, query: &Value) -> Value {
    let by = json!({ "name": "Lê Văn An", "role": "mcu_operator" });
    let (start, end) = ("2023-06-15T14:00:00+07:00", "2023-06-15T16:00:00+07:00");
    let session =
        json!({ "id": 1, "start": start, "end": end, "ended": { "at": end, "by": by }, "cancelled": cancelled });
    let case = json!({
        "at": format!("2023-06-{day}T12:00:00+07:00"),
        "facts": { "sessions": [session], "conduct": { "sessions": { "1": { "recording": recording } } } },
        "query": query,
    });
    match Case::from_json(&case.to_string()).and_then(|case| case.answer()).unwrap() {
        Answer::Value(value) => value,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_hand_over_has_one_due_date() {
    let at = |text: &str| format!("2023-06-{text}:00+07:00");
    let rows = [
        // Asked for before the end, at the end, after it, on a day that is not worked.
        (json!({ "requested": at("15T14:30") }), false, Some((at("20T00:00"), false)), Some("19")),
        (json!({ "requested": at("15T16:00") }), false, Some((at("20T00:00"), false)), Some("19")),
        (json!({ "handover_requested": at("16T09:00") }), false, Some((at("21T00:00"), true)), Some("20")),
        (json!({ "handover_requested": at("17T09:00") }), false, Some((at("21T00:00"), true)), Some("20")),
        // Asked for again later: the first time counts.
        (
            json!({ "requested": at("15T14:30"), "handover_requested": at("16T09:00") }),
            false,
            Some((at("20T00:00"), false)),
            Some("19"),
        ),
        (
            json!({ "requested": at("16T10:00"), "handover_requested": at("17T09:00") }),
            false,
            Some((at("21T00:00"), true)),
            Some("20"),
        ),
        // Agreed.
        (
            json!({ "requested": at("15T14:30"), "due": at("18T12:00") }),
            false,
            Some((at("18T12:00"), false)),
            Some("18"),
        ),
        // Nothing is due where nobody asked, and of a session that was called off.
        (json!({}), false, None, None),
        (json!({ "requested": at("15T14:30") }), true, None, None),
    ];
    for (recording, cancelled, expected, day) in rows {
        let ask = |query| ask(&recording, cancelled, "17", &query);
        let deadlines = ask(json!({ "record": { "deadlines": {} } }));
        let deadline = deadlines["deadlines"].as_array().unwrap().iter().find(|one| one["what"] == "handover").cloned();
        let flagged = |one: &Value| one["flags"].as_array().is_some_and(|flags| flags.contains(&json!("late_request")));
        let late = |one: &Value, late: Value| (one.as_str().unwrap().to_owned(), late == json!(true));
        assert_eq!(deadline.map(|one| late(&one["late_from"], json!(flagged(&one)))), expected, "{recording}");
        let session = ask(json!({ "conduct": { "recording": { "session": 1 } } }));
        let of_session = (!session["due"].is_null()).then(|| late(&session["due"], session["late_request"].clone()));
        assert_eq!(of_session, expected, "{recording}");
        if expected.is_some() {
            let value = ask(json!({ "record": { "handover_due": { "session": 1 } } }));
            assert_eq!(Some(late(&value["late_from"], value["late_request"].clone())), expected, "{recording}");
        }
        // In the report it stands in the period in which it was due.
        let judged = |day: &str| {
            let of_day = json!({ "of": "usage", "period": { "day": format!("2023-06-{day}") } });
            let usage = crate::handover::ask(&recording, cancelled, "30", &json!({ "record": { "report": of_day } }));
            usage["tables"]["in_time"][3]["events"].clone()
        };
        let days = ["18", "19", "20"].into_iter().filter(|day| judged(day) == json!(["S1"])).collect::<Vec<_>>();
        assert_eq!(days, day.into_iter().collect::<Vec<_>>(), "{recording}");
    }
}
