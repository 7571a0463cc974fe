//! Session timers: RFC 4028. Who refreshes how often is agreed anew by each INVITE or UPDATE and its 2xx.
//!
//! | role       | meaning                                              | refresh at   | expires                       |
//! |------------|------------------------------------------------------|--------------|-------------------------------|
//! | Refreshing | we refresh, and the peer counts on it                | interval / 2 | interval                      |
//! | Asking     | the peer keeps no timer: we ask whether it is there  | interval / 2 | interval                      |
//! | Watching   | the peer refreshes                                   | never        | interval − min(32 s, a third) |
//!
//! Leaves out: what a refresh looks like and what comes of it, which is the endpoint's.

use crate::message::{Headers, Name, Refresher, SessionExpires};
use crate::transaction::Timers;
use lhtt_core::time::{Duration, Instant, soonest};

/// The option tag (RFC 4028 12).
pub(crate) const TIMER: &str = "timer";

/// The longest session interval that a Min-SE of the peer can make us take. A call whose peer wants longer ones fails with
/// its 422; in a dialog, the interval is cut to this.
pub(crate) const SESSION_SECONDS_MAX: u32 = 86_400;

/// How long before the end the side that does not refresh gives up, at most (RFC 4028 10).
const MARGIN_MAX: Duration = Duration::from_secs(32);

/// How long a refresh that could not be made, or that was refused, waits before the next one, at least.
const AGAIN_MIN: Duration = Duration::from_secs(5);

/// What a request says of session timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Whether its sender knows of them.
    supported: bool,
    expires: Option<SessionExpires>,
    min: Option<u32>,
}

/// The interval we want, and the shortest we take, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) wanted: u32,
    pub(crate) min: u32,
}

/// What a 2xx agrees on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Agreement {
    pub(crate) seconds: u32,
    pub(crate) refresher: Refresher,
    /// Whether the sender of the request knows of session timers.
    supported: bool,
}

/// Who keeps a session alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Refreshing,
    Asking,
    Watching,
}

/// The timer of one session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SessionTimer {
    pub(crate) role: Role,
    interval: Duration,
    refresh: Option<Instant>,
    until: Instant,
}

impl Bounds {
    /// Those of the configuration; `None` if no timers are kept.
    pub(crate) fn of(timers: &Timers) -> Option<Self> {
        let seconds = |duration: Duration| u32::try_from(duration.as_secs()).unwrap_or(u32::MAX);
        let min = seconds(timers.session_min).clamp(1, SESSION_SECONDS_MAX);
        Some(Self { wanted: seconds(timers.session?).clamp(min, SESSION_SECONDS_MAX), min })
    }
}

impl Asked {
    pub(crate) fn read(headers: &Headers) -> Self {
        let mut asked = Self { supported: false, expires: None, min: None };
        // One pass, because nearly every message has nothing of it.
        for header in headers.iter() {
            match header.name() {
                Name::Supported | Name::Require => asked.supported |= has_word(header.value(), TIMER),
                Name::SessionExpires => asked.expires = asked.expires.or(SessionExpires::read(&header.text()).ok()),
                Name::MinSe => asked.min = headers.min_se().ok().flatten(),
                _ => {}
            }
        }
        asked
    }

    /// Whether it must be refused with 422: shorter than we take, of somebody who understands that (RFC 4028 9).
    pub(crate) fn is_too_short(&self, bounds: Bounds) -> bool {
        self.supported && self.expires.is_some_and(|expires| expires.seconds < bounds.min)
    }

    /// What our 2xx says (RFC 4028 9, table 2): never longer than asked for; no shorter than the Min-SE. Where the peer leaves
    /// it open we refresh, because that tells sooner that it is gone.
    pub(crate) fn agree(&self, bounds: Bounds) -> Agreement {
        let least = self.min.unwrap_or(0).max(bounds.min);
        let ours = bounds.wanted.max(least);
        let seconds = self.expires.map_or(ours, |expires| ours.min(expires.seconds));
        let refresher = match self.expires.and_then(|expires| expires.refresher) {
            Some(refresher) if self.supported => refresher,
            _ => Refresher::Uas,
        };
        Agreement { seconds: seconds.clamp(bounds.min, SESSION_SECONDS_MAX), refresher, supported: self.supported }
    }
}

impl Agreement {
    /// Whether the 2xx must insist: the sender of the request has to refresh (RFC 4028 9).
    pub(crate) fn is_required(&self) -> bool {
        self.refresher == Refresher::Uac
    }

    pub(crate) fn header(&self) -> SessionExpires {
        SessionExpires { seconds: self.seconds, refresher: Some(self.refresher) }
    }
}

impl SessionTimer {
    /// The timer of whoever sent a 2xx with this agreement.
    pub(crate) fn of_server(now: Instant, agreement: &Agreement) -> Self {
        let role = match agreement.refresher {
            Refresher::Uac => Role::Watching,
            Refresher::Uas if agreement.supported => Role::Refreshing,
            Refresher::Uas => Role::Asking,
        };
        Self::new(now, role, agreement.seconds)
    }

    /// The timer of whoever got a 2xx to a request of this interval (RFC 4028 7.2). A 2xx cannot make it longer, nor shorter
    /// than we take.
    pub(crate) fn of_client(now: Instant, bounds: Bounds, response: &Headers) -> Self {
        let Some(said) = response.session_expires().ok().flatten() else {
            return Self::new(now, Role::Asking, bounds.wanted);
        };
        let role = match said.refresher {
            Some(Refresher::Uas) => Role::Watching,
            _ => Role::Refreshing,
        };
        Self::new(now, role, said.seconds.clamp(bounds.min, bounds.wanted.max(bounds.min)))
    }

    fn new(now: Instant, role: Role, seconds: u32) -> Self {
        let interval = Duration::from_secs(seconds.into());
        let (refresh, until) = match role {
            Role::Refreshing | Role::Asking => (Some(now + interval / 2), now + interval),
            Role::Watching => (None, now + (interval - MARGIN_MAX.min(interval / 3))),
        };
        Self { role, interval, refresh, until }
    }

    /// The interval in seconds.
    pub(crate) fn seconds(&self) -> u32 {
        u32::try_from(self.interval.as_secs()).unwrap_or(u32::MAX)
    }

    /// The peer, which keeps no timer of its own, gave a sign of life.
    pub(crate) fn restart(&mut self, now: Instant) {
        *self = Self::new(now, self.role, self.seconds());
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        soonest(self.refresh, Some(self.until))
    }

    pub(crate) fn is_expired(&self, now: Instant) -> bool {
        now >= self.until
    }

    /// Whether a refresh is due; then none is until [`SessionTimer::postpone`] or a new agreement.
    pub(crate) fn take_refresh(&mut self, now: Instant) -> bool {
        self.refresh.take_if(|at| now >= *at).is_some()
    }

    /// The refresh could not be made, or was refused: half of what is left later.
    pub(crate) fn postpone(&mut self, now: Instant) {
        let left = self.until.saturating_since(now);
        self.refresh = (self.role != Role::Watching).then(|| now + (left / 2).max(AGAIN_MIN));
    }
}

/// Whether a header that is a list of words has this one.
pub(crate) fn lists(headers: &Headers, name: Name, word: &str) -> bool {
    headers.all(name).any(|header| has_word(header.value(), word))
}

/// Whether a list of words has this one.
pub(crate) fn has_word(list: &str, word: &str) -> bool {
    list.split(',').any(|one| one.len() >= word.len() && one.trim_matches([' ', '\t']).eq_ignore_ascii_case(word))
}
