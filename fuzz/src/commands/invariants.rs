//! What holds after every command: slots (I6), one chair site, one holder of control, quotas, attendance, floors.

use lhtt_core::registry::floor::{FloorKind, FloorState};
use lhtt_core::registry::{Episode, Session};
use lhtt_core::submission::Member;
use lhtt_core::time::Wall;
use lhtt_core::{Moment, Query, Registry, Request};
use serde_json::{Value, json};

pub(super) fn hold(before: &Registry, now: &Registry, request: &Request, at: Wall) {
    for session in now.sessions() {
        assert!(session.end > session.start);
        slots(now, session);
        let chairs = session.seats.iter().filter(|seat| seat.member == Member::Site(session.chair_site.clone()));
        assert_eq!(chairs.count(), 1, "one chair site: {request:?}");
        attendance(before, now, session, request);
        control(now, session, at.into(), request);
        floors(now, session, request);
    }
    quotas(before, now, request, at);
}

/// Each seat counts the legs that are in, and has no more than it may.
fn slots(registry: &Registry, session: &Session) {
    for seat in &session.seats {
        let inside = registry.joins().filter(|join| join.session == session.id && join.member == seat.member).count();
        assert_eq!(usize::from(seat.taken), inside);
        assert!(seat.taken <= seat.legs);
    }
}

/// No two stays of a site overlap; what was recorded stays as it is.
fn attendance(before: &Registry, now: &Registry, session: &Session, request: &Request) {
    let Some(course) = now.conduct().course(session.id) else { return };
    let earlier = before.conduct().course(session.id);
    for (site, attendance) in &course.attendance {
        let episodes = &attendance.episodes;
        let pairs = episodes.windows(2).all(|pair| pair[0].until.is_some_and(|until| until <= pair[1].from));
        let each = episodes.iter().all(|one| one.until.is_none_or(|until| one.from <= until));
        assert!(pairs && each, "{site}: {episodes:?}: {request:?}");
        let kept = earlier.and_then(|course| course.attendance.get(site)).map_or(&[][..], |one| &one.episodes[..]);
        let same = |one: &Episode, other: &Episode| one == other || one.until.is_none() && one.from == other.from;
        assert!(
            kept.len() <= episodes.len() && kept.iter().zip(episodes).all(|(one, other)| same(one, other)),
            "{request:?}"
        );
    }
}

/// Whoever controls is of the chairing agency, of a level that may, under a grant in force.
fn control(registry: &Registry, session: &Session, at: Moment, request: &Request) {
    let Some(holder) = registry.control_holder(session.id, at) else { return };
    assert_eq!(registry.control_state(session.id, at).holder(), Some(holder), "one holder: {request:?}");
    let site = registry.site(holder).expect("a holder is a site");
    let agency = registry.organization(&site.organization).expect("a site has an agency");
    let eligible = &registry.profile_at(session.start).control.eligible_tiers;
    assert!(agency.tier.is_some_and(|tier| eligible.contains(&tier)), "{request:?}");
    let mut grants = registry.floor().grants.values().filter(|grant| grant.covers(site, agency));
    assert!(grants.any(|grant| grant.in_force(at)), "{request:?}");
}

/// As many speak at once as may, one shows.
fn floors(registry: &Registry, session: &Session, request: &Request) {
    let Some(floor) = registry.floor().session(session.id) else { return };
    for (kind, most) in [(FloorKind::Speech, usize::from(registry.profile().floor.speakers)), (FloorKind::Content, 1)] {
        let granted = floor.requests.values().filter(|one| one.floor == kind && one.state == FloorState::Granted);
        assert!(granted.count() <= most, "{kind:?}: {request:?}");
    }
}

/// Nobody gets more sites than Điều 7 allots, but by an override or a configuration that states them.
fn quotas(before: &Registry, now: &Registry, request: &Request, at: Wall) {
    let text = serde_json::to_string(request).expect("a request serialises");
    if matches!(request, Request::Configure(_)) || text.starts_with(r#"{"estate":{"override""#) {
        return;
    }
    for organization in now.organizations() {
        let query: Query = serde_json::from_value(json!({"estate": {"quota": {"organization": organization.id}}}))
            .expect("the query is well formed");
        let (one, other) = (query.answer(before, at), query.answer(now, at));
        let used = |value: &Value| value["used"].as_u64();
        if let (Some(allowed), Some(held)) = (other["allowed"].as_u64(), used(&other)) {
            assert!(held <= allowed || used(&one).is_some_and(|earlier| held <= earlier), "{other}: {request:?}");
        }
    }
}
