//! What holds of any history: a refusal has a citation, a missing fact never permits, a replay gives the same registry.

use crate::world::*;
use lhtt_core::journal::{Clear, Entry, Head, Personal, read_snapshot, replay, replay_with, resume, snapshot, verify};
use lhtt_core::registry::Session;
use lhtt_core::request::{Accept, Actor, Called, End, Join, Leave, LeaveReason, Override, Party, Reject, Role};
use lhtt_core::submission::{Classification, Invitee, Member, Path, Submission, Urgency};
use lhtt_core::time::Wall;
use lhtt_core::{Change, Decision, JoinId, Outcome, RegistrationId, Registry, Request, SessionId, decide};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

fn party() -> impl Strategy<Value = Party> {
    let sites = select(vec!["so-y-te", "da-lat", "duc-trong", "bao-loc", "don-duong", "nowhere"]).prop_map(at_site);
    let peers = select(vec!["chinh-phu", "quoc-hoi", "hanoi"]).prop_map(at_peer);
    prop_oneof![6 => sites, 4 => peers, 1 => Just(Party::Stranger), 1 => Just(Party::Mcu)]
}

fn actor_of_any_role() -> impl Strategy<Value = Actor> {
    let roles = vec![Role::TechnicalOperator, Role::TechnicalOperator, Role::ManagingAuthority, Role::SiteOperator];
    select(roles).prop_map(|role| actor("Lê Văn An", role))
}

/// A registration that lacks some things, most often nothing.
fn any_submission() -> impl Strategy<Value = Submission> {
    let invitees = prop::collection::vec(
        (party().prop_filter_map("on a list", |party| party.member()), prop::option::of(0..4u16)),
        0..4,
    );
    (invitees, 0..40u32, prop::option::of(1..6i64), 0..24u8, select(vec!["1001", "1002"]), any::<bool>()).prop_map(
        |(members, hour, length, flaw, alias, wish)| {
            let start = at("2023-06-14T00:00").hours_after(hour);
            let mut submission = Submission {
                members: members.into_iter().map(|(member, legs)| Invitee { member, legs }).collect(),
                start: Some(start),
                end: length.map(|hours| start.plus_seconds(hours * 3_600)),
                alias: wish.then(|| alias.to_owned()),
                ..submission()
            };
            match flaw {
                0 => submission.start = None,
                1 => submission.agency = None,
                2 => submission.chair_site = None,
                3 => submission.content = None,
                4 => submission.contact = None,
                5 => submission.sent_from = String::new(),
                6 => submission.sent_to = String::new(),
                7 => submission.classification = Classification::Mat,
                8 => submission.path = Path::Notify,
                9..=12 => submission.urgency = Urgency::Urgent("lũ quét".to_owned()),
                _ => {}
            }
            submission
        },
    )
}

fn request() -> impl Strategy<Value = Request> {
    let alias = || select(vec!["1001", "1002", "1003", "x"]).prop_map(str::to_owned);
    let called = prop_oneof![
        4 => alias().prop_map(Called::Alias),
        1 => (prop::option::of(alias()), party()).prop_map(|(calling, to)| Called::DialOut { calling, to }),
    ];
    let join = (0..12u64, party(), called)
        .prop_map(|(join, party, called)| Request::Join(Join::new(JoinId(join), party, called)));
    let leave =
        (0..12u64).prop_map(|join| Request::Leave(Leave { join: JoinId(join), reason: LeaveReason::new("hang_up") }));
    let accept = (1..5u64, actor_of_any_role(), alias()).prop_map(|(id, actor, alias)| {
        Request::Accept(Accept { registration: RegistrationId(id), actor, alias, room: None })
    });
    let reject = (1..5u64, actor_of_any_role()).prop_map(|(id, actor)| {
        Request::Reject(Reject { registration: RegistrationId(id), actor, reason: "trùng giờ".to_owned() })
    });
    let waive = (1..5u64, actor_of_any_role()).prop_map(|(id, actor)| {
        Request::Override(Override { registration: RegistrationId(id), actor, reason: "lũ quét".to_owned() })
    });
    let end =
        (1..4u64, actor_of_any_role()).prop_map(|(id, actor)| Request::End(End { session: SessionId(id), actor }));
    prop_oneof![
        3 => any_submission().prop_map(|submission| Request::Submit(Box::new(submission))),
        4 => accept,
        1 => reject,
        1 => waive,
        10 => join,
        4 => leave,
        1 => end,
    ]
}

