//! Điều 13: holding a session. Here clause 1, who calls parties into a session; [`command`], [`floor`] and [`intervention`] hold
//! what a session is run with (khoản 3 điểm b and c).

pub(crate) mod command;
pub(crate) mod floor;
pub(crate) mod intervention;

use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};

const CLAUSE_1: Citation = Citation::article(13).clause(1);

/// Điều 13 khoản 1: parties are called into a session by the province's MCU.
pub(crate) fn dial_out_by_mcu() -> Finding {
    Finding::violation("13.1/dial-out", &[CLAUSE_1])
        .observed("bên gọi ra không phải MCU của tỉnh", "the caller is not the province's MCU")
        .required("cán bộ điều khiển MCU mời gọi qua MCU", "a call of the MCU under its operator")
        .remedy("đề nghị cán bộ điều khiển MCU thực hiện", "ask the MCU operator to call")
        .duty_of(DutyHolder::TrungTam)
}
