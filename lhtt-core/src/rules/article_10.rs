//! Điều 10: who may control a session, with Điều 5 khoản 6 (control is delegated) and Điều 3 khoản 6 and 7 (the chair site
//! controls, members are under its direction). [`grant`] holds the managing authority's grants.

pub(crate) mod grant;

use crate::citation::Citation;
use crate::civil::Moment;
use crate::decision::Outcome;
use crate::finding::{DutyHolder, Finding};
use crate::ids::SiteId;
use crate::registry::estate::{Condition, RoomChecklist};
use crate::registry::floor::{AffiliatedControl, ControlMode, ControlState};
use crate::registry::{Organization, OrganizationKind, Profile, Registry, Session, Tier};
use crate::request::{Actor, Role};
use crate::rules::article_03::{CLAUSE_6, CLAUSE_7};
use crate::rules::{article_03, article_06, article_09, role};

pub(crate) const CLAUSE_1: Citation = Citation::article(10).clause(1);
const CLAUSE_2: Citation = Citation::article(10).clause(2);
pub(crate) const CLAUSE_5_6: Citation = Citation::article(5).clause(6);

fn of_eligible_tier(profile: &Profile, organization: &Organization) -> bool {
    organization.tier.is_some_and(|tier| profile.control.eligible_tiers.contains(&tier))
}

/// Whether sites of this agency may hold control at all.
pub(crate) fn eligible(profile: &Profile, organization: &Organization) -> bool {
    of_eligible_tier(profile, organization)
        && (!is_affiliated(organization) || profile.control.affiliated == AffiliatedControl::Allow)
}

/// Whether this site may hold control at all; one that is not known may not.
pub(crate) fn may_hold(registry: &Registry, site: &SiteId, at: impl Into<Moment>) -> bool {
    agency(registry, site).is_some_and(|agency| eligible(registry.profile_at(at.into()), agency))
}

/// By which reading the level of this site keeps it from control: a unit under a department, a commune.
pub(crate) fn level_reading(registry: &Registry, site: Option<&SiteId>, at: Moment) -> u16 {
    match site.and_then(|site| affiliated(registry, site, at)) {
        Some(_) => 4,
        None => 7,
    }
}

/// By which reading a profile lets a level hold control that the text does not name.
pub(crate) fn allowing(agency: Option<&Organization>, tier: Option<Tier>) -> &'static [u16] {
    match (agency, tier.or(agency.and_then(|agency| agency.tier))) {
        (Some(agency), _) if is_affiliated(agency) => &[4],
        (_, Some(Tier::Commune)) => &[7],
        _ => &[],
    }
}

/// Whether it is a unit under a department (Điều 3 khoản 2 điểm b).
fn is_affiliated(organization: &Organization) -> bool {
    organization.kind == OrganizationKind::AffiliatedUnit
}

pub(crate) fn agency<'a>(registry: &'a Registry, site: &SiteId) -> Option<&'a Organization> {
    registry.organization(&registry.site(site)?.organization)
}

fn name<'a>(registry: &'a Registry, site: &'a SiteId) -> &'a str {
    registry.site(site).map_or(site.as_str(), |one| &one.name)
}

/// Khoản 1: province and district sites. A commune never, whatever anybody approves.
pub(crate) fn tier(registry: &Registry, site: &SiteId, at: impl Into<Moment>) -> Option<Finding> {
    let agency = agency(registry, site);
    if agency.is_some_and(|agency| of_eligible_tier(registry.profile_at(at.into()), agency)) {
        return None;
    }
    let name = name(registry, site);
    if agency.is_some_and(|agency| agency.tier.is_none()) {
        let finding = Finding::missing("10.1/tier", &[CLAUSE_1])
            .observed(format!("không rõ “{name}” thuộc cấp nào"), format!("the level of `{name}` is not known"));
        return Some(the_centre_operates(finding));
    }
    let finding = Finding::violation("10.1/tier", &[CLAUSE_1])
        .observed(
            format!("“{name}” không thuộc cấp được cấp quyền điều khiển"),
            format!("`{name}` is of no level that may hold control"),
        )
        .reading(7);
    Some(the_centre_operates(finding))
}

/// Khoản 1: it names districts, not the units under a department.
pub(crate) fn affiliated(registry: &Registry, site: &SiteId, at: impl Into<Moment>) -> Option<Finding> {
    let agency = agency(registry, site)?;
    if !is_affiliated(agency) || registry.profile_at(at.into()).control.affiliated == AffiliatedControl::Allow {
        return None;
    }
    let finding = Finding::violation("10.1/affiliated", &[CLAUSE_1])
        .observed(
            format!("“{}” là đơn vị trực thuộc sở, ban, ngành", agency.name),
            format!("`{}` is a unit under a department", agency.name),
        )
        .reading(4);
    Some(the_centre_operates(finding))
}

