//! An act is judged by the profile of its own time: what a profile changes, it changes from its first moment on.

use crate::world::*;
use lhtt_core::registry::{Lead, Profile, ProvinceQuota, Quota};
use lhtt_core::{Moment, Outcome, Request, Submission};
use serde_json::{Value, json};

const BEFORE: &str = "2023-12-31T23:59:59";
const AFTER: &str = "2024-01-01T00:00";

/// Two profiles, the second in force from 2024 on.
fn world(change: impl FnOnce(&mut Profile)) -> World {
    World::with(|configuration| {
        let from = Moment::parse("2024-01-01T00:00:00+07:00").unwrap();
        let mut next = Profile { id: "next".to_owned(), effective_from: from, ..Profile::default() };
        change(&mut next);
        configuration.profile = Profile::succession(vec![Profile::default(), next]).unwrap();
    })
}

fn outcomes(world: &World, request: impl Fn(&str) -> Request) -> [Outcome; 2] {
    [BEFORE, AFTER].map(|at| lhtt_core::decide(&world.registry, &request(at), wall(at)).outcome)
}

fn register(at: &str, hours: u32, change: impl Fn(&mut Submission)) -> Request {
    let start = Moment::from(wall(at)).hours_after(hours);
    let mut submission = Submission { start: Some(start), end: None, ..submission() };
    change(&mut submission);
    Request::Submit(Box::new(submission))
}

#[test]
fn lead_times() {
    let world = world(|next| next.lead = Lead { normal_hours: 48, urgent_hours: 3 });
    assert_eq!(outcomes(&world, |at| register(at, 36, |_| ())), [Outcome::Permit, Outcome::Deny]);
    let urgent =
        |at: &str| register(at, 4, |one| one.urgency = lhtt_core::submission::Urgency::Urgent("lũ quét".to_owned()));
    assert_eq!(outcomes(&world, urgent), [Outcome::NeedsOverride, Outcome::Permit]);
    let late = lhtt_core::decide(&world.registry, &register(AFTER, 36, |_| ()), wall(AFTER));
    assert!(late.render_vi().contains("(trước 48 giờ, họp thông thường"), "{}", late.render_vi());
}

#[test]
fn the_mailbox() {
    let world = world(|next| next.operator_mailbox = "hop@lamdong.gov.vn".to_owned());
    let request = |at: &str| register(at, 48, |one| one.sent_to = "hop@lamdong.gov.vn".to_owned());
    assert_eq!(outcomes(&world, request), [Outcome::Deny, Outcome::Permit]);
}

#[test]
fn quotas() {
    let world = world(|next| {
        let province = ProvinceQuota { sites: 9, ..Quota::default().province };
        next.quota = Quota { province, ..Quota::default() };
    });
    let limit = |at: &str| {
        let query: Value = json!({ "estate": { "quota": { "organization": "so-y-te" } } });
        let query: lhtt_core::Query = serde_json::from_value(query).unwrap();
        query.answer(&world.registry, wall(at))["allowed"].clone()
    };
    assert_eq!([BEFORE, AFTER].map(limit), [json!(1), json!(9)]);
}
