//! Điều 6 khoản 8: computers, telephones and tablets join on an access grant: whose, which, until when.

use crate::citation::Citation;
use crate::civil::Moment;
use crate::finding::{DutyHolder, Finding};
use crate::ids::OrganizationId;
use crate::registry::estate::{AccessGrant, Endpoint};
use crate::time::Wall;

const CLAUSE_8: Citation = Citation::article(6).clause(8);

/// A personal device without a grant in force to the agency as whose site it joins. By an untrusted clock no grant can be seen to be in force.
pub(crate) fn access_granted(endpoint: Option<&Endpoint>, owner: Option<&OrganizationId>, at: Wall) -> Option<Finding> {
    let now = Moment::from(at);
    let grants = endpoint.map_or(&[][..], |endpoint| &endpoint.access);
    let own = || grants.iter().filter(|grant| Some(&grant.organization) == owner);
    if at.trusted && own().any(|grant| names_person(grant) && grant.holds(now)) {
        return None;
    }
    let (vi, en) = match own().max_by_key(|grant| grant.valid_until) {
        None if !grants.is_empty() => (
            "quyền truy cập đã cấp cho cơ quan khác, không phải cơ quan của điểm cầu".to_owned(),
            "access was granted to another agency than the site's".to_owned(),
        ),
        None => {
            ("thiết bị cá nhân chưa được cấp quyền truy cập".to_owned(), "the device has no access grant".to_owned())
        }
        Some(_) if !at.trusted => (
            "đồng hồ chưa được xác thực nên không biết quyền truy cập còn hạn hay không".to_owned(),
            "the clock is not trusted, so that a grant cannot be seen to be in force".to_owned(),
        ),
        Some(grant) if !names_person(grant) => {
            ("quyền truy cập không nêu người được cấp".to_owned(), "the access grant names no person".to_owned())
        }
        Some(grant) => out_of_force(grant, now),
    };
    let finding = Finding::violation("6.8/access", &[CLAUSE_8])
        .observed(vi, en)
        .required("thiết bị cá nhân có quyền truy cập còn hiệu lực", "an access grant in force")
        .remedy(
            "đề nghị đơn vị vận hành kỹ thuật cấp hoặc gia hạn quyền truy cập cho thiết bị",
            "ask the technical operator to give or extend access for the device",
        )
        .duty_of(DutyHolder::Member);
    Some(finding)
}

fn names_person(grant: &AccessGrant) -> bool {
    !grant.person.trim().is_empty()
}

fn out_of_force(grant: &AccessGrant, now: Moment) -> (String, String) {
    if let Some(revoked) = grant.revoked_at.filter(|revoked| *revoked <= now) {
        return (
            format!("quyền truy cập đã bị thu hồi lúc {}", revoked.vi()),
            format!("the access grant was revoked at {revoked}"),
        );
    }
    if grant.valid_until.end() <= now {
        return (
            format!("quyền truy cập đã hết hạn vào cuối ngày {}", grant.valid_until.vi()),
            format!("the access grant ended with {}", grant.valid_until),
        );
    }
    let from = grant.from.map_or_else(Default::default, |from| (from.vi(), from.to_string()));
    (format!("quyền truy cập chưa có hiệu lực, từ ngày {}", from.0), format!("the access grant begins on {}", from.1))
}

/// A grant names a person and ends no earlier than it begins; it is of a personal device, and for the agency of its site.
pub(crate) fn grant_founded(person: &str, ends_before: bool, personal: bool, own: bool) -> Option<Finding> {
    let (vi, en) = match (person.trim().is_empty(), ends_before, personal, own) {
        (true, ..) => ("chưa nêu người được cấp quyền", "no person is named"),
        (_, true, ..) => ("ngày hết hạn trước ngày bắt đầu hoặc đã qua", "it ends before it begins, or has ended"),
        (_, _, false, _) => ("thiết bị không phải thiết bị cá nhân", "the terminal is no personal device"),
        (.., false) => ("thiết bị của điểm cầu thuộc cơ quan khác", "the terminal is of another agency's site"),
        _ => return None,
    };
    let finding = Finding::missing("6.8/grant", &[CLAUSE_8])
        .observed(vi, en)
        .required(
            "cơ quan, người dùng, thiết bị cá nhân và thời hạn",
            "the agency, the person, the personal device and the time",
        )
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}
