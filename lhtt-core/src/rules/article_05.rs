//! Điều 5: principles. Decides by clauses 2 (state secrets, in the files below), 3 (who may read about them) and 5 (which
//! systems connect).

pub(crate) mod clearance;
pub(crate) mod convened;
pub(crate) mod dossier;
pub(crate) mod law;
pub(crate) mod leg;
pub(crate) mod level;
pub(crate) mod paper;
pub(crate) mod recording;
pub(crate) mod recovery;

use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::ids::{OrganizationId, PeerId};
use crate::registry::{Registry, Session};

/// A session with state secrets needs protected means, devices and lines.
pub(crate) const CLAUSE_2: Citation = Citation::article(5).clause(2);
/// The purpose of a use: what is read about a secret session is read by whoever is cleared.
pub(crate) const CLAUSE_3: Citation = Citation::article(5).clause(3);
pub(crate) const CLAUSE_5: Citation = Citation::article(5).clause(5);
/// What may be said of such a session (Điều 11 khoản 5).
const CONTENT: Citation = Citation::article(11).clause(5);
/// Personal endpoints.
const PERSONAL: Citation = Citation::article(6).clause(8);

/// Điều 5 khoản 4: the agency of the chair site keeps what is recorded.
pub(crate) fn custodian(registry: &Registry, session: &Session) -> OrganizationId {
    registry.site(&session.chair_site).map_or(&session.agency, |site| &site.organization).clone()
}

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
