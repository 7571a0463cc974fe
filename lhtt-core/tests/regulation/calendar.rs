//! Working days and the hand-over's due date: regulation text Điều 14 khoản 3, A-12, and the calendar as data.

use crate::world::*;
use lhtt_core::calendar::{Day, DaySort, DayStatus, MissingYear, handover_due};
use lhtt_core::case::{Answer, Case};
use lhtt_core::registry::Configuration;
use lhtt_core::{Calendar, Change, Date, Moment, Request};
use proptest::prelude::*;
use serde_json::{Value, json};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn day(sort: DaySort, status: DayStatus) -> Day {
    Day::new(sort, "", status, "test")
}

fn due(calendar: &Calendar, from: &str, days: u32) -> String {
    match calendar.working_days_after(at(from), days) {
        Ok(due) => {
            assert!(due.in_time(Moment::from_unix_millis(due.late_from.unix_millis() - 1)));
            assert!(!due.in_time(due.late_from));
            let flag = if due.is_unconfirmed() { " ?" } else { "" };
            format!("{} {}{flag}", due.day.weekday_en(), due.day)
        }
        Err(missing) => missing.to_string(),
    }
}

#[test]
fn two_working_days_through_weekends_holidays_and_make_up_days() {
    let rows = [
        ("2023-06-15T11:30", "Mon 2023-06-19"),
        ("2023-06-16T17:00", "Tue 2023-06-20"),
        ("2023-06-17T10:00", "Tue 2023-06-20"),
        ("2023-06-16T00:30", "Tue 2023-06-20"),
        ("2023-08-31T16:00", "Wed 2023-09-06"),
        ("2023-04-28T16:00", "Fri 2023-05-05"), // AE-14.11
        ("2024-02-07T15:00", "Fri 2024-02-16"),
        ("2024-04-26T17:00", "Fri 2024-05-03"),
        ("2024-05-02T10:00", "Sat 2024-05-04"),
        ("2025-04-25T16:00", "Mon 2025-04-28"),
        ("2025-12-31T16:00", "Tue 2026-01-06"),
        ("2026-01-08T16:00", "Sat 2026-01-10"),
        ("2026-02-13T16:00", "Tue 2026-02-24"),
        ("2026-08-20T16:00", "Sat 2026-08-22"),
        ("2026-08-28T16:00", "Fri 2026-09-04"),
        ("2026-11-23T16:00", "Wed 2026-11-25 ?"),
        ("2026-12-31T16:00", "Tue 2027-01-05 ?"), // a forecast day on the way
        ("2027-12-29T16:00", "Fri 2027-12-31"),
        ("2027-12-30T16:00", "the calendar does not cover the year 2028"),
        ("2028-01-03T16:00", "the calendar does not cover the year 2028"),
    ];
    for (from, expected) in rows {
        assert_eq!(due(Calendar::built_in(), from, 2), expected, "{from}");
    }
}

#[test]
fn no_working_day_is_the_day_itself_or_the_next_that_is_worked() {
    for (from, expected) in [
        ("2023-06-15T00:00", "Thu 2023-06-15"),
        ("2023-06-17T10:00", "Mon 2023-06-19"),
        ("2024-05-04T10:00", "Sat 2024-05-04"),
        ("2023-09-02T10:00", "Tue 2023-09-05"),
        ("2028-01-03T16:00", "the calendar does not cover the year 2028"),
    ] {
        assert_eq!(due(Calendar::built_in(), from, 0), expected, "{from}");
    }
}

#[test]
fn an_unconfirmed_day_flags_whether_configured_or_not_and_counts_once_configured() {
    let off = date("2026-11-24");
    let unconfirmed = Calendar::built_in().day(off).unwrap().clone();
    let counted = Calendar::built_in().clone().with(off, unconfirmed.clone().counted(true));
    let confirmed = Calendar::built_in().clone().with(off, Day::new(DaySort::Holiday, "", DayStatus::Confirmed, "law"));
    for (calendar, from, expected) in [
        (Calendar::built_in(), "2026-11-23T16:00", "Wed 2026-11-25 ?"),
        (&counted, "2026-11-23T16:00", "Thu 2026-11-26 ?"),
        (&confirmed, "2026-11-23T16:00", "Thu 2026-11-26"),
        // On the day of the end itself it says nothing.
        (Calendar::built_in(), "2026-11-24T16:00", "Thu 2026-11-26"),
    ] {
        assert_eq!(due(calendar, from, 2), expected, "{from}");
    }
}

