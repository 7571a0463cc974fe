//! The profile as a document: values with their status and source, faults by name, and which one holds when.

use crate::world::*;
use lhtt_core::registry::profile::{LD_1095_2023, Status, TWO_TIER};
use lhtt_core::registry::{LateNormal, Profile, Tier};
use lhtt_core::{Moment, Query, Request};
use proptest::prelude::*;
use serde_json::{Value, json};

fn document(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

fn built_in() -> Value {
    document(LD_1095_2023)
}

/// The document that is shipped says, value by value, what the program takes without one.
#[test]
fn the_shipped_document_is_the_default() {
    let read = Profile::from_document(&built_in()).unwrap();
    assert!(read.provenance.len() > 15);
    let bare = Profile { provenance: Profile::default().provenance, ..read.clone() };
    assert_eq!(bare, Profile::default());
    let told = read.provenance("operator_mailbox");
    assert_eq!((told.status, told.source.as_str()), (Status::Text, "Điều 12 khoản 2 điểm a"));
    assert_eq!(read.provenance("late_normal").status, Status::Chosen);
    for (field, told) in &read.provenance {
        assert_eq!(&Profile::default().provenance(field), told, "{field}");
    }
    assert_eq!(read.provenance("audit.retention_days").status, Status::Text, "as the profile as a whole");
}

/// An example, marked so; whoever runs on it is told.
#[test]
fn the_two_tier_example_is_not_confirmed() {
    let read = Profile::from_document(&document(TWO_TIER)).unwrap();
    assert_eq!(
        (read.status, read.tiers.enabled.as_slice()),
        (Status::Unconfirmed, [Tier::Province, Tier::Commune].as_slice())
    );
    assert_eq!(read.control.eligible_tiers, [Tier::Province, Tier::Commune]);
    assert!(!read.provenance("quota.commune").status.is_confirmed());
    assert_eq!(read.provenance("authority.managing").status, Status::Known);
    let rules: Vec<_> = read.warnings(at("2025-07-02T00:00")).into_iter().map(|one| one.rule).collect();
    assert_eq!(rules, ["qd.2/unconfirmed"]);
}

#[test]
fn a_profile_that_is_over_or_not_confirmed_says_so() {
    let over = Profile { effective_to: Some(at("2024-01-01T00:00")), ..Profile::default() };
    let unsure = Profile { status: Status::Unconfirmed, ..Profile::default() };
    let rows = [
        (Profile::default(), "2024-01-01T00:00", vec![]),
        (over.clone(), "2023-12-31T23:59:59.999", vec![]),
        (over, "2024-01-01T00:00", vec!["qd.2/over"]),
        (unsure, "2025-07-01T00:00", vec!["qd.2/superseded", "qd.2/unconfirmed"]),
    ];
    for (profile, when, expected) in rows {
        let found = profile.warnings(at(when));
        assert_eq!(found.iter().map(|one| one.rule.as_ref()).collect::<Vec<_>>(), expected);
        assert!(found.iter().all(|one| !one.refuses() && !one.observed.vi.is_empty()));
    }
}

/// Every fault names the key, the value and what is allowed; all at once.
#[test]
fn a_wrong_value_is_named_with_what_is_allowed() {
    let rows = [
        ("/quota/commune/value", json!(-1), "`quota.commune`: `-1`: a whole number from 0 to 1000"),
        ("/quota/commune/value", json!("một"), "is no number of sites; a whole number from 0 to"),
        ("/session/default_length/value", json!(59), "`session.default_length`: `59`: a whole number from 60 to 86400"),
        (
            "/session/early_window/value",
            json!(86_401),
            "`session.early_window`: `86401`: a whole number from 0 to 86400",
        ),
        ("/lead/late_normal/value", json!("refuse"), "`lead.late_normal`: `refuse`: `deny` or `override`"),
        ("/mailbox/value", json!("kythuat"), "`mailbox`: `kythuat`: a mail address"),
        ("/mailbox/status", json!("sure"), "`mailbox`: "),
        ("/tiers/enabled/value", json!([]), "`tiers.enabled`: `[]`: at least one of"),
        ("/tiers/enabled/value", json!(["huyện"]), "`tiers.enabled`: `[\"huyện\"]`: one of `province`"),
        ("/effective_from", json!("2023-06-05"), "`effective_from`: `2023-06-05`: `2023-06-05` is no date and time"),
        ("/id", json!(" "), "`id`: ` `: a name"),
        ("/override/heads/value", json!("Đỗ Minh"), "`override.heads`: `Đỗ Minh`: a sequence"),
    ];
    for (place, value, expected) in rows {
        let mut document = built_in();
        *document.pointer_mut(place).unwrap_or_else(|| panic!("{place}")) = value;
        let error = Profile::from_document(&document).unwrap_err();
        assert!(error.to_string().contains(expected), "expected {expected}, found {error}");
        assert_eq!(error.faults.len(), 1, "{error}");
    }
    let mut document = built_in();
    document["speed"] = json!(1);
    document["authority"]["chief"] = json!({ "value": "x", "status": "text" });
    document["later"] = json!([]);
    document["security_level"] = json!(6);
    document["effective_to"] = json!("2023-06-05T00:00:00+07:00");
    let error = Profile::from_document(&document).unwrap_err().to_string();
    for expected in [
        "`speed`: `1`: one of",
        "`authority.chief`: `x`: one of",
        "`later`: ",
        "`security_level`: `6`: a whole number from 1 to 5",
    ] {
        assert!(error.contains(expected), "{error}");
    }
    for not in [json!(null), json!([]), json!("x")] {
        assert!(Profile::from_document(&not).is_err());
    }
    let mut document = built_in();
    document["effective_to"] = json!("2023-06-05T00:00:00+07:00");
    let error = Profile::from_document(&document).unwrap_err().to_string();
    assert!(error.contains("`effective_to`") && error.contains("a time after 2023-06-05T00:00:00+07:00"), "{error}");
}

#[test]
fn what_nothing_can_stand_in_for_is_needed() {
    for place in
        ["id", "effective_from", "quota.commune", "quota.affiliated", "quota.province.sites", "quota.district.sites"]
    {
        let mut document = built_in();
        let (outer, name) = place.rsplit_once('.').unwrap_or(("", place));
        let outer = if outer.is_empty() { String::new() } else { format!("/{}", outer.replace('.', "/")) };
        document.pointer_mut(&outer).unwrap().as_object_mut().unwrap().remove(name);
        let error = Profile::from_document(&document).unwrap_err();
        assert_eq!(error.faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), [place], "{error}");
    }
}

