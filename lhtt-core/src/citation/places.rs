//! Which places there are: the articles, clauses, points and dashes of the Quy chế, and the articles of its decision.
//!
//! Leaves out the other instruments: what they have is not kept here.

use super::{Citation, Instrument};

/// How many clauses each article of the Quy chế has, from Điều 1.
const CLAUSES: [u16; 20] = [0, 0, 12, 2, 8, 8, 3, 3, 2, 2, 5, 2, 4, 4, 3, 2, 0, 7, 2, 3];

/// The clauses that have points, and their letters.
const POINTS: [(u16, u16, &str); 8] = [
    (3, 2, "abc"),
    (8, 3, "abc"),
    (9, 1, "abc"),
    (9, 2, "abcd"),
    (12, 2, "abc"),
    (13, 3, "abcd"),
    (13, 4, "abc"),
    (15, 2, "abcdđe"),
];

/// The points that have dashes, and how many.
const DASHES: [(Citation, u8); 2] =
    [(Citation::article(12).clause(2).point('a'), 6), (Citation::article(12).clause(2).point('b'), 2)];

/// How many articles the decision has.
const OF_DECISION: u16 = 3;

impl Citation {
    /// Where there is no such place: the nearest there are, as they are written.
    pub(crate) fn elsewhere(&self) -> Option<String> {
        let (articles, clauses) = match self.instrument {
            Instrument::Regulation1095 => (CLAUSES.len() as u16, &CLAUSES[..]),
            Instrument::Decision1095 => (OF_DECISION, &[][..]),
            _ => return None,
        };
        let whole = Self::of(self.instrument, self.article);
        if self.article > articles {
            let [first, last] = [1, articles].map(|article| Self::of(self.instrument, article).key());
            return Some(format!("{first} … {last}"));
        }
        let clause = usize::from(self.article).checked_sub(1).and_then(|at| clauses.get(at)).copied().unwrap_or(0);
        if self.clause > clause || self.clause == 0 && (self.point != 0 || self.dash != 0) {
            return Some(list(whole, (1..=clause).map(|number| whole.clause(number))));
        }
        let whole = whole.clause(self.clause);
        let letters = POINTS.iter().find(|(article, clause, _)| (*article, *clause) == (self.article, self.clause));
        let letters = letters.map_or("", |(.., letters)| letters);
        let known = self.point_letter().is_none_or(|letter| letters.contains(letter));
        if !known || self.point == 0 && self.dash != 0 {
            return Some(list(whole, letters.chars().map(|letter| whole.point(letter))));
        }
        let whole = Self { dash: 0, ..*self };
        let dashes = DASHES.iter().find(|(place, _)| *place == whole).map_or(0, |(_, dashes)| *dashes);
        (self.dash > dashes).then(|| list(whole, (1..=dashes).map(|dash| whole.dash(dash))))
    }
}

fn list(whole: Citation, parts: impl Iterator<Item = Citation>) -> String {
    std::iter::once(whole).chain(parts).map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ")
}