/// Requests with the time that passes before each, and whether the clock is trusted then.
fn history() -> impl Strategy<Value = Vec<(Request, i64, bool)>> {
    prop::collection::vec((request(), 0..3_600_000i64, prop::bool::weighted(0.95)), 1..60)
}

/// A world in which the usual session stands, and then anything happens.
fn run(
    history: Vec<(Request, i64, bool)>,
    mut each: impl FnMut(&Registry, &Request, &Decision),
) -> (Registry, Vec<String>, Vec<Personal>) {
    let world = World::new();
    let mut registry = Registry::default();
    let (mut head, mut lines, mut personal) = (Head::default(), Vec::new(), Vec::new());
    let mut now = wall("2023-06-13T08:00");
    let first = [
        (Request::Configure(Box::new(world.configuration)), 0, true),
        (Request::Submit(Box::new(submission())), 0, true),
        (
            Request::Accept(Accept {
                registration: RegistrationId(1),
                actor: operator(),
                alias: "1001".to_owned(),
                room: None,
            }),
            0,
            true,
        ),
    ];
    for (request, passed, trusted) in first.into_iter().chain(history) {
        now = Wall { unix_millis: now.unix_millis + passed, trusted };
        let decision = decide(&registry, &request, now);
        each(&registry, &request, &decision);
        registry.apply_all(&decision.changes).expect("a decision never contradicts the facts it was made from");
        let secret: [u8; 32] = std::array::from_fn(|_| lines.len() as u8);
        let entry = Entry::seal_apart(&head, now, &request, decision, &secret);
        head = entry.head();
        personal.extend_from_slice(entry.personal());
        lines.push(entry.to_line().to_owned());
    }
    (registry, lines, personal)
}

/// The worst finding decides, findings are sorted, each cites something, and only what is permitted opens anything.
fn well_formed(decision: &Decision) {
    let worst = decision.findings.iter().map(|finding| finding.outcome).min().unwrap_or(Outcome::Permit);
    assert_eq!(decision.outcome, worst);
    assert!(decision.findings.is_sorted());
    for finding in &decision.findings {
        assert!(!finding.citations.is_empty() && !finding.observed.vi.is_empty() && !finding.observed.en.is_empty());
        assert!(!finding.required.vi.is_empty() && !finding.required.en.is_empty(), "{}", finding.rule);
        assert_eq!(finding.overridable_by.is_some(), finding.outcome == Outcome::NeedsOverride);
    }
    if decision.is_permit() {
        return;
    }
    assert!(!decision.citations().is_empty() && !decision.ascii().is_empty());
    assert!(decision.changes.iter().all(|change| matches!(change, Change::Registered(_))), "{decision:?}");
}

/// I6: no seat has more legs than it may, and each counts the joins that are open.
fn slots_hold(session: &Session, registry: &Registry) {
    for seat in &session.seats {
        let open = registry.joins().filter(|join| join.session == session.id && join.member == seat.member).count();
        assert_eq!(open, usize::from(seat.taken));
        assert!(seat.taken <= seat.legs);
    }
}

