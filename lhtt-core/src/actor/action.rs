//! Roles and actions: one table of who may do what in a session (regulation text, Điều 3 khoản 8 to 11, 5, 10 to 13, 15).
//!
//! A row is an [`Action`], a column a [`Capacity`]: what a person is to the session in question. The rule that refuses by this
//! table is in `rules::role`. Leaves out: whether the action itself is allowed, which the rules of its article say.

use super::Role;
use crate::citation::Citation;
use serde::{Deserialize, Serialize};

/// What can be done, as far as it matters who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Action {
    /// Register a session, or amend its registration.
    Register,
    /// Notify a session (Điều 11 khoản 1).
    Notify,
    /// Accept or refuse a registration, rehearse, keep its papers.
    AnswerRegistration,
    /// Start, suspend, resume or end a session.
    StartEnd,
    /// Mute and unmute, layout, view.
    Picture,
    /// Grant or deny the floor.
    GrantFloor,
    /// Ask for the floor, for oneself.
    AskFloor,
    /// Let a listed site in, drop it, call it again.
    AdmitListed,
    /// Add a site that is not on the list, on the chair's invitation.
    AddUnlisted,
    /// Lock the session, lecture mode.
    Lock,
    /// Start and stop the recording.
    Record,
    /// Ask for control of a session, give it back.
    AskControl,
    /// Hand control of a session over, within a grant.
    HandControl,
    /// Take control of a session back.
    TakeControl,
    /// Ask the Centre to intervene.
    AskIntervention,
    /// Carry an intervention out, or decline it.
    Intervene,
    /// Bind a scenario to a session, and go through it.
    Scenario,
    /// Change the configuration of the MCU or of a peer.
    ConfigureSystem,
    /// Keep what is known of a site: its rooms, terminals and contacts, its way to admission. An agency for its own sites.
    KeepSite,
    /// Give access: credentials, personal devices.
    GiveAccess,
    /// Assess a site, consent to a change of its equipment, keep the quota register.
    Assess,
    /// Grant control, and withdraw the grant.
    GrantControl,
    /// Check a device, or state that no check is needed.
    CheckDevice,
    /// Override a decision that may be overridden.
    Override,
    /// Read decisions and the journal.
    ReadAudit,
    /// Keep the registers of plans, training, inspections, guidance and difficulties.
    KeepRegisters,
    /// Tell of a difficulty (Điều 20 khoản 3).
    TellDifficulty,
    /// Report for a site: its check, its losses, who attends, its closing.
    ReportSite,
    /// Ask sites who attends.
    AskAttendance,
    /// Ask for a recording, and its hand-over.
    AskRecording,
    /// Store a recording, and hand it over.
    KeepRecording,
    /// Answer requests for materials.
    AnswerMaterials,
}

/// What a person is to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Capacity {
    /// The MCU operator on duty.
    McuOperator,
    /// Anybody else of the technical operator.
    TechnicalOperator,
    /// The head of the technical operator.
    HeadOfTechnicalOperator,
    /// The operator of a chair site that may hold control.
    ChairOperator,
    /// The operator of a chair site whose session the Centre operates for it.
    CentreOperatedChair,
    /// The operator of a member site.
    MemberOperator,
    /// One of the three offices.
    Office,
    /// The managing authority.
    ManagingAuthority,
    /// The provincial police.
    Police,
    /// The operator of the data network, a carrier.
    Network,
    /// An auditor.
    Auditor,
}

/// How far a capacity goes in an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Permission {
    /// May do it.
    May,
    /// May do it for what is its own: its own microphone, its own session, secret sessions for the police.
    Own,
    /// Decides or asks; the Centre carries it out.
    ByCentre,
    /// Only by a request for intervention that the MCU operator carries out.
    ByIntervention,
    /// May not.
    No,
}

