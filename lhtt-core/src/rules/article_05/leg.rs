//! Điều 5 khoản 2: the legs of a session with state secrets. Each is protected by cơ yếu means, ends in a checked device with
//! wired microphones, and none comes over the Internet, from a carrier's system or from a personal endpoint.
//!
//! What cannot be mended is said alone: for such a leg no missing fact is asked, though what is known to be wrong is
//! told. Leaves out: who is on the list, and when; those are the rules of every session.

use super::law::{Law, Requirement};
use super::{CLAUSE_2, DutyHolder, Finding, PERSONAL};
use crate::registry::estate::{Endpoint, EndpointKind, Verdict};
use crate::registry::{Device, Link, PeerKind, Registry, Secrecy};
use crate::request::{Leg, NetworkKind, Protection};
use crate::submission::{Member, Reference, Submission};

/// What stands against a leg of a secret session at `act`. Not called for an open one.
/// `secrecy` is what is declared; the registry's own, or as it will be.
pub(crate) fn fit(registry: &Registry, secrecy: &Secrecy, member: &Member, leg: &Leg, law: Law<'_>) -> Vec<Finding> {
    let link = secrecy.link_of(member, leg, law.act);
    let named = link.filter(|_| leg.link.is_some());
    let network = leg.network.or(named.and_then(|link| link.network));
    let endpoint = leg.endpoint.as_ref().or(named.and_then(|link| link.endpoint.as_ref()));
    let device = endpoint.and_then(|id| secrecy.devices.get(id));
    let terminal = endpoint.and_then(|id| registry.estate().endpoint(id));

    let mut findings = Vec::new();
    findings.extend(internet(network));
    findings.extend(carrier(registry, member));
    let kind = [leg.kind, terminal.map(|terminal| terminal.kind)];
    let somebodys = kind.contains(&Some(EndpointKind::Personal)) || device.is_some_and(|device| device.personal);
    findings.extend(somebodys.then(personal));
    let barred = !findings.is_empty();

    findings.extend(protected(leg.protection, link, leg.link.is_some(), law).filter(|one| !barred || is_known(one)));
    if barred {
        return findings;
    }
    findings.extend(network.is_none().then(network_unknown));
    match member {
        Member::Peer(_) => findings.extend(peer_devices(link, law)),
        Member::Site(site) => match device {
            None => findings.push(device_unknown(endpoint.is_some(), law)),
            Some(device) => {
                let supplied = stated(&device.co_yeu_supply);
                findings.extend((!supplied && !police_checked(device, terminal, law)).then(|| unchecked(law)));
                // Of a terminal that the leg itself states, the rules of every session say the same.
                let elsewhere = |terminal: &Endpoint| !terminal.active || terminal.retired || terminal.site != *site;
                let elsewhere = leg.endpoint.is_none() && terminal.is_some_and(elsewhere);
                findings.extend(elsewhere.then(|| device_unknown(true, law)));
                findings.extend((!device.wired_mic).then(|| not_wired(law)));
            }
        },
    }
    findings
}

/// A carrier's system is on the list of no secret session.
pub(crate) fn invited(registry: &Registry, submission: &Submission) -> Option<Finding> {
    let mut members = submission.members.iter().filter(|_| !submission.classification.is_open());
    members.find_map(|invitee| carrier(registry, &invitee.member))
}

fn is_known(finding: &Finding) -> bool {
    finding.kind == crate::finding::FindingKind::Violation
}

/// The police's last check of a registered terminal counts; of one that is not registered, the check that is declared.
fn police_checked(device: &Device, terminal: Option<&Endpoint>, law: Law<'_>) -> bool {
    let Some(terminal) = terminal else { return stated(&device.police_check) };
    let since = terminal.due.map(|due| due.since);
    let made = terminal.checks.iter().filter(|check| check.date <= law.act.date());
    let made = made.filter(|check| since.is_none_or(|since| since <= check.date));
    made.max_by_key(|check| check.date).is_some_and(|check| check.result == Verdict::Pass)
}

fn stated(reference: &Option<Reference>) -> bool {
    reference.as_ref().is_some_and(|one| !one.is_blank())
}

fn internet(network: Option<NetworkKind>) -> Option<Finding> {
    (network == Some(NetworkKind::Internet)).then(|| {
        barred("5.2/internet", &[CLAUSE_2])
            .observed("kết nối qua Internet", "the leg comes over the Internet")
            .duty_of(DutyHolder::Member)
    })
}

fn carrier(registry: &Registry, member: &Member) -> Option<Finding> {
    let Member::Peer(id) = member else { return None };
    matches!(registry.peer(id)?.kind, PeerKind::Carrier(_)).then(|| {
        barred("5.2/carrier", &[CLAUSE_2])
            .observed("kết nối qua hệ thống của doanh nghiệp viễn thông", "the leg comes from a carrier's system")
            .duty_of(DutyHolder::Carrier)
    })
}

fn personal() -> Finding {
    barred("5.2/personal", &[CLAUSE_2, PERSONAL])
        .observed("kết nối từ thiết bị cá nhân", "the leg comes from a personal endpoint")
        .duty_of(DutyHolder::Member)
}

