//! Sessions with state secrets: Điều 5 khoản 2, 11 khoản 5, 14 khoản 4 and the law they stand on.

use crate::decision::Decision;
use crate::registry::Registry;
use crate::request::SecrecyAct;
use crate::time::Wall;

pub(super) fn decide(_registry: &Registry, act: &SecrecyAct, _at: Wall) -> Decision {
    match *act {}
}
