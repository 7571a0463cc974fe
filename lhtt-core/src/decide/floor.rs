//! Control of a session, its floor queue, interventions, scenario: Điều 5 khoản 6, 8 khoản 3 điểm b, 10, 13.

use crate::decision::Decision;
use crate::registry::Registry;
use crate::request::FloorAct;
use crate::time::Wall;

pub(super) fn decide(_registry: &Registry, act: &FloorAct, _at: Wall) -> Decision {
    match *act {}
}
