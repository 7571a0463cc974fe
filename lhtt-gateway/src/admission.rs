//! From a call to a question of the regulation, and from its durable answer to a permit.
//!
//! Names no protocol. A [`Permit`] is made here only, from an entry of the journal that permits this very call; it is
//! neither `Clone` nor serialisable, and it alone says who may be dialled.

use crate::settings::Settings;
use crate::signal::Article;
use lhtt_core::decision::{Decision, Disclosure, Outcome};
use lhtt_core::ids::JoinId;
use lhtt_core::journal::Entry;
use lhtt_core::registry::Registry;
use lhtt_core::request::{Called, Join, Party, Request};
use lhtt_core::rng::Rng;

/// A call as the regulation sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The neighbour that calls; none for a stranger.
    pub from: Option<usize>,
    /// The number or alias it calls.
    pub dialled: String,
    /// The number or alias that it says it calls from.
    pub calling: String,
}

impl Asking {
    /// What a caller says, as far as it may be long: both names go into the journal, and a stranger writes them. One that
    /// is cut is marked so, and is nobody's number.
    pub fn new(from: Option<usize>, dialled: &str, calling: &str) -> Self {
        let cut = |name: &str| match name.char_indices().nth(NAME_CHARS_MAX) {
            Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
            None => name.to_owned(),
        };
        Self { from, dialled: cut(dialled), calling: cut(calling) }
    }
}

/// Where a call would go, if it may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// To the MCU, into the room of the session.
    Room,
    /// From the MCU to this neighbour.
    Neighbour(usize),
    /// Nobody has that number (Q.850 cause 1).
    Nowhere,
}

/// Leave to call one callee for one call.
#[derive(Debug)]
pub struct Permit {
    neighbour: usize,
    called: String,
    seq: u64,
}

impl Permit {
    /// The permit of this call, if the entry gives one. The caller of this has it from the clerk: the entry is durable.
    pub(crate) fn of(
        entry: &Entry,
        join: JoinId,
        asking: &Asking,
        settings: &Settings,
        registry: &Registry,
    ) -> Option<Self> {
        let decision = entry.decision();
        let joined = decision.joined().filter(|joined| decision.is_permit() && joined.join == join)?;
        let (neighbour, called) = match route(asking, settings) {
            Route::Room => (settings.mcu()?, registry.session(joined.session)?.room.clone()),
            Route::Neighbour(index) => {
                (index, settings.neighbours.get(index)?.user.clone().unwrap_or_else(|| asking.dialled.clone()))
            }
            Route::Nowhere => return None,
        };
        Some(Self { neighbour, called, seq: entry.seq() })
    }

    /// The neighbour that may be called, by its place in the settings.
    pub fn neighbour(&self) -> usize {
        self.neighbour
    }

    /// The number or user part there.
    pub fn called(&self) -> &str {
        &self.called
    }

    /// The journal entry that it stands on.
    pub fn seq(&self) -> u64 {
        self.seq
    }
}

/// Where a call would go. Calls of the MCU go to neighbours by their numbers, all others to the MCU.
pub fn route(asking: &Asking, settings: &Settings) -> Route {
    match asking.from {
        Some(from) if Some(from) == settings.mcu() => {
            settings.by_number(&asking.dialled).map_or(Route::Nowhere, Route::Neighbour)
        }
        _ => Route::Room,
    }
}

/// The question that a call puts to the regulation.
pub fn question(join: JoinId, asking: &Asking, settings: &Settings) -> Request {
    let party_of = |index: usize| settings.neighbours.get(index).map_or(Party::Stranger, |found| found.party.clone());
    let called = match route(asking, settings) {
        Route::Neighbour(index) => Called::DialOut {
            calling: (!asking.calling.is_empty()).then(|| asking.calling.clone()),
            to: party_of(index),
        },
        Route::Room | Route::Nowhere => Called::Alias(asking.dialled.clone()),
    };
    Request::Join(Join::new(join, asking.from.map_or(Party::Stranger, party_of), called))
}

