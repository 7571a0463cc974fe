//! Điều 6 khoản 7: credentials are kept secret. Their register names them and never holds the secret; wrong PINs lock a
//! site out.

use crate::citation::Citation;
use crate::civil::{Moment, length};
use crate::finding::{DutyHolder, Finding};
use crate::ids::{CredentialId, SiteId};
use crate::registry::PinLockout;
use crate::registry::estate::{Credential, Pin};

const CLAUSE_7: Citation = Citation::article(6).clause(7);

/// Too many wrong PINs: nobody gets in as this site for a time.
pub(crate) fn locked_out(pin: &Pin, at: Moment) -> Option<Finding> {
    let until = pin.locked_until.filter(|until| at < *until)?;
    let (left_vi, left_en) = length(until.since(at));
    let finding = Finding::violation("6.7/lockout", &[CLAUSE_7])
        .observed(
            format!("nhập sai mã nhiều lần, điểm cầu bị khóa đến {}", until.vi()),
            format!("too many wrong PINs; the site is locked out until {until}"),
        )
        .required("giữ bí mật mã truy cập được cấp", "credentials kept secret")
        .remedy(
            format!("chờ {left_vi}, hoặc đề nghị đơn vị vận hành kỹ thuật mở khóa"),
            format!("wait {left_en}, or ask the technical operator to unlock it"),
        )
        .duty_of(DutyHolder::Member)
        .reading(36);
    Some(finding)
}

/// A wrong PIN opens nothing; one too many locks out.
pub(crate) fn wrong_pin(locks: bool) -> Finding {
    let finding = Finding::violation("6.7/pin", &[CLAUSE_7])
        .observed("mã truy cập không đúng", "the PIN is wrong")
        .required("mã truy cập đã cấp cho điểm cầu", "the PIN given to the site")
        .remedy("nhập lại mã đã được cấp", "enter the PIN that was given")
        .duty_of(DutyHolder::Member);
    if locks { finding.reading(36) } else { finding }
}

/// What is held against a site after one more wrong PIN.
pub(crate) fn after_wrong_pin(pin: &Pin, rule: PinLockout, at: Moment) -> Pin {
    let attempts = usize::from(rule.attempts);
    let since = at.plus_seconds(-i64::from(rule.window_s));
    let mut wrong: Vec<Moment> = pin.wrong.iter().copied().filter(|one| since <= *one).collect();
    wrong.push(at);
    let kept = wrong.len().saturating_sub(attempts);
    wrong.drain(..kept);
    if attempts > 0 && wrong.len() >= attempts {
        return Pin { wrong: Vec::new(), locked_until: Some(at.plus_seconds(i64::from(rule.lockout_s))) };
    }
    Pin { wrong, locked_until: pin.locked_until }
}

/// A credential opens what it was issued for, until it is revoked.
pub(crate) fn credential_valid(
    id: &CredentialId,
    credential: Option<&Credential>,
    site: &SiteId,
    at: Moment,
) -> Option<Finding> {
    let (vi, en) = match credential {
        None => ("không có trong sổ cấp quyền truy cập", "is not in the register"),
        Some(one) if one.site != *site => ("đã cấp cho điểm cầu khác", "was issued to another site"),
        Some(one) if at < one.issued_at => ("chưa được cấp", "is not issued yet"),
        Some(one) if one.revoked_at.is_some_and(|revoked| revoked <= at) => ("đã bị thu hồi", "was revoked"),
        Some(_) => return None,
    };
    let finding = Finding::violation("6.7/credential", &[CLAUSE_7])
        .observed(format!("quyền truy cập “{id}” {vi}"), format!("the credential `{id}` {en}"))
        .required("quyền truy cập còn hiệu lực của chính điểm cầu", "a credential of this very site, not revoked")
        .remedy("đề nghị đơn vị vận hành kỹ thuật cấp lại", "ask the technical operator for a new one")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// A credential is issued once; one that is revoked or unknown cannot change.
pub(crate) fn credential_register(id: &CredentialId, vi: &str, en: &str) -> Finding {
    Finding::violation("6.7/register", &[CLAUSE_7])
        .observed(format!("quyền truy cập “{id}” {vi}"), format!("the credential `{id}` {en}"))
        .required("mỗi quyền truy cập được cấp một lần và còn hiệu lực", "each credential issued once, and not revoked")
        .duty_of(DutyHolder::TrungTam)
}
