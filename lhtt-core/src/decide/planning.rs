//! Amendments, sessions convened by peers, maintenance windows, power cuts and incidents before a session: Điều 11, 12, 19.

mod amend;
mod announce;
mod convene;
mod follow;

use crate::decision::Decision;
use crate::registry::Registry;
use crate::request::PlanningAct;
use crate::time::Wall;

pub(super) fn decide(registry: &Registry, act: &PlanningAct, at: Wall) -> Decision {
    match act {
        PlanningAct::Amend(amend) => amend::amend(registry, amend, at),
        PlanningAct::Cancel(cancel) => amend::cancel(registry, cancel, at),
        PlanningAct::Answer(answer) => follow::answer(registry, answer, at),
        PlanningAct::CheckReply(check) => follow::check_reply(registry, check, at),
        PlanningAct::FollowUp(mail) => follow::follow_up(registry, mail, at),
        PlanningAct::Convene(convene) => convene::convene(registry, convene, at),
        PlanningAct::Maintenance(announced) => announce::maintenance(registry, announced, at),
        PlanningAct::PowerCut(announced) => announce::power_cut(registry, announced, at),
        PlanningAct::Withdraw(withdraw) => announce::withdraw(registry, withdraw, at),
        PlanningAct::BackupPlan(filed) => announce::backup_plan(registry, filed, at),
    }
}
