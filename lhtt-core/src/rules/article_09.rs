//! Điều 9: what a member site of the system must be. Decides whether a site is admitted, how it gets there (khoản 1 an agency
//! that takes part already, khoản 2 one that does not), and when.

use crate::citation::Citation;
use crate::civil::Date;
use crate::finding::{DutyHolder, Finding};
use crate::ids::SiteId;
use crate::registry::estate::{Assessment, SiteEvent, SiteRecord, SiteState, Verdict};
use crate::registry::{AssessmentValidity, Registry};
use crate::rules::article_18::{self, name_of};

const ARTICLE: Citation = Citation::article(9);

/// Điều 9: only admitted sites take part. A site that is not known is not admitted.
pub(crate) fn site_admitted(registry: &Registry, id: &SiteId, today: Date) -> Option<Finding> {
    let (vi, en) = match registry.site_state(id) {
        Some(SiteState::Admitted) if has_failed(registry.estate().site(id), today) => {
            ("có lần đánh giá gần nhất chưa đáp ứng", "was assessed last as not meeting the conditions")
        }
        Some(SiteState::Admitted) => return None,
        Some(SiteState::Suspended) => ("đang bị tạm dừng tham gia Hệ thống", "is suspended"),
        Some(SiteState::Withdrawn) => ("đã rút khỏi Hệ thống", "was withdrawn from the system"),
        _ => ("chưa được công nhận là điểm cầu của Hệ thống", "is not admitted to the system"),
    };
    let name = name_of(registry, id);
    let finding = Finding::violation("9/admitted", &[ARTICLE])
        .observed(format!("điểm cầu “{name}” {vi}"), format!("the site `{name}` {en}"))
        .required("điểm cầu đã được đánh giá đáp ứng và công nhận", "a site assessed and admitted")
        .remedy("thực hiện thủ tục tham gia Hệ thống theo Điều 9", "have the site admitted as Điều 9 says")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Whether its latest assessment says that it does not meet the conditions. One of a day to come says nothing yet.
fn has_failed(record: Option<&SiteRecord>, today: Date) -> bool {
    let assessment = record.and_then(|record| record.assessment.as_ref());
    assessment.is_some_and(|one| one.result == Verdict::Fail && one.date <= today)
}

/// Điều 9 khoản 1 điểm c, khoản 2 điểm d: a site of the system that was assessed last as not meeting the conditions.
pub(crate) fn failed(record: &SiteRecord, membership: Membership, today: Date) -> Option<Finding> {
    if !has_failed(Some(record), today) {
        return None;
    }
    let finding = Finding::violation("9/assessed", &[membership.assessment()])
        .observed("đánh giá gần nhất: chưa đáp ứng", "assessed last as not meeting the conditions")
        .required(
            "cơ quan quản lý, vận hành đánh giá đáp ứng điều kiện kết nối",
            "an assessment by the managing authority as meeting the conditions",
        )
        .remedy("khắc phục rồi đề nghị đánh giá lại", "mend it, and have the site assessed again")
        .duty_of(DutyHolder::Member)
        .reading(42);
    Some(finding)
}

/// Whether the agency of a site takes part already: which clause of Điều 9 it comes under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Membership {
    /// It has another site in the system: khoản 1.
    Existing,
    /// It has none: khoản 2.
    New,
}

impl Membership {
    /// Of the agency of a site.
    pub(crate) fn of(registry: &Registry, id: &SiteId) -> Self {
        let agency = registry.site(id).map(|site| &site.organization);
        let other = registry.sites().any(|site| {
            site.id != *id
                && Some(&site.organization) == agency
                && registry.site_state(&site.id).is_some_and(SiteState::in_system)
        });
        if other { Self::Existing } else { Self::New }
    }

    /// Its clause.
    pub(crate) const fn clause(self) -> Citation {
        match self {
            Self::Existing => ARTICLE.clause(1),
            Self::New => ARTICLE.clause(2),
        }
    }

    /// The point that asks for the conditions of the room.
    pub(crate) const fn conditions(self) -> Citation {
        self.clause().point('a')
    }

    /// The point that asks for the quota.
    pub(crate) const fn quota(self) -> Citation {
        self.clause().point('b')
    }

    const fn assessment(self) -> Citation {
        match self {
            Self::Existing => self.clause().point('c'),
            Self::New => self.clause().point('d'),
        }
    }
}

/// Điều 9: one step after another.
pub(crate) fn in_turn(registry: &Registry, id: &SiteId, event: SiteEvent) -> Result<SiteState, Box<Finding>> {
    let state = registry.site_state(id);
    SiteState::after(state, event).ok_or_else(|| {
        let name = name_of(registry, id);
        let (vi, en) = state.map_or(("chưa có trong hồ sơ", "not known"), |state| (state.vi(), state.en()));
        let finding = Finding::violation("9/turn", &[ARTICLE])
            .observed(
                format!("điểm cầu “{name}” {vi}; không thể {}", event.vi()),
                format!("the site `{name}` is {en}; it is not its turn to {}", event.en()),
            )
            .required(
                "theo thứ tự: đề xuất, bố trí, đề nghị, đánh giá, công nhận",
                "in turn: propose, arrange, apply, assess, admit",
            )
            .remedy("thực hiện bước còn thiếu trước", "take the step that comes first")
            .duty_of(DutyHolder::Member);
        Box::new(finding)
    })
}

/// Điều 9: a site is not taken out without a reason.
pub(crate) fn reason_stated(reason: &str) -> Option<Finding> {
    if !reason.trim().is_empty() {
        return None;
    }
    let finding = Finding::missing("9/reason", &[ARTICLE])
        .observed("chưa nêu lý do", "no reason is stated")
        .required("lý do tạm dừng hoặc rút điểm cầu", "the reason why a site is suspended or withdrawn");
    Some(finding)
}