/// Khoản 1: whose level holds no control has the Centre operate the session for it.
fn the_centre_operates(finding: Finding) -> Finding {
    finding
        .required("điểm cầu cấp tỉnh, cấp huyện", "a site of the province or a district")
        .remedy(
            "Trung tâm điều khiển phiên họp theo yêu cầu của điểm cầu chủ trì",
            "the Centre operates the session as its chair asks",
        )
        .duty_of(DutyHolder::Chair)
}

/// Điều 9: control is of a site of the system, neither suspended nor withdrawn, nor still to be admitted.
pub(crate) fn in_system(registry: &Registry, site: &SiteId, at: Moment) -> Option<Finding> {
    registry.site(site)?;
    article_09::site_admitted(registry, site, at.date()).map(|finding| finding.reading(5))
}

/// Khoản 2: the room of whoever controls meets Điều 6 khoản 1 to 5; what is not checked is not met.
pub(crate) fn room(registry: &Registry, site: &SiteId, at: Moment) -> impl Iterator<Item = Finding> {
    let unchecked = RoomChecklist::default();
    let room = registry.estate().site(site).map_or(unchecked, |record| record.room.clone());
    Condition::ALL.into_iter().filter_map(move |one| article_06::room::condition(&room, one, CLAUSE_2, at.date()))
}

/// Khoản 2, A-35: the site was assessed, and not longer ago than the profile lets an assessment be.
pub(crate) fn assessed(registry: &Registry, site: &SiteId, at: Moment) -> Option<Finding> {
    // One of a day to come has not been made.
    let made = |one: &&crate::registry::estate::Assessment| one.date <= at.date();
    let assessment = registry.estate().site(site).and_then(|record| record.assessment.as_ref()).filter(made);
    let rule = registry.profile_at(at).assessment;
    match (assessment, rule.validity_days) {
        (None, Some(days)) if registry.site(site).is_some() => Some(unassessed(registry, site, days)),
        _ => article_09::assessment_current(assessment, rule, at.date(), CLAUSE_2),
    }
}

/// Where an assessment has a term, one must be there.
fn unassessed(registry: &Registry, site: &SiteId, days: u32) -> Finding {
    Finding::missing("9/assessment-current", &[CLAUSE_2])
        .observed(
            format!("điểm cầu “{}” chưa được đánh giá", name(registry, site)),
            format!("the site `{}` has no assessment", name(registry, site)),
        )
        .required(format!("đánh giá không quá {days} ngày"), format!("an assessment of at most {days} days"))
        .remedy("đánh giá điểm cầu", "have the site assessed")
        .duty_of(DutyHolder::ManagingAuthority)
        .reading(35)
}

