//! What holds of any course of a session: attendance never overlaps and only grows, an end is not before its start, every
//! refusal cites, and the changes alone give the same registry.

use crate::conduct::{act, mcu, of_site, ready, running};
use crate::world::*;
use lhtt_core::registry::{ClosingItem, Episode, Mark, Material, Post, SelfCheck, SessionState, SuspensionCause};
use lhtt_core::request::{Actor, ConductStep, Role};
use lhtt_core::time::Wall;
use lhtt_core::{Change, Registry, Request, SessionId, decide};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use std::collections::BTreeMap;

const SITES: [&str; 4] = ["so-y-te", "da-lat", "duc-trong", "bao-loc"];

fn who() -> impl Strategy<Value = Actor> {
    let sites = select(&SITES[..]).prop_map(of_site);
    let head = actor("Phạm Thị Sở", Role::ManagingAuthority);
    prop_oneof![5 => Just(mcu()), 4 => sites, 1 => Just(head), 1 => Just(actor("Người Kiểm", Role::Auditor))]
}

fn before() -> impl Strategy<Value = ConductStep> {
    let posts = vec![Post::McuOperator, Post::Tslcd, Post::ChairOperator, Post::MemberOperator("da-lat".into())];
    let mark = || select(vec![Mark::Pass, Mark::Pass, Mark::Fail]);
    prop_oneof![
        (select(posts), any::<bool>())
            .prop_map(|(post, on)| ConductStep::AssignDuty { post, name: on.then(|| "Lê Văn An".to_owned()) }),
        (select(&SITES[..]), mark()).prop_map(|(site, mark)| ConductStep::SelfCheck {
            site: site.into(),
            items: SelfCheck { power: Some(mark), ..SelfCheck::default() },
        }),
        Just(ConductStep::ScheduleRehearsal { for_time: at("2023-06-15T05:00") }),
        mark().prop_map(|result| ConductStep::RecordRehearsal { result, sites: BTreeMap::new(), note: None }),
        select(vec!["lũ quét", ""]).prop_map(|reason| ConductStep::OverrideStart { reason: reason.to_owned() }),
    ]
}

fn during() -> impl Strategy<Value = ConductStep> {
    let site = || select(&SITES[..]);
    let causes = vec![SuspensionCause::Chair, SuspensionCause::Technical];
    prop_oneof![
        4 => Just(ConductStep::Start),
        2 => select(causes).prop_map(|cause| ConductStep::Suspend { cause }),
        2 => Just(ConductStep::Resume),
        4 => site().prop_map(|site| ConductStep::SiteLost { site: site.into() }),
        4 => site().prop_map(|site| ConductStep::SiteBack { site: site.into() }),
        1 => Just(ConductStep::McuLost { since: at("2023-06-15T08:00") }),
        1 => Just(ConductStep::AskAttendance { sites: Vec::new() }),
        1 => site().prop_map(|site| ConductStep::ReportOutage { site: site.into(), text: "đứt cáp".to_owned() }),
        1 => Just(ConductStep::RequestRecording),
        1 => Just(ConductStep::StartRecording),
        1 => Just(ConductStep::EndIdle),
    ]
}

fn after() -> impl Strategy<Value = ConductStep> {
    let site = || prop::option::of(select(&SITES[..]).prop_map(Into::into));
    let items = ClosingItem::ALL.to_vec();
    prop_oneof![
        6 => (site(), select(items)).prop_map(|(site, item)| ConductStep::CloseItem { site, item }),
        2 => site().prop_map(|site| ConductStep::WaiveClosing { site, reason: "mất liên lạc".to_owned() }),
        1 => Just(ConductStep::StoreRecording { place: "kho".to_owned() }),
        1 => Just(ConductStep::RequestHandover),
        1 => Just(ConductStep::HandOver { document: None }),
        1 => Just(ConductStep::RequestMaterials {
            organization: "ubnd-da-lat".into(),
            what: Material::Recording,
            purpose: None,
        }),
        1 => any::<bool>().prop_map(|granted| ConductStep::AnswerMaterials { request: 1, granted, note: None }),
        1 => Just(ConductStep::HandMaterials { request: 1, document: None }),
    ]
}

