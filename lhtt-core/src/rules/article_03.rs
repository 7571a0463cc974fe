//! Điều 3: who is who. Decides by clauses 2 (levels), 3 (one control unit), 4 (terminals), 5 (a site belongs to an agency),
//! 6 (one chair site) and 7 (members are invited).

use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::ids::{EndpointId, JoinId, McuId, OrganizationId, SiteId};
use crate::registry::estate::{Endpoint, Mcu, McuRole};
use crate::registry::{Organization, OrganizationKind, Profile, Registry, Seat, Session, Site};
use crate::rules::article_11;
use crate::submission::{Member, Submission};

const CLAUSE_3: Citation = Citation::article(3).clause(3);
const CLAUSE_4: Citation = Citation::article(3).clause(4);
const CLAUSE_5: Citation = Citation::article(3).clause(5);
pub(crate) const CLAUSE_6: Citation = Citation::article(3).clause(6);
pub(crate) const CLAUSE_7: Citation = Citation::article(3).clause(7);

/// Điều 3 khoản 2: the level of an organisation is that of its kind.
pub(crate) fn tier_of_kind(organization: &Organization) -> Option<Finding> {
    if organization.tier_fits() {
        return None;
    }
    let right = organization.kind.tier()?;
    let finding = Finding::violation("3.2/tier", &[right.citation()])
        .observed(
            format!("cấp (`tier`) khai báo của “{}” trái với loại cơ quan, đơn vị", organization.name),
            format!("the stated `tier` of `{}` contradicts its `kind`", organization.name),
        )
        .required(format!("`{}`", right.name()), format!("`{}`", right.name()))
        .remedy("bỏ `tier`, hoặc sửa `kind`", "leave `tier` out, or correct `kind`")
        .duty_of(DutyHolder::ManagingAuthority);
    Some(finding)
}

/// Điều 3 khoản 3: the province has one control unit. A second is told, not refused.
pub(crate) fn one_mcu(registry: &Registry, id: &McuId, mcu: &Mcu) -> Option<Finding> {
    let provincial = |mcu: &Mcu| mcu.role == McuRole::Provincial;
    let others = registry.estate().mcus.iter().filter(|(other, one)| *other != id && provincial(one));
    let other = others.map(|(_, one)| one).next().filter(|_| provincial(mcu))?;
    let finding = Finding::advice("3.3/one-mcu", &[CLAUSE_3])
        .observed(
            format!("“{}” là MCU thứ hai của tỉnh, bên cạnh “{}”", mcu.name, other.name),
            format!("`{}` is a second control unit of the province, beside `{}`", mcu.name, other.name),
        )
        .required("một hệ thống trung tâm điều khiển của tỉnh", "one control unit of the province")
        .remedy("ghi là MCU của hệ thống kết nối (`peer`) nếu đúng như vậy", "state it as a peer's, if it is one")
        .duty_of(DutyHolder::ManagingAuthority);
    Some(finding)
}

/// Điều 3 khoản 4: a terminal is in the register.
pub(crate) fn endpoint_unknown(id: &EndpointId) -> Finding {
    Finding::violation("3.4/endpoint-known", &[CLAUSE_4])
        .observed(
            format!("thiết bị đầu cuối “{id}” không có trong danh mục"),
            format!("the terminal `{id}` is not in the register"),
        )
        .required("thiết bị đầu cuối đã đăng ký của điểm cầu", "a registered terminal of the site")
        .remedy("khai báo thiết bị vào danh mục", "add it to the register")
        .duty_of(DutyHolder::Member)
}

/// Điều 3 khoản 4: each terminal is one.
pub(crate) fn endpoint_twice(id: &EndpointId) -> Finding {
    Finding::violation("3.4/endpoint-once", &[CLAUSE_4])
        .observed(
            format!("thiết bị đầu cuối “{id}” đã có trong danh mục"),
            format!("the terminal `{id}` is in the register already"),
        )
        .required("mỗi thiết bị một mã", "each terminal once")
        .duty_of(DutyHolder::Member)
}

