//! Điều 7: how many sites an agency may have. Decides by all three clauses; what a plan of a district must hold is here too.

mod issuer;

use crate::citation::Citation;
use crate::civil::Date;
use crate::finding::{DutyHolder, Finding};
use crate::ids::{OrganizationId, SiteId};
use crate::registry::estate::{Document, QuotaGrant};
use crate::registry::{DistrictScope, Office, Organization, OrganizationKind, Registry, Site, Tier};
use std::borrow::Cow;

/// Điều 7 as a whole: what Điều 9 refers to.
pub(crate) const ARTICLE: Citation = Citation::article(7);
const CLAUSE_3: Citation = Citation::article(7).clause(3);

/// What Điều 7 allots to an organisation, and whose sites use it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Allotment {
    pub(crate) rule: &'static str,
    /// None: without a limit.
    pub(crate) limit: Option<u32>,
    pub(crate) citations: &'static [Citation],
    pub(crate) readings: &'static [u16],
    /// Whether one more is for a named person to let pass.
    pub(crate) overridable: bool,
    /// The organisations whose sites are counted.
    pub(crate) counted: Vec<OrganizationId>,
}

/// The allotment of an organisation on a day; the finding says what is not known of it.
pub(crate) fn allotment(registry: &Registry, asking: &Organization, today: Date) -> Result<Allotment, Box<Finding>> {
    let quota = &registry.profile_on(today).quota;
    let owner = owner(registry, asking);
    let allotment = |rule, limit, citations, readings, counted| Allotment {
        rule,
        limit,
        citations,
        readings,
        overridable: false,
        counted,
    };
    let own = || registry.organizations().filter(|one| self::owner(registry, one).id == owner.id);
    let own = || own().map(|one| one.id.clone()).collect();
    match (owner.kind, owner.tier) {
        (OrganizationKind::Body(body), _) if quota.province.unlimited.contains(&body) => {
            Ok(allotment("7.1/quota", None, &PROVINCE, &[], own()))
        }
        (OrganizationKind::Department, _) => {
            Ok(allotment("7.1/quota", Some(quota.province.sites), &PROVINCE, &[], own()))
        }
        (_, Some(Tier::Province)) => Ok(allotment("7.1/quota", Some(quota.province.sites), &PROVINCE, &[6], own())),
        (OrganizationKind::AffiliatedUnit, _) => Ok(Allotment {
            overridable: true,
            ..allotment("7.2/affiliated", Some(quota.affiliated), &AFFILIATED, &[4], own())
        }),
        (kind, Some(Tier::DistrictAndAffiliated)) if kind.is_district() => {
            let counted = match quota.district.scope {
                DistrictScope::Agency => own(),
                DistrictScope::AdministrativeUnit => of_unit(registry, owner)?,
            };
            Ok(allotment("7.2/quota", Some(quota.district.sites), &DISTRICT, &[3], counted))
        }
        (_, Some(Tier::DistrictAndAffiliated)) => Err(Box::new(kind_unknown(owner))),
        (_, None) => Err(Box::new(tier_unknown(owner))),
        (_, Some(Tier::Commune)) => {
            let grants = registry.estate().quota_grants.values().filter(|grant| grant.commune == owner.id);
            let extra = grants.filter(|grant| holds(registry, grant, today));
            let extra = extra.fold(0u32, |sum, one| sum.saturating_add(one.extra));
            Ok(allotment("7.3/quota", Some(quota.commune.saturating_add(extra)), &COMMUNE, &[], own()))
        }
    }
}

/// Whether a grant counts on a day: its papers are there and issued by whom the text says.
pub(crate) fn holds(registry: &Registry, grant: &QuotaGrant, today: Date) -> bool {
    grant.covers(today) && misissued(registry, grant, today).is_none()
}

const PROVINCE: [Citation; 1] = [Citation::article(7).clause(1)];
const DISTRICT: [Citation; 1] = [Citation::article(7).clause(2)];
const AFFILIATED: [Citation; 2] = [Citation::article(3).clause(2).point('b'), Citation::article(7).clause(2)];
const COMMUNE: [Citation; 1] = [CLAUSE_3];

/// To whom the sites of an organisation are counted: those of the joint office to the body above it.
fn owner<'a>(registry: &'a Registry, one: &'a Organization) -> &'a Organization {
    let joint = one.kind == OrganizationKind::Office(Office::OfDelegationAndCouncil);
    let parent = one.parent.as_ref().filter(|_| joint).and_then(|parent| registry.organization(parent));
    parent.filter(|parent| matches!(parent.kind, OrganizationKind::Body(_))).unwrap_or(one)
}

