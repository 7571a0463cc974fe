//! Điều 13: holding a session. Decides who calls parties into a session (clause 1), who is on duty (clauses 1 to 4, in
//! [`duty`]), what may happen when ([`run`]), what a site says for itself ([`site`]), the loss of the MCU ([`loss`]), and
//! lists and reports of attendance (clause 4, in [`attendance`]); [`command`], [`floor`] and [`intervention`] hold what a
//! session is run with (khoản 3 điểm b and c).

pub(crate) mod attendance;
pub(crate) mod command;
pub(crate) mod duty;
pub(crate) mod floor;
pub(crate) mod intervention;
pub(crate) mod loss;
pub(crate) mod run;
pub(crate) mod site;

use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};

/// The technical operator's part.
pub(crate) const CLAUSE_1: Citation = Citation::article(13).clause(1);
/// The data network's part.
pub(crate) const CLAUSE_2: Citation = Citation::article(13).clause(2);
/// The chair site's operator.
pub(crate) const POINT_3A: Citation = Citation::article(13).clause(3).point('a');
/// The member sites' operators.
pub(crate) const POINT_4A: Citation = Citation::article(13).clause(4).point('a');
/// Who attends.
pub(crate) const POINT_4B: Citation = Citation::article(13).clause(4).point('b');
/// Interrupted attendance.
pub(crate) const POINT_4C: Citation = Citation::article(13).clause(4).point('c');

/// Điều 13 khoản 1: parties are called into a session by the province's MCU.
pub(crate) fn dial_out_by_mcu() -> Finding {
    Finding::violation("13.1/dial-out", &[CLAUSE_1])
        .observed("bên gọi ra không phải MCU của tỉnh", "the caller is not the province's MCU")
        .required("cán bộ điều khiển MCU mời gọi qua MCU", "a call of the MCU under its operator")
        .remedy("đề nghị cán bộ điều khiển MCU thực hiện", "ask the MCU operator to call")
        .duty_of(DutyHolder::TrungTam)
}