/// Điều 9 khoản 2 điểm c: a new member may connect to the province's data network (A-18: whose approval, in words).
pub(crate) fn network_approved(record: &SiteRecord, today: Date) -> Option<Finding> {
    let (vi, en) = match record.network_approval.as_ref().filter(|one| one.is_named()) {
        Some(approval) if approval.date <= today => return None,
        Some(approval) => (
            format!("văn bản chấp thuận kết nối ghi ngày {}, chưa đến", approval.date.vi()),
            format!("the approval to connect is of {}, a day to come", approval.date),
        ),
        None => (
            "chưa có văn bản chấp thuận kết nối mạng truyền số liệu chuyên dùng".to_owned(),
            "the approval to connect to the data network is missing".to_owned(),
        ),
    };
    let finding = Finding::missing("9.2.c/network", &[ARTICLE.clause(2).point('c')])
        .observed(vi, en)
        .required("văn bản chấp thuận của cấp có thẩm quyền", "the approval of the competent authority")
        .remedy("trình cấp có thẩm quyền chấp thuận kết nối", "obtain the approval")
        .duty_of(DutyHolder::Member)
        .reading(18);
    Some(finding)
}

/// Điều 9 khoản 1 điểm c, khoản 2 điểm d: assessed by the managing authority as meeting the conditions. Of a site that
/// has applied, an assessment on file counts; one of a day to come never does.
pub(crate) fn assessed(record: &SiteRecord, membership: Membership, today: Date) -> Option<Finding> {
    let cited = [membership.assessment()];
    let its_turn = matches!(record.state, Some(SiteState::Applied | SiteState::Assessed(Verdict::Pass)));
    let made = record.assessment.as_ref().filter(|_| its_turn);
    let counts = made.filter(|one| one.date <= today);
    let finding = match (counts.map(|one| one.result), record.state) {
        (Some(Verdict::Pass), _) if counts.is_some_and(|one| one.evidence.trim().is_empty()) => {
            Finding::missing("9/assessed", &cited)
                .observed("đánh giá không dẫn biên bản", "the assessment names no record")
        }
        (Some(Verdict::Pass), _) => return None,
        (Some(Verdict::Fail), _) | (None, Some(SiteState::Assessed(Verdict::Fail))) => {
            Finding::violation("9/assessed", &cited)
                .observed("đánh giá: chưa đáp ứng", "assessed as not meeting the conditions")
        }
        (None, _) => match made {
            Some(to_come) => Finding::missing("9/assessed", &cited).observed(
                format!("đánh giá ghi ngày {}, chưa đến", to_come.date.vi()),
                format!("the assessment is of {}, a day to come", to_come.date),
            ),
            None => Finding::missing("9/assessed", &cited).observed("chưa được đánh giá", "the assessment is missing"),
        },
    };
    let finding = finding
        .required(
            "cơ quan quản lý, vận hành đánh giá đáp ứng điều kiện kết nối",
            "an assessment by the managing authority as meeting the conditions",
        )
        .remedy("đề nghị cơ quan quản lý, vận hành đánh giá", "ask the managing authority for its assessment")
        .duty_of(DutyHolder::ManagingAuthority);
    Some(match membership {
        Membership::Existing => finding,
        Membership::New => finding.reading(42),
    })
}

/// Điều 9 khoản 1 điểm c, khoản 2 điểm d: an assessment that is recorded has been made.
pub(crate) fn assessment_dated(site: &str, membership: Membership, date: Date, today: Date) -> Option<Finding> {
    article_18::dated(|| Finding::missing("9/dated", &[membership.assessment()]), site, date, None, today)
}

/// Điều 9 khoản 1 điểm c, khoản 2 điểm d: an assessment refers to its record.
pub(crate) fn assessment_documented(membership: Membership, evidence: &str) -> Option<Finding> {
    if !evidence.trim().is_empty() {
        return None;
    }
    let finding = Finding::missing("9/evidence", &[membership.assessment()])
        .observed("đánh giá không dẫn biên bản", "the assessment names no record")
        .required("số biên bản đánh giá", "the number of its record")
        .duty_of(DutyHolder::ManagingAuthority);
    Some(finding)
}

/// an assessment older than the profile's validity, cited at the clause that asks for it.
pub(crate) fn assessment_current(
    assessment: Option<&Assessment>,
    rule: AssessmentValidity,
    today: Date,
    asking: Citation,
) -> Option<Finding> {
    let (assessment, days) = (assessment?, rule.validity_days?);
    let last = assessment.date.start().plus_seconds(i64::from(days) * 86_400).date();
    if today <= last {
        return None;
    }
    let finding = Finding::overridable("9/assessment-current", &[asking])
        .observed(
            format!("đánh giá ngày {} đã hết hạn sau ngày {}", assessment.date.vi(), last.vi()),
            format!("the assessment of {} ended with {last}", assessment.date),
        )
        .required(format!("đánh giá không quá {days} ngày"), format!("an assessment of at most {days} days"))
        .remedy("đánh giá lại điểm cầu", "have the site assessed again")
        .duty_of(DutyHolder::ManagingAuthority)
        .reading(35);
    Some(finding)
}

impl Membership {
    /// Điều 9, A-35: its assessment must still be valid when it is admitted.
    pub(crate) fn assessment_current(
        self,
        record: &SiteRecord,
        rule: AssessmentValidity,
        today: Date,
    ) -> Option<Finding> {
        assessment_current(record.assessment.as_ref(), rule, today, self.assessment())
    }
}
