//! Where a rule stands: instrument, article ("Điều"), clause ("khoản"), point ("điểm"), dash ("gạch đầu dòng").
//!
//! Three written forms: the key form from large to small (`Điều 7 khoản 3`), used in tables and JSON; the full form from
//! small to large with the instrument's title; and the key form in ASCII for protocol headers, where `đ` is written `dd`.
//! The order is that of regulation.md 8.6: the decision, the Quy chế, then laws, then decrees; points in the order of the
//! Vietnamese alphabet. Leaves out: paragraphs ("đoạn") within a clause.

mod instrument;
mod parse;
mod places;

pub use instrument::Instrument;
pub use parse::NoCitation;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A place in a legal text. Private fields: a further level will not break its users.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Citation {
    instrument: Instrument,
    /// 0: the instrument as a whole.
    article: u16,
    /// 0: the article as a whole.
    clause: u16,
    /// 0: none; else the place in [`POINTS`], from 1.
    point: u8,
    /// 0: none; else the dash, from 1.
    dash: u8,
}

impl Citation {
    /// An instrument as a whole.
    pub const fn whole(instrument: Instrument) -> Self {
        Self { instrument, article: 0, clause: 0, point: 0, dash: 0 }
    }

    /// An article of an instrument.
    pub const fn of(instrument: Instrument, article: u16) -> Self {
        Self { instrument, article, clause: 0, point: 0, dash: 0 }
    }

    /// An article of the Quy chế.
    pub const fn article(article: u16) -> Self {
        Self::of(Instrument::Regulation1095, article)
    }

    /// A clause ("khoản") of this article.
    #[must_use]
    pub const fn clause(mut self, clause: u16) -> Self {
        self.clause = clause;
        self
    }

    /// A point ("điểm") by its letter; a letter that names no point in a Vietnamese text leaves the citation unchanged.
    #[must_use]
    pub const fn point(mut self, letter: char) -> Self {
        let mut at = 0;
        while at < POINTS.len() {
            if POINTS[at] == letter {
                self.point = at as u8 + 1;
            }
            at += 1;
        }
        self
    }

    /// A dash ("gạch đầu dòng") by its number from 1 to 10; another number leaves the citation unchanged.
    #[must_use]
    pub const fn dash(mut self, dash: u8) -> Self {
        if dash >= 1 && (dash as usize) <= ORDINALS {
            self.dash = dash;
        }
        self
    }

    /// The instrument.
    pub const fn instrument(&self) -> Instrument {
        self.instrument
    }

    /// The article, if one is named.
    pub fn article_number(&self) -> Option<u16> {
        (self.article != 0).then_some(self.article)
    }

    /// The clause, if one is named.
    pub fn clause_number(&self) -> Option<u16> {
        (self.clause != 0).then_some(self.clause)
    }

    /// The letter of the point, if one is named.
    pub fn point_letter(&self) -> Option<char> {
        POINTS.get(usize::from(self.point).wrapping_sub(1)).copied()
    }

    /// The number of the dash, if one is named.
    pub fn dash_number(&self) -> Option<u8> {
        (self.dash != 0).then_some(self.dash)
    }

    /// The key form, from large to small: `Điều 12 khoản 2 điểm a`.
    pub fn key(&self) -> String {
        self.large_to_small(&VIETNAMESE)
    }

    /// The key form in ASCII, for protocol headers: `Dieu 12 khoan 2 diem a`. The letter đ is `dd`.
    pub fn ascii(&self) -> String {
        self.large_to_small(&ASCII)
    }

    /// From small to large: `điểm a khoản 2 Điều 12`. The Quy chế is understood, another instrument is named; if no article is named,
    /// any is, by its title.
    pub fn short(&self) -> String {
        let text = self.small_to_large();
        match (text.is_empty(), self.instrument) {
            (true, _) => self.titled(),
            (false, Instrument::Regulation1095) => text,
            (false, other) => format!("{text} {}", other.numbered()),
        }
    }

