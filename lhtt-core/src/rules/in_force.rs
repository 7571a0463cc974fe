//! Điều 2 of the decision: which version governs an act, and that its rules are here.

use crate::citation::{Citation, Instrument};
use crate::civil::Moment;
use crate::decision::Outcome;
use crate::finding::{DutyHolder, Finding, FindingKind};
use crate::registry::Profile;
use crate::registry::profile::Status;
use crate::version::Version;

/// QĐ Đ2, A-20, A-41: an act before 2023-06-05T00:00+07:00 stands under a text whose rules are not here.
pub(crate) fn rules_known(act: Moment) -> Result<Version, Box<(Version, Finding)>> {
    let version = Version::at(act);
    if version.rules_available() {
        return Ok(version);
    }
    let citations = [Citation::of(Instrument::Decision1095, 2)];
    let finding = Finding::new("qd.2/version", FindingKind::MissingEvidence, Outcome::NotEvaluable, &citations)
        .observed(
            format!(
                "việc này diễn ra lúc {}, khi phiên bản {version} có hiệu lực; quy tắc của phiên bản đó không có",
                act.vi()
            ),
            format!("the act is of {act}, under version {version}, whose rules are not available"),
        )
        .required(
            "hành vi từ 00:00 ngày 5/6/2023 trở đi (phiên bản 1095-2023)",
            "an act from 2023-06-05T00:00:00+07:00 on (version 1095-2023)",
        )
        .reading(20)
        .reading(41);
    Err(Box::new((version, finding)))
}

/// QĐ Đ2, A-26: what is worth knowing when the system starts.
pub(crate) fn warnings(profile: &Profile, now: Moment) -> Vec<Finding> {
    let held = profile.at(now);
    superseded(held, now).into_iter().chain(unconfirmed(held)).chain(over(held, now)).collect()
}

/// The district tier ended on 2025-07-01; whether the regulation was replaced then is not known, so a profile from before goes
/// on and says so.
fn superseded(held: &Profile, now: Moment) -> Option<Finding> {
    let reform = Moment::from_unix_millis(REFORM);
    if now < reform || held.effective_from >= reform {
        return None;
    }
    let finding = about_profile("qd.2/superseded")
        .observed(
            format!(
                "cấu hình quy chế “{}” có hiệu lực từ {} có thể đã bị thay thế (chính quyền địa phương hai cấp từ 01/7/2025)",
                held.id,
                held.effective_from.date_vi()
            ),
            format!(
                "the profile `{}`, in force from {}, may be superseded (two-tier reform of 2025-07-01); it goes on",
                held.id, held.effective_from
            ),
        )
        .required("cấu hình áp dụng từ 01/7/2025", "a profile in force from 2025-07-01")
        .reading(26);
    Some(finding)
}

/// A profile that nobody has confirmed says so each time.
fn unconfirmed(held: &Profile) -> Option<Finding> {
    if held.status != Status::Unconfirmed {
        return None;
    }
    let finding = about_profile("qd.2/unconfirmed")
        .observed(
            format!("cấu hình quy chế “{}” chưa được xác nhận", held.id),
            format!("the profile `{}` is not confirmed", held.id),
        )
        .required("cấu hình có căn cứ đã xác nhận", "a profile on confirmed grounds")
        .reading(26);
    Some(finding)
}

/// A profile whose end has come without another goes on and says so.
fn over(held: &Profile, now: Moment) -> Option<Finding> {
    let end = held.effective_to.filter(|end| *end <= now)?;
    let finding = about_profile("qd.2/over")
        .observed(
            format!("cấu hình quy chế “{}” hết hiệu lực từ {}, chưa có cấu hình tiếp theo", held.id, end.vi()),
            format!("the profile `{}` ended at {end}, and none follows it", held.id),
        )
        .required("cấu hình đang có hiệu lực", "a profile that is in force")
        .reading(26);
    Some(finding)
}

fn about_profile(rule: &'static str) -> Finding {
    Finding::advice(rule, &[Citation::of(Instrument::Decision1095, 2)])
        .remedy(
            "xác nhận văn bản đang áp dụng và khai báo cấu hình mới; hệ thống vẫn chạy",
            "find out which text applies and configure its profile; the system keeps running",
        )
        .duty_of(DutyHolder::ManagingAuthority)
}

/// 2025-07-01T00:00:00+07:00.
const REFORM: i64 = 1_751_302_800_000;
