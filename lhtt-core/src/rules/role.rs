//! Who may do what (Điều 3 khoản 8 to 11, Điều 15 khoản 1): refuses by the table in [`crate::actor::action`].

use crate::actor::action::{Action, Capacity, Permission, permission};
use crate::actor::{Actor, Role};
use crate::civil::Moment;
use crate::finding::Finding;
use crate::registry::{Registry, Session};
use crate::rules::{article_10, article_15};

/// What an actor is to a session; without a session a site operator is one of a member.
pub(crate) fn capacity(
    registry: &Registry,
    actor: &Actor,
    session: Option<&Session>,
    at: impl Into<Moment>,
) -> Capacity {
    match actor.role {
        Role::McuOperator => Capacity::McuOperator,
        Role::TechnicalOperator => Capacity::TechnicalOperator,
        Role::HeadOfTechnicalOperator => Capacity::HeadOfTechnicalOperator,
        Role::Office => Capacity::Office,
        Role::ManagingAuthority => Capacity::ManagingAuthority,
        Role::Police => Capacity::Police,
        Role::NetworkOperator | Role::Carrier => Capacity::Network,
        Role::Auditor => Capacity::Auditor,
        Role::SiteOperator => {
            let (Some(session), Some(site)) = (session, &actor.site) else { return Capacity::MemberOperator };
            let chairs = *site == session.chair_site;
            // Control went to another site of the chairing agency when the chair site was lost.
            let holds = registry.floor().delegated(session.id) == Some(site);
            match (chairs || holds, article_10::may_hold(registry, site, at)) {
                (false, _) => Capacity::MemberOperator,
                (true, true) => Capacity::ChairOperator,
                (true, false) => Capacity::CentreOperatedChair,
            }
        }
    }
}

/// Refuses whoever may not do `action` directly, and names who could. `Own` passes: what is one's own is the action's rule.
pub(crate) fn may(
    registry: &Registry,
    actor: &Actor,
    session: Option<&Session>,
    action: Action,
    at: impl Into<Moment>,
) -> Option<Finding> {
    let at = at.into();
    let capacity = capacity(registry, actor, session, at);
    let centre = capacity == Capacity::CentreOperatedChair;
    let permission = permission(capacity, action);
    let (remedy_vi, remedy_en) = match permission {
        Permission::May | Permission::Own => return None,
        Permission::ByCentre if centre => (
            "Trung tâm điều khiển phiên họp này; đề nghị cán bộ kỹ thuật điều khiển MCU thực hiện".to_owned(),
            "the Centre operates this session: ask the MCU operator to carry it out".to_owned(),
        ),
        Permission::ByCentre => (
            "đề nghị cán bộ kỹ thuật điều khiển MCU thực hiện".to_owned(),
            "ask the MCU operator to carry it out".to_owned(),
        ),
        Permission::ByIntervention => (
            "gửi đề nghị can thiệp; cán bộ kỹ thuật điều khiển MCU thực hiện".to_owned(),
            "file a request for intervention, which the MCU operator carries out".to_owned(),
        ),
        Permission::No => who_may(action),
    };
    let by_level = [action.citation(), article_10::CLAUSE_1];
    // Its level keeps this chair from what another chair does itself (Điều 10 khoản 1).
    let level = (centre && permission == Permission::ByCentre)
        .then(|| article_10::level_reading(registry, actor.site.as_ref(), at));
    let citations = if level.is_some() { &by_level[..] } else { &by_level[..1] };
    let finding = Finding::violation("3.8/role", citations)
        .observed(
            format!("{} hành động với vai trò {}", actor.name, actor.role.vi()),
            format!("{} acts as {}", actor.name, actor.role.en()),
        )
        .required(format!("{}: người có quyền", action.vi()), format!("somebody who may {}", action.en()))
        .remedy(remedy_vi, remedy_en);
    let of_control = matches!(action, Action::GrantControl | Action::HandControl | Action::TakeControl);
    Some(match level {
        Some(reading) => finding.reading(reading),
        None if of_control => finding.reading(31),
        None => finding,
    })
}

/// Whether what is on record as given counts at `at`: who gave it could, and it is not given only later. Otherwise it is as if it
/// were not there. An override is also one of those whom A-32 names.
pub(crate) fn given(
    registry: &Registry,
    (by, when): (&Actor, Moment),
    session: Option<&Session>,
    action: Action,
    at: Moment,
) -> bool {
    let entrusted = || action != Action::Override || article_15::may_override(registry.profile_at(when), by).is_none();
    when <= at && may(registry, by, session, action, when).is_none() && entrusted()
}

/// Whether an override on record counts at `at`.
pub(crate) fn overridden(registry: &Registry, (by, when): (&Actor, Moment), at: Moment) -> bool {
    given(registry, (by, when), None, Action::Override, at)
}

fn who_may(action: Action) -> (String, String) {
    let who: Vec<Capacity> =
        Capacity::ALL.into_iter().filter(|capacity| permission(*capacity, action) == Permission::May).collect();
    // Where members may not, a site operator is told which site's may.
    let chair_only = !who.contains(&Capacity::MemberOperator);
    let mut names: Vec<(&str, &str)> = who
        .into_iter()
        .map(|capacity| match capacity {
            Capacity::ChairOperator | Capacity::CentreOperatedChair if chair_only => CHAIR_OPERATOR,
            capacity => (capacity.role().vi(), capacity.role().en()),
        })
        .collect();
    names.dedup();
    let (vi, en): (Vec<&str>, Vec<&str>) = names.into_iter().unzip();
    (format!("người có quyền: {}", vi.join(", ")), format!("who may: {}", en.join(", ")))
}

/// The operator of the chair site, where those of other sites are not meant.
const CHAIR_OPERATOR: (&str, &str) = ("cán bộ vận hành điểm cầu chủ trì", "operator of the chair site");
