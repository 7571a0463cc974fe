//! Điều 5: principles. Decides by clauses 2 (state secrets) and 5 (which systems connect).

use crate::citation::{Citation, Instrument};
use crate::civil::Moment;
use crate::finding::{DutyHolder, Finding};
use crate::ids::PeerId;
use crate::registry::Registry;
use crate::submission::Classification;

const CLAUSE_2: Citation = Citation::article(5).clause(2);
const CLAUSE_5: Citation = Citation::article(5).clause(5);

/// Điều 5 khoản 5: only configured systems of the four named kinds connect.
pub(crate) fn peer_configured(registry: &Registry, peer: &PeerId) -> Option<Finding> {
    match registry.peer(peer) {
        Some(_) => None,
        None => Some(unknown_system(
            format!("hệ thống “{peer}” không nằm trong danh mục kết nối"),
            format!("the system `{peer}` is not configured as a peer"),
        )),
    }
}

/// Điều 5 khoản 5: whoever proves to be no configured system does not connect.
pub(crate) fn stranger() -> Finding {
    unknown_system(
        "bên gọi không thuộc hệ thống nào trong danh mục kết nối",
        "the caller is no configured peer or site",
    )
}

fn unknown_system(
    vi: impl Into<std::borrow::Cow<'static, str>>,
    en: impl Into<std::borrow::Cow<'static, str>>,
) -> Finding {
    Finding::violation("5.5/configured-peer", &[CLAUSE_5])
        .observed(vi, en)
        .required(
            "hệ thống của Quốc hội, Chính phủ, Tỉnh ủy hoặc doanh nghiệp viễn thông đã được cấu hình",
            "a configured system of the National Assembly, the Government, the provincial Party or a carrier",
        )
        .remedy(
            "đề nghị cơ quan quản lý, vận hành Hệ thống thiết lập kết nối",
            "ask the managing authority to set the connection up",
        )
        .duty_of(DutyHolder::Peer)
}

/// Điều 5 khoản 5: each peer system is one.
pub(crate) fn named_once(id: &str) -> Finding {
    Finding::violation("5.5/named-once", &[CLAUSE_5])
        .observed(
            format!("hệ thống kết nối “{id}” được khai báo nhiều lần"),
            format!("the peer `{id}` is configured more than once"),
        )
        .required("mỗi hệ thống một lần", "each peer once")
        .duty_of(DutyHolder::ManagingAuthority)
}

/// Điều 5 khoản 2: a session with state secrets needs protected means, devices and lines. The gate that checks them is
/// not built, so nobody joins one: fail closed.
pub(crate) fn secret_join(classification: Classification) -> Option<Finding> {
    if classification.is_open() {
        return None;
    }
    let finding = Finding::missing("5.2/secret-gate", &[CLAUSE_2])
        .observed(
            "phiên họp có nội dung bí mật nhà nước; phần mềm chưa có chức năng kiểm tra phương án bảo vệ nên từ chối mọi kết nối",
            "the session concerns state secrets; the gate that checks its protection is not built, so every leg is refused",
        )
        .required(
            "phương án bảo vệ phương tiện, thiết bị, đường truyền được kiểm tra",
            "a checked plan for protecting means, devices and lines",
        )
        .remedy("không tổ chức phiên họp này qua hệ thống", "do not hold this session over this system");
    Some(finding)
}

/// Điều 5 khoản 2 with Điều 11 khoản 5: no dossier of a secret session can be handed in yet, so it is not registered.
pub(crate) fn secret_registration(classification: Classification, act: Moment) -> Option<Finding> {
    if classification.is_open() {
        return None;
    }
    let [law, decree] = secrecy_basis(act);
    let finding = Finding::missing("5.2/secret-dossier", &[CLAUSE_2, Citation::article(11).clause(5), law, decree])
        .observed(
            "phiên họp có nội dung bí mật nhà nước; phần mềm chưa tiếp nhận được hồ sơ bảo vệ",
            "the session concerns state secrets; the software cannot take its dossier yet",
        )
        .required("hồ sơ bảo vệ bí mật nhà nước đầy đủ", "a complete dossier for protecting state secrets")
        .remedy("không đăng ký phiên họp này qua hệ thống", "do not register this session with this system")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// The law on meetings with state secrets at the time of an act: the requirements are the same, the citation changes.
pub(crate) fn secrecy_basis(act: Moment) -> [Citation; 2] {
    if act.unix_millis() < LAW_OF_2025_IN_FORCE {
        [Citation::of(Instrument::Law29Of2018, 17), Citation::of(Instrument::Decree26Of2020, 6)]
    } else {
        [Citation::whole(Instrument::Law117Of2025), Citation::whole(Instrument::Decree63Of2026)]
    }
}

/// 2026-03-01T00:00:00+07:00.
const LAW_OF_2025_IN_FORCE: i64 = 1_772_298_000_000;
