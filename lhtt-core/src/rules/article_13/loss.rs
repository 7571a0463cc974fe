//! The MCU is lost in a running session (Điều 13 khoản 1): past the grace the session is suspended. What the loss of the
//! chair site means for control is in `article_10`.

use super::CLAUSE_1;
use crate::civil::{Moment, length};
use crate::finding::{DutyHolder, Finding};
use crate::registry::Profile;

/// A loss counts once it has lasted for longer than the grace; until then it may come back.
pub(crate) fn past_grace(profile: &Profile, since: Moment, now: Moment) -> Option<Finding> {
    let counts_from = since.plus_seconds(i64::from(profile.mcu_grace_s));
    if counts_from < now {
        return None;
    }
    let (lost_vi, lost_en) = length(now.since(since));
    let finding = Finding::violation("13.1/mcu-grace", &[CLAUSE_1])
        .observed(format!("MCU mất kết nối {lost_vi}"), format!("the MCU has been lost for {lost_en}"))
        .required(
            format!("mất kết nối quá {} giây", profile.mcu_grace_s),
            format!("a loss of more than {} s", profile.mcu_grace_s),
        )
        .remedy("chờ kết nối lại; quá thời gian đó thì báo lại", "wait for it; report again past that time")
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}
