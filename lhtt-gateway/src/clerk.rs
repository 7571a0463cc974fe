//! The clerk: decides each question, has it written down, and answers only when the writing is durable (I12).
//!
//! The only writer of the journal, and sans-I/O like the rest: a question is decided at once against the *working*
//! registry, so that later questions see it; its entry goes out in a batch; the answer leaves when the batch is
//! appended. If the append fails, the working registry becomes the durable one again and the questions are answered
//! `Unavailable`: the gateway fails closed. Ends of joins are never lost that way: they are kept and asked again (I2).

use lhtt_core::decide;
use lhtt_core::journal::{Entry, Head};
use lhtt_core::registry::Registry;
use lhtt_core::request::Request;
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant, Now, Wall, soonest};
use std::collections::VecDeque;
use std::sync::Arc;

/// One append to the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchId(pub u64);

/// The answer to a question.
#[derive(Debug)]
pub enum Answer {
    /// Decided and durable: this entry holds the decision.
    Decided(Arc<Entry>),
    /// The store could not be written; nothing was decided.
    Unavailable,
}

/// Decides, appends, answers. `T` says whose question it was.
#[derive(Debug)]
pub struct Clerk<T> {
    working: Registry,
    working_head: Head,
    durable: Registry,
    durable_head: Head,
    open: Vec<Asked<T>>,
    in_flight: Option<(BatchId, Vec<Asked<T>>)>,
    held: VecDeque<(T, Request)>,
    retry_at: Option<Instant>,
    /// When what is open goes out even if nobody waits for its answer.
    flush_by: Option<Instant>,
    /// Until when joins gather: the last append went out a moment ago.
    not_before: Instant,
    next_batch: u64,
    appends: VecDeque<(BatchId, Vec<Arc<Entry>>)>,
    answers: VecDeque<(T, Answer)>,
    /// Salts personal data.
    secrets: Rng,
}

#[derive(Debug)]
struct Asked<T> {
    ticket: T,
    entry: Arc<Entry>,
}

impl<T> Clerk<T> {
    /// A clerk of this registry, whose journal ends at `head`; `secrets` salts the personal data it writes.
    pub fn new(registry: Registry, head: Head, secrets: Rng) -> Self {
        Self {
            working: registry.clone(),
            working_head: head,
            durable: registry,
            durable_head: head,
            open: Vec::new(),
            in_flight: None,
            held: VecDeque::new(),
            retry_at: None,
            flush_by: None,
            not_before: Instant::ZERO,
            next_batch: 1,
            appends: VecDeque::new(),
            answers: VecDeque::new(),
            secrets,
        }
    }

    /// The facts as decided so far, durable or not.
    pub fn registry(&self) -> &Registry {
        &self.working
    }

    /// Where the durable journal ends.
    pub fn head(&self) -> &Head {
        &self.durable_head
    }

    /// Whether the last append failed and none has succeeded since.
    pub fn is_down(&self) -> bool {
        self.retry_at.is_some()
    }

    /// Whether no question is open.
    pub fn is_idle(&self) -> bool {
        self.open.is_empty() && self.in_flight.is_none() && self.held.is_empty() && self.answers.is_empty()
    }

    /// Takes a question. While the store is down, or too far behind, only ends are kept; all else is answered
    /// `Unavailable` at once.
    pub fn ask(&mut self, now: Now, ticket: T, request: Request) {
        let pausing = self.in_flight.is_none() && self.retry_at.is_some_and(|at| now.instant < at);
        match matches!(request, Request::Leave(_)) {
            true if pausing => self.held.push_back((ticket, request)),
            false if pausing || self.open.len() >= OPEN_MAX => self.answers.push_back((ticket, Answer::Unavailable)),
            // The first question after the pause tries the store again; others wait for its fate. Ends that were kept
            // go before it: whoever left and comes back finds the slot free.
            _ => {
                self.ask_held(now);
                let by = self.due(now.instant, &request);
                self.decide(now.wall, ticket, request);
                self.flush_by = Some(self.flush_by.map_or(by, |already| already.min(by)));
                self.flush(now.instant);
            }
        }
    }

