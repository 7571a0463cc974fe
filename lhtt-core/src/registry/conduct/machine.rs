//! The states of an accepted session and what moves it (regulation.md 8.3; Điều 12 khoản 2 điểm b, c, 13, 14).
//!
//! One match on (state, event). What a step needs beyond the state (who, when, with whom on duty) is in the rules of its
//! article. Leaves out what comes before acceptance, which is `RegistrationState`, and the loss of the chair site:
//! that moves control (`ControlEvent::HolderLost`), and the session goes on.

use crate::citation::Citation;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where an accepted session stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SessionState {
    /// A peer has convened it; the province's own rehearsal is to come.
    PeerConvened,
    /// Accepted; the rehearsal is to come.
    #[default]
    Accepted,
    /// A rehearsal is announced.
    Rehearsing,
    /// The rehearsal passed.
    Ready,
    /// It runs.
    InSession,
    /// It is interrupted.
    Suspended,
    /// It is over; nothing has been closed.
    Ended,
    /// It is being closed, item by item.
    Closing,
    /// Every item is done or waived.
    Closed,
    /// It does not take place.
    Cancelled,
}

/// What happens to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SessionEvent {
    /// A person is put on duty, or taken off.
    DutyAssigned,
    /// A site has checked its room.
    SelfChecked,
    /// A rehearsal is announced.
    RehearsalScheduled,
    /// A rehearsal passed.
    RehearsalPassed,
    /// A rehearsal failed.
    RehearsalFailed,
    /// Findings against the start are overridden.
    StartOverridden,
    /// It starts.
    Started,
    /// It is suspended.
    Suspended,
    /// It goes on.
    Resumed,
    /// A site is lost.
    SiteLost,
    /// A lost site is back.
    SiteBack,
    /// The MCU is lost for longer than the grace.
    McuLost,
    /// An incident is reported.
    IncidentReported,
    /// The chair asks for a list of who attends.
    AttendanceAsked,
    /// A site answers with its list.
    AttendanceAnswered,
    /// A site reports its interrupted attendance.
    OutageReported,
    /// It ends.
    Ended,
    /// An item of the closing is done or waived, and others are left.
    ClosingItem,
    /// The last item of the closing is done or waived.
    ClosingDone,
    /// The chair agency calls it off.
    Cancelled,
}

impl SessionState {
    /// All of them, in the order of a session's life.
    pub const ALL: [Self; 10] = [
        Self::PeerConvened,
        Self::Accepted,
        Self::Rehearsing,
        Self::Ready,
        Self::InSession,
        Self::Suspended,
        Self::Ended,
        Self::Closing,
        Self::Closed,
        Self::Cancelled,
    ];

    /// Where `event` leads from here; nothing where it may not happen.
    pub const fn after(self, event: SessionEvent) -> Option<Self> {
        use SessionEvent as E;
        use SessionState as S;
        Some(match (self, event) {
            (S::PeerConvened, E::DutyAssigned | E::SelfChecked | E::IncidentReported | E::StartOverridden)
            // Its own rehearsal is the province's; the session stays the peer's.
            | (S::PeerConvened, E::RehearsalScheduled | E::RehearsalFailed) => S::PeerConvened,
            (
                S::Accepted | S::Rehearsing | S::Ready,
                E::DutyAssigned | E::SelfChecked | E::IncidentReported | E::StartOverridden,
            ) => self,
            (S::Accepted | S::Rehearsing | S::Ready, E::RehearsalScheduled) => S::Rehearsing,
            // A rehearsal that nobody announced counts as well.
            (S::PeerConvened | S::Accepted | S::Rehearsing | S::Ready, E::RehearsalPassed) => S::Ready,
            (S::Accepted | S::Rehearsing | S::Ready, E::RehearsalFailed) => S::Accepted,
            (S::PeerConvened | S::Accepted | S::Rehearsing | S::Ready, E::Started) => S::InSession,
            (S::PeerConvened | S::Accepted | S::Rehearsing | S::Ready, E::Cancelled) => S::Cancelled,
            // A session whose start nobody recorded has legs all the same, and an end.
            (S::PeerConvened | S::Accepted | S::Rehearsing | S::Ready, E::Ended) => S::Ended,

            (
                S::InSession | S::Suspended,
                E::DutyAssigned
                | E::SiteLost
                | E::SiteBack
                | E::IncidentReported
                | E::AttendanceAsked
                | E::AttendanceAnswered
                | E::OutageReported,
            ) => self,
            (S::InSession, E::Suspended | E::McuLost) => S::Suspended,
            // What interrupts it now takes the place of what did; nobody suspends what is suspended.
            (S::Suspended, E::McuLost) => S::Suspended,
            (S::Suspended, E::Resumed) => S::InSession,
            (S::InSession | S::Suspended, E::Ended) => S::Ended,

            (
                S::Ended | S::Closing | S::Closed,
                E::AttendanceAsked | E::AttendanceAnswered | E::OutageReported | E::IncidentReported,
            ) => self,
            (S::Ended | S::Closing, E::ClosingItem) => S::Closing,
            (S::Ended | S::Closing, E::ClosingDone) => S::Closed,
            _ => return None,
        })
    }

