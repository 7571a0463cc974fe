//! Which version of the regulation governs an act: the one in force at the act's own time.
//!
//! Quyết định 1095/QĐ-UBND is in force from 2023-06-05T00:00+07:00 (Điều 2 of the decision, A-41). Of 976/QĐ-UBND, which
//! it replaced, the rules are not available; nothing is permitted on them.

use crate::civil::Moment;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A version of the regulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Version {
    /// Before 2022-06-02: no version known.
    #[serde(rename = "unknown")]
    Unknown,
    /// Quyết định 976/QĐ-UBND of 2022-06-02: known to have been in force, its rules not available.
    #[serde(rename = "976-2022")]
    Decision976,
    /// Quyết định 1095/QĐ-UBND of 2023-06-05.
    #[serde(rename = "1095-2023")]
    Decision1095,
}

impl Version {
    /// The version in force at `act`.
    pub fn at(act: Moment) -> Self {
        match act.unix_millis() {
            millis if millis >= IN_FORCE_1095 => Self::Decision1095,
            millis if millis >= IN_FORCE_976 => Self::Decision976,
            _ => Self::Unknown,
        }
    }

    /// Whether its rules are in this crate.
    pub const fn rules_available(self) -> bool {
        matches!(self, Self::Decision1095)
    }

    /// Its name, as in "1095-2023".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Decision976 => "976-2022",
            Self::Decision1095 => "1095-2023",
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// 2023-06-05T00:00:00+07:00.
pub(crate) const IN_FORCE_1095: i64 = 1_685_898_000_000;
/// 2022-06-02T00:00:00+07:00.
const IN_FORCE_976: i64 = 1_654_102_800_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_at_midnight_of_the_day_of_signing() {
        let rows = [
            ("2022-06-01T23:59:59.999+07:00", "unknown"),
            ("2022-06-02T00:00:00+07:00", "976-2022"),
            ("2023-06-04T23:59:59+07:00", "976-2022"),  // AE-Q2
            ("2023-06-05T00:00:00+07:00", "1095-2023"), // AE-Q3
            ("2023-06-04T17:00:00Z", "1095-2023"),
        ];
        for (act, version) in rows {
            assert_eq!(Version::at(Moment::parse(act).unwrap()).name(), version, "{act}");
        }
    }
}
