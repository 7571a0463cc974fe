//! Điều 11: sessions are arranged so that no site is in two at once and the MCU has room for them.
//!
//! A normal session that clashes is refused, whether it was registered (clause 2) or notified (clause 1). An urgent one has
//! priority (clause 3): a human settles the clash; software never displaces or cuts a session.

use super::super::article_03::member_name;
use super::{CLAUSE_1, CLAUSE_2, CLAUSE_3};
use crate::finding::Finding;
use crate::registry::{Registry, Session};
use crate::submission::{Member, Path, Submission};

/// The other session in which a site is at that time.
pub(crate) fn site_taken(
    registry: &Registry,
    submission: &Submission,
    member: &Member,
    other: &Session,
    running: bool,
) -> Finding {
    let name = member_name(registry, member);
    let (vi, en) = if running { ("đang họp", "running") } else { ("đã chấp nhận", "accepted") };
    // Of a secret session nobody learns the number.
    let number = if !registry.is_or_was_secret(other) { other.alias.as_str() } else { "[không ghi]" };
    let finding = clash(submission, ["11.1/conflict", "11.2/conflict", "11.3/conflict"], running);
    // Where no end is stated and the other begins later, it is the default length that makes them meet.
    let by_length = submission.end.is_none() && submission.start.is_some_and(|start| start < other.start);
    let finding = if by_length { finding.reading(38) } else { finding };
    finding
        .observed(
            format!("điểm cầu “{name}” trùng giờ với phiên họp số {number} {vi}"),
            format!("the site `{name}` is in {en} session {number} at that time"),
        )
        .required("mỗi điểm cầu dự một phiên họp tại một thời điểm", "one session for a site at a time")
}

/// The MCU has fewer ports than the sessions of that time need.
pub(crate) fn mcu_full(submission: &Submission, needed: u32, ports: u32) -> Finding {
    clash(submission, ["11.1/capacity", "11.2/capacity", "11.3/capacity"], false)
        .observed(
            format!("các phiên họp cùng giờ cần {needed} cổng MCU, hệ thống có {ports}"),
            format!("the sessions of that time need {needed} ports of the MCU, which has {ports}"),
        )
        .required(format!("không quá {ports} cổng MCU cùng lúc"), format!("at most {ports} ports at once"))
}

fn clash(submission: &Submission, [notified, normal, urgent]: [&'static str; 3], running: bool) -> Finding {
    let finding = match (submission.path, submission.urgency.is_normal()) {
        // The peer's process sets the time of its session; here it can only be known.
        (Path::Convene, _) => Finding::advice("11.2/convened-conflict", &[CLAUSE_2]).reading(17).reading(30),
        (Path::Notify, false) => Finding::overridable(notified, &[CLAUSE_1, CLAUSE_3]).reading(17),
        (Path::Register, false) => Finding::overridable(urgent, &[CLAUSE_3]).reading(17),
        (Path::Notify, true) => return elsewhere(Finding::violation(notified, &[CLAUSE_1])),
        (Path::Register, true) => return elsewhere(Finding::violation(normal, &[CLAUSE_2])),
    };
    match running {
        true => finding.remedy(
            "người có quyền chọn: điểm cầu khác, chờ, hoặc chủ trì phiên đang họp tự kết thúc; phần mềm không ngắt phiên họp",
            "a human chooses: another site, waiting, or the running session's chair ends it; software never cuts a session",
        ),
        false => finding.remedy(
            "người có quyền quyết định dời phiên họp kia và thông báo cho điểm cầu chủ trì của phiên đó, hoặc chọn giờ khác, điểm cầu khác",
            "a human decides to displace the other session, with notice to its chair, or another time or site is chosen",
        ),
    }
}

fn elsewhere(finding: Finding) -> Finding {
    finding.remedy("chọn giờ khác hoặc điểm cầu khác", "choose another time or another site")
}