/// Huyện ủy or Thành ủy and UBND of one administrative unit.
fn of_unit(registry: &Registry, one: &Organization) -> Result<Vec<OrganizationId>, Box<Finding>> {
    let Some(unit) = &one.unit else {
        let finding = Finding::missing("7.2/unit", &DISTRICT)
            .observed(
                format!("không rõ “{}” thuộc huyện, thành phố nào", one.name),
                format!("the administrative unit of `{}` is not known", one.name),
            )
            .required("đơn vị hành chính của cơ quan, để tính số điểm cầu", "the agency's unit, to count its sites")
            .remedy("bổ sung đơn vị hành chính (`unit`) trong danh mục", "state its `unit` in the registry")
            .duty_of(DutyHolder::ManagingAuthority)
            .reading(3);
        return Err(Box::new(finding));
    };
    let of_unit =
        registry.organizations().filter(|other| other.kind.is_district() && other.unit.as_ref() == Some(unit));
    Ok(of_unit.map(|other| other.id.clone()).collect())
}

fn kind_unknown(one: &Organization) -> Finding {
    Finding::missing("7.2/kind", &AFFILIATED)
        .observed(
            format!("không rõ “{}” là cơ quan cấp huyện hay đơn vị trực thuộc sở", one.name),
            format!("whether `{}` is of a district or an affiliated unit is not known", one.name),
        )
        .required("loại cơ quan, đơn vị, để tính số điểm cầu", "the kind of the organisation, to count its sites")
        .remedy("khai báo loại (`kind`) trong danh mục", "state its `kind` in the registry")
        .duty_of(DutyHolder::ManagingAuthority)
        .reading(4)
}

fn tier_unknown(one: &Organization) -> Finding {
    Finding::missing("7/tier", &[ARTICLE])
        .observed(format!("không rõ “{}” thuộc cấp nào", one.name), format!("the level of `{}` is not known", one.name))
        .required("cấp của cơ quan, đơn vị, để tính số điểm cầu", "the level of the organisation, to count its sites")
        .remedy("khai báo loại (`kind`) hoặc cấp (`tier`) trong danh mục", "state its `kind` or `tier` in the registry")
        .duty_of(DutyHolder::ManagingAuthority)
}

/// How many sites hold a slot of an allotment now, but for one.
pub(crate) fn used(registry: &Registry, allotment: &Allotment, but: Option<&SiteId>) -> u32 {
    let others = holders(registry, allotment).filter(|site| but != Some(&site.id));
    u32::try_from(others.count()).unwrap_or(u32::MAX)
}

/// The sites that hold a slot of an allotment now.
pub(crate) fn holders<'a>(registry: &'a Registry, allotment: &'a Allotment) -> impl Iterator<Item = &'a Site> {
    let holds = |site: &&Site| {
        allotment.counted.contains(&site.organization)
            && registry.site_state(&site.id).is_some_and(|state| state.holds_slot())
    };
    registry.sites().filter(holds)
}

/// One more site than Điều 7 allots. `asking` is the point of Điều 9 that asks for the quota, if it is asked there.
pub(crate) fn quota(
    registry: &Registry,
    organization: &Organization,
    site: &SiteId,
    today: Date,
    asking: Option<Citation>,
) -> Option<Finding> {
    let allotment = match allotment(registry, organization, today) {
        Ok(allotment) => allotment,
        Err(finding) => return Some(*finding),
    };
    let (used, limit) = (used(registry, &allotment, Some(site)), allotment.limit?);
    if used < limit {
        return None;
    }
    let cited = match asking {
        None => allotment.citations.to_vec(),
        // Điều 9 asks for Điều 7 as a whole.
        Some(asking) => {
            let elsewhere = allotment.citations.iter().copied().filter(|one| one.article_number() != Some(7));
            elsewhere.chain([ARTICLE, asking]).collect()
        }
    };
    let finding = match (allotment.rule, allotment.overridable) {
        ("7.3/quota", _) => commune_full(registry, organization, today, &cited),
        (rule, true) => Finding::overridable(rule, &cited),
        (rule, false) => Finding::violation(rule, &cited),
    };
    let asked = used.saturating_add(1);
    let finding = match finding.observed.vi.is_empty() {
        true => finding.observed(
            format!("“{}” đang có {used} điểm cầu, đề nghị thêm 1", organization.name),
            format!("`{}` has {used} and asks for 1 more: {limit} allowed, {asked} asked", organization.name),
        ),
        false => finding,
    };
    let finding = finding.required(format!("tối đa {limit} điểm cầu"), format!("at most {limit}"));
    let finding = match finding.remedy.is_some() {
        true => finding,
        false => finding.remedy("rút một điểm cầu đang có trước khi bố trí thêm", "withdraw a site before adding one"),
    };
    Some(allotment.readings.iter().fold(finding.duty_of(DutyHolder::Member), |finding, one| finding.reading(*one)))
}