/// Điều 3 khoản 11: whoever runs a site acts for that site.
pub(crate) fn own_site(registry: &Registry, actor: &Actor, site: &SiteId) -> Option<Finding> {
    if actor.role == Role::SiteOperator && actor.site.as_ref() == Some(site) {
        return None;
    }
    let finding = Finding::violation("3.11/own-site", &[Citation::article(3).clause(11)])
        .observed(
            format!("{} hành động cho “{}”", actor.name, name(registry, site)),
            format!("{} acts for `{}`", actor.name, name(registry, site)),
        )
        .required("cán bộ quản lý, vận hành của chính điểm cầu đó", "the operator of that very site")
        .remedy("người của điểm cầu đó thực hiện", "let somebody of that site do it")
        .reading(43)
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điều 3 khoản 6 and 7: the chair site controls, members are under its direction.
pub(crate) fn chair_controls(registry: &Registry, session: &Session, site: &SiteId) -> Option<Finding> {
    if *site == session.chair_site {
        return None;
    }
    let finding = Finding::violation("3.6/chair-controls", &[CLAUSE_6, CLAUSE_7])
        .observed(
            format!("“{}” là điểm cầu thành phần", name(registry, site)),
            format!("`{}` is a member site", name(registry, site)),
        )
        .required(
            format!("điểm cầu chủ trì “{}”", name(registry, &session.chair_site)),
            format!("the chair site, `{}`", name(registry, &session.chair_site)),
        )
        .remedy("đề nghị điểm cầu chủ trì thực hiện", "ask the chair site to do it")
        .reading(43)
        .reading(44)
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điều 3 khoản 6 and 7: control has one holder at a time. To whom it falls without a word may have it put on record.
pub(crate) fn one_holder(registry: &Registry, session: &Session, site: &SiteId, at: Moment) -> Option<Finding> {
    let delegated = registry.floor().delegated(session.id);
    let holder = delegated.or_else(|| by_rule(registry, session, at).filter(|holder| *holder != site))?;
    let finding = Finding::violation("3.6/one-holder", &[CLAUSE_6, CLAUSE_7])
        .observed(
            format!("“{}” đang giữ quyền điều khiển", name(registry, holder)),
            format!("`{}` holds control", name(registry, holder)),
        )
        .required("mỗi lúc một điểm cầu điều khiển", "one holder at a time")
        .remedy("chờ quyền điều khiển được trả lại hoặc thu hồi", "wait until control is given or taken back")
        .reading(44)
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Điều 5 khoản 6: only whoever holds control gives it back or commands.
pub(crate) fn holds(registry: &Registry, session: &Session, site: Option<&SiteId>, at: Moment) -> Option<Finding> {
    if site.is_some() && registry.control_holder(session.id, at) == site {
        return None;
    }
    let decided = registry.floor().control(session.id);
    let handed =
        decided.map_or(Some(&session.chair_site), |state| state.holder()).filter(|holder| Some(*holder) == site);
    if let Some(out) = handed.and_then(|site| in_system(registry, site, at)) {
        return Some(out);
    }
    let who = site.map_or("?", |site| name(registry, site));
    let finding = Finding::violation("5.6/holds-control", &[CLAUSE_5_6])
        .observed(
            format!("“{who}” không giữ quyền điều khiển phiên họp số {}", session.alias),
            format!("`{who}` does not hold control of session {}", session.alias),
        )
        .required("điểm cầu đang giữ quyền điều khiển", "the site that holds control")
        .remedy(
            "đề nghị bàn giao quyền điều khiển, hoặc cán bộ kỹ thuật điều khiển MCU thực hiện",
            "ask for control, or ask the MCU operator to carry it out",
        )
        .reading(31)
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Điều 5 khoản 6: what is taken or given back is held by somebody.
pub(crate) fn held(registry: &Registry, session: &Session, at: Moment) -> Option<Finding> {
    if registry.control_state(session.id, at).holder().is_some() {
        return None;
    }
    let finding = Finding::violation("5.6/held", &[CLAUSE_5_6])
        .observed(
            format!("Trung tâm đang điều khiển phiên họp số {}", session.alias),
            format!("the Centre operates session {}", session.alias),
        )
        .required("quyền điều khiển đang được giao cho một điểm cầu", "control that a site holds")
        .remedy("bàn giao quyền điều khiển trước", "hand control over first");
    Some(finding)
}

/// Điều 3 khoản 6: when the chair site is lost, control stays with the agency that chairs.
pub(crate) fn same_agency(registry: &Registry, session: &Session, site: &SiteId) -> Option<Finding> {
    if agency(registry, site).is_some_and(|agency| agency.id == session.agency) {
        return None;
    }
    let finding = not_that_site("3.6/same-agency").observed(
        format!("“{}” không thuộc cơ quan chủ trì", name(registry, site)),
        format!("`{}` is not of the chairing agency", name(registry, site)),
    );
    Some(finding)
}

/// Điều 3 khoản 6: control that a lost site had goes to another site.
pub(crate) fn another_site(registry: &Registry, session: &Session, site: &SiteId, at: Moment) -> Option<Finding> {
    if registry.control_holder(session.id, at).unwrap_or(&session.chair_site) != site {
        return None;
    }
    let finding = not_that_site("3.6/another-site").observed(
        format!("“{}” chính là điểm cầu mất kết nối", name(registry, site)),
        format!("`{}` is the very site that was lost", name(registry, site)),
    );
    Some(finding)
}

/// A site that the control of a lost chair does not go to, and where it goes instead.
fn not_that_site(rule: &'static str) -> Finding {
    Finding::violation(rule, &[CLAUSE_6])
        .required("điểm cầu khác của cùng cơ quan, hoặc Trung tâm", "another site of the same agency, or the Centre")
        .remedy("để Trung tâm điều khiển", "let the Centre operate the session")
        .duty_of(DutyHolder::Chair)
}

/// Điều 3 khoản 6: a chair that comes back within the grace keeps control.
pub(crate) fn chair_grace(registry: &Registry, since: Moment, at: Moment) -> Option<Finding> {
    let grace_s = registry.profile_at(at).control.chair_grace_s;
    let due = since.plus_seconds(i64::from(grace_s));
    if at > due {
        return None;
    }
    let finding = Finding::violation("3.6/chair-grace", &[CLAUSE_6])
        .observed(
            format!("điểm cầu chủ trì mất kết nối từ {}", since.vi()),
            format!("the chair site is lost since {since}"),
        )
        .required(format!("mất kết nối quá {grace_s} giây"), format!("a loss of more than {grace_s} seconds"))
        .remedy(format!("chờ đến sau {}", due.vi()), format!("wait until after {due}"))
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}

/// How a session is run: whether its chair may hold control.
pub(crate) fn mode(registry: &Registry, session: &Session, at: impl Into<Moment>) -> ControlMode {
    match may_hold(registry, &session.chair_site, at) {
        true => ControlMode::Delegable,
        false => ControlMode::CentreOperated,
    }
}

/// Khoản 1: a chair that may not hold control chairs all the same, and the Centre operates its session.
pub(crate) fn centre_operated(registry: &Registry, session: &Session, at: Moment) -> Option<Finding> {
    if may_hold(registry, &session.chair_site, at) {
        return None;
    }
    let finding = Finding::advice("10.1/centre-operated", &[CLAUSE_1])
        .observed(
            format!("“{}” chủ trì; Trung tâm điều khiển phiên họp", name(registry, &session.chair_site)),
            format!("`{}` chairs; the Centre operates the session", name(registry, &session.chair_site)),
        )
        .required(
            "điểm cầu chủ trì quyết định, cán bộ kỹ thuật điều khiển MCU thực hiện",
            "the chair decides, the MCU operator carries it out",
        )
        .reading(7)
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}

/// Khoản 2 of a site that is to control this session: its room, its assessment. What was overridden for it is a recorded breach
/// from then on.
pub(crate) fn conditions(registry: &Registry, session: &Session, site: &SiteId, at: Moment) -> Vec<Finding> {
    let findings = room(registry, site, at).chain(assessed(registry, site, at));
    let overridden = registry.floor().session(session.id).and_then(|one| one.overridden.get(site));
    match overridden.is_some_and(|one| role::overridden(registry, (&one.by, one.at), at)) {
        true => findings.map(Finding::once_overridden).collect(),
        false => findings.collect(),
    }
}

/// Whether nobody decided who controls, and the chair site, one of the system, may hold control under a grant in force: what then keeps it from
/// control are the conditions of khoản 2 alone.
pub(crate) fn falls_to_chair(registry: &Registry, session: &Session, at: Moment) -> bool {
    registry.floor().control(session.id).is_none()
        && may_hold(registry, &session.chair_site, at)
        && in_system(registry, &session.chair_site, at).is_none()
        && article_03::chair_site_own(registry, session).is_none()
        && grant::in_force(registry, &session.chair_site, at).is_some()
}

/// Điều 3 khoản 6, 13 khoản 3 điểm a: the chair site controls its session throughout, where nobody decided otherwise and Điều 10
/// lets it.
fn by_rule<'a>(registry: &'a Registry, session: &'a Session, at: Moment) -> Option<&'a SiteId> {
    let chair = &session.chair_site;
    let controls = falls_to_chair(registry, session, at)
        && conditions(registry, session, chair, at).iter().all(|finding| finding.outcome == Outcome::Permit);
    controls.then_some(chair)
}

impl Registry {
    /// The site that controls a session at this moment: the one to which control was handed, as long as its level may hold it,
    /// it is a site of the system and a grant is in force; where nobody decided, the chair site, if Điều 10 lets it. At most one.
    pub fn control_holder(&self, session: crate::SessionId, at: Moment) -> Option<&SiteId> {
        let held = self.session(session)?;
        match self.floor().control(session) {
            Some(state) => {
                let fit = |site: &&SiteId| may_hold(self, site, at) && in_system(self, site, at).is_none();
                state.holder().filter(fit).filter(|site| grant::in_force(self, site, at).is_some())
            }
            None => by_rule(self, held, at),
        }
    }

    /// Who controls a session: as it was decided; where nobody decided, the chair site, if Điều 10 lets it, else the Centre.
    pub fn control_state(&self, session: crate::SessionId, at: Moment) -> ControlState {
        let by_rule =
            || self.control_holder(session, at).cloned().map_or_else(ControlState::default, ControlState::Delegated);
        self.floor().control(session).cloned().unwrap_or_else(by_rule)
    }
}
