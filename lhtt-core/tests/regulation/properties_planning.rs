//! What holds of any history before sessions: what is refused changes nothing, an amendment that awaits its answer leaves its
//! session as it was, slots are counted right, and a replay gives the same registry.

use crate::world::*;
use lhtt_core::actor::{Actor, Role};
use lhtt_core::journal::{Entry, Head, replay};
use lhtt_core::registry::Channel;
use lhtt_core::request::{Accept, Amend, AnswerGiven, Cancel, CheckReply, Convene, Override, PlanningAct, Reject};
use lhtt_core::submission::{Classification, Invitee};
use lhtt_core::time::Wall;
use lhtt_core::{Outcome, RegistrationId, Registry, Request, decide};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

fn invitee() -> impl Strategy<Value = Invitee> {
    let sites = select(vec!["so-y-te", "da-lat", "duc-trong", "bao-loc", "so-noi-vu"]).prop_map(site);
    let peers = (select(vec!["chinh-phu", "quoc-hoi"]), prop::option::of(1..4u16))
        .prop_map(|(id, legs)| Invitee { legs, ..peer(id) });
    prop_oneof![2 => sites, 1 => peers]
}

fn actor_of_any() -> impl Strategy<Value = Actor> {
    select(vec![
        Actor { site: Some("so-y-te".into()), ..actor("Trần Thị Lan", Role::SiteOperator) },
        Actor { site: Some("so-y-te".into()), ..actor("Trần Thị Lan", Role::SiteOperator) },
        Actor { site: Some("da-lat".into()), ..actor("Lê Văn An", Role::SiteOperator) },
        actor("Phạm Hùng", Role::ManagingAuthority),
        operator(),
        operator(),
    ])
}

fn changes() -> impl Strategy<Value = Value> {
    let time = |hour: u32| json!(at("2023-06-14T00:00").hours_after(hour));
    prop_oneof![
        Just(json!({})),
        (0..48u32).prop_map(move |hour| json!({ "start": time(hour) })),
        (0..48u32).prop_map(move |hour| json!({ "end": time(hour) })),
        Just(json!({ "contact": { "name": "Lan", "phone": "1" } })),
        Just(json!({ "contact": null })),
        Just(json!({ "urgency": { "urgent": "lũ quét" } })),
        Just(json!({ "agency": "so-noi-vu" })),
        Just(json!({ "chair_site": "da-lat" })),
    ]
}

fn request() -> impl Strategy<Value = Request> {
    let plan = |act| Request::Planning(Box::new(act));
    let id = || (1..4u64).prop_map(RegistrationId);
    let list = || prop::collection::vec(invitee(), 0..2);
    let amend = (id(), actor_of_any(), changes(), list(), list()).prop_map(
        move |(registration, actor, changes, add, remove)| {
            let changes = serde_json::from_value(changes).unwrap();
            let (sent_from, sent_to, receipt) = (None, None, None);
            plan(PlanningAct::Amend(Amend { registration, actor, sent_from, sent_to, receipt, changes, add, remove }))
        },
    );
    let cancel = (id(), actor_of_any()).prop_map(move |(registration, actor)| {
        plan(PlanningAct::Cancel(Cancel { registration, actor, reason: "hoãn".to_owned() }))
    });
    let channel = select(vec![Channel::OfficialMail, Channel::Telephone]);
    let answer = (id(), prop::option::of(1..4u32), actor_of_any(), channel).prop_map(
        move |(registration, revision, actor, by)| {
            plan(PlanningAct::Answer(AnswerGiven { registration, revision, actor, by }))
        },
    );
    let check = id().prop_map(move |registration| plan(PlanningAct::CheckReply(CheckReply { registration })));
    let convene = (list(), 0..48u32, actor_of_any(), select(vec!["3001", "1001"])).prop_map(
        move |(members, hour, actor, alias)| {
            plan(PlanningAct::Convene(Convene {
                peer: "chinh-phu".into(),
                actor,
                convener: "Văn phòng Chính phủ".to_owned(),
                reference: "4321/VPCP-TH".to_owned(),
                site: "ubnd-tinh".into(),
                members,
                start: at("2023-06-14T00:00").hours_after(hour),
                end: None,
                alias: alias.to_owned(),
                room: None,
                classification: Classification::Open,
            }))
        },
    );
    let accept = (id(), actor_of_any(), select(vec!["1001", "1002"])).prop_map(|(registration, actor, alias)| {
        Request::Accept(Accept { registration, actor, alias: alias.to_owned(), room: None })
    });
    let reject = (id(), actor_of_any())
        .prop_map(|(registration, actor)| Request::Reject(Reject { registration, actor, reason: "trùng".to_owned() }));
    let waive = (id(), actor_of_any()).prop_map(|(registration, actor)| {
        Request::Override(Override { registration, actor, reason: "lũ".to_owned() })
    });
    let submit = (any::<bool>(), 24..48u32).prop_map(|(complete, hour)| {
        let mut submission = submission();
        submission.start = Some(at("2023-06-14T00:00").hours_after(hour));
        submission.end = None;
        submission.contact = submission.contact.filter(|_| complete);
        Request::Submit(Box::new(submission))
    });
    let join = (0..9u64, invitee()).prop_map(|(join, invitee)| match invitee.member {
        lhtt_core::submission::Member::Site(id) => call(join, at_site(id.as_str()), "1001"),
        lhtt_core::submission::Member::Peer(id) => call(join, at_peer(id.as_str()), "1001"),
    });
    prop_oneof![
        8 => amend, 1 => cancel, 1 => answer, 1 => check, 1 => convene, 4 => accept, 1 => reject, 1 => waive, 2 => submit,
        4 => join, 1 => (0..9u64).prop_map(leave),
    ]
}