impl Action {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 32] = [
        Self::Register,
        Self::Notify,
        Self::AnswerRegistration,
        Self::StartEnd,
        Self::Picture,
        Self::GrantFloor,
        Self::AskFloor,
        Self::AdmitListed,
        Self::AddUnlisted,
        Self::Lock,
        Self::Record,
        Self::AskControl,
        Self::HandControl,
        Self::TakeControl,
        Self::AskIntervention,
        Self::Intervene,
        Self::Scenario,
        Self::ConfigureSystem,
        Self::KeepSite,
        Self::GiveAccess,
        Self::Assess,
        Self::GrantControl,
        Self::CheckDevice,
        Self::Override,
        Self::ReadAudit,
        Self::KeepRegisters,
        Self::TellDifficulty,
        Self::ReportSite,
        Self::AskAttendance,
        Self::AskRecording,
        Self::KeepRecording,
        Self::AnswerMaterials,
    ];

    /// Where the text says who does it.
    pub const fn citation(self) -> Citation {
        match self {
            Self::Register => Citation::article(11).clause(2),
            Self::Notify => Citation::article(11).clause(1),
            Self::AnswerRegistration => Citation::article(12).clause(2).point('b'),
            Self::StartEnd | Self::AddUnlisted | Self::HandControl | Self::TakeControl => {
                Citation::article(13).clause(1)
            }
            Self::Picture | Self::GrantFloor | Self::AskFloor | Self::Lock => {
                Citation::article(13).clause(3).point('b')
            }
            Self::AdmitListed | Self::Scenario => Citation::article(13).clause(3).point('a'),
            Self::AskIntervention | Self::Intervene => Citation::article(13).clause(3).point('c'),
            Self::AskControl | Self::GrantControl => Citation::article(5).clause(6),
            Self::Record => Citation::article(14).clause(2),
            Self::ConfigureSystem => Citation::article(8).clause(2),
            Self::KeepSite => Citation::article(18).clause(3),
            Self::GiveAccess => Citation::article(6).clause(7),
            Self::Assess | Self::Override => Citation::article(15).clause(1),
            Self::CheckDevice => Citation::article(16).clause(2),
            Self::ReadAudit => Citation::article(15).clause(3),
            Self::KeepRegisters => Citation::article(15).clause(1),
            Self::TellDifficulty => Citation::article(20).clause(3),
            Self::ReportSite => Citation::article(13).clause(4).point('a'),
            Self::AskAttendance => Citation::article(13).clause(4).point('b'),
            Self::AskRecording => Citation::article(14).clause(2),
            Self::KeepRecording => Citation::article(14).clause(3),
            Self::AnswerMaterials => Citation::article(14).clause(4),
        }
    }

    /// In Vietnamese.
    pub const fn vi(self) -> &'static str {
        match self {
            Self::Register => "đăng ký họp",
            Self::Notify => "thông báo phiên họp",
            Self::AnswerRegistration => "trả lời đăng ký và kiểm tra kỹ thuật",
            Self::StartEnd => "bắt đầu, tạm dừng, kết thúc phiên họp",
            Self::Picture => "điều khiển âm thanh, hình ảnh, bố cục",
            Self::GrantFloor => "mời phát biểu",
            Self::AskFloor => "đăng ký phát biểu",
            Self::AdmitListed => "cho vào, ngắt, gọi lại điểm cầu trong danh sách",
            Self::AddUnlisted => "thêm điểm cầu ngoài danh sách",
            Self::Lock => "khóa phòng, chế độ thuyết trình",
            Self::Record => "ghi hình",
            Self::AskControl => "đề nghị, trả lại quyền điều khiển",
            Self::HandControl => "bàn giao quyền điều khiển",
            Self::TakeControl => "thu hồi quyền điều khiển",
            Self::AskIntervention => "đề nghị can thiệp",
            Self::Intervene => "thực hiện can thiệp",
            Self::Scenario => "lập, thực hiện kịch bản",
            Self::ConfigureSystem => "thay đổi cấu hình MCU, kết nối",
            Self::KeepSite => "lập, cập nhật hồ sơ điểm cầu",
            Self::GiveAccess => "cấp quyền truy cập",
            Self::Assess => "đánh giá điểm cầu, chấp thuận thay đổi",
            Self::GrantControl => "phân quyền điều khiển",
            Self::CheckDevice => "kiểm tra an ninh thiết bị",
            Self::Override => "phê duyệt ngoại lệ",
            Self::ReadAudit => "xem nhật ký",
            Self::KeepRegisters => "ghi sổ theo dõi",
            Self::TellDifficulty => "phản ánh khó khăn, vướng mắc",
            Self::ReportSite => "báo cáo cho điểm cầu",
            Self::AskAttendance => "yêu cầu thành phần tham dự",
            Self::AskRecording => "yêu cầu ghi hình, bàn giao",
            Self::KeepRecording => "lưu trữ, bàn giao tư liệu ghi hình",
            Self::AnswerMaterials => "trả lời yêu cầu khai thác tư liệu",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Register => "register a session",
            Self::Notify => "notify a session",
            Self::AnswerRegistration => "answer a registration and rehearse",
            Self::StartEnd => "start, suspend or end a session",
            Self::Picture => "control sound, picture and layout",
            Self::GrantFloor => "grant the floor",
            Self::AskFloor => "ask for the floor",
            Self::AdmitListed => "admit, drop or redial a listed site",
            Self::AddUnlisted => "add a site that is not listed",
            Self::Lock => "lock the session, lecture mode",
            Self::Record => "record",
            Self::AskControl => "ask for control or give it back",
            Self::HandControl => "hand control over",
            Self::TakeControl => "take control back",
            Self::AskIntervention => "ask for an intervention",
            Self::Intervene => "carry an intervention out",
            Self::Scenario => "lay the scenario down and go through it",
            Self::ConfigureSystem => "change the configuration of the MCU or a peer",
            Self::KeepSite => "keep the papers of a site",
            Self::GiveAccess => "give access",
            Self::Assess => "assess a site, consent to a change",
            Self::GrantControl => "grant control",
            Self::CheckDevice => "check a device",
            Self::Override => "override a decision",
            Self::ReadAudit => "read the journal",
            Self::KeepRegisters => "keep the registers",
            Self::TellDifficulty => "tell of a difficulty",
            Self::ReportSite => "report for a site",
            Self::AskAttendance => "ask who attends",
            Self::AskRecording => "ask for a recording or its hand-over",
            Self::KeepRecording => "store or hand over a recording",
            Self::AnswerMaterials => "answer a request for materials",
        }
    }
}

