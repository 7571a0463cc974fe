//! Điều 11 khoản 2 as A-21 reads it: what an amendment of a registration is, who makes it, and until when.
//!
//! Leaves out: what a new evaluation comes to, which the rules of a registration say.

use super::{CLAUSE_1, CLAUSE_2};
use crate::actor::{Actor, Role};
use crate::civil::Moment;
use crate::finding::{DutyHolder, Finding};
use crate::ids::RegistrationId;
use crate::registry::{Registration, RegistrationState, Registry, Session};
use crate::rules::article_03::{CLAUSE_6, CLAUSE_7};
use crate::rules::article_13;
use crate::submission::{Invitee, Path, Submission};

/// What an amendment needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amendment {
    /// An earlier start, more sites, another urgency or classification, another chair site: a new evaluation.
    Material,
    /// A postponement or another end: whether the sites are free.
    Timing,
    /// Content, fewer sites, contact, support: nothing.
    Minor,
}

/// What an amendment needs. What only completes or tells more is minor.
pub(crate) fn kind(old: &Submission, new: &Submission) -> Amendment {
    let earlier = old.start.zip(new.start).is_some_and(|(old, new)| new < old);
    let added = new.members.iter().any(|invitee| !covers(old, invitee));
    let other = (old.urgency.is_normal() != new.urgency.is_normal())
        || old.classification != new.classification
        || old.chair_site != new.chair_site;
    if earlier || added || other {
        return Amendment::Material;
    }
    match (old.start, old.end) == (new.start, new.end) {
        true => Amendment::Minor,
        false => Amendment::Timing,
    }
}

/// Whether an invitation was there before, with as many legs.
fn covers(old: &Submission, invitee: &Invitee) -> bool {
    let mut same = old.members.iter().filter(|one| one.member == invitee.member);
    same.any(|one| match (one.legs, invitee.legs) {
        (Some(had), Some(legs)) => legs <= had,
        (had, legs) => had == legs,
    })
}

/// A registration that can still be changed: it was neither refused nor called off.
pub(crate) fn amendable(registry: &Registry, id: RegistrationId) -> Result<&Registration, Box<Finding>> {
    let refusal = |vi: String, en: String| {
        let finding = Finding::violation("11.2/amendable", &[CLAUSE_2])
            .observed(vi, en)
            .required(
                "một đăng ký đang chờ trả lời hoặc đã được chấp nhận",
                "a registration that awaits its answer or was accepted",
            )
            .remedy("đăng ký phiên họp mới", "register another session")
            .duty_of(DutyHolder::Chair)
            .reading(21);
        Box::new(finding)
    };
    let Some(registration) = registry.registration(id) else {
        return Err(refusal(format!("không có đăng ký số {id}"), format!("there is no registration {id}")));
    };
    match registration.state {
        RegistrationState::Rejected(_) => {
            Err(refusal(format!("đăng ký số {id} đã bị từ chối"), format!("registration {id} was refused")))
        }
        RegistrationState::Cancelled(_) => {
            Err(refusal(format!("đăng ký số {id} đã bị hủy"), format!("registration {id} was called off")))
        }
        _ => Ok(registration),
    }
}

/// The chair agency amends and calls off its own session; of a notified one its office. Nobody else.
pub(crate) fn by_chair_agency(registry: &Registry, registration: &Registration, actor: &Actor) -> Option<Finding> {
    let submission = &registration.submission;
    let agency = actor.organization.as_ref().or_else(|| {
        let site = actor.site.as_ref().and_then(|site| registry.site(site));
        site.map(|site| &site.organization)
    });
    let (citation, right) = match submission.path {
        Path::Notify => {
            let own =
                agency.is_some() && (agency == submission.sender.as_ref() || agency == submission.agency.as_ref());
            (CLAUSE_1, own && matches!(actor.role, Role::Office | Role::SiteOperator))
        }
        Path::Register => {
            let chair_site = actor.site.is_some() && actor.site == submission.chair_site;
            let own = chair_site || (agency.is_some() && agency == submission.agency.as_ref());
            (CLAUSE_2, own && actor.role == Role::SiteOperator)
        }
        // The peer says what becomes of its session; the technical operator enters it.
        Path::Convene => (CLAUSE_2, actor.role.of_technical_operator()),
    };
    if right {
        return None;
    }
    let finding = Finding::violation("11.2/chair-agency", &[citation])
        .observed(
            format!("{} ({}) không thuộc cơ quan chủ trì của phiên họp này", actor.name, actor.role.vi()),
            format!("{} ({}) is not of the agency that chairs this session", actor.name, actor.role.en()),
        )
        .required(
            "người của cơ quan chủ trì (điểm cầu chủ trì), hoặc của văn phòng đã thông báo",
            "a person of the chairing agency or site, or of the office that notified",
        )
        .remedy("đề nghị cơ quan chủ trì thực hiện", "ask the chairing agency to do it")
        .reading(21);
    Some(finding)
}