    /// The full form, from small to large: `khoản 3 Điều 7 Quy chế ban hành kèm theo Quyết định số …`.
    pub fn full(&self) -> String {
        let mut text = self.small_to_large();
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&self.titled());
        text
    }

    /// The instrument's title; of one whose articles are not confirmed, where none is named, that it is so.
    fn titled(&self) -> String {
        let unsure = self.article == 0 && !self.instrument.is_confirmed();
        format!("{}{}", self.instrument.title(), if unsure { " (điều chưa xác nhận)" } else { "" })
    }

    /// In English: `Article 12, clause 2, point a of …`.
    pub fn english(&self) -> String {
        let mut parts = Vec::new();
        if self.article != 0 {
            parts.push(format!("Article {}", self.article));
        }
        if self.clause != 0 {
            parts.push(format!("clause {}", self.clause));
        }
        if let Some(letter) = self.point_letter() {
            parts.push(format!("point {letter}"));
        }
        if self.dash != 0 {
            parts.push(format!("dash {}", self.dash));
        }
        match parts.is_empty() {
            true if self.instrument.is_confirmed() => self.instrument.title_en().to_owned(),
            true => format!("{} (article unconfirmed)", self.instrument.title_en()),
            false => format!("{} of {}", parts.join(", "), self.instrument.title_en()),
        }
    }

    fn large_to_small(&self, words: &Words) -> String {
        let name = (words.name)(self.instrument);
        if self.article == 0 {
            return name.to_owned();
        }
        let mut text = match self.instrument {
            Instrument::Decision1095 => format!("{}{}", words.of_decision, self.article),
            _ => format!("{} {}", words.article, self.article),
        };
        if self.clause != 0 {
            text.push_str(&format!(" {} {}", words.clause, self.clause));
        }
        if let Some(letter) = words.letters.get(usize::from(self.point).wrapping_sub(1)) {
            text.push_str(&format!(" {} {letter}", words.point));
        }
        if let Some(ordinal) = words.ordinals.get(usize::from(self.dash).wrapping_sub(1)) {
            text.push_str(&format!(" {} {ordinal}", words.dash));
        }
        if self.instrument.named_in_key() {
            text.push_str(&format!(" {name}"));
        }
        text
    }

    fn small_to_large(&self) -> String {
        let mut parts = Vec::new();
        if let Some(ordinal) = VIETNAMESE.ordinals.get(usize::from(self.dash).wrapping_sub(1)) {
            parts.push(format!("gạch đầu dòng thứ {ordinal}"));
        }
        if let Some(letter) = self.point_letter() {
            parts.push(format!("điểm {letter}"));
        }
        if self.clause != 0 {
            parts.push(format!("khoản {}", self.clause));
        }
        if self.article != 0 {
            parts.push(format!("Điều {}", self.article));
        }
        parts.join(" ")
    }
}

/// Joins citations in their order as "…; …", each once, each written by `form`.
pub fn join(citations: &[Citation], form: fn(&Citation) -> String) -> String {
    let mut sorted = citations.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.iter().map(form).collect::<Vec<_>>().join("; ")
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}

impl fmt::Debug for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}

impl Serialize for Citation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.key())
    }
}

impl<'de> Deserialize<'de> for Citation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::read(deserializer, "a citation, as in `Điều 12 khoản 2 điểm a`")
    }
}

/// The words of one written form.
struct Words {
    article: &'static str,
    of_decision: &'static str,
    clause: &'static str,
    point: &'static str,
    dash: &'static str,
    letters: [&'static str; POINTS.len()],
    ordinals: [&'static str; ORDINALS],
    name: fn(Instrument) -> &'static str,
}

/// The letters of points, in the order of the Vietnamese alphabet; the letters with ă, â, ê, ô, ơ, ư are not used.
const POINTS: [char; 23] =
    ['a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'x', 'y'];

/// How many dashes can be told apart in words.
const ORDINALS: usize = 10;

const VIETNAMESE: Words = Words {
    article: "Điều",
    of_decision: "QĐ Đ",
    clause: "khoản",
    point: "điểm",
    dash: "gạch đầu dòng thứ",
    letters: [
        "a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x",
        "y",
    ],
    ordinals: ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"],
    name: Instrument::name,
};

const ASCII: Words = Words {
    article: "Dieu",
    of_decision: "QD D",
    clause: "khoan",
    point: "diem",
    dash: "gach dau dong thu",
    letters: [
        "a", "b", "c", "d", "dd", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x",
        "y",
    ],
    ordinals: ["nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"],
    name: Instrument::ascii,
};

#[cfg(test)]
mod tests;
