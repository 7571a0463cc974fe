//! Điều 13 khoản 3 điểm b: whoever controls adjusts sound and picture; a member its own microphone.

use super::floor::POINT_B;
use crate::actor::action::{Action, Capacity};
use crate::finding::{DutyHolder, Finding};
use crate::request::{Actor, Command, Role};

/// The row of the table of roles that a command falls under.
pub(crate) const fn action(command: &Command) -> Action {
    match command {
        Command::MuteAll
        | Command::UnmuteAll
        | Command::Mute(_)
        | Command::Unmute(_)
        | Command::Layout(_)
        | Command::View(_) => Action::Picture,
        Command::Lecture(_) | Command::Lock(_) => Action::Lock,
        Command::Admit(_) | Command::Drop(_) | Command::Redial(_) => Action::AdmitListed,
    }
}

/// Whether it is the actor's own microphone, which everybody in a session sets.
pub(crate) fn sets_own(actor: &Actor, command: &Command) -> bool {
    let (Command::Mute(member) | Command::Unmute(member)) = command else { return false };
    actor.role == Role::SiteOperator && actor.site.is_some() && actor.site.as_ref() == member.site()
}

/// Điểm b with khoản 4 điểm a: of sound and picture a member sets its own microphone only.
pub(crate) fn own_microphone(capacity: Capacity, actor: &Actor, command: &Command) -> Option<Finding> {
    if capacity != Capacity::MemberOperator {
        return None;
    }
    if sets_own(actor, command) {
        return None;
    }
    let finding = Finding::violation("13.3.b/own-microphone", &[POINT_B])
        .observed(
            format!("{} ở điểm cầu thành phần điều khiển ngoài micrô của mình", actor.name),
            format!("{} of a member site sets more than its own microphone", actor.name),
        )
        .required("micrô của chính điểm cầu", "the site's own microphone")
        .remedy("đề nghị điểm cầu chủ trì điều chỉnh", "ask the chair site")
        .duty_of(DutyHolder::Member);
    Some(finding)
}
