//! Registers that decide nothing and are reported: plans, difficulties, training, inspections: Điều 15, 18, 19, 20.

use crate::decision::Decision;
use crate::registry::Registry;
use crate::request::RecordAct;
use crate::time::Wall;

pub(super) fn decide(_registry: &Registry, act: &RecordAct, _at: Wall) -> Decision {
    match *act {}
}