    /// When a question is written down at the latest.
    fn due(&self, now: Instant, request: &Request) -> Instant {
        match request {
            // Nobody waits for an end: it goes with the next question, or soon by itself, and spares a write.
            Request::Leave(_) => now + END_WAITS,
            Request::Join(_) => self.not_before.max(now),
            _ => now,
        }
    }

    fn decide(&mut self, at: Wall, ticket: T, request: Request) {
        let decision = decide(&self.working, &request, at);
        let entry = Arc::new(Entry::seal_apart(&self.working_head, at, &request, decision, &self.secrets.octets()));
        let applied = self.working.apply_all(&entry.decision().changes);
        debug_assert!(applied.is_ok(), "a decision makes only changes that fit the registry it read: {applied:?}");
        self.working_head = entry.head();
        self.open.push(Asked { ticket, entry });
    }

    /// Sends what is open, if it is time and nothing is on its way.
    fn flush(&mut self, now: Instant) {
        let due = self.flush_by.is_some_and(|by| by <= now);
        if !due || self.in_flight.is_some() || self.open.is_empty() {
            return;
        }
        let batch = BatchId(self.next_batch);
        self.next_batch += 1;
        self.not_before = now + APPEND_EVERY;
        let rest = self.open.split_off(self.open.len().min(BATCH_MAX));
        let asked = std::mem::replace(&mut self.open, rest);
        if self.open.is_empty() {
            self.flush_by = None;
        }
        self.appends.push_back((batch, asked.iter().map(|asked| Arc::clone(&asked.entry)).collect()));
        self.in_flight = Some((batch, asked));
    }

    /// The batch is durable: its answers leave, and the next batch goes out.
    pub fn on_appended(&mut self, now: Now, batch: BatchId) {
        let Some((_, asked)) = self.in_flight.take_if(|(id, _)| *id == batch) else { return };
        for Asked { ticket, entry } in asked {
            let applied = self.durable.apply_all(&entry.decision().changes);
            debug_assert!(applied.is_ok(), "the durable registry follows the working one: {applied:?}");
            self.durable_head = entry.head();
            self.answers.push_back((ticket, Answer::Decided(entry)));
        }
        self.retry_at = None;
        self.ask_held(now);
        self.flush(now.instant);
    }

    /// The batch could not be written: nothing of it happened, nor of what was decided on top of it.
    pub fn on_failed(&mut self, now: Now, batch: BatchId) {
        let Some((_, asked)) = self.in_flight.take_if(|(id, _)| *id == batch) else { return };
        self.working = self.durable.clone();
        self.working_head = self.durable_head;
        let on_top = std::mem::take(&mut self.open);
        self.flush_by = None;
        for Asked { ticket, entry } in asked.into_iter().chain(on_top) {
            match entry.request() {
                Request::Leave(leave) => self.held.push_back((ticket, Request::Leave(leave.clone()))),
                _ => self.answers.push_back((ticket, Answer::Unavailable)),
            }
        }
        self.retry_at = Some(now.instant + STORE_RETRY);
    }

    /// When it wants to write ends that nobody waits for, or to try a store that failed again.
    pub fn poll_timeout(&self) -> Option<Instant> {
        let retry = self.retry_at.filter(|_| !self.held.is_empty());
        soonest(retry, self.flush_by).filter(|_| self.in_flight.is_none())
    }

    /// Writes and tries again, if it is time.
    pub fn handle_timeout(&mut self, now: Now) {
        if self.poll_timeout().is_some_and(|at| at <= now.instant) {
            if self.retry_at.is_none_or(|at| at <= now.instant) {
                self.ask_held(now);
            }
            self.flush(now.instant);
        }
    }

    fn ask_held(&mut self, now: Now) {
        for (ticket, request) in std::mem::take(&mut self.held) {
            self.decide(now.wall, ticket, request);
            self.flush_by = Some(now.instant);
        }
    }

    /// The next append to carry out.
    pub fn poll_append(&mut self) -> Option<(BatchId, Vec<Arc<Entry>>)> {
        self.appends.pop_front()
    }

    /// The next answer.
    pub fn poll_answer(&mut self) -> Option<(T, Answer)> {
        self.answers.pop_front()
    }
}

/// Most entries in one append: bounds what one failed write undoes and how long an answer waits for others.
const BATCH_MAX: usize = 256;