const HOUR: i64 = 3_600_000;

fn holds(registry: &Registry) {
    for session in registry.sessions() {
        assert!(session.start < session.end && session.seats.is_sorted_by(|one, other| one.member < other.member));
        for seat in &session.seats {
            let open = registry.joins().filter(|join| join.session == session.id && join.member == seat.member).count();
            assert_eq!(open, usize::from(seat.taken));
            assert!(seat.taken <= seat.legs);
        }
        let of = registry.registration(session.registration).unwrap();
        assert!(session.cancelled || of.session() == Some(session.id));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, rng_seed: RngSeed::Fixed(1095), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_refused_changes_nothing_and_histories_replay(
        // From the day before, from the evening before, or from half an hour before the session, which lasts two hours.
        (later, pace) in select(vec![(0, 5_400_000i64), (36 * HOUR, 3_600_000), (95 * HOUR / 2, 120_000)]),
        history in prop::collection::vec((request(), 0..1_000i64, prop::bool::weighted(0.95)), 1..40),
    ) {
        let mut registry = Registry::default();
        let (mut head, mut lines, mut now) = (Head::default(), Vec::new(), wall("2023-06-13T08:00"));
        let accept = Accept { registration: RegistrationId(1), actor: operator(), alias: "1001".to_owned(), room: None };
        let first = [
            Request::Configure(Box::new(World::new().configuration)),
            Request::Submit(Box::new(submission())),
            Request::Accept(accept),
        ];
        let first = first.into_iter().map(|one| (one, 0, true));
        let wait = [(Request::Planning(Box::new(PlanningAct::CheckReply(CheckReply { registration: RegistrationId(1) }))), later, true)];
        let history = history.into_iter().map(|(request, part, trusted)| (request, part * pace / 1_000, trusted));
        for (request, passed, trusted) in first.chain(wait).chain(history) {
            now = Wall { unix_millis: now.unix_millis + passed, trusted };
            let decision = decide(&registry, &request, now);
            prop_assert_eq!(&decide(&registry, &request, now), &decision, "pure");
            let before = registry.clone();
            prop_assert!(registry.apply_all(&decision.changes).is_ok(), "{request:?} {decision:?}");
            prop_assert!(grounded(&decision), "{request:?}");
            if !decision.is_permit() {
                prop_assert!(before.sessions().eq(registry.sessions()), "a session goes on as it was");
                let kept = matches!(request, Request::Submit(_)) || decision.outcome != Outcome::Deny;
                prop_assert!(kept || before == registry, "{}", decision.render_en());
            }
            holds(&registry);
            let entry = Entry::seal(&head, now, &request, decision);
            head = entry.head();
            lines.push(entry.to_line().to_owned());
        }
        let (replayed, _) = replay(&lines).unwrap();
        prop_assert_eq!(&replayed, &registry);
    }
}