fn barred(rule: &'static str, citations: &[crate::citation::Citation]) -> Finding {
    Finding::violation(rule, citations)
        .required(
            "không dùng Internet, hệ thống của doanh nghiệp viễn thông, thiết bị cá nhân, kể cả qua đường truyền cơ yếu",
            "no Internet, no carrier's system, no personal endpoint, even over a link protected by cơ yếu means",
        )
        .remedy("tham dự tại điểm cầu đã được kiểm tra", "attend at a checked site")
        .reading(46)
}

fn network_unknown() -> Finding {
    Finding::missing("5.2/network", &[CLAUSE_2])
        .observed("không rõ kết nối qua mạng nào", "it is not known over which network the leg comes")
        .required("mạng truyền số liệu chuyên dùng hoặc mạng nội bộ", "the province's data network, or an internal one")
        .remedy("khai báo mạng của kết nối", "state the network of the leg")
        .duty_of(DutyHolder::TrungTam)
}

/// Cơ yếu protection is what the leg states and the declared link proves, the lesser of both. TLS alone never is.
fn protected(leg: Option<Protection>, link: Option<&Link>, named: bool, law: Law<'_>) -> Option<Finding> {
    let declared = link.map(|link| link.protection_at(law.act));
    let stated = leg.or(declared.filter(|_| named));
    let enough = |one: Option<Protection>| one.is_some_and(|one| one >= Protection::CoYeu);
    if enough(stated) && enough(declared) {
        return None;
    }
    let asked = [Requirement::Equipment];
    let finding = match (stated, link) {
        (Some(one), _) if one < Protection::CoYeu && leg.is_some() => law.violation("5.2/protection", &asked).observed(
            format!("kết nối chỉ được bảo vệ {}, chưa bằng cơ yếu", protection_vi(one)),
            format!("the leg is protected {}, not by cơ yếu means", protection_en(one)),
        ),
        (None, _) => law
            .missing("5.2/protection", &asked)
            .observed("không rõ kết nối được bảo vệ thế nào", "it is not known how the leg is protected"),
        (_, None) => law.missing("5.2/protection", &asked).observed(
            "không có đường truyền nào của bên này được khai báo là bảo vệ bằng cơ yếu",
            "no link of this member is declared as protected by cơ yếu means",
        ),
        (_, Some(_)) => law.missing("5.2/protection", &asked).observed(
            "đường truyền không có chứng nhận cơ yếu còn hiệu lực",
            "the link has no certificate of cơ yếu protection that is in force",
        ),
    };
    let finding = finding
        .required(
            "đường truyền được bảo vệ theo pháp luật về cơ yếu, có số chứng nhận",
            "a link protected under the law on cơ yếu, with the number of its certificate",
        )
        .remedy(
            "dùng đường truyền cơ yếu và khai báo chứng nhận; TLS không thay thế được",
            "use a link protected by cơ yếu means and declare its certificate; TLS does not stand in for it",
        )
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}

fn protection_vi(protection: Protection) -> &'static str {
    match protection {
        Protection::None => "không bằng phương thức nào",
        Protection::Tls => "bằng TLS",
        Protection::CoYeu => "bằng cơ yếu",
    }
}

fn protection_en(protection: Protection) -> &'static str {
    match protection {
        Protection::None => "by nothing",
        Protection::Tls => "by TLS",
        Protection::CoYeu => "by cơ yếu means",
    }
}

fn device(rule: &'static str, law: Law<'_>) -> Finding {
    law.missing(rule, &[Requirement::Equipment])
        .required(
            "thiết bị được Công an kiểm tra trước khi lắp đặt hoặc do cơ yếu cung cấp; micro có dây",
            "a device that the police checked before it was installed, or that cơ yếu supplied; wired microphones",
        )
        .duty_of(DutyHolder::Member)
}

fn device_unknown(stated: bool, law: Law<'_>) -> Finding {
    let finding = device("5.2/device", law).remedy("khai báo thiết bị của kết nối", "declare the device of the leg");
    match stated {
        false => {
            finding.observed("không rõ kết nối từ thiết bị nào", "it is not known from which device the leg comes")
        }
        true => finding.observed(
            "thiết bị của kết nối chưa được khai báo cho phiên họp bí mật nhà nước",
            "the device of the leg is not declared for secret sessions",
        ),
    }
}

fn unchecked(law: Law<'_>) -> Finding {
    device("5.2/device-check", law)
        .observed(
            "thiết bị chưa được Công an kiểm tra và không do cơ yếu cung cấp",
            "the device is neither checked by the police nor supplied by cơ yếu",
        )
        .remedy("đề nghị Công an tỉnh kiểm tra thiết bị", "ask the provincial police to check the device")
}

fn not_wired(law: Law<'_>) -> Finding {
    device("5.2/wired-microphone", law)
        .observed(
            "thiết bị không được khai báo dùng micro có dây",
            "the device is not declared to have wired microphones",
        )
        .remedy("dùng micro có dây và khai báo", "use wired microphones and declare them")
}

/// The devices of another system are its own to check; its statement stands with the link.
fn peer_devices(link: Option<&Link>, law: Law<'_>) -> Option<Finding> {
    let statement = link.is_some_and(|link| stated(&link.devices));
    (!statement).then(|| {
        device("5.2/peer-devices", law)
            .observed(
                "hệ thống kết nối chưa có văn bản xác nhận về thiết bị của mình",
                "the peer has not stated that its devices meet the requirements",
            )
            .remedy("đề nghị hệ thống kết nối xác nhận bằng văn bản", "ask the peer for its statement")
            .duty_of(DutyHolder::Peer)
    })
}
