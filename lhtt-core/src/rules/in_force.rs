//! Điều 2 of the decision: which version governs an act, and that its rules are here.

use crate::citation::{Citation, Instrument};
use crate::civil::Moment;
use crate::decision::Outcome;
use crate::finding::{Finding, FindingKind};
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