/// What may be told of a refusal.
pub fn article(decision: &Decision) -> Option<Article> {
    let told = decision.disclosure == Disclosure::Article && !decision.citations().is_empty();
    told.then(|| {
        // What is recorded and does not refuse stays between the operator and whoever it concerns.
        let refusing = decision.findings.iter().filter(|finding| finding.outcome != Outcome::Permit);
        let mut places: Vec<_> = refusing.flat_map(|finding| finding.citations.iter().copied()).collect();
        places.sort_unstable();
        places.dedup();
        let vietnamese = places.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        Article { ascii: decision.ascii(), vietnamese }
    })
}

/// A number for a session that no session has had: the prefix and six random digits, so that it cannot be guessed.
pub fn allocate_alias(registry: &Registry, prefix: &str, rng: &mut Rng) -> Option<String> {
    let mut candidates = (0..ALIAS_TRIES).map(|_| format!("{prefix}{:06}", rng.below(1_000_000)));
    candidates.find(|alias| registry.session_by_alias(alias).is_none())
}

/// Most characters of a number or alias: what H.225.0 7.6 gives to dialled digits.
const NAME_CHARS_MAX: usize = 128;

/// With a tenth of a million numbers taken, 64 tries all fail once in 10⁶⁴.
const ALIAS_TRIES: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim;
    use lhtt_core::decide;
    use lhtt_core::time::Wall;

    /// Neighbours of the simulator's settings.
    const GOVERNMENT: Option<usize> = Some(0);
    const MCU: Option<usize> = Some(2);

    #[test]
    fn calls_of_the_mcu_go_to_neighbours_and_all_others_to_the_mcu() {
        let settings = sim::settings(true, true);
        let cases = [
            (GOVERNMENT, "0802", Route::Room),
            (None, "0801", Route::Room),
            (MCU, "0801", Route::Neighbour(0)),
            (MCU, "080212", Route::Neighbour(1)),
            (MCU, "0901", Route::Nowhere),
            (MCU, "", Route::Nowhere),
        ];
        for (from, dialled, expected) in cases {
            assert_eq!(route(&Asking::new(from, dialled, ""), &settings), expected, "{from:?} dials {dialled}");
        }
    }

    #[test]
    fn a_permit_is_for_one_join_of_one_entry_that_permits_it() {
        let (registry, head, _) = sim::facts();
        let settings = sim::settings(true, true);
        let permit = |from, dialled, asked: u64, join: u64| {
            let asking = Asking::new(from, dialled, "");
            let at = Wall::trusted(sim::start().unix_millis());
            let question = question(JoinId(asked), &asking, &settings);
            let entry = Entry::seal(&head, at, &question, decide(&registry, &question, at));
            let permit = Permit::of(&entry, JoinId(join), &asking, &settings, &registry)?;
            assert_eq!(permit.seq(), head.seq + 1);
            Some((permit.neighbour(), permit.called().to_owned()))
        };
        assert_eq!(permit(GOVERNMENT, sim::ALIAS, 1, 1), Some((2, sim::MCU_ROOM.to_owned())));
        assert_eq!(permit(GOVERNMENT, sim::ALIAS, 1, 2), None, "another call's entry");
        assert_eq!(permit(GOVERNMENT, "7999999", 1, 1), None, "a refusal");
        assert_eq!(permit(None, sim::ALIAS, 1, 1), None, "a stranger");
    }

    #[test]
    fn a_name_that_is_cut_is_nobodys() {
        let longest = "7".repeat(NAME_CHARS_MAX);
        assert_eq!(Asking::new(None, &longest, "").dialled, longest);
        let asking = Asking::new(None, &format!("{longest}7"), &"đ".repeat(10_000));
        assert_eq!(asking.dialled, format!("{longest}…"));
        assert_eq!(asking.calling.chars().count(), NAME_CHARS_MAX + 1);
    }
}