/// The same histories in every run.
fn seeded() -> ProptestConfig {
    ProptestConfig {
        cases: 300,
        rng_seed: RngSeed::Fixed(1095),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(seeded())]

    #[test]
    fn any_history_is_decided_well_and_replays_to_the_same_registry(history in history()) {
        let (registry, lines, personal) = run(history, |before, request, decision| {
            well_formed(decision);
            assert_eq!(&decide(before, request, decision.at), decision, "pure");
        });
        registry.sessions().for_each(|session| slots_hold(session, &registry));
        let (replayed, head) = replay_with(&lines, &Clear::new(personal).unwrap()).unwrap();
        prop_assert_eq!(&replayed, &registry);
        prop_assert_eq!(verify(&lines), Ok(head));
        prop_assert_eq!(&Registry::from_facts(registry.facts()).unwrap(), &registry, "facts make the registry");
        let snapshot: Registry = serde_json::from_str(&serde_json::to_string(&registry).unwrap()).unwrap();
        prop_assert_eq!(snapshot, registry);
    }

    /// An audit that decides again on the replayed registry gets the same bytes.
    #[test]
    fn a_decision_replayed_is_the_same_to_the_octet(history in history()) {
        let (_, lines, personal) = run(history, |_, _, _| {});
        let clear = Clear::new(personal).unwrap();
        let mut registry = Registry::default();
        for line in &lines {
            let entry = Entry::from_line_with(line, &clear).unwrap();
            // Of a secret session the journal keeps no content, so there is nothing to decide again.
            let secret = matches!(entry.request(), Request::Submit(submission) if !submission.classification.is_open());
            if !secret {
                let again = serde_json::to_string(&entry.decided_again(&registry)).unwrap();
                prop_assert_eq!(again, serde_json::to_string(entry.decision()).unwrap());
            }
            registry.apply_all(&entry.decision().changes).unwrap();
        }
    }

    /// A restart from a snapshot anywhere gives what a whole replay gives, also once everything personal is erased.
    #[test]
    fn a_snapshot_and_its_tail_are_the_whole(history in history(), at in any::<prop::sample::Index>()) {
        let (registry, lines, personal) = run(history, |_, _, _| {});
        let (cut, clear) = (at.index(lines.len()), Clear::new(personal).unwrap());
        let (early, head) = replay_with(&lines[..cut], &clear).unwrap();
        let line = |seq: u64| lines.get(usize::try_from(seq).unwrap().wrapping_sub(1)).cloned();
        if cut > 0 {
            let read = read_snapshot(&snapshot(&early, &head).unwrap(), line).unwrap();
            prop_assert_eq!(resume(read, &lines[cut..], &clear).unwrap().0, registry);
        }
        prop_assert!(replay_with(&lines, &Clear::default()).is_ok() && replay(&lines).is_ok());
    }

    /// Take any one fact away from a world in which a call is permitted, and it is refused.
    #[test]
    fn a_missing_fact_never_permits(which in 0..7usize, member in select(vec![at_site("da-lat"), at_peer("chinh-phu")])) {
        let mut world = World::new();
        let session = world.session();
        let request = call(1, member.clone(), "1001");
        prop_assert!(decide(&world.registry, &request, wall("2023-06-15T08:30")).is_permit());
        let mut configuration = world.configuration.clone();
        let (request, when) = match which {
            0 => {
                configuration.peers.clear();
                configuration.sites.clear();
                (request, "2023-06-15T08:30")
            }
            1 => {
                configuration.sites.iter_mut().for_each(|site| site.admitted = false);
                configuration.peers.retain(|peer| peer.id.as_str() != "chinh-phu");
                (request, "2023-06-15T08:30")
            }
            2 => (call(1, Party::Stranger, "1001"), "2023-06-15T08:30"),
            3 => (call(1, member, ""), "2023-06-15T08:30"),
            4 => (request, "2023-06-15T07:00"),
            5 => (request, "2023-06-04T08:30"),
            _ => {
                world.ask(end(session), "2023-06-15T08:20");
                (request, "2023-06-15T08:30")
            }
        };
        world.ask(Request::Configure(Box::new(configuration)), "2023-06-15T08:25");
        prop_assert!(!decide(&world.registry, &request, wall(when)).is_permit());
    }

    /// Nothing is permitted from an empty registry, but to leave it as it is.
    #[test]
    fn nothing_is_permitted_from_no_facts(request in request(), millis in any::<i64>(), trusted in any::<bool>()) {
        let decision = decide(&Registry::default(), &request, Wall { unix_millis: millis, trusted });
        prop_assert!(!decision.is_permit());
        well_formed(&decision);
    }

    /// A change is applied whole or not at all.
    #[test]
    fn a_contradiction_changes_nothing(history in history(), at in any::<prop::sample::Index>()) {
        let (registry, lines, _) = run(history, |_, _, _| {});
        let line = &lines[at.index(lines.len())];
        for change in &Entry::from_line(line).unwrap().decision().changes {
            let mut tried = registry.clone();
            if tried.apply(change).is_err() {
                prop_assert_eq!(&tried, &registry);
            }
        }
    }

    #[test]
    fn a_request_reads_back_from_json(request in request()) {
        let text = serde_json::to_string(&request).unwrap();
        prop_assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), request);
    }
}

#[test]
fn a_list_names_either_a_site_or_a_peer() {
    let read = serde_json::from_str::<Invitee>;
    assert_eq!(read(r#"{"site": "da-lat"}"#).unwrap().member, Member::Site("da-lat".into()));
    assert_eq!(read(r#"{"peer": "vnpt", "legs": 4}"#).unwrap().legs, Some(4));
    for bad in ["{}", r#"{"site": "a", "peer": "b"}"#, r#"{"legs": 1}"#, r#"{"site": "a", "leg": 1}"#] {
        assert!(read(bad).is_err(), "{bad}");
    }
}