impl Capacity {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 11] = [
        Self::McuOperator,
        Self::TechnicalOperator,
        Self::HeadOfTechnicalOperator,
        Self::ChairOperator,
        Self::CentreOperatedChair,
        Self::MemberOperator,
        Self::Office,
        Self::ManagingAuthority,
        Self::Police,
        Self::Network,
        Self::Auditor,
    ];

    /// The role of whoever has this capacity.
    pub const fn role(self) -> Role {
        match self {
            Self::McuOperator => Role::McuOperator,
            Self::TechnicalOperator => Role::TechnicalOperator,
            Self::HeadOfTechnicalOperator => Role::HeadOfTechnicalOperator,
            Self::ChairOperator | Self::CentreOperatedChair | Self::MemberOperator => Role::SiteOperator,
            Self::Office => Role::Office,
            Self::ManagingAuthority => Role::ManagingAuthority,
            Self::Police => Role::Police,
            Self::Network => Role::NetworkOperator,
            Self::Auditor => Role::Auditor,
        }
    }
}

/// The table. What is not written out may not be done.
pub const fn permission(capacity: Capacity, action: Action) -> Permission {
    use Action as A;
    use Capacity as C;
    use Permission as P;
    match (action, capacity) {
        (A::Register, C::ChairOperator | C::CentreOperatedChair) | (A::Notify, C::Office) => P::May,
        (A::AnswerRegistration, C::McuOperator | C::TechnicalOperator | C::HeadOfTechnicalOperator) => P::May,
        // The MCU operator is the technical operator's; whoever answers for it may start and end for him.
        (A::StartEnd, C::McuOperator | C::TechnicalOperator | C::HeadOfTechnicalOperator | C::ChairOperator) => P::May,
        (A::Picture | A::GrantFloor | A::AdmitListed | A::Lock, C::McuOperator | C::ChairOperator) => P::May,
        (A::StartEnd | A::Picture | A::GrantFloor | A::AdmitListed | A::Lock, C::CentreOperatedChair) => P::ByCentre,
        (A::Picture, C::MemberOperator) => P::Own,
        // Whoever takes sign-ups in also takes them down for those who ask by telephone, and for peers.
        (A::AskFloor, C::McuOperator | C::ChairOperator | C::CentreOperatedChair) => P::May,
        (A::AskFloor, C::MemberOperator) => P::Own,
        // Who may have it is for Điều 10 to say, and who asks hears why not.
        (A::AskControl, C::ChairOperator | C::CentreOperatedChair | C::MemberOperator) => P::May,
        (A::HandControl | A::Intervene, C::McuOperator) => P::May,
        (A::TakeControl, C::McuOperator | C::ManagingAuthority) => P::May,
        (A::AskIntervention | A::Scenario, C::ChairOperator | C::CentreOperatedChair) => P::May,
        (A::GrantControl, C::ManagingAuthority) => P::May,
        (A::AddUnlisted | A::Record, C::McuOperator) => P::May,
        (A::AddUnlisted | A::Record, C::ChairOperator | C::CentreOperatedChair) => P::ByIntervention,
        (A::ConfigureSystem, C::McuOperator) => P::May,
        (A::ConfigureSystem, C::ManagingAuthority) => P::ByCentre,
        (A::KeepSite, C::TechnicalOperator | C::HeadOfTechnicalOperator | C::ManagingAuthority) => P::May,
        (A::KeepSite, C::ChairOperator | C::CentreOperatedChair | C::MemberOperator | C::Office) => P::Own,
        (A::GiveAccess, C::McuOperator | C::TechnicalOperator | C::HeadOfTechnicalOperator | C::ManagingAuthority) => {
            P::May
        }
        (A::Assess, C::ManagingAuthority) | (A::CheckDevice, C::Police) => P::May,
        (A::Override, C::ManagingAuthority | C::HeadOfTechnicalOperator) => P::May,
        (A::KeepRegisters, C::ManagingAuthority | C::TechnicalOperator | C::HeadOfTechnicalOperator) => P::May,
        (
            A::TellDifficulty,
            C::ManagingAuthority | C::TechnicalOperator | C::HeadOfTechnicalOperator | C::McuOperator,
        ) => P::May,
        (A::TellDifficulty, C::ChairOperator | C::CentreOperatedChair | C::MemberOperator | C::Office) => P::May,
        (A::TellDifficulty, C::Police | C::Network) => P::May,
        (A::ReadAudit, C::ManagingAuthority | C::Auditor) => P::May,
        (A::ReadAudit, C::ChairOperator | C::CentreOperatedChair | C::Police) => P::Own,
        (A::AskRecording | A::AnswerMaterials, C::ChairOperator | C::CentreOperatedChair | C::Office) => P::May,
        (A::AskAttendance, C::ChairOperator | C::CentreOperatedChair) => P::May,
        (A::ReportSite | A::AskAttendance, C::McuOperator | C::TechnicalOperator) => P::May,
        (A::ReportSite, C::ChairOperator | C::CentreOperatedChair | C::MemberOperator) => P::Own,
        (
            A::KeepRecording,
            C::McuOperator | C::TechnicalOperator | C::HeadOfTechnicalOperator | C::ManagingAuthority,
        ) => P::May,
        _ => P::No,
    }
}
