//! Điều 6 khoản 6: terminals are not changed without the consent of the managing authority.

use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::ids::EndpointId;
use crate::registry::Drift;
use crate::registry::estate::{Endpoint, Fingerprint};
use crate::request::Role;

const CLAUSE_6: Citation = Citation::article(6).clause(6);

/// A terminal that says something else of itself than what was consented to. Only what both know is compared.
pub(crate) fn drifted(id: &EndpointId, endpoint: &Endpoint, now: &Fingerprint, rule: Drift) -> Option<Finding> {
    let (part, was, is) = endpoint.fingerprint.as_ref()?.differs(now)?;
    let finding = match rule {
        Drift::Record => Finding::breach("6.6/drift", &[CLAUSE_6]),
        Drift::Block => {
            Finding { overridable_by: Some(Role::ManagingAuthority), ..Finding::overridable("6.6/drift", &[CLAUSE_6]) }
        }
    };
    let finding = finding
        .observed(
            format!("thiết bị “{id}”: {part} là “{is}”, trước đó là “{was}”, chưa có văn bản đồng ý thay đổi"),
            format!("the terminal `{id}`: {part} is `{is}` and was `{was}`, without a consent"),
        )
        .required(
            "không thay đổi thiết bị đầu cuối khi chưa được cơ quan quản lý, vận hành đồng ý",
            "no change of a terminal without the managing authority's consent",
        )
        .remedy(
            "đề nghị cơ quan quản lý, vận hành đồng ý thay đổi (`consent_change`), hoặc khôi phục như trước",
            "ask the managing authority for its consent (`consent_change`), or restore what was",
        )
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// A consent has a paper, and something it consents to.
pub(crate) fn consent_founded(id: &EndpointId, named: bool, something: bool) -> Option<Finding> {
    let (vi, en) = match (named, something) {
        (true, true) => return None,
        (false, _) => ("văn bản đồng ý không có số hoặc nơi ban hành", "the consent's paper has no number or issuer"),
        (true, false) => ("không có đề nghị thay đổi hay sai khác nào", "no change was asked for or seen"),
    };
    let finding = Finding::missing("6.6/consent", &[CLAUSE_6])
        .observed(format!("thiết bị “{id}”: {vi}"), format!("the terminal `{id}`: {en}"))
        .required("văn bản đồng ý với một thay đổi xác định", "a paper that consents to a certain change")
        .duty_of(DutyHolder::ManagingAuthority);
    Some(finding)
}
