//! The kind of a meeting (Điều 4 khoản 2): one of the groups of QĐ 45/2018/QĐ-TTg Điều 7 khoản 2, or another.

use crate::citation::{Citation, Instrument};
use serde::{Deserialize, Serialize};

/// The kind of a meeting. None blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MeetingKind {
    /// Regular meetings between chairmen of UBND levels, or of a ministry and its local unit.
    A,
    /// Carrying out tasks, mid-term and final reviews.
    B,
    /// On one subject.
    C,
    /// Training.
    D,
    /// Opinions on plans, projects and drafts.
    #[serde(rename = "đ", alias = "dd")]
    Dd,
    /// Others that were convened.
    E,
    /// Another, on this basis.
    Other {
        /// What it rests on, in words.
        basis: String,
    },
}

impl MeetingKind {
    /// Its letter there; another kind has none.
    pub const fn letter(&self) -> Option<char> {
        match self {
            Self::A => Some('a'),
            Self::B => Some('b'),
            Self::C => Some('c'),
            Self::D => Some('d'),
            Self::Dd => Some('đ'),
            Self::E => Some('e'),
            Self::Other { .. } => None,
        }
    }

    /// Where it stands; another kind stands nowhere.
    pub fn citation(&self) -> Option<Citation> {
        self.letter().map(|letter| Citation::of(Instrument::Decision45Of2018, 7).clause(2).point(letter))
    }

    /// In Vietnamese.
    pub fn vi(&self) -> &str {
        match self {
            Self::A => "giao ban định kỳ",
            Self::B => "triển khai nhiệm vụ, sơ kết, tổng kết",
            Self::C => "chuyên đề",
            Self::D => "tập huấn",
            Self::Dd => "lấy ý kiến đề án, dự án, dự thảo",
            Self::E => "cuộc họp khác theo yêu cầu triệu tập",
            Self::Other { basis } => basis,
        }
    }

    /// In English.
    pub fn en(&self) -> &str {
        match self {
            Self::A => "a regular meeting",
            Self::B => "tasks and reviews",
            Self::C => "a subject",
            Self::D => "training",
            Self::Dd => "opinions on a plan, project or draft",
            Self::E => "another meeting convened",
            Self::Other { basis } => basis,
        }
    }
}
