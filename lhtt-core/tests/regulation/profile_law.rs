//! What a profile carries of other law: the calendar of working days, and where the law on state secrets says what.

use crate::world::*;
use lhtt_core::registry::Profile;
use lhtt_core::registry::profile::{LD_1095_2023, TWO_TIER};
use lhtt_core::{Calendar, Query, Request};
use serde_json::{Value, json};

fn document(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

fn with(change: impl Fn(&mut Value)) -> Result<Profile, lhtt_core::registry::profile::BadProfile> {
    let mut document = document(LD_1095_2023);
    change(&mut document);
    Profile::from_document(&document)
}

/// What is missing or wrong is named, with what is allowed.
#[test]
fn a_wrong_calendar_or_citation_is_named() {
    let law = |change: &dyn Fn(&mut Value)| with(|document| change(&mut document["secret"]["citations"]));
    let calendar = |value: Value| with(|document| document["calendar"] = value.clone());
    let rows = [
        (
            law(&|laws| drop(laws[0].as_object_mut().unwrap().remove("guards"))),
            "`secret.citations`",
            "missing field `guards`",
        ),
        (law(&|laws| laws[1]["leave"] = json!("Luật X")), "`secret.citations`", "`Luật X`"),
        (law(&|laws| laws[1]["from"] = json!("2020-07-01")), "`secret.citations`", "two laws with `from` 2020-07-01"),
        (law(&|laws| laws[1]["from"] = json!("2026-02-30")), "`secret.citations`", "`2026-02-30`"),
        (law(&|laws| laws[0]["speed"] = json!(1)), "`secret.citations`", "`from`, `status`"),
        (law(&|laws| laws[0]["basis"] = json!([])), "`secret.citations`", "`basis`"),
        (law(&|laws| *laws = json!([])), "`secret.citations`", "at least one law"),
        (
            calendar(json!({ "days": [{ "id": "2029-01-02", "type": "holiday" }] })),
            "`calendar.days`",
            "`status` is missing",
        ),
        (calendar(json!({ "days": [{ "id": "2029-13-02" }] })), "`calendar.days`", "`2029-13-02`"),
        (calendar(json!({ "years": [1800] })), "`calendar.years`", "2000 to 2200 are allowed"),
        (
            calendar(json!({ "office_close": { "value": "5 pm", "status": "chosen" } })),
            "`calendar.office_close`",
            "17:00",
        ),
        (calendar(json!({ "weeks": 1 })), "`calendar.weeks`", "`days`"),
    ];
    for (at, (read, field, expected)) in rows.into_iter().enumerate() {
        let error = read.map(|profile| profile.id).unwrap_err().to_string();
        assert!(error.contains(field) && error.contains(expected), "row {at}: {error}");
    }
}

/// The days of the profile that holds when a hand-over begins to run; a calendar among the facts counts where the profile has none.
#[test]
fn working_days_are_counted_by_the_profile_of_their_time() {
    let due = |world: &World, from: &str| {
        let query: Query =
            serde_json::from_value(json!({ "record": { "working_days_after": { "from": from, "days": 2 } } })).unwrap();
        query.answer(&world.registry, wall("2026-11-23T08:00"))["due_day"].as_str().map(str::to_owned)
    };
    let off = |id: &str, from: &str, day: &str| {
        with(|document| {
            document["id"] = json!(id);
            document["effective_from"] = json!(from);
            document["calendar"] = json!({ "days": [{ "id": day, "type": "holiday", "status": "confirmed" }] });
        })
        .unwrap()
    };
    let first = off("first", "2023-06-05T00:00:00+07:00", "2026-11-25");
    let second = off("second", "2026-11-24T00:00:00+07:00", "2026-11-27");
    let profile = Profile::succession(vec![first, second]).unwrap();
    let mut world = World::with(|configuration| configuration.profile = profile.clone());
    // 23 November 2026 is a Monday; as shipped the second working day after it is the 25th.
    assert_eq!(due(&World::new(), "2026-11-23T08:00:00+07:00").as_deref(), Some("2026-11-25"));
    assert_eq!(due(&world, "2026-11-23T08:00:00+07:00").as_deref(), Some("2026-11-26"), "the first profile's");
    assert_eq!(due(&world, "2026-11-25T08:00:00+07:00").as_deref(), Some("2026-11-30"), "the second's");
    let mut configuration = world.configuration.clone();
    configuration.calendar = Some(Calendar::default());
    world.ask(Request::Configure(Box::new(configuration)), "2026-11-23T08:00");
    assert_eq!(due(&world, "2026-11-23T08:00:00+07:00").as_deref(), Some("2026-11-26"), "still the profile's");
    let day = json!({ "days": [{ "id": "2026-11-24", "type": "holiday", "status": "confirmed" }] });
    let calendar: Calendar = serde_json::from_value(day).unwrap();
    let (mut configuration, due_after) = (world.configuration.clone(), "2026-11-23T08:00:00+07:00");
    configuration.calendar = Some(calendar.clone());
    world.ask(Request::Configure(Box::new(configuration.clone())), "2026-11-23T08:01");
    assert_eq!(due(&world, due_after).as_deref(), Some("2026-11-26"), "the 24th is off by the later one");
    assert_eq!(due(&world, "2026-11-25T08:00:00+07:00").as_deref(), Some("2026-11-27"), "not the second profile's");
    let again = lhtt_core::Registry::from_facts(world.registry.facts()).unwrap();
    assert_eq!(again, world.registry);
    configuration.profile.overrun_s += 1;
    world.ask(Request::Configure(Box::new(configuration.clone())), "2026-11-23T08:02");
    assert_eq!(due(&world, "2026-11-25T08:00:00+07:00").as_deref(), Some("2026-11-27"), "another value of the profile");
    configuration.profile.later.clear();
    world.ask(Request::Configure(Box::new(configuration)), "2026-11-23T08:03");
    assert_eq!(due(&world, due_after).as_deref(), Some("2026-11-26"), "a profile with another calendar, later still");
    let world = World::with(|configuration| configuration.calendar = Some(calendar.clone()));
    assert_eq!(due(&world, "2026-11-23T08:00:00+07:00").as_deref(), Some("2026-11-26"), "the configured calendar");
}

/// The example profile carries a day of its own.
#[test]
fn the_two_tier_example_has_a_calendar() {
    let read = Profile::from_document(&document(TWO_TIER)).unwrap();
    let day = lhtt_core::Date::parse("2026-11-24").unwrap();
    assert!(!read.calendar.unwrap().day(day).unwrap().counts);
}

/// The same facts, the citation of the profile: a law whose articles somebody confirmed is not marked any more.
#[test]
fn the_law_on_state_secrets_is_cited_as_the_profile_says() {
    let configured = with(|document| {
        let law = &mut document["secret"]["citations"][1];
        law["status"] = json!("source");
        law["consent"] = json!("Điều 20 khoản 1 Luật 117/2025/QH15");
    })
    .unwrap();
    let rows = [
        (Profile::default(), "2026-02-28T23:59", "Điều 17 khoản 1 điểm a Luật 29/2018/QH14", false),
        (Profile::default(), "2026-03-01T00:00", "Luật 117/2025/QH15", true),
        (configured.clone(), "2026-02-28T23:59", "Điều 17 khoản 1 điểm a Luật 29/2018/QH14", false),
        (configured, "2026-03-01T00:00", "Điều 20 khoản 1 Luật 117/2025/QH15", false),
    ];
    for (profile, when, cited, unconfirmed) in rows {
        let mut world = World::with(|configuration| configuration.profile = profile.clone());
        let mut asked = submission();
        asked.classification = lhtt_core::submission::Classification::Mat;
        let found = world.ask(Request::Submit(Box::new(asked)), when).findings;
        let consent = found.iter().find(|one| one.rule == "5.2/consent").unwrap();
        assert_eq!((consent.citations[0].key(), consent.unconfirmed), (cited.to_owned(), unconfirmed), "{when}");
        assert_eq!(
            consent.citations[0].full().contains("chưa xác nhận"),
            unconfirmed,
            "{}",
            consent.citations[0].full()
        );
    }
}
