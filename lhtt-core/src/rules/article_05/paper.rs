//! Điều 5 khoản 2: who files dossiers and declares links, devices, clearances and levels, and that they name documents by
//! number only.

use super::dossier::more_than_a_reference;
use super::{CLAUSE_2, DutyHolder, Finding};
use crate::actor::action::Action;
use crate::civil::Moment;
use crate::registry::{Registry, Session};
use crate::request::{Actor, Role};
use crate::rules::{article_14, role};
use crate::submission::Reference;

/// Whoever may do one of these actions passes; the refusal is that of the first.
pub(crate) fn may_any(
    registry: &Registry,
    actor: &Actor,
    session: Option<&Session>,
    actions: &[Action],
    at: impl Into<Moment>,
) -> Option<Finding> {
    let at = at.into();
    let mut refusals = actions.iter().map(|action| role::may(registry, actor, session, *action, at));
    let first = refusals.next()??;
    refusals.all(|refusal| refusal.is_some()).then_some(first)
}

/// Whoever may hand in papers files a dossier. Of the chair agency that is the operator of a site: where no session is named
/// yet, of any agency's, since each may register one.
pub(crate) fn may_file(
    registry: &Registry,
    actor: &Actor,
    session: Option<&Session>,
    at: impl Into<Moment>,
) -> Option<Finding> {
    let refusal =
        may_any(registry, actor, session, &[Action::Register, Action::Notify, Action::AnswerRegistration], at)?;
    if actor.role != Role::SiteOperator {
        return Some(refusal);
    }
    let of_site = actor.site.as_ref().map(|id| registry.site(id).map(|site| &site.organization));
    let agency = match (of_site, &actor.organization) {
        (Some(None), _) => None,
        (Some(Some(of_site)), Some(stated)) => (of_site == stated).then_some(stated),
        (Some(of_site), None) => of_site,
        (None, stated) => stated.as_ref().filter(|id| registry.organization(id).is_some()),
    };
    match (agency, session) {
        (Some(_), None) => None,
        (Some(agency), Some(session)) if *agency == session.agency => None,
        (_, Some(_)) => Some(refusal),
        (None, None) => Some(unknown_filer(actor)),
    }
}

fn unknown_filer(actor: &Actor) -> Finding {
    Finding::missing("5.2/filer", &[CLAUSE_2])
        .observed(
            format!("không rõ {} thuộc điểm cầu, cơ quan nào trong danh mục", actor.name),
            format!("it is not said of which known site and agency {} is", actor.name),
        )
        .required(
            "người của điểm cầu hoặc cơ quan sẽ chủ trì phiên họp",
            "a person of the site or agency that is to chair the session",
        )
        .remedy(
            "nêu `site` hoặc `organization` có trong danh mục của người nộp, không trái nhau",
            "state a known `site` or `organization` of the actor; where both, of one another",
        )
        .duty_of(DutyHolder::Chair)
}

/// Whoever may raise a level: everybody who answers for the session or for the system. Raising protects.
pub(crate) fn may_raise(
    registry: &Registry,
    actor: &Actor,
    session: &Session,
    at: impl Into<Moment>,
) -> Option<Finding> {
    match actor.role {
        Role::ManagingAuthority | Role::Police | Role::Office => None,
        _ => may_any(registry, actor, Some(session), &[Action::StartEnd, Action::Register], at),
    }
}

/// The session that is meant, or the refusal.
pub(crate) fn session(registry: &Registry, id: crate::ids::SessionId) -> Result<&Session, Box<Finding>> {
    registry.session(id).ok_or_else(|| {
        let finding = Finding::violation("5.2/session", &[CLAUSE_2])
            .observed(format!("không có phiên họp {id}"), format!("there is no session {id}"))
            .required("một phiên họp đã chấp nhận", "an accepted session");
        Box::new(finding)
    })
}

/// A session that has not ended.
pub(crate) fn running(session: &Session) -> Option<Finding> {
    article_14::not_ended(session)
}

/// A link that is declared.
pub(crate) fn known_link(registry: &Registry, id: &crate::ids::LinkId) -> Option<Finding> {
    (!registry.secrecy().links.contains_key(id)).then(|| unknown("đường truyền", "link"))
}

/// A person who is cleared.
pub(crate) fn known_clearance(registry: &Registry, id: &Reference) -> Option<Finding> {
    (!registry.secrecy().clearances.contains_key(id)).then(|| unknown("người được cho phép", "clearance"))
}

/// Somebody or something that is configured.
pub(crate) fn known_member(registry: &Registry, member: &crate::submission::Member) -> Option<Finding> {
    use crate::submission::Member;
    let known = match member {
        Member::Site(id) => registry.site(id).is_some(),
        Member::Peer(id) => registry.peer(id).is_some(),
    };
    (!known).then(|| unknown("điểm cầu hoặc hệ thống kết nối", "site or peer"))
}

fn unknown(vi: &str, en: &str) -> Finding {
    Finding::violation("5.2/declared", &[CLAUSE_2])
        .observed(format!("không có {vi} này trong danh mục"), format!("there is no such {en}"))
        .required(format!("{vi} có trong danh mục"), format!("a known {en}"))
        .duty_of(DutyHolder::TrungTam)
}

/// Documents are named by number only.
pub(crate) fn numbers_only<'a>(references: impl IntoIterator<Item = &'a Reference>) -> Option<Finding> {
    let told = references.into_iter().any(|one| !one.is_blank() && !one.refers_only());
    told.then(more_than_a_reference)
}

/// A clearance stands on a document.
pub(crate) fn document_named(document: &Reference) -> Option<Finding> {
    document.is_blank().then(|| {
        Finding::missing("5.2/document", &[CLAUSE_2])
            .observed("chưa nêu số, ký hiệu văn bản", "no number of a document is given")
            .required("số, ký hiệu văn bản", "the number of a document")
            .duty_of(DutyHolder::ManagingAuthority)
    })
}
