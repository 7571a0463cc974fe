//! Sessions with state secrets: Điều 5 khoản 2, 11 khoản 5, 14 khoản 4 and the law they stand on.

use serde::{Deserialize, Serialize};

/// What can be asked here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SecrecyAct {}
