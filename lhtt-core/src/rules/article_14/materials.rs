//! Điều 14 khoản 4: whoever wants the materials of a session asks the chair agency; never those of a secret one.

use super::CLAUSE_4;
use crate::actor::{Actor, Role};
use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::ids::OrganizationId;
use crate::registry::{Course, Registry, Session};
use crate::rules::article_11;

/// The materials of a session that is or was secret are given to nobody by this way.
pub(crate) fn not_secret(registry: &Registry, session: &Session) -> Option<Finding> {
    if session.classification.is_open() && !registry.secrecy().was_secret(session.id) {
        return None;
    }
    let finding = Finding::violation("14.4/secret", &[CLAUSE_4])
        .observed("phiên họp có nội dung bí mật nhà nước", "the session concerns state secrets")
        .required("phiên họp không có nội dung bí mật nhà nước", "a session without state secrets")
        .remedy("thực hiện theo pháp luật về bảo vệ bí mật nhà nước", "go by the law on state secrets");
    Some(finding)
}

/// Khoản 2 to 4, A-34: what is recorded of a session is its chair agency's: its site's operator asks for it and answers for it,
/// or the office that serves the body that chairs. Everybody else who could is refused here, by `place`.
pub(crate) fn chair_agency(registry: &Registry, session: &Session, actor: &Actor, place: Citation) -> Option<Finding> {
    let body = |office: &OrganizationId| {
        *office == session.agency || article_11::is_office_of(registry, office, &session.agency)
    };
    let own = match actor.role {
        Role::Office => actor.organization.as_ref().is_some_and(body),
        // Whose site it is, the table of roles has asked.
        _ => true,
    };
    if own {
        return None;
    }
    let agency = registry.organization(&session.agency).map_or(session.agency.as_str(), |one| &one.name);
    let whose = actor.organization.as_ref().map_or("?", OrganizationId::as_str);
    let finding = Finding::violation("14.2/chair-agency", &[place])
        .observed(
            format!("{} của “{whose}”, phiên họp do {agency} chủ trì", actor.name),
            format!("{} is of `{whose}`; {agency} chairs the session", actor.name),
        )
        .required(
            "cơ quan chủ trì: cán bộ vận hành điểm cầu chủ trì, hoặc văn phòng của chính cơ quan đó",
            "the chair agency: the operator of its chair site, or the office of that very body",
        )
        .remedy(format!("đề nghị {agency} thực hiện"), format!("ask {agency} to do it"))
        .duty_of(DutyHolder::Chair);
    // Whose materials they are the text says itself; whose recording it is, A-34.
    Some(if place == CLAUSE_4 { finding } else { finding.reading(34) })
}

/// An agency asks in its own name, an office also in that of its body; the technical operator writes down what came on paper.
pub(crate) fn own_name(registry: &Registry, actor: &Actor, organization: &OrganizationId) -> Option<Finding> {
    let of_site = || actor.site.as_ref().and_then(|site| registry.site(site)).map(|site| &site.organization);
    let whose = of_site().or(actor.organization.as_ref());
    let own = whose.is_some_and(|id| id == organization || article_11::is_office_of(registry, id, organization));
    // One that nobody knows is refused as such.
    if own || actor.role.of_technical_operator() || registry.organization(organization).is_none() {
        return None;
    }
    let finding = Finding::violation("14.4/own-name", &[CLAUSE_4])
        .observed(
            format!("{} yêu cầu thay cho “{organization}”", actor.name),
            format!("{} asks in the name of `{organization}`", actor.name),
        )
        .required("cơ quan, đơn vị tự yêu cầu", "the agency that wants them asks itself")
        .remedy("cơ quan, đơn vị đó gửi yêu cầu đến cơ quan chủ trì", "let that agency ask the chair agency");
    Some(finding)
}

/// There must be such a request.
pub(crate) fn asked(course: &Course, request: u32) -> Option<Finding> {
    if course.material(request).is_some() {
        return None;
    }
    let finding = Finding::violation("14.4/request", &[CLAUSE_4])
        .observed(format!("không có yêu cầu số {request}"), format!("there is no request {request}"))
        .required("một yêu cầu đã ghi nhận", "a request on record");
    Some(finding)
}

/// Only what the chair agency granted is handed over.
pub(crate) fn granted(course: &Course, request: u32) -> Option<Finding> {
    let answer = course.material(request).and_then(|one| one.answer.as_ref());
    if answer.is_some_and(|answer| answer.granted) {
        return None;
    }
    let finding = Finding::violation("14.4/granted", &[CLAUSE_4])
        .observed(
            format!("yêu cầu số {request} chưa được cơ quan chủ trì đồng ý"),
            format!("the chair agency has not granted request {request}"),
        )
        .required("cơ quan chủ trì đồng ý cung cấp", "the chair agency's consent")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}
