//! Who acts: a person, the role, and for whom. What each role may do stands in [`action`].

pub mod action;

use crate::ids::{OrganizationId, SiteId};
use serde::{Deserialize, Serialize};

/// A person who acts, and as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// The person's name.
    pub name: String,
    /// The role in which the person acts.
    pub role: Role,
    /// The site for which a site operator acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// The agency for which an office or a person of an agency acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationId>,
}

impl Actor {
    /// A person in a role that needs no site and no agency.
    pub fn new(name: &str, role: Role) -> Self {
        Self { name: name.to_owned(), role, site: None, organization: None }
    }

    /// The person and the role in Vietnamese, as reports name them: `Nguyễn Thị Bình (Cơ quan quản lý, vận hành Hệ thống)`.
    pub(crate) fn vi(&self) -> String {
        format!("{} ({})", self.name, self.role.vi())
    }
}

/// Roles (regulation text, Điều 3 khoản 8 to 11, and A-32).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// Cơ quan quản lý, vận hành Hệ thống.
    ManagingAuthority,
    /// Thủ trưởng đơn vị vận hành kỹ thuật.
    HeadOfTechnicalOperator,
    /// Đơn vị vận hành kỹ thuật: whoever receives registrations there.
    TechnicalOperator,
    /// Cán bộ kỹ thuật điều khiển MCU.
    McuOperator,
    /// Cán bộ quản lý, vận hành điểm cầu.
    SiteOperator,
    /// One of the three offices of Điều 11 khoản 1.
    Office,
    /// Công an tỉnh (Điều 16).
    Police,
    /// Đầu mối mạng truyền số liệu chuyên dùng (Điều 13 khoản 2, A-37).
    NetworkOperator,
    /// Doanh nghiệp viễn thông (Điều 19).
    Carrier,
    /// Whoever reads decisions and journal to check them, and changes nothing.
    Auditor,
}

impl Role {
    /// Whether this role acts for the technical operator.
    pub const fn of_technical_operator(self) -> bool {
        matches!(self, Self::HeadOfTechnicalOperator | Self::TechnicalOperator | Self::McuOperator)
    }

    /// The role in Vietnamese.
    pub const fn vi(self) -> &'static str {
        match self {
            Self::ManagingAuthority => "Cơ quan quản lý, vận hành Hệ thống",
            Self::HeadOfTechnicalOperator => "Thủ trưởng đơn vị vận hành kỹ thuật",
            Self::TechnicalOperator => "Đơn vị vận hành kỹ thuật",
            Self::McuOperator => "Cán bộ kỹ thuật điều khiển MCU",
            Self::SiteOperator => "Cán bộ quản lý, vận hành điểm cầu",
            Self::Office => "Văn phòng",
            Self::Police => "Công an tỉnh",
            Self::NetworkOperator => "Đầu mối mạng truyền số liệu chuyên dùng",
            Self::Carrier => "Doanh nghiệp viễn thông",
            Self::Auditor => "Người kiểm tra",
        }
    }

    /// The role in English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::ManagingAuthority => "the managing authority",
            Self::HeadOfTechnicalOperator => "the head of the technical operator",
            Self::TechnicalOperator => "the technical operator",
            Self::McuOperator => "the MCU operator",
            Self::SiteOperator => "the site operator",
            Self::Office => "the office",
            Self::Police => "the provincial police",
            Self::NetworkOperator => "the operator of the province's data network",
            Self::Carrier => "the carrier",
            Self::Auditor => "the auditor",
        }
    }
}
