//! Reads the key form and the ASCII form back. Strict: words in their order, one space apart.

use super::{ASCII, Citation, Instrument, VIETNAMESE, Words};
use std::str::FromStr;

/// Text that is no citation in key or ASCII form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no citation, as in `Điều 12 khoản 2 điểm a` or `Dieu 12 khoan 2 diem a`")]
pub struct NoCitation(String);

impl FromStr for Citation {
    type Err = NoCitation;
    fn from_str(text: &str) -> Result<Self, NoCitation> {
        [&VIETNAMESE, &ASCII].into_iter().find_map(|words| read(text, words)).ok_or_else(|| NoCitation(text.to_owned()))
    }
}

impl Citation {
    /// Reads citations as texts list them: `Điều 5 khoản 2; Điều 6 khoản 8`. A place without an instrument before one of the
    /// same article is of the same instrument; `Điều 6 khoản 2 điểm b, điểm c …` are two points of one clause;
    /// `(điều chưa xác nhận)` behind an instrument is passed over.
    ///
    /// # Errors
    /// If a part is no citation.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, NoCitation> {
        let mut citations: Vec<Self> = Vec::new();
        for part in text.rsplit("; ") {
            let part = part.strip_suffix(NOT_CONFIRMED).unwrap_or(part);
            let (points, instrument) = points(part);
            for point in points.iter().rev() {
                let mut citation: Self = format!("{point}{instrument}").parse()?;
                let next = citations.last().filter(|next| next.article == citation.article);
                if citation.instrument == Instrument::Regulation1095
                    && let Some(next) = next
                {
                    citation.instrument = next.instrument;
                }
                citations.push(citation);
            }
        }
        citations.sort_unstable();
        citations.dedup();
        Ok(citations)
    }
}

/// `Điều 6 khoản 2 điểm b, điểm c NĐ …` as `Điều 6 khoản 2 điểm b`, `Điều 6 khoản 2 điểm c` and ` NĐ …`.
fn points(part: &str) -> (Vec<String>, &str) {
    let (place, instrument) = match split_instrument(part, &VIETNAMESE) {
        (instrument, place) if instrument.named_in_key() => (place, &part[place.len()..]),
        _ => (part, ""),
    };
    let mut points = place.split(", ");
    let first = points.next().unwrap_or_default();
    let clause = first.split(" điểm ").next().unwrap_or_default();
    let others = points.map(|point| format!("{clause} {point}"));
    (std::iter::once(first.to_owned()).chain(others).collect(), instrument)
}

const NOT_CONFIRMED: &str = " (điều chưa xác nhận)";

fn read(text: &str, words: &Words) -> Option<Citation> {
    if let Some(instrument) = Instrument::ALL.into_iter().find(|one| (words.name)(*one) == text) {
        return Some(Citation::whole(instrument));
    }
    let (instrument, place) = split_instrument(text, words);
    let mut rest = match instrument {
        Instrument::Decision1095 => place.strip_prefix(words.of_decision)?,
        _ => place.strip_prefix(words.article)?.strip_prefix(' ')?,
    };
    let mut citation = Citation::of(instrument, number(&mut rest)?);
    if level(&mut rest, words.clause) {
        citation.clause = number(&mut rest)?;
    }
    if level(&mut rest, words.point) {
        citation.point = word(&mut rest, &words.letters)?;
    }
    if level(&mut rest, words.dash) {
        citation.dash = word(&mut rest, &words.ordinals)?;
    }
    rest.is_empty().then_some(citation)
}

/// The instrument named in front or behind, and the place without it.
fn split_instrument<'a>(text: &'a str, words: &Words) -> (Instrument, &'a str) {
    if text.starts_with(words.of_decision) {
        return (Instrument::Decision1095, text);
    }
    let named = Instrument::ALL.into_iter().filter(|one| one.named_in_key());
    let mut found = named.filter_map(|one| {
        let place = text.strip_suffix((words.name)(one))?.strip_suffix(' ')?;
        Some((one, place))
    });
    found.next().unwrap_or((Instrument::Regulation1095, text))
}

/// Takes ` word ` from the front if it is there.
fn level(rest: &mut &str, word: &str) -> bool {
    let after = rest.strip_prefix(' ').and_then(|rest| rest.strip_prefix(word)).and_then(|rest| rest.strip_prefix(' '));
    match after {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}

/// Takes a number without leading zeros from the front.
fn number(rest: &mut &str) -> Option<u16> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    *rest = after;
    if digits.starts_with('0') { None } else { digits.parse().ok() }
}

/// Takes one of `known` from the front; its place from 1.
fn word(rest: &mut &str, known: &[&str]) -> Option<u8> {
    let end = rest.find(' ').unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    *rest = after;
    known.iter().position(|one| *one == word).and_then(|at| u8::try_from(at + 1).ok())
}