/// Điều 3 khoản 4: a terminal that was taken out is used no more.
pub(crate) fn endpoint_there(id: &EndpointId, endpoint: &Endpoint) -> Option<Finding> {
    if !endpoint.retired {
        return None;
    }
    let finding = Finding::violation("3.4/endpoint-retired", &[CLAUSE_4])
        .observed(
            format!("thiết bị đầu cuối “{id}” đã được đưa ra khỏi sử dụng"),
            format!("the terminal `{id}` was taken out of use"),
        )
        .required("thiết bị đầu cuối đang được sử dụng", "a terminal that is in use")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điều 3 khoản 4: a site uses its own terminals.
pub(crate) fn endpoint_of_site(id: &EndpointId, endpoint: &Endpoint, site: &SiteId) -> Option<Finding> {
    if endpoint.site == *site {
        return None;
    }
    let finding = Finding::violation("3.4/endpoint-site", &[CLAUSE_4])
        .observed(
            format!("thiết bị đầu cuối “{id}” thuộc điểm cầu “{}”, không thuộc “{site}”", endpoint.site),
            format!("the terminal `{id}` is of the site `{}`, not of `{site}`", endpoint.site),
        )
        .required("thiết bị đầu cuối của chính điểm cầu", "a terminal of the site itself")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điều 3 khoản 5: what is kept about a site is about one that is known.
pub(crate) fn site_known(registry: &Registry, id: &SiteId) -> Option<Finding> {
    match registry.site(id) {
        Some(_) => None,
        None => Some(
            Finding::violation("3.5/site-known", &[CLAUSE_5])
                .observed(format!("không có điểm cầu “{id}”"), format!("there is no site `{id}`"))
                .required("điểm cầu đã đề xuất hoặc đã cấu hình", "a proposed or configured site")
                .duty_of(DutyHolder::Member),
        ),
    }
}

/// Điều 3 khoản 5: a site stays with its agency.
pub(crate) fn site_of(registry: &Registry, id: &SiteId, organization: &OrganizationId) -> Option<Finding> {
    let site = registry.site(id).filter(|site| site.organization != *organization)?;
    let finding = Finding::violation("3.5/other-agency", &[CLAUSE_5])
        .observed(
            format!("điểm cầu “{id}” thuộc “{}”, không thuộc “{organization}”", site.organization),
            format!("the site `{id}` is of `{}`, not of `{organization}`", site.organization),
        )
        .required("điểm cầu của chính cơ quan, đơn vị", "a site of the organisation itself")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điều 3 khoản 5: a site is an agency's.
pub(crate) fn site_has_agency(site: &Site, organizations: &[Organization]) -> Option<Finding> {
    if organizations.iter().any(|one| one.id == site.organization) {
        return None;
    }
    let finding = Finding::missing("3.5/site-agency", &[CLAUSE_5])
        .observed(
            format!("điểm cầu “{}” thuộc “{}” là cơ quan, đơn vị không có trong cấu hình", site.id, site.organization),
            format!("the site `{}` belongs to `{}`, which is not configured", site.id, site.organization),
        )
        .required("điểm cầu của một cơ quan, đơn vị", "a site of an organisation")
        .remedy("khai báo cơ quan, đơn vị trong cấu hình", "add the organisation to the configuration")
        .duty_of(DutyHolder::ManagingAuthority);
    Some(finding)
}

/// Điều 3 khoản 5: each site is one.
pub(crate) fn site_named_once(id: &str) -> Finding {
    Finding::violation("3.5/named-once", &[CLAUSE_5])
        .observed(
            format!("điểm cầu “{id}” được khai báo nhiều lần"),
            format!("the site `{id}` is configured more than once"),
        )
        .required("mỗi điểm cầu một lần", "each site once")
        .duty_of(DutyHolder::ManagingAuthority)
}

/// Điều 3 khoản 2: an agency is of a level that the profile of the time has.
pub(crate) fn tier_enabled(profile: &Profile, organization: &Organization) -> Option<Finding> {
    if organization.tier.is_none_or(|tier| profile.tiers.enabled.contains(&tier)) {
        return None;
    }
    let finding = Finding::advice("3.2/tier-enabled", &[Citation::article(3).clause(2)])
        .observed(
            format!("“{}” thuộc cấp không còn trong cấu hình quy chế “{}”", organization.name, profile.id),
            format!("`{}` is of a level that the profile `{}` does not have", organization.name, profile.id),
        )
        .required("cơ quan, đơn vị thuộc cấp đang có", "an organisation of a level that exists")
        .remedy(
            "sửa cấp của cơ quan, đơn vị hoặc `tiers.enabled`",
            "change the organisation's level, or `tiers.enabled`",
        )
        .duty_of(DutyHolder::ManagingAuthority);
    Some(finding)
}

/// Điều 3 khoản 6: a session has exactly one chair site. More than one cannot be written down.
pub(crate) fn chair_site_named(submission: &Submission) -> Option<Finding> {
    if submission.chair_site.is_some() {
        return None;
    }
    let finding = Finding::incomplete("3.6/one-chair-site", &[CLAUSE_6])
        .observed("chưa nêu điểm cầu chủ trì", "no chair site is named")
        .required("đúng một điểm cầu chủ trì", "exactly one chair site")
        .remedy("nêu một điểm cầu chủ trì rồi gửi lại", "name one chair site and hand it in again")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Điều 3 khoản 6: who controls is of the agency that chairs: its own site, of a body also its office's. Whoever chairs at another's
/// site does so with the Centre.
pub(crate) fn chair_site_own(registry: &Registry, session: &Session) -> Option<Finding> {
    let (agency, site) = (registry.organization(&session.agency)?, registry.site(&session.chair_site)?);
    let owner = registry.organization(&site.organization)?;
    let of_body = |body: &Organization, office: &Organization| match (body.kind, office.kind) {
        (OrganizationKind::Body(body), OrganizationKind::Office(office)) => article_11::office_of(body) == office,
        _ => false,
    };
    if owner.id == agency.id || of_body(agency, owner) || of_body(owner, agency) {
        return None;
    }
    let finding = Finding::violation("3.6/own-chair-site", &[CLAUSE_6])
        .observed(
            format!("điểm cầu chủ trì “{}” là của “{}”, không phải của “{}”", site.name, owner.name, agency.name),
            format!("the chair site `{}` is of `{}`, not of `{}`", site.name, owner.name, agency.name),
        )
        .required("điểm cầu do cơ quan, đơn vị chủ trì bố trí", "a site that the chairing agency arranges")
        .remedy("để Trung tâm điều khiển", "let the Centre operate the session")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Điều 3 khoản 6, A-40: who chairs with the chair site is recorded, and takes part as a member.
pub(crate) fn co_chairs(registry: &Registry, submission: &Submission) -> Option<Finding> {
    let first = submission.co_chairs.first()?;
    let name = |id: &OrganizationId| registry.organization(id).map_or_else(|| id.to_string(), |one| one.name.clone());
    let names = submission.co_chairs.iter().map(name).collect::<Vec<_>>().join(", ");
    let unknown = submission.co_chairs.iter().find(|id| registry.organization(id).is_none());
    if let Some(unknown) = unknown {
        return super::article_02::known_organization(registry, unknown);
    }
    if Some(first) == submission.agency.as_ref() && submission.co_chairs.len() == 1 {
        return None;
    }
    let absent = submission.co_chairs.iter().filter(|id| !has_site(registry, submission, id));
    let absent = absent.map(name).collect::<Vec<_>>().join(", ");
    let (vi, en) = match absent.is_empty() {
        true => (
            format!("{names} đồng chủ trì, dự với tư cách điểm cầu thành phần"),
            format!("{names} co-chairs, and takes part as a member"),
        ),
        false => (
            format!("{names} đồng chủ trì; {absent} không có điểm cầu trong danh sách, chỉ dự tại điểm cầu khác"),
            format!("{names} co-chairs; {absent} has no site on the list, and can take part at another's only"),
        ),
    };
    let finding = Finding::advice("3.6/co-chair", &[CLAUSE_6])
        .observed(vi, en)
        .required(
            "một điểm cầu chủ trì; cơ quan của điểm cầu đó giữ tư liệu",
            "one chair site, whose agency keeps the materials",
        )
        .duty_of(DutyHolder::Chair)
        .reading(40);
    Some(finding)
}

/// Whether an agency has a site on the list of a registration.
fn has_site(registry: &Registry, submission: &Submission, agency: &OrganizationId) -> bool {
    let mut sites = submission.chair_site.iter().chain(submission.members.iter().filter_map(|one| match &one.member {
        Member::Site(site) => Some(site),
        Member::Peer(_) => None,
    }));
    sites.any(|site| registry.site(site).is_some_and(|site| &site.organization == agency))
}

/// Điều 3 khoản 7: whoever takes part was invited; the session's list says who.
pub(crate) fn invited<'a>(
    registry: &Registry,
    session: &'a Session,
    member: &Member,
) -> Result<&'a Seat, Box<Finding>> {
    session.seat(member).ok_or_else(|| {
        let name = member_name(registry, member);
        let finding = Finding::violation("3.7/invited", &[CLAUSE_7])
            .observed(
                format!("{name} không có trong danh sách điểm cầu của phiên họp số {}", session.alias),
                format!("{name} is not on the list of session {}", session.alias),
            )
            .required("điểm cầu được mời tham dự", "an invited member")
            .remedy(
                "đề nghị điểm cầu chủ trì mời; cán bộ điều khiển MCU thực hiện",
                "ask the chair site for an invitation, which the MCU operator carries out",
            )
            .duty_of(DutyHolder::Member);
        Box::new(finding)
    })
}

/// Điều 3 khoản 7: each member takes part with as many legs as were invited (I6).
pub(crate) fn slot_free(seat: &Seat) -> Option<Finding> {
    if seat.taken < seat.legs {
        return None;
    }
    let finding = Finding::violation("3.7/slot", &[CLAUSE_7])
        .observed(
            format!("đã dùng hết {} kết nối của thành phần này trong phiên họp", seat.legs),
            format!("all {} legs of this member are in use", seat.legs),
        )
        .required(format!("không quá {} kết nối cùng lúc", seat.legs), format!("at most {} legs at once", seat.legs))
        .remedy("ngắt kết nối đang dùng trước khi gọi lại", "end a leg in use, then call again")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điều 3 khoản 7: a leg takes part once.
pub(crate) fn join_fresh(registry: &Registry, join: JoinId) -> Option<Finding> {
    registry.join(join).map(|_| {
        Finding::violation("3.7/join-fresh", &[CLAUSE_7])
            .observed(
                format!("kết nối số {join} đang ở trong phiên họp"),
                format!("leg {join} is in a session already"),
            )
            .required("mỗi kết nối vào phiên họp một lần", "each leg joins once")
    })
}

/// Điều 3 khoản 7: only a leg that takes part can leave.
pub(crate) fn join_open(registry: &Registry, join: JoinId) -> Option<Finding> {
    match registry.join(join) {
        Some(_) => None,
        None => Some(
            Finding::violation("3.7/join-open", &[CLAUSE_7])
                .observed(
                    format!("kết nối số {join} không ở trong phiên họp nào"),
                    format!("leg {join} is in no session"),
                )
                .required("kết nối đang ở trong phiên họp", "a leg that is in a session"),
        ),
    }
}

/// Điều 3 khoản 7: the MCU calls a member out of one session, and it must be clear which.
pub(crate) fn which_session(registry: &Registry, member: &Member, open: usize) -> Finding {
    let name = member_name(registry, member);
    let finding = match open {
        0 => Finding::violation("3.7/dial-out", &[CLAUSE_7]).observed(
            format!("{name} không được mời vào phiên họp nào đang mở"),
            format!("{name} is on the list of no open session"),
        ),
        _ => Finding::missing("3.7/dial-out", &[CLAUSE_7]).observed(
            format!("{name} được mời vào {open} phiên họp đang mở, không rõ phiên họp nào"),
            format!("{name} is on the lists of {open} open sessions, and it is not said which"),
        ),
    };
    finding
        .required("thành phần được mời của một phiên họp xác định", "an invited member of one known session")
        .remedy("gọi từ số của phòng họp thuộc phiên họp đó", "call from the number of that session's room")
}

/// A member as people call it.
pub(crate) fn member_name(registry: &Registry, member: &Member) -> String {
    match member {
        Member::Site(id) => registry.site(id).map_or_else(|| id.to_string(), |site| site.name.clone()),
        Member::Peer(id) => registry.peer(id).map_or_else(|| id.to_string(), |peer| peer.name.clone()),
    }
}