/// Điều 7 khoản 3: what a commune without a free slot lacks.
fn commune_full(registry: &Registry, commune: &Organization, today: Date, cited: &[Citation]) -> Finding {
    let (planner, approver) = issuers(registry, today);
    let approve_vi = format!("trình {approver} xem xét, chấp thuận bằng văn bản");
    let approve_en = format!("obtain the written approval of {approver}");
    let grants = || registry.estate().quota_grants.values().filter(|grant| grant.commune == commune.id);
    if let Some(grant) = grants().find(|grant| !grant.is_approved_by(today)) {
        let (vi, en) = match grant.plan {
            Some(_) if grant.is_approved() => {
                ("văn bản ghi ngày chưa đến".to_owned(), "a paper of it is of a day to come".to_owned())
            }
            Some(_) => {
                (format!("chưa có văn bản chấp thuận của {approver}"), format!("the approval of {approver} is missing"))
            }
            None => (format!("chưa có kế hoạch của {planner}"), format!("the plan of {planner} is missing")),
        };
        return Finding::missing("7.3/approval", cited)
            .observed(
                format!("tăng điểm cầu cho “{}”: {vi}", commune.name),
                format!("further sites of `{}`: {en}", commune.name),
            )
            .remedy(approve_vi, approve_en);
    }
    if let Some((vi, en)) = grants().find_map(|grant| misissued(registry, grant, today)) {
        return Finding::missing("7.3/issuer", cited)
            .observed(
                format!("tăng điểm cầu cho “{}”: {vi}", commune.name),
                format!("further sites of `{}`: {en}", commune.name),
            )
            .remedy(approve_vi, approve_en);
    }
    if let Some(grant) = grants().find(|grant| !grant.covers(today)) {
        let (vi, en) = match today < grant.from {
            true => (format!("có hiệu lực từ ngày {}", grant.from.vi()), format!("begins on {}", grant.from)),
            false => {
                let until = grant.until.unwrap_or(grant.from);
                (format!("hết hiệu lực sau ngày {}", until.vi()), format!("ended with {until}"))
            }
        };
        return Finding::violation("7.3/period", cited)
            .observed(
                format!("chấp thuận tăng điểm cầu cho “{}” {vi}", commune.name),
                format!("the grant of further sites of `{}` {en}: not in force", commune.name),
            )
            .remedy("bố trí trong thời hạn được chấp thuận", "arrange it while the grant is in force");
    }
    Finding::violation("7.3/quota", cited).remedy(
        format!("{planner} lập kế hoạch và đầu tư thiết bị, {approver} chấp thuận bằng văn bản"),
        format!("a plan by {planner}, which invests in the equipment, and the written approval of {approver}"),
    )
}

/// Who plans for communes and who approves it, by the profile of the day, as short as people write it.
fn issuers(registry: &Registry, today: Date) -> (String, String) {
    let profile = registry.profile_on(today);
    let short = |name: &str| name.replace("Ủy ban nhân dân", "UBND");
    (short(&profile.commune_plan_submitter), short(&profile.authority.quota_approver))
}

/// A paper of a grant that somebody else issued than the text says, or an approval of what was not planned yet, in both languages.
fn misissued(registry: &Registry, grant: &QuotaGrant, today: Date) -> Option<(String, String)> {
    let commune = registry.organization(&grant.commune);
    let plan = grant.plan.as_ref().and_then(|plan| wrong_planner(registry, plan, commune, today));
    plan.or_else(|| wrong_approval(registry, grant, today))
}

