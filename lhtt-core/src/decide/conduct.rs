//! A session as it runs: rehearsal, start, attendance, incidents, closing, recording, hand-over: Điều 12 khoản 2 điểm b, c, 13, 14.

use crate::decision::Decision;
use crate::registry::Registry;
use crate::request::ConductAct;
use crate::time::Wall;

pub(super) fn decide(_registry: &Registry, act: &ConductAct, _at: Wall) -> Decision {
    match *act {}
}
