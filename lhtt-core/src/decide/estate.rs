//! Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.

use crate::decision::Decision;
use crate::registry::Registry;
use crate::request::EstateAct;
use crate::time::Wall;

pub(super) fn decide(_registry: &Registry, act: &EstateAct, _at: Wall) -> Decision {
    match *act {}
}
