//! A session as it runs: rehearsal, start, attendance, incidents, closing, recording, hand-over: Điều 12 khoản 2 điểm b, c, 13, 14.

use serde::{Deserialize, Serialize};

/// What can be asked here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConductAct {}
