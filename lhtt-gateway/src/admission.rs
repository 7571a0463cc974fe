//! From a call to a question of the regulation, and from its durable answer to a permit.
//!
//! Names no protocol. A [`Permit`] is made here only, from an entry of the journal that permits this very call; it is
//! neither `Clone` nor serialisable, and it alone says who may be dialled.

use crate::settings::Settings;
use crate::signal::Article;
use lhtt_core::decision::{Decision, Disclosure};
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
    /// The permit of this call, if the entry gives one.
    pub fn of(entry: &Entry, join: JoinId, asking: &Asking, settings: &Settings, registry: &Registry) -> Option<Self> {
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
    Request::Join(Join { join, party: asking.from.map_or(Party::Stranger, party_of), called })
}

/// What may be told of a refusal.
pub fn article(decision: &Decision) -> Option<Article> {
    let told = decision.disclosure == Disclosure::Article && !decision.citations().is_empty();
    told.then(|| Article {
        ascii: decision.ascii(),
        vietnamese: decision.citations().iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    })
}

/// A number for a session that no session has had: the prefix and six random digits, so that it cannot be guessed.
pub fn allocate_alias(registry: &Registry, prefix: &str, rng: &mut Rng) -> Option<String> {
    let mut candidates = (0..ALIAS_TRIES).map(|_| format!("{prefix}{:06}", rng.below(1_000_000)));
    candidates.find(|alias| registry.session_by_alias(alias).is_none())
}

/// With a tenth of a million numbers taken, 64 tries all fail once in 10⁶⁴.
const ALIAS_TRIES: usize = 64;