/// Most questions that wait behind the append in flight: a store that neither writes nor fails makes no queue grow (I10).
/// Ends of joins are taken beyond it; there are no more of them than joins.
const OPEN_MAX: usize = 4_096;

/// From one append to the next that is for joins. A call that comes alone is written at once; calls that come faster than ten a second share a
/// synchronisation of the disk, and after it their way to the callee is handled together, which costs less than one after the
/// other. A caller waits for it some fifty milliseconds: nobody hears that.
const APPEND_EVERY: Duration = Duration::from_millis(100);

/// How long an end waits for company. A crash within it costs nothing: the restart journals what has not ended.
const END_WAITS: Duration = Duration::from_millis(100);

/// How long a store that failed is left alone: long enough for a disk to be remounted without a storm of tries.
const STORE_RETRY: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim;
    use lhtt_core::ids::{JoinId, SiteId};
    use lhtt_core::request::{Called, Join, Leave, LeaveReason, Party};

    /// A clerk of the simulator's morning and what it said, by ticket. Site `phong-1` has one slot in the session.
    struct Desk(Clerk<u32>, Vec<String>);

    impl Desk {
        fn new() -> Self {
            let (registry, head, _) = sim::facts();
            Self(Clerk::new(registry, head, Rng::from_number(1)), Vec::new())
        }

        fn at(seconds: u64) -> Now {
            let millis = i64::try_from(seconds).unwrap() * 1_000;
            let wall = Wall::trusted(sim::start().unix_millis() + millis);
            Now { instant: Instant::from_millis(seconds * 1_000), wall }
        }

        fn ask(&mut self, second: u64, ticket: u32, request: Request) -> &mut Self {
            self.0.ask(Self::at(second), ticket, request);
            self.note()
        }

        fn append(&mut self, second: u64, batch: u64, works: bool) -> &mut Self {
            match works {
                true => self.0.on_appended(Self::at(second), BatchId(batch)),
                false => self.0.on_failed(Self::at(second), BatchId(batch)),
            }
            self.note()
        }

        fn timeout(&mut self, second: u64) -> &mut Self {
            self.0.handle_timeout(Self::at(second));
            self.note()
        }

        fn note(&mut self) -> &mut Self {
            while let Some((ticket, answer)) = self.0.poll_answer() {
                self.1.push(match answer {
                    Answer::Decided(entry) => format!("{ticket} {:?}", entry.decision().outcome),
                    Answer::Unavailable => format!("{ticket} Unavailable"),
                });
            }
            while let Some((batch, entries)) = self.0.poll_append() {
                self.1.push(format!("append {} of {}", batch.0, entries.len()));
            }
            self
        }

        #[track_caller]
        fn said(&mut self, expected: &[&str]) -> &mut Self {
            assert_eq!(std::mem::take(&mut self.1), expected);
            self
        }
    }

    fn join(id: u64) -> Request {
        let party = Party::Site(SiteId::new("phong-1"));
        Request::Join(Join::new(JoinId(id), party, Called::Alias(sim::ALIAS.to_owned())))
    }

    fn leave(id: u64) -> Request {
        Request::Leave(Leave { join: JoinId(id), reason: LeaveReason::new("caller") })
    }

    #[test]
    fn answers_leave_when_they_are_durable_and_in_order() {
        let mut desk = Desk::new();
        desk.ask(0, 1, join(1)).ask(0, 2, join(2)).ask(0, 3, leave(9)).said(&["append 1 of 1"]);
        desk.append(0, 7, true).said(&[]);
        desk.append(0, 1, true).said(&["1 Permit"]).timeout(1).said(&["append 2 of 2"]);
        desk.append(1, 2, true).said(&["2 Deny", "3 Deny"]);
        assert!(desk.0.is_idle());
        assert_eq!(desk.0.registry().joins().count(), 1);
    }

    #[test]
    fn joins_that_come_fast_share_an_append_and_one_alone_waits_for_nobody() {
        let mut desk = Desk::new();
        desk.ask(0, 1, join(1)).said(&["append 1 of 1"]).append(0, 1, true).said(&["1 Permit"]);
        desk.ask(0, 2, join(2)).ask(0, 3, join(3)).timeout(0).said(&[]);
        desk.timeout(1).said(&["append 2 of 2"]).append(1, 2, true).said(&["2 Deny", "3 Deny"]);
        desk.ask(2, 4, join(4)).said(&["append 3 of 1"]).append(2, 3, true).said(&["4 Deny"]);
        assert!(desk.0.is_idle());
    }

    #[test]
    fn a_failed_append_undoes_what_was_decided_on_top_of_it() {
        let mut desk = Desk::new();
        desk.ask(0, 1, join(1)).ask(0, 2, join(2)).said(&["append 1 of 1"]);
        desk.append(0, 1, false).said(&["1 Unavailable", "2 Unavailable"]);
        assert_eq!(desk.0.registry().joins().count(), 0);
        assert!(desk.0.is_idle() && desk.0.is_down());
        // The late news of the same batch changes nothing.
        desk.append(0, 1, true).said(&[]);
        desk.ask(0, 3, join(3)).said(&["3 Unavailable"]);
        desk.ask(1, 4, join(4)).said(&["append 2 of 1"]);
        desk.append(1, 2, true).said(&["4 Permit"]);
        assert!(!desk.0.is_down());
    }

    #[test]
    fn an_end_is_kept_until_it_is_written() {
        let mut desk = Desk::new();
        desk.ask(0, 1, join(1)).append(0, 1, true).said(&["append 1 of 1", "1 Permit"]);
        desk.ask(0, 2, leave(1)).timeout(0).said(&[]);
        desk.timeout(1).append(1, 2, false).said(&["append 2 of 1"]);
        assert_eq!(desk.0.poll_timeout(), Some(Instant::from_millis(2_000)));
        desk.timeout(1).said(&[]);
        desk.timeout(2).append(2, 3, false).said(&["append 3 of 1"]);
        desk.timeout(3).append(3, 4, true).said(&["append 4 of 1", "2 Permit"]);
        assert_eq!((desk.0.registry().joins().count(), desk.0.is_idle(), desk.0.poll_timeout()), (0, true, None));
    }

    #[test]
    fn an_end_goes_with_the_next_question() {
        let mut desk = Desk::new();
        desk.ask(0, 1, join(1)).append(0, 1, true).said(&["append 1 of 1", "1 Permit"]);
        desk.ask(0, 2, leave(1)).ask(0, 3, join(3)).said(&[]);
        assert_eq!(desk.0.poll_timeout(), Some(Instant::ZERO + APPEND_EVERY), "a question waits less than an end");
        desk.timeout(1).said(&["append 2 of 2"]).append(1, 2, true).said(&["2 Permit", "3 Permit"]);
        assert_eq!((desk.0.is_idle(), desk.0.poll_timeout()), (true, None));
    }

    #[test]
    fn who_left_while_the_store_was_down_finds_the_slot_free() {
        let mut desk = Desk::new();
        desk.ask(0, 1, join(1)).append(0, 1, true).said(&["append 1 of 1", "1 Permit"]);
        desk.ask(0, 2, leave(1)).timeout(1).append(1, 2, false).said(&["append 2 of 1"]);
        desk.ask(2, 3, join(3)).said(&["append 3 of 2"]);
        desk.append(2, 3, true).said(&["2 Permit", "3 Permit"]);
    }

    #[test]
    fn an_end_during_the_retry_goes_before_the_next_question() {
        let mut desk = Desk::new();
        desk.ask(0, 1, join(1)).append(0, 1, true).ask(0, 2, leave(9)).timeout(1).append(1, 2, false).1.clear();
        desk.timeout(2).ask(2, 3, leave(1)).ask(2, 4, join(4)).said(&["append 3 of 1"]);
        desk.append(2, 3, true).said(&["2 Deny"]).timeout(3).said(&["append 4 of 2"]);
        desk.append(3, 4, true).said(&["3 Permit", "4 Permit"]);
    }

    #[test]
    fn a_store_that_hangs_makes_no_queue_grow() {
        let mut desk = Desk::new();
        (0..=OPEN_MAX as u64).for_each(|id| _ = desk.ask(0, 0, join(id + 1)));
        desk.said(&["append 1 of 1"]).ask(0, 1, join(9_999)).said(&["1 Unavailable"]);
        desk.ask(0, 2, leave(1)).said(&[]);
        let batch = format!("append 2 of {BATCH_MAX}");
        desk.append(0, 1, true).said(&["0 Permit"]).timeout(1).said(&[&batch]);
    }
}
