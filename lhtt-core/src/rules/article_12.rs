//! Điều 12: preparing a session. Decides by clause 2: the registration mail, its items and its lead time (point a, in
//! [`mailbox`] and [`lead`]), the operator's answer (point b, dash 1, in [`reply`]), and the registered time of a session
//! (point a, dash 3, in [`window`]), the rehearsal (point b, dash 2, in [`rehearsal`]), and the check of each room (point c, in
//! [`self_check`]).

pub(crate) mod items;
pub(crate) mod lead;
pub(crate) mod mailbox;
pub(crate) mod rehearsal;
pub(crate) mod reply;
pub(crate) mod self_check;
pub(crate) mod window;

use crate::citation::Citation;
use crate::civil::Moment;
use crate::registry::{PeerKind, Profile};

/// The registration.
pub(crate) const POINT_A: Citation = Citation::article(12).clause(2).point('a');
/// The operator's part.
pub(crate) const POINT_B: Citation = Citation::article(12).clause(2).point('b');
/// Its answer.
pub(crate) const REPLY: Citation = POINT_B.dash(1);
/// The item "Hỗ trợ kỹ thuật khác".
pub(crate) const SUPPORT: Citation = POINT_A.dash(6);
/// Its rehearsal with the sites.
pub(crate) const REHEARSAL: Citation = POINT_B.dash(2);
/// What the sites do.
pub(crate) const POINT_C: Citation = Citation::article(12).clause(2).point('c');
/// The item "Thời gian đăng ký họp".
pub(crate) const TIME: Citation = POINT_A.dash(3);
/// The rehearsal is over this many hours before the start.
pub(crate) const REHEARSAL_HOURS: u32 = 2;

/// Until when a session is rehearsed. The Government's process may ask for more of a session that it convenes.
pub(crate) fn rehearsal_due(profile: &Profile, start: Moment, convened_by: Option<&PeerKind>) -> Moment {
    let usual = start.hours_before(REHEARSAL_HOURS);
    match (convened_by, profile.gov_peer.rehearsal_lead) {
        (Some(PeerKind::Government), Some(lead)) => start.plus_seconds(-i64::from(lead)),
        _ => usual,
    }
}
