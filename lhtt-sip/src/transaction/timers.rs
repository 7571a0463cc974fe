//! How long things wait: the timer values of RFC 3261 17 and table 4, and the bounds that the RFC leaves to us.
//!
//! Leaves out: the timers themselves, which each machine holds as deadlines.

use lhtt_core::time::Duration;

/// Timer values. Every state of a transaction or an invite session that waits takes its deadline from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timers {
    /// Round-trip estimate, RFC 3261 17.1.1.1. Default 500 ms.
    pub t1: Duration,
    /// Longest interval between retransmissions of non-INVITE requests and INVITE responses. Default 4 s.
    pub t2: Duration,
    /// Longest time a message stays in the network. Default 5 s.
    pub t4: Duration,
    /// Our INVITE got a provisional response, then nothing more: how long until it is cancelled and fails with 408.
    /// Each further provisional response starts it anew. Default 200 s, above the 3 minutes of RFC 3261 16.6 timer C.
    pub proceeding: Duration,
    /// A peer's INVITE waits for the owner's final answer: how long until it is refused with 480. Default 10 min; the
    /// owner is expected to have a shorter deadline of its own.
    pub answer: Duration,
    /// How often an unanswered INVITE hears its last provisional response again, RFC 3261 13.3.1.1. Default 60 s.
    pub provisional: Duration,
    /// A re-INVITE or UPDATE waits for the owner's answer: how long until it is refused with 500. Default 20 s, below
    /// the 32 s that a peer waits for an UPDATE.
    pub renegotiation: Duration,
    /// A stream that we opened and that serves nothing any more is closed after this. Default 32 s.
    pub stream_idle: Duration,
    /// RFC 4028: the session interval that we ask for and grant at most. A call whose peer is not heard of for so long is
    /// ended; half of it is how often we ask where the refreshing is ours. `None` keeps no session timers. Default 30 min,
    /// as RFC 4028 4 recommends.
    pub session: Option<Duration>,
    /// RFC 4028: the shortest session interval that we grant (Min-SE); shorter ones are refused with 422. Default 90 s, the
    /// least that RFC 4028 5 allows: pjsip (Asterisk 16) drops an INVITE with less without a word.
    pub session_min: Duration,
}

impl Default for Timers {
    fn default() -> Self {
        Self {
            t1: Duration::from_millis(500),
            t2: Duration::from_secs(4),
            t4: Duration::from_secs(5),
            proceeding: Duration::from_secs(200),
            answer: Duration::from_secs(600),
            provisional: Duration::from_secs(60),
            renegotiation: Duration::from_secs(20),
            stream_idle: Duration::from_secs(32),
            session: Some(Duration::from_secs(1_800)),
            session_min: Duration::from_secs(90),
        }
    }
}

impl Timers {
    /// 64 × T1: timers B, F, H, J, L, M, and the wait for an ACK.
    pub fn transaction(&self) -> Duration {
        self.t1 * 64
    }

    /// Timer D: at least 32 s on an unreliable transport.
    pub(crate) fn failure_absorption(&self, reliable: bool) -> Duration {
        if reliable { Duration::ZERO } else { self.transaction().max(Duration::from_secs(32)) }
    }

    /// Timers I and K: T4 on an unreliable transport.
    pub(crate) fn network(&self, reliable: bool) -> Duration {
        if reliable { Duration::ZERO } else { self.t4 }
    }

    /// The interval after `interval`: doubled, up to T2.
    pub(crate) fn backed_off(&self, interval: Duration) -> Duration {
        (interval * 2).min(self.t2)
    }
}
