//! Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.

use serde::{Deserialize, Serialize};

/// What can change here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EstateChange {}