/// A plan of another body than the profile's, of the commune's district.
fn wrong_planner(
    registry: &Registry,
    plan: &Document,
    commune: Option<&Organization>,
    today: Date,
) -> Option<(String, String)> {
    let (by, expected) = (&plan.issued_by, &registry.profile_on(today).commune_plan_submitter);
    let (of_vi, of_en) =
        commune.map_or_else(Default::default, |one| (format!(" của “{}”", one.name), format!(" of `{}`", one.name)));
    (!issuer::is(registry, by, expected, commune)).then(|| {
        (
            format!("kế hoạch do “{by}” ban hành; cần: {expected}{of_vi}"),
            format!("the plan was issued by `{by}`; expected: {expected}{of_en}"),
        )
    })
}

/// An approval of another body than the approving one, or older than the plan that it approves.
fn wrong_approval(registry: &Registry, grant: &QuotaGrant, today: Date) -> Option<(String, String)> {
    let approval = grant.approval.as_ref().filter(|approval| approval.is_named())?;
    let (by, expected) = (&approval.issued_by, &registry.profile_on(today).authority.quota_approver);
    if !issuer::is(registry, by, expected, registry.organization(&grant.commune)) {
        return Some((
            format!("văn bản chấp thuận do “{by}” ban hành; cần: {expected}"),
            format!("the approval was issued by `{by}`; expected: {expected}"),
        ));
    }
    let plan = grant.plan.as_ref().filter(|plan| approval.date < plan.date)?;
    Some((
        format!("văn bản chấp thuận ngày {} có trước kế hoạch ngày {}", approval.date.vi(), plan.date.vi()),
        format!("the approval of {} is older than the plan of {}", approval.date, plan.date),
    ))
}

/// Điều 7 khoản 3: further sites are planned for a commune, at least one, and end no earlier than they begin.
pub(crate) fn plan_founded(registry: &Registry, grant: &QuotaGrant, today: Date) -> Option<Finding> {
    let commune_tier = registry.organization(&grant.commune).is_some_and(|one| one.tier == Some(Tier::Commune));
    let named = grant.plan.as_ref().is_some_and(Document::is_named);
    let ends_before = grant.until.is_some_and(|until| until < grant.from);
    let to_come = grant.plan.as_ref().is_some_and(|plan| today < plan.date);
    let (vi, en) = match (commune_tier, grant.extra, ends_before, named) {
        (false, ..) => ("không phải cấp xã", "it is for no commune"),
        (_, 0, ..) => ("số điểm cầu tăng thêm là 0", "it is for no site"),
        (_, _, true, _) => ("ngày hết hiệu lực trước ngày bắt đầu", "it ends before it begins"),
        (.., false) => ("kế hoạch không có số hoặc nơi ban hành", "the plan has no number or issuer"),
        _ if to_come => ("kế hoạch ghi ngày chưa đến", "the plan is of a day to come"),
        _ => {
            let (vi, en) = misissued(registry, grant, today)?;
            return Some(plan_refused(registry, today, vi, en));
        }
    };
    Some(plan_refused(registry, today, vi, en))
}

/// Điều 7 khoản 3: an approval has a number, is of UBND tỉnh and of a plan of the right body, and was given by this day.
pub(crate) fn approval_founded(registry: &Registry, grant: &QuotaGrant, today: Date) -> Option<Finding> {
    let approval = grant.approval.as_ref()?;
    let (vi, en) = match (approval.is_named(), approval.date <= today) {
        (true, true) => misissued(registry, grant, today)?,
        (false, _) => (
            "văn bản chấp thuận không có số hoặc nơi ban hành".to_owned(),
            "the approval has no number or issuer".to_owned(),
        ),
        (_, false) => {
            ("văn bản chấp thuận ghi ngày chưa đến".to_owned(), "the approval is of a day to come".to_owned())
        }
    };
    Some(plan_refused(registry, today, vi, en))
}

/// Điều 7 khoản 3: an approval approves a plan that is there, by a paper.
pub(crate) fn plan_refused(
    registry: &Registry,
    today: Date,
    vi: impl Into<Cow<'static, str>>,
    en: impl Into<Cow<'static, str>>,
) -> Finding {
    let (planner, approver) = issuers(registry, today);
    Finding::missing("7.3/plan", &[CLAUSE_3])
        .observed(vi, en)
        .required(
            format!("kế hoạch của {planner} cho cấp xã, và văn bản chấp thuận của {approver}"),
            format!("a plan for a commune by {planner}, and the written approval of {approver}"),
        )
        .duty_of(DutyHolder::Member)
}
