//! Who issued a paper for a commune (Điều 7 khoản 3): the body that the profile names, of the commune's own district where it is a
//! district's, as far as the words of the paper name exactly that body, or its head.
//!
//! Leaves out who signed: a paper's issuer is text.

use crate::registry::{Body, Organization, OrganizationKind, Registry};

/// The province whose regulation this is, as it follows the name of a body of it.
const PROVINCE: &str = " lâm đồng";

/// Whether the words name the body that the profile's words ask for.
pub(super) fn is(registry: &Registry, issuer: &str, expected: &str, commune: Option<&Organization>) -> bool {
    let (issuer, expected) = (plain(issuer), plain(expected));
    let issuer = issuer.strip_prefix("chủ tịch ").unwrap_or(&issuer);
    if expected.is_empty() || is_named(issuer, &expected) {
        return !expected.is_empty();
    }
    let named = |one: &Organization| {
        let whole = plain(&one.name);
        let short = plain(one.name.split(',').next().unwrap_or_default());
        issuer == plain(one.id.as_str()) || is_named(issuer, &whole) || is_named(issuer, &short)
    };
    match expected.as_str() {
        "ubnd tỉnh" | "ubnd cấp tỉnh" => {
            registry.organizations().any(|one| one.kind == OrganizationKind::Body(Body::PeoplesCommittee) && named(one))
        }
        "ubnd huyện" | "ubnd cấp huyện" => of_district(registry, issuer, commune, named),
        "ubnd xã" | "ubnd cấp xã" => issuer == "ubnd xã" || commune.is_some_and(named),
        _ => false,
    }
}

/// UBND of the commune's district. Where the register does not know it, any that it does not know as another's.
fn of_district(
    registry: &Registry,
    issuer: &str,
    commune: Option<&Organization>,
    named: impl Fn(&Organization) -> bool,
) -> bool {
    const WORDS: [&str; 4] = ["ubnd huyện", "ubnd thành phố", "ubnd thị xã", "ubnd quận"];
    if WORDS.contains(&issuer) {
        return true;
    }
    let own = |one: &Organization| {
        commune.is_some_and(|commune| {
            commune.parent.as_ref() == Some(&one.id) || commune.unit.is_some() && commune.unit == one.unit
        })
    };
    let districts = || registry.organizations().filter(|one| one.kind == OrganizationKind::DistrictPeoplesCommittee);
    if districts().any(own) {
        let short = |one: &Organization| {
            let name = plain(&one.name);
            WORDS.iter().find_map(|words| name.strip_prefix(words)).is_some_and(|rest| issuer == format!("ubnd{rest}"))
        };
        return districts().any(|one| own(one) && (named(one) || short(one)));
    }
    let of_some = WORDS.iter().any(|words| issuer.strip_prefix(words).is_some_and(|rest| rest.starts_with(' ')));
    of_some && !(commune.is_some_and(|one| one.unit.is_some()) && districts().any(named))
}

/// A name, alone or with the province behind it.
fn is_named(issuer: &str, name: &str) -> bool {
    let Some(rest) = issuer.strip_prefix(name) else { return false };
    rest.is_empty() || rest == PROVINCE && name.ends_with("tỉnh") || rest.strip_prefix(" tỉnh") == Some(PROVINCE)
}

/// Small letters, single blanks, and the usual abbreviations written one way.
fn plain(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.map(str::to_lowercase).map(|word| match word.as_str() {
        "tp" => "thành phố".to_owned(),
        "tx" => "thị xã".to_owned(),
        "tt" => "thị trấn".to_owned(),
        _ => word,
    });
    let text = words.collect::<Vec<_>>().join(" ");
    text.replace("ủy ban nhân dân", "ubnd").replace("uỷ ban nhân dân", "ubnd")
}
