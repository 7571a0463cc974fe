//! Điều 12 khoản 2 điểm a, dash 3: a session takes place at its registered time.
//!
//! It may be joined from the early window before its start, and, while nobody has ended it, until the overrun after its
//! planned end (both in the profile).

use super::TIME;
use crate::civil::Moment;
use crate::finding::{DutyHolder, Finding};
use crate::registry::{Profile, Session};
use crate::submission::Submission;
use crate::time::Wall;

/// When a session may be joined, both ends inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) from: Moment,
    pub(crate) until: Moment,
}

impl Window {
    /// The window of a session with these times.
    pub(crate) fn of(profile: &Profile, start: Moment, end: Moment) -> Self {
        Self {
            from: start.plus_seconds(-i64::from(profile.early_window_s)),
            until: end.plus_seconds(i64::from(profile.overrun_s)),
        }
    }

    pub(crate) fn contains(&self, at: Moment) -> bool {
        self.from <= at && at <= self.until
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.from <= other.until && other.from <= self.until
    }
}

/// The registered time. Where the clock is not trusted it is not judged: an accepted session goes on (gateway.md 11.2).
pub(crate) fn open(profile: &Profile, session: &Session, at: Wall) -> Option<Finding> {
    if !at.trusted {
        return Some(unjudged());
    }
    let window = Window::of(profile, session.start, session.end);
    let now = Moment::from(at);
    if now < window.from {
        return Some(too_early(session, window));
    }
    (now > window.until).then(|| too_late(session, window))
}

fn too_early(session: &Session, window: Window) -> Finding {
    Finding::violation("12.2.a/early", &[TIME])
        .observed(
            format!("phiên họp số {} bắt đầu {}, chưa đến giờ vào họp", session.alias, session.start.vi()),
            format!("session {} starts at {}, it is too early to join", session.alias, session.start),
        )
        .required(format!("vào họp từ {}", window.from.vi()), format!("joining from {} on", window.from))
        .remedy(format!("gọi lại từ {}", window.from.vi()), format!("call again at {}", window.from))
        .duty_of(DutyHolder::Member)
}

fn too_late(session: &Session, window: Window) -> Finding {
    Finding::violation("12.2.a/over", &[TIME])
        .observed(
            format!("phiên họp số {} đã đăng ký kết thúc {}", session.alias, session.end.vi()),
            format!("session {} was registered to end at {}", session.alias, session.end),
        )
        .required(
            format!("vào họp chậm nhất {}", window.until.vi()),
            format!("joining at {} at the latest", window.until),
        )
        .remedy("đăng ký phiên họp mới", "register another session")
        .duty_of(DutyHolder::Member)
        .reading(38)
}

/// Điều 12 khoản 2 điểm a, dash 3: what was registered for a time is accepted by then. Afterwards nothing can be prepared for
/// it (điểm b), and what has begun is not amended; the chair may still move what nobody has accepted.
pub(crate) fn still_to_come(submission: &Submission, at: Wall) -> Option<Finding> {
    let (start, now) = (submission.start?, Moment::from(at));
    if !at.trusted || now <= start {
        return None;
    }
    let finding = Finding::violation("12.2.a/past", &[TIME])
        .observed(
            format!("giờ bắt đầu đã đăng ký {} đã qua", start.vi()),
            format!("the registered start, {start}, is past"),
        )
        .required("trả lời trước giờ bắt đầu", "an answer before the start")
        .remedy("lùi giờ bắt đầu, hoặc đăng ký phiên họp mới", "move the start, or register another session")
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}

/// Điều 12 khoản 2 điểm a, dash 3: a session whose time is over cannot be accepted any more.
pub(crate) fn not_over(profile: &Profile, start: Moment, end: Moment, at: Moment) -> Option<Finding> {
    let until = Window::of(profile, start, end).until;
    if at <= until {
        return None;
    }
    let finding = Finding::violation("12.2.a/past", &[TIME])
        .observed(format!("phiên họp đã qua: kết thúc {}", end.vi()), format!("the session is past: it ended at {end}"))
        .required("phiên họp chưa qua", "a session that is not past")
        .remedy("đăng ký phiên họp mới", "register another session");
    Some(finding)
}

fn unjudged() -> Finding {
    Finding::advice("12.2.a/clock-window", &[TIME])
        .observed(
            "đồng hồ chưa được xác thực: không xét giờ vào họp của phiên họp đã chấp nhận",
            "the clock is not trusted: the time of this accepted session is not judged",
        )
        .required("đồng hồ đã đồng bộ", "a synchronised clock")
        .duty_of(DutyHolder::TrungTam)
}
