//! Who issued a paper, as far as its words tell: the body of the profile, or the level that the words name.
//!
//! Leaves out whether such a body is there: a paper's issuer is text.

use crate::registry::Tier;

/// Whether an issuer is the body that is expected: `UBND tỉnh Lâm Đồng` is `Ủy ban nhân dân tỉnh`.
pub(super) fn is(issuer: &str, expected: &str) -> bool {
    let expected = plain(expected);
    !expected.is_empty() && plain(issuer).contains(&expected)
}

/// The level that the first unit in the words is of; none where no unit is named.
pub(super) fn level(issuer: &str) -> Option<Tier> {
    let text = plain(issuer);
    let words: Vec<&str> = text.split(' ').collect();
    words.iter().enumerate().find_map(|(at, word)| match (*word, words.get(at + 1).copied()) {
        ("tỉnh", _) => Some(Tier::Province),
        ("huyện" | "quận" | "tp", _) | ("thành", Some("phố")) | ("thị", Some("xã")) => {
            Some(Tier::DistrictAndAffiliated)
        }
        ("xã" | "phường", _) | ("thị", Some("trấn")) => Some(Tier::Commune),
        _ => None,
    })
}

/// Small letters, single blanks, and the usual abbreviation of a people's committee.
fn plain(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let text = words.map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    text.replace("ủy ban nhân dân", "ubnd").replace("uỷ ban nhân dân", "ubnd")
}
