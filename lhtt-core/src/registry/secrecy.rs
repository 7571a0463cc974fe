//! Sessions with state secrets: Điều 5 khoản 2, 11 khoản 5, 14 khoản 4 and the law they stand on.

use super::Contradiction;
use crate::change::SecrecyChange;
use serde::{Deserialize, Serialize};

/// The facts of this area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Secrecy {}

impl Secrecy {
    /// Applies one change; checked whole before anything is touched.
    pub(crate) fn apply(&mut self, change: &SecrecyChange) -> Result<(), Contradiction> {
        match *change {}
    }
}