fn request() -> impl Strategy<Value = Request> {
    let step = prop_oneof![2 => before(), 4 => during(), 2 => after()];
    prop_oneof![
        8 => (who(), step).prop_map(|(who, step)| act(who, step)),
        3 => (1..6u64, select(&SITES[..])).prop_map(|(join, site)| call(join, at_site(site), "1001")),
        2 => (1..6u64).prop_map(leave),
        1 => Just(end(SessionId(1))),
    ]
}

/// The time may also stand still or, by a clock that is not believed, go back.
fn history() -> impl Strategy<Value = Vec<(Request, i64, bool)>> {
    let pause = prop_oneof![4 => 0..240_000i64, 1 => -600_000..0i64];
    prop::collection::vec((request(), pause, prop::bool::weighted(0.9)), 1..80)
}

fn episodes(registry: &Registry) -> BTreeMap<String, Vec<Episode>> {
    let course = registry.conduct().course(SessionId(1)).unwrap();
    course.attendance.iter().map(|(site, one)| (site.to_string(), one.episodes.clone())).collect()
}

/// No two overlap, and none ends before it begins.
fn in_order(episodes: &[Episode]) -> bool {
    let each = episodes.iter().all(|one| one.until.is_none_or(|until| one.from <= until));
    each && episodes.windows(2).all(|pair| pair[0].until.is_some_and(|until| until <= pair[1].from))
}

/// What was there before is there still; only an open end may have got its time.
fn grew(before: &[Episode], now: &[Episode]) -> bool {
    before.len() <= now.len()
        && before.iter().zip(now).all(|(one, other)| {
            one == other || (one.until.is_none() && one.from == other.from && other.until.is_some())
        })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 96,
        rng_seed: RngSeed::Fixed(1095),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_course_keeps_what_must_hold(history in history(), begun in any::<bool>()) {
        let world = if begun { running() } else { ready() };
        let (mut registry, start) = (world.registry.clone(), world.registry);
        let (mut millis, mut changes) = (wall("2023-06-15T08:00").unix_millis, Vec::<Change>::new());
        for (request, pause, trusted) in history {
            millis += pause;
            let decision = decide(&registry, &request, Wall { unix_millis: millis, trusted });
            prop_assert!(decision.is_permit() || !decision.citations().is_empty(), "{request:?}");
            prop_assert!(decision.findings.iter().all(|one| !one.citations.is_empty() && !one.required.vi.is_empty()));
            let before = episodes(&registry);
            registry.apply_all(&decision.changes).expect("a decision never contradicts the facts it was made from");
            changes.extend(decision.changes);
            let now = episodes(&registry);
            for (site, kept) in &now {
                prop_assert!(in_order(kept), "{site}: {kept:?}");
                prop_assert!(grew(before.get(site).map_or(&[], Vec::as_slice), kept), "{site}: {kept:?}");
            }
            let session = registry.session(SessionId(1)).unwrap();
            prop_assert_eq!(session.chair_site.as_str(), "so-y-te");
            let started = registry.conduct().course(SessionId(1)).unwrap().started.as_ref();
            if let (Some(started), Some(ended)) = (started, &session.ended) {
                prop_assert!(started.at <= ended.at);
            }
            let state = registry.conduct().state(SessionId(1));
            prop_assert_eq!(state.is_over(), session.ended.is_some());
            prop_assert!(started.is_some() || !matches!(state, SessionState::InSession | SessionState::Suspended));
        }
        let mut again = start;
        again.apply_all(&changes).unwrap();
        prop_assert_eq!(&again, &registry);
        let facts = serde_json::to_string(&registry.facts()).unwrap();
        prop_assert_eq!(Registry::from_facts(serde_json::from_str(&facts).unwrap()).unwrap(), registry);
    }
}