    /// Whether it has neither begun nor been called off.
    pub const fn is_before_session(self) -> bool {
        matches!(self, Self::PeerConvened | Self::Accepted | Self::Rehearsing | Self::Ready)
    }

    /// Whether it runs or is interrupted.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::InSession | Self::Suspended)
    }

    /// Whether it has ended.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Ended | Self::Closing | Self::Closed)
    }

    /// In Vietnamese.
    pub const fn vi(self) -> &'static str {
        match self {
            Self::PeerConvened => "do hệ thống khác triệu tập",
            Self::Accepted => "đã chấp nhận",
            Self::Rehearsing => "đang kiểm tra kỹ thuật",
            Self::Ready => "sẵn sàng",
            Self::InSession => "đang họp",
            Self::Suspended => "tạm dừng",
            Self::Ended => "đã kết thúc",
            Self::Closing => "đang đóng",
            Self::Closed => "đã đóng",
            Self::Cancelled => "đã hủy",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::PeerConvened => "convened by a peer",
            Self::Accepted => "accepted",
            Self::Rehearsing => "in rehearsal",
            Self::Ready => "ready",
            Self::InSession => "in session",
            Self::Suspended => "suspended",
            Self::Ended => "ended",
            Self::Closing => "being closed",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl SessionEvent {
    /// All of them, in the order of a session's life.
    pub const ALL: [Self; 20] = [
        Self::DutyAssigned,
        Self::SelfChecked,
        Self::RehearsalScheduled,
        Self::RehearsalPassed,
        Self::RehearsalFailed,
        Self::StartOverridden,
        Self::Started,
        Self::Suspended,
        Self::Resumed,
        Self::SiteLost,
        Self::SiteBack,
        Self::McuLost,
        Self::IncidentReported,
        Self::AttendanceAsked,
        Self::AttendanceAnswered,
        Self::OutageReported,
        Self::Ended,
        Self::ClosingItem,
        Self::ClosingDone,
        Self::Cancelled,
    ];

    /// The clause whose duty or right it is.
    pub const fn citation(self) -> Citation {
        match self {
            Self::SelfChecked => Citation::article(12).clause(2).point('c'),
            Self::RehearsalScheduled | Self::RehearsalPassed | Self::RehearsalFailed => {
                Citation::article(12).clause(2).point('b').dash(2)
            }
            Self::DutyAssigned | Self::StartOverridden | Self::Started | Self::Suspended | Self::Resumed => {
                Citation::article(13).clause(1)
            }
            Self::McuLost | Self::IncidentReported => Citation::article(13).clause(1),
            Self::AttendanceAsked | Self::AttendanceAnswered => Citation::article(13).clause(4).point('b'),
            Self::SiteLost | Self::SiteBack | Self::OutageReported => Citation::article(13).clause(4).point('c'),
            Self::Ended | Self::ClosingItem | Self::ClosingDone => Citation::article(14).clause(1),
            Self::Cancelled => Citation::article(12).clause(2),
        }
    }

    /// In Vietnamese.
    pub const fn vi(self) -> &'static str {
        match self {
            Self::DutyAssigned => "phân công trực",
            Self::SelfChecked => "tự kiểm tra điểm cầu",
            Self::RehearsalScheduled => "hẹn kiểm tra kỹ thuật",
            Self::RehearsalPassed | Self::RehearsalFailed => "ghi kết quả kiểm tra kỹ thuật",
            Self::StartOverridden => "phê duyệt ngoại lệ cho việc bắt đầu",
            Self::Started => "bắt đầu",
            Self::Suspended => "tạm dừng",
            Self::Resumed => "họp tiếp",
            Self::SiteLost => "ghi mất điểm cầu",
            Self::SiteBack => "ghi điểm cầu trở lại",
            Self::McuLost => "ghi mất MCU",
            Self::IncidentReported => "phản ánh sự cố",
            Self::AttendanceAsked => "yêu cầu thành phần tham dự",
            Self::AttendanceAnswered => "cung cấp thành phần tham dự",
            Self::OutageReported => "báo cáo gián đoạn tham dự",
            Self::Ended => "kết thúc",
            Self::ClosingItem | Self::ClosingDone => "thực hiện mục đóng phiên họp",
            Self::Cancelled => "hủy",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::DutyAssigned => "assign duty",
            Self::SelfChecked => "check a room",
            Self::RehearsalScheduled => "announce a rehearsal",
            Self::RehearsalPassed | Self::RehearsalFailed => "record a rehearsal",
            Self::StartOverridden => "override findings against the start",
            Self::Started => "start",
            Self::Suspended => "suspend",
            Self::Resumed => "resume",
            Self::SiteLost => "lose a site",
            Self::SiteBack => "get a site back",
            Self::McuLost => "lose the MCU",
            Self::IncidentReported => "report an incident",
            Self::AttendanceAsked => "ask for an attendance list",
            Self::AttendanceAnswered => "answer with an attendance list",
            Self::OutageReported => "report an interruption",
            Self::Ended => "end",
            Self::ClosingItem | Self::ClosingDone => "close an item",
            Self::Cancelled => "cancel",
        }
    }
}

impl fmt::Display for SessionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.en())
    }
}