/// One document a profile; each is in force until the next, in whatever order they are given.
#[test]
fn profiles_follow_each_other() {
    let of = |id: &str, from: &str| Profile { id: id.to_owned(), effective_from: at(from), ..Profile::default() };
    let (first, second, third) =
        (of("a", "2023-06-05T00:00"), of("b", "2025-07-01T00:00"), of("c", "2026-01-01T00:00"));
    let all = Profile::succession(vec![third, first.clone(), second]).unwrap();
    let held = |when: &str| all.at(at(when)).id.clone();
    for (when, id) in [
        ("2022-01-01T00:00", "a"),
        ("2025-06-30T23:59:59.999", "a"),
        ("2025-07-01T00:00", "b"),
        ("2026-01-01T00:00", "c"),
    ] {
        assert_eq!(held(when), id, "{when}");
    }
    assert!(Profile::succession(Vec::new()).is_err());
    let error = Profile::succession(vec![first.clone(), of("b", "2023-06-05T00:00")]).unwrap_err().to_string();
    assert!(error.contains("`effective_from`: `2023-06-05T00:00:00+07:00`: another time than that of `"), "{error}");
}

#[test]
fn an_agency_of_a_level_that_is_gone_is_told_of() {
    let mut world = World::new();
    let mut configuration = world.configuration.clone();
    let two_tier = Profile::from_document(&document(TWO_TIER)).unwrap();
    configuration.profile = Profile::succession(vec![Profile::default(), two_tier]).unwrap();
    configuration.actor = Some(actor("Lê Văn An", lhtt_core::request::Role::McuOperator));
    configuration.reason = "thêm hồ sơ hai cấp".to_owned();
    let request = || Request::Configure(Box::new(configuration.clone()));
    assert_eq!(summary(&world.ask(request(), "2025-06-30T08:00")), "Permit");
    assert_eq!(summary(&world.ask(request(), "2025-07-01T08:00")), "Permit 3.2/tier-enabled: Điều 3 khoản 2");
}