#[test]
fn a_late_request_counts_from_its_own_day_and_offices_may_close_before_midnight() {
    let calendar = Calendar::built_in();
    let rows = [
        (None, "Mon 2023-06-19", false),
        (Some("2023-06-15T08:00"), "Mon 2023-06-19", false),
        (Some("2023-06-15T11:30"), "Mon 2023-06-19", false),
        (Some("2023-06-15T18:00"), "Mon 2023-06-19", true),
        (Some("2023-06-19T09:00"), "Wed 2023-06-21", true),
    ];
    for (requested, expected, late) in rows {
        let handover = handover_due(calendar, at("2023-06-15T11:30"), requested.map(at)).unwrap();
        let shown = format!("{} {}", handover.due.day.weekday_en(), handover.due.day);
        assert_eq!((shown.as_str(), handover.late_request), (expected, late), "{requested:?}");
    }
    let closing: Calendar = serde_json::from_str(r#"{"office_close": "17:00"}"#).unwrap();
    let handover = handover_due(&closing, at("2023-06-15T11:30"), None).unwrap();
    assert!(handover.due.in_time(at("2023-06-19T17:00")));
    assert!(!handover.due.in_time(Moment::parse("2023-06-19T17:00:00.001+07:00").unwrap()));
}

/// A closing time is the last moment in time, and is written as it is read.
#[test]
fn an_office_closes_at_any_minute_but_midnight() {
    for (time, late_from) in [
        ("00:01", "2023-06-19T00:01:00.001+07:00"),
        ("07:05", "2023-06-19T07:05:00.001+07:00"),
        ("17:30", "2023-06-19T17:30:00.001+07:00"),
        ("23:59", "2023-06-19T23:59:00.001+07:00"),
    ] {
        let json = format!(r#"{{"office_close": "{time}"}}"#);
        let closing: Calendar = serde_json::from_str(&json).unwrap();
        let handover = handover_due(&closing, at("2023-06-15T11:30"), None).unwrap();
        assert_eq!(handover.due.late_from.rfc3339(), late_from, "{time}");
        assert_eq!(serde_json::to_value(&closing).unwrap()["office_close"], time);
    }
    for time in ["00:00", "12:60", "24:00", "23:60", "7:05", "17-30"] {
        let read = serde_json::from_str::<Calendar>(&format!(r#"{{"office_close": "{time}"}}"#));
        assert!(read.is_err_and(|error| error.to_string().contains("00:01 to 23:59")), "{time}");
    }
}

/// Whether a day counts is written only where it is not what its status says.
#[test]
fn what_follows_from_a_status_is_not_written() {
    for (status, counts, written) in [
        ("confirmed", true, None),
        ("confirmed", false, Some(false)),
        ("unconfirmed", false, None),
        ("unconfirmed", true, Some(true)),
    ] {
        let day = json!({ "id": "2024-05-06", "type": "holiday", "status": status, "counts": counts });
        let calendar: Calendar = serde_json::from_value(json!({ "built_in": false, "days": [day] })).unwrap();
        assert_eq!(
            serde_json::to_value(&calendar).unwrap()["days"][0].get("counts"),
            written.map(Value::from).as_ref()
        );
    }
}

#[test]
fn a_missing_year_is_told_in_vietnamese() {
    assert_eq!(MissingYear(2041).vi(), "chưa có lịch làm việc của năm 2041");
}

/// An agreed due moment is the first that is late, whatever the calendar says; a request at the end itself is none that came late.
#[test]
fn an_agreed_hand_over_is_due_when_it_was_agreed() {
    for (requested, due, expected) in [
        ("2023-06-15T09:00", "2023-06-22T00:00", ("2023-06-21", false)),
        ("2023-06-15T11:30", "2023-06-22T00:00", ("2023-06-21", false)),
        ("2023-06-15T11:31", "2023-06-22T10:00", ("2023-06-22", true)),
    ] {
        let by = json!({ "name": "An", "role": "mcu_operator" });
        let moment = |text: &str| format!("{text}:00+07:00");
        let recording = json!({ "started": moment("2023-06-15T09:01"),
            "handover_requested": moment(requested), "due": moment(due),
            "stored": { "at": moment("2023-06-15T11:30"), "by": by, "place": "kho", "custodian": "An" } });
        let case = json!({ "at": moment("2023-06-16T08:00"), "query": { "record": { "handover_due": { "session": 1 } } },
            "facts": { "sessions": [{ "id": 1, "ended": { "at": moment("2023-06-15T11:30"), "by": by } }],
                "conduct": { "sessions": { "1": { "recording": recording } } } } });
        let Ok(Answer::Value(value)) = Case::from_json(&case.to_string()).and_then(|case| case.answer()) else {
            panic!("it is computed")
        };
        assert_eq!((value["due_day"].as_str().unwrap(), value["late_request"].as_bool().unwrap()), expected, "{value}");
        assert_eq!(value["late_from"], moment(due));
    }
}

#[test]
fn the_json_form_lies_over_the_shipped_days_and_is_written_whole() {
    let rows = [
        (r#"{}"#, "Wed 2026-11-25 ?"),
        (r#"{"days": [{"id": "2026-11-24", "counts": true}]}"#, "Thu 2026-11-26 ?"),
        (r#"{"days": [{"id": "2026-11-24", "status": "confirmed"}]}"#, "Thu 2026-11-26"),
        (r#"{"built_in": false, "years": [2026]}"#, "Wed 2026-11-25"),
        (r#"{"built_in": false}"#, "the calendar does not cover the year 2026"),
        // A day alone does not make its year known.
        (
            r#"{"built_in": false, "days": [{"id": "2026-11-24", "type": "holiday", "status": "confirmed"}]}"#,
            "the calendar does not cover the year 2026",
        ),
    ];
    for (json, expected) in rows {
        let calendar: Calendar = serde_json::from_str(json).unwrap();
        assert_eq!(due(&calendar, "2026-11-23T16:00", 2), expected, "{json}");
        let written = serde_json::to_string(&calendar).unwrap();
        assert_eq!(serde_json::from_str::<Calendar>(&written).unwrap(), calendar, "{written}");
    }
    for (bad, field) in [
        (r#"{"days": [{"id": "2026-07-01"}]}"#, "`calendar.days[0]` (2026-07-01): `type` is missing"),
        (r#"{"days": [{"id": "2026-07-01", "type": "holiday"}]}"#, "`status` is missing"),
        (r#"{"days": [{"id": "2026-02-30", "type": "holiday"}]}"#, "is no day"),
        (r#"{"years": [20]}"#, "2000 to 2200 are allowed"),
        (r#"{"office_close": "24:00"}"#, "23:59 is allowed"),
        (r#"{"office_close": "5 pm"}"#, "23:59 is allowed"),
        (r#"{"holidays": []}"#, "unknown field"),
    ] {
        let error = serde_json::from_str::<Calendar>(bad).unwrap_err().to_string();
        assert!(error.contains(field), "{bad}: {error}");
    }
}

#[test]
fn a_configured_calendar_is_a_journalled_change_and_one_not_stated_stays() {
    let mut world = World::new();
    assert_eq!(world.registry.calendar(), Calendar::built_in());
    let calendar: Calendar = serde_json::from_str(r#"{"years": [2028]}"#).unwrap();
    let configuration = Configuration { calendar: Some(calendar.clone()), ..world.configuration.clone() };
    let decision = world.ask(Request::Configure(Box::new(configuration.clone())), "2023-06-07T08:00");
    assert_eq!(decision.changes, [Change::Calendar(Box::new(calendar.clone()))]);
    assert_eq!(world.registry.calendar(), &calendar);
    for same in [configuration, world.configuration.clone()] {
        assert!(world.ask(Request::Configure(Box::new(same)), "2023-06-07T09:00").changes.is_empty());
    }
    assert_eq!(world.registry.calendar(), &calendar);
}

/// A calendar of 2024 and 2025 with some days of each sort.
fn calendars() -> impl Strategy<Value = Calendar> {
    proptest::collection::vec((days(), prop_oneof![Just(DaySort::Holiday), Just(DaySort::MakeupWork)]), 0..60).prop_map(
        |days| {
            let plain = Calendar::plain([2024, 2025]);
            days.into_iter().fold(plain, |calendar, (date, sort)| {
                calendar.with(date, Day::new(sort, "", DayStatus::Confirmed, "test"))
            })
        },
    )
}

fn days() -> impl Strategy<Value = Date> {
    (2024_i16..=2025, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

fn moments() -> impl Strategy<Value = Moment> {
    let (first, last) = (at("2024-01-01T00:00").unix_millis(), at("2025-06-30T00:00").unix_millis());
    (first..last).prop_map(Moment::from_unix_millis)
}

proptest! {
    #[test]
    fn a_later_moment_is_never_due_earlier(calendar in calendars(), from in moments(), later in moments(), n in 0_u32..6) {
        let (from, later) = (from.min(later), from.max(later));
        let (one, other) = (calendar.working_days_after(from, n).unwrap(), calendar.working_days_after(later, n).unwrap());
        prop_assert!(one.late_from <= other.late_from);
    }

    #[test]
    fn no_days_end_with_a_worked_day(calendar in calendars(), from in moments()) {
        let due = calendar.working_days_after(from, 0).unwrap();
        prop_assert!(calendar.is_working(due.day).unwrap());
        if calendar.is_working(from.date()).unwrap() {
            prop_assert_eq!(due.late_from, from.date().end());
        }
    }

    #[test]
    fn another_holiday_brings_no_due_date_forward_and_a_make_up_day_puts_none_back(
        calendar in calendars(), from in moments(), n in 0_u32..6, changed in days(),
    ) {
        let before = calendar.working_days_after(from, n).unwrap().late_from;
        let holiday = calendar.clone().with(changed, day(DaySort::Holiday, DayStatus::Confirmed));
        prop_assert!(holiday.working_days_after(from, n).unwrap().late_from >= before);
        let worked = calendar.with(changed, day(DaySort::MakeupWork, DayStatus::Confirmed));
        prop_assert!(worked.working_days_after(from, n).unwrap().late_from <= before);
    }
}
