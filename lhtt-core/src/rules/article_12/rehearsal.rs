//! Điều 12 khoản 2 điểm b, dash 2: the rehearsal, finished and recorded 2 hours before the session.
//!
//! A late pass is a breach of the operator's and makes the session ready all the same; without any, somebody must override.

use super::{REHEARSAL, REHEARSAL_HOURS};
use crate::civil::{Moment, length};
use crate::finding::{DutyHolder, Finding};
use crate::ids::SiteId;
use crate::registry::{Course, Mark, Session, SessionState};
use std::collections::BTreeMap;

/// Whether a peer convened it, whatever has become of it since: its rehearsal is of the peer's process.
pub(crate) fn by_peer(session: &Session, course: &Course) -> bool {
    session.convened.is_some() || course.state == SessionState::PeerConvened
}

/// The last moment at which a result is in time.
pub(crate) fn due(start: Moment) -> Moment {
    start.hours_before(REHEARSAL_HOURS)
}

/// A rehearsal is announced for a time that is still to come, and at which it can be in time: by the text's deadline, or, where
/// the peer's process sets it, before the start. By a clock that may be wrong (`now` is none) nothing is past.
pub(crate) fn announced_in_time(
    session: &Session,
    course: &Course,
    for_time: Moment,
    now: Option<Moment>,
) -> Option<Finding> {
    let peer = by_peer(session, course);
    let finding = Finding::violation("12.2.b/rehearsal-time", &[REHEARSAL])
        .duty_of(DutyHolder::TrungTam)
        .reading(if peer { 30 } else { 9 });
    if let Some(now) = now.filter(|now| for_time < *now) {
        let finding = finding
            .observed(
                format!("hẹn kiểm tra kỹ thuật lúc {}, đã qua", for_time.vi()),
                format!("a rehearsal is announced for {for_time}, which is past"),
            )
            .required(format!("hẹn từ {} trở đi", now.vi()), format!("a time from {now} on"))
            .remedy(
                "hẹn giờ khác, hoặc ghi kết quả đã kiểm tra",
                "announce another time, or record what was rehearsed",
            );
        return Some(finding);
    }
    let due = due(session.start);
    let (late, vi, en) = match peer {
        true => {
            let start = session.start;
            (for_time >= start, format!("trước giờ bắt đầu {}", start.vi()), format!("before the start, {start}"))
        }
        false => (for_time > due, format!("chậm nhất {}", due.vi()), format!("at {due} at the latest")),
    };
    let finding = finding
        .observed(
            format!("hẹn kiểm tra kỹ thuật lúc {}, quá muộn", for_time.vi()),
            format!("a rehearsal is announced for {for_time}, too late"),
        )
        .required(format!("kiểm tra xong {vi}"), format!("a rehearsal that is over {en}"))
        .remedy(
            "hẹn sớm hơn; nếu đã quá hạn thì kiểm tra ngay và ghi kết quả",
            "announce it for an earlier time; past the deadline, rehearse at once and record the result",
        );
    late.then_some(finding)
}

/// A rehearsal passes at every site or it does not pass: a result says what its sites say.
pub(crate) fn every_site(result: Mark, sites: &BTreeMap<SiteId, Mark>) -> Option<Finding> {
    let failed: Vec<_> = sites.iter().filter(|(_, mark)| **mark == Mark::Fail).map(|(site, _)| site.as_str()).collect();
    if result == Mark::Fail || failed.is_empty() {
        return None;
    }
    let failed = failed.join(", ");
    let finding = Finding::violation("12.2.b/every-site", &[REHEARSAL])
        .observed(
            format!("ghi kết quả đạt, điểm cầu chưa đạt: {failed}"),
            format!("the result is a pass, but these sites failed: {failed}"),
        )
        .required("mọi điểm cầu đạt", "a pass at every site")
        .remedy(
            "ghi kết quả không đạt, hoặc kiểm tra lại điểm cầu đó rồi ghi",
            "record it as failed, or rehearse with those sites again and record that",
        )
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}

/// A result recorded late is the operator's breach. A peer's session is prepared by the peer's rules.
pub(crate) fn in_time(session: &Session, course: &Course, at: Moment) -> Option<Finding> {
    let due = due(session.start);
    if at <= due || by_peer(session, course) {
        return None;
    }
    let (late_vi, late_en) = length(at.since(due));
    let finding = Finding::breach("12.2.b/rehearsal", &[REHEARSAL])
        .observed(
            format!("ghi kết quả kiểm tra kỹ thuật {}, muộn {late_vi} so với hạn {}", at.vi(), due.vi()),
            format!("the rehearsal was recorded at {at}, {late_en} after {due}"),
        )
        .required(
            format!("kiểm tra xong và ghi kết quả chậm nhất {}", due.vi()),
            format!("a rehearsal finished and recorded at {due} at the latest"),
        )
        .duty_of(DutyHolder::TrungTam)
        .reading(9);
    Some(finding)
}

/// Nothing starts unrehearsed unless somebody overrides it; a session that a peer convened does, with advice.
pub(crate) fn has_passed(session: &Session, course: &Course, at: Moment) -> Option<Finding> {
    if course.has_rehearsed(at) {
        return None;
    }
    let finding = match by_peer(session, course) {
        true => Finding::advice("12.2.b/unrehearsed-peer", &[REHEARSAL]).reading(30),
        false => Finding::overridable("12.2.b/unrehearsed", &[REHEARSAL]).reading(9),
    };
    let finding = finding
        .observed(
            format!("phiên họp số {} chưa có kết quả kiểm tra kỹ thuật đạt", session.alias),
            format!("session {} has no rehearsal that passed", session.alias),
        )
        .required("kết quả kiểm tra kỹ thuật đạt", "a rehearsal that passed")
        .remedy("kiểm tra kỹ thuật và ghi kết quả", "rehearse, and record the result")
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}
