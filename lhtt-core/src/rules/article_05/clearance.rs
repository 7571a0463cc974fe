//! Điều 5 khoản 3: who may read about a session with state secrets: whoever is cleared by name, in that role, for its level.

use super::{CLAUSE_3, Finding};
use crate::actor::action::Action;
use crate::civil::Moment;
use crate::ids::SessionId;
use crate::registry::{Clearance, Registry};
use crate::request::{Actor, Role};
use crate::rules::role;
use crate::submission::Classification;

/// Refuses whoever is not cleared for a session. A session that is not there is refused alike, so that nobody learns which are.
pub(crate) fn may_read(registry: &Registry, id: SessionId, reader: &Actor, at: Moment) -> Option<Finding> {
    let session = registry.session(id);
    let level = match session {
        Some(session) => secrecy_of(registry, id, session.classification),
        None => Classification::TuyetMat,
    };
    let cleared = registry.secrecy().clearances.values().any(|one| covers(one, reader, level, at));
    match (level.is_open() || cleared, session.is_some()) {
        // What was never secret is for those to read whose task it is; of a secret session the clearance says who.
        (true, true) if level.is_open() && reader.role == Role::Police && !cleared => Some(not_cleared(reader)),
        (true, true) if level.is_open() => role::may(registry, reader, session, Action::ReadAudit, at),
        (true, true) => None,
        (true, false) => Some(nothing_to_read(id)),
        (false, _) => Some(not_cleared(reader)),
    }
}

/// The level at which a session is kept: the highest it ever had.
fn secrecy_of(registry: &Registry, id: SessionId, now: Classification) -> Classification {
    registry.secrecy().sessions.get(&id).map_or(now, |secret| secret.highest.max(now))
}

fn covers(clearance: &Clearance, reader: &Actor, level: Classification, at: Moment) -> bool {
    clearance.name == reader.name
        && clearance.role == reader.role
        && clearance.level >= level
        && clearance.until.is_none_or(|until| at < until)
}

fn not_cleared(reader: &Actor) -> Finding {
    Finding::violation("5.3/clearance", &[CLAUSE_3])
        .observed(
            format!("{} ({}) không được phép xem thông tin này", reader.name, reader.role.vi()),
            format!("{} ({}) is not cleared for this", reader.name, reader.role.en()),
        )
        .required(
            "người được cho phép đích danh, đúng vai trò, đúng độ mật, còn hiệu lực",
            "a person cleared by name, in this role, for this level, at this time",
        )
        .remedy(
            "đề nghị cơ quan quản lý, vận hành Hệ thống cho phép bằng văn bản",
            "ask the managing authority for a clearance in writing",
        )
}

fn nothing_to_read(id: SessionId) -> Finding {
    Finding::violation("5.3/known", &[CLAUSE_3])
        .observed(format!("không có phiên họp {id}"), format!("there is no session {id}"))
        .required("một phiên họp đã chấp nhận", "an accepted session")
}
