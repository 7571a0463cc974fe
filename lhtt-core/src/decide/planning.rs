//! Amendments, sessions convened by peers, maintenance windows, power cuts and incidents before a session: Điều 11, 12, 19.

use crate::decision::Decision;
use crate::registry::Registry;
use crate::request::PlanningAct;
use crate::time::Wall;

pub(super) fn decide(_registry: &Registry, act: &PlanningAct, _at: Wall) -> Decision {
    match *act {}
}
