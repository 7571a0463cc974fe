//! The room checklist: the five conditions of Điều 6 khoản 1 to 5, each with who found what, when, and by what evidence.

use crate::citation::Citation;
use crate::civil::Date;
use serde::{Deserialize, Serialize};

/// The conditions of a room, as far as they were checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoomChecklist {
    /// Terminals of the standard (khoản 1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub k1: Option<RoomCheck>,
    /// A line of the province's data network (khoản 2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub k2: Option<RoomCheck>,
    /// Screen, projector, sound (khoản 3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub k3: Option<RoomCheck>,
    /// Fire safety (khoản 4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub k4: Option<RoomCheck>,
    /// Steady power and a backup (khoản 5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub k5: Option<RoomCheck>,
}

impl RoomChecklist {
    /// The check of a condition.
    pub fn check(&self, condition: Condition) -> Option<&RoomCheck> {
        match condition {
            Condition::K1 => self.k1.as_ref(),
            Condition::K2 => self.k2.as_ref(),
            Condition::K3 => self.k3.as_ref(),
            Condition::K4 => self.k4.as_ref(),
            Condition::K5 => self.k5.as_ref(),
        }
    }

    pub(crate) fn set(&mut self, condition: Condition, check: RoomCheck) {
        let place = match condition {
            Condition::K1 => &mut self.k1,
            Condition::K2 => &mut self.k2,
            Condition::K3 => &mut self.k3,
            Condition::K4 => &mut self.k4,
            Condition::K5 => &mut self.k5,
        };
        *place = Some(check);
    }
}

/// One of the conditions of Điều 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Khoản 1.
    K1,
    /// Khoản 2.
    K2,
    /// Khoản 3.
    K3,
    /// Khoản 4.
    K4,
    /// Khoản 5.
    K5,
}

impl Condition {
    /// All five.
    pub const ALL: [Self; 5] = [Self::K1, Self::K2, Self::K3, Self::K4, Self::K5];
    /// Those without which no site is arranged (Điều 7, A-05).
    pub const TO_ARRANGE: [Self; 4] = [Self::K1, Self::K2, Self::K3, Self::K4];

    /// Where it stands.
    pub const fn citation(self) -> Citation {
        Citation::article(6).clause(match self {
            Self::K1 => 1,
            Self::K2 => 2,
            Self::K3 => 3,
            Self::K4 => 4,
            Self::K5 => 5,
        })
    }

    /// In Vietnamese.
    pub const fn vi(self) -> &'static str {
        match self {
            Self::K1 => "thiết bị đầu cuối đạt tiêu chuẩn kỹ thuật",
            Self::K2 => "đường truyền mạng số liệu chuyên dùng",
            Self::K3 => "màn hình, máy chiếu, âm thanh bảo đảm chất lượng",
            Self::K4 => "phòng, chống cháy, nổ",
            Self::K5 => "nguồn điện ổn định và nguồn dự phòng",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::K1 => "terminals of the standard",
            Self::K2 => "a line of the province's data network",
            Self::K3 => "screen, projector and sound of good quality",
            Self::K4 => "fire safety",
            Self::K5 => "steady power and a backup",
        }
    }
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Met.
    Pass,
    /// Not met.
    Fail,
}

/// The check of one condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomCheck {
    /// What it found.
    pub result: Verdict,
    /// Who found it.
    pub assessed_by: String,
    /// On which day.
    pub date: Date,
    /// By what: number of a record, photographs, a certificate.
    pub evidence: String,
}

impl RoomCheck {
    /// Whether who found it and by what is said.
    pub fn is_founded(&self) -> bool {
        !self.assessed_by.trim().is_empty() && !self.evidence.trim().is_empty()
    }
}