/// Another chair agency is another registration.
pub(crate) fn same_agency(old: &Submission, new: &Submission) -> Option<Finding> {
    let (was, is) = old.agency.as_ref().zip(new.agency.as_ref())?;
    if was == is {
        return None;
    }
    let finding = Finding::violation("11.2/another-agency", &[CLAUSE_2])
        .observed(
            format!("đổi cơ quan chủ trì từ “{was}” sang “{is}”"),
            format!("the chairing agency changes from `{was}` to `{is}`"),
        )
        .required("cùng cơ quan chủ trì", "the same chairing agency")
        .remedy(
            "cơ quan chủ trì mới đăng ký phiên họp mới; cơ quan chủ trì cũ hủy phiên họp này",
            "the new agency registers a session, and the old one calls this one off",
        )
        .duty_of(DutyHolder::Chair)
        .reading(21);
    Some(finding)
}

/// A registration is amended before the start; afterwards the chair invites and the Centre carries it out.
pub(crate) fn before_start(registry: &Registry, session: &Session, new: &Submission, at: Moment) -> Option<Finding> {
    let observed = if at >= session.start {
        (
            format!("thay đổi gửi {}, phiên họp đã bắt đầu {}", at.vi(), session.start.vi()),
            format!("amended at {at}, when the session had started at {}", session.start),
        )
    } else if begun(registry, session, at) {
        // Begun early is begun.
        (
            format!("thay đổi gửi {}, phiên họp đang diễn ra", at.vi()),
            format!("amended at {at}, while the session is being held"),
        )
    } else {
        return None;
    };
    let adds = new.members.iter().any(|invitee| session.seat(&invitee.member).is_none());
    let finding = match adds {
        true => Finding::violation("13.1/chair-invites", &[CLAUSE_6, CLAUSE_7, article_13::CLAUSE_1])
            .required("trong phiên họp, điểm cầu chủ trì mời", "the chair's invitation, during the session"),
        false => Finding::violation("11.2/before-start", &[CLAUSE_2])
            .required("thay đổi trước giờ bắt đầu", "an amendment before the start"),
    };
    let finding = finding
        .observed(observed.0, observed.1)
        .remedy(
            "trong phiên họp: điểm cầu chủ trì mời thêm điểm cầu, Trung tâm thực hiện (khoản 1 Điều 13)",
            "during the session: the chair invites a further site, and the Centre lets it in (Điều 13 khoản 1)",
        )
        .duty_of(DutyHolder::Chair)
        .reading(21);
    Some(finding)
}

/// A session that has begun is ended, not called off.
pub(crate) fn not_begun(registry: &Registry, session: &Session, at: Moment) -> Option<Finding> {
    let ended = session.ended.is_some();
    if !ended && !begun(registry, session, at) {
        return None;
    }
    let (vi, en) = if ended { ("đã kết thúc", "is over") } else { ("đã bắt đầu", "has begun") };
    let finding = Finding::violation("11.2/begun", &[CLAUSE_2])
        .observed(format!("phiên họp số {} {vi}", session.alias), format!("session {} {en}", session.alias))
        .required("phiên họp chưa bắt đầu", "a session that has not begun")
        .remedy("kết thúc phiên họp", "end the session")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Whether a session is being held: it was started, or its time has come and somebody is in it.
pub(crate) fn begun(registry: &Registry, session: &Session, at: Moment) -> bool {
    let started = registry.conduct().state(session.id).is_running();
    let met = || at >= session.start && registry.joins().any(|join| join.session == session.id);
    session.ended.is_none() && (started || met())
}

/// A session is called off for a reason, which its members are told.
pub(crate) fn cancel_reason(reason: &str) -> Option<Finding> {
    if !reason.trim().is_empty() {
        return None;
    }
    let finding = Finding::advice("11.2/cancel-reason", &[CLAUSE_2])
        .observed("hủy phiên họp không nêu lý do", "the session is called off without a reason")
        .required("lý do hủy để thông báo cho các điểm cầu", "a reason to tell the sites")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}