#[test]
fn a_value_is_asked_with_its_source() {
    let mut world = World::with(|configuration| {
        configuration.profile = Profile::from_document(&built_in()).unwrap();
        configuration.profile.gov_peer.rehearsal_lead = Some(4 * 3_600);
    });
    let ask = |world: &World, query: Value| {
        let query: Query = serde_json::from_value(json!({ "planning": query })).unwrap();
        query.answer(&world.registry, wall("2023-06-14T08:00"))
    };
    let told = ask(&world, json!({ "profile": { "key": "quota.district.sites" } }));
    assert_eq!(
        (&told["value"], &told["status"], &told["source"]),
        (&json!(2), &json!("text"), &json!("Điều 7 khoản 2"))
    );
    assert_eq!(ask(&world, json!({ "profile": {} }))["id"], "ld-1095-2023");
    let deadlines = |peer: Value| json!({ "deadlines": { "start": "2023-06-15T08:00:00+07:00", "peer": peer } });
    assert_eq!(ask(&world, deadlines(json!("chinh-phu")))["rehearsal"], "2023-06-15T04:00:00+07:00");
    for peer in [json!("quoc-hoi"), json!(null)] {
        assert_eq!(ask(&world, deadlines(peer))["rehearsal"], "2023-06-15T06:00:00+07:00");
    }
    world.configuration.profile.late_normal = LateNormal::Override;
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(1095), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands at one place of the document, it is read or refused by name, and what is read is written back equal.
    #[test]
    fn reading_never_panics(place in 0..40usize, value in prop_oneof![Just(json!(null)), any::<i64>().prop_map(|one| json!(one)), ".{0,8}".prop_map(|one| json!(one)), Just(json!([1])), Just(json!({ "a": { "b": 1 } }))]) {
        let mut document = built_in();
        let mut places = Vec::new();
        collect("", &document, &mut places);
        let place = &places[place % places.len()];
        *document.pointer_mut(place).unwrap() = value;
        match Profile::from_document(&document) {
            Ok(profile) => {
                let again: Profile = serde_json::from_value(json!(profile)).unwrap();
                prop_assert_eq!(again, profile);
            }
            Err(error) => prop_assert!(error.faults.iter().all(|fault| !fault.field.is_empty() && !fault.allowed.is_empty())),
        }
    }

    /// A later start never has an earlier deadline, and a later receipt never an earlier answer.
    #[test]
    fn deadlines_are_monotone(first in 0..4_000_000_000_000i64, by in 0..10_000_000_000i64) {
        let (one, other) = (Moment::from_unix_millis(first), Moment::from_unix_millis(first + by));
        let ask = |query: Value| {
            let query: Query = serde_json::from_value(json!({ "planning": query })).unwrap();
            query.answer(&lhtt_core::Registry::default(), wall("2023-06-14T08:00"))
        };
        let (earlier, later) = (ask(json!({ "deadlines": { "start": one } })), ask(json!({ "deadlines": { "start": other } })));
        for field in ["normal", "urgent", "rehearsal"] {
            let moment = |value: &Value| Moment::parse(value[field].as_str().unwrap()).unwrap();
            prop_assert!(moment(&earlier) <= moment(&later));
            prop_assert!(moment(&earlier) <= one);
        }
        let due = |received: Moment| ask(json!({ "reply_due": { "received": received } }))["due"].as_str().map(|due| Moment::parse(due).unwrap());
        prop_assert!(due(one) <= due(other));
    }
}

fn collect(place: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| collect(&format!("{place}/{name}"), value, found))
        }
        _ => found.push(place.to_owned()),
    }
}
