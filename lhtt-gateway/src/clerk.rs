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
use lhtt_core::time::{Duration, Instant, Now, Wall};
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
    next_batch: u64,
    appends: VecDeque<(BatchId, Vec<Arc<Entry>>)>,
    answers: VecDeque<(T, Answer)>,
}

#[derive(Debug)]
struct Asked<T> {
    ticket: T,
    entry: Arc<Entry>,
}

impl<T> Clerk<T> {
    /// A clerk of this registry, whose journal ends at `head`.
    pub fn new(registry: Registry, head: Head) -> Self {
        Self {
            working: registry.clone(),
            working_head: head,
            durable: registry,
            durable_head: head,
            open: Vec::new(),
            in_flight: None,
            held: VecDeque::new(),
            retry_at: None,
            next_batch: 1,
            appends: VecDeque::new(),
            answers: VecDeque::new(),
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

    /// Takes a question. While the store is down only ends are kept; all else is answered `Unavailable` at once.
    pub fn ask(&mut self, now: Now, ticket: T, request: Request) {
        match (self.retry_at, matches!(request, Request::Leave(_))) {
            (Some(_), true) => self.held.push_back((ticket, request)),
            (Some(at), false) if now.instant < at => self.answers.push_back((ticket, Answer::Unavailable)),
            // The first question after the pause tries the store again; others wait for its fate.
            _ => {
                self.decide(now.wall, ticket, request);
                self.flush();
            }
        }
    }

    fn decide(&mut self, at: Wall, ticket: T, request: Request) {
        let decision = decide(&self.working, &request, at);
        let entry = Arc::new(Entry::seal(&self.working_head, at, &request, decision));
        let applied = self.working.apply_all(&entry.decision().changes);
        debug_assert!(applied.is_ok(), "a decision makes only changes that fit the registry it read: {applied:?}");
        self.working_head = entry.head();
        self.open.push(Asked { ticket, entry });
    }

    fn flush(&mut self) {
        if self.in_flight.is_some() || self.open.is_empty() {
            return;
        }
        let batch = BatchId(self.next_batch);
        self.next_batch += 1;
        let rest = self.open.split_off(self.open.len().min(BATCH_MAX));
        let asked = std::mem::replace(&mut self.open, rest);
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
        self.flush();
    }

    /// The batch could not be written: nothing of it happened, nor of what was decided on top of it.
    pub fn on_failed(&mut self, now: Now, batch: BatchId) {
        let Some((_, asked)) = self.in_flight.take_if(|(id, _)| *id == batch) else { return };
        self.working = self.durable.clone();
        self.working_head = self.durable_head;
        let on_top = std::mem::take(&mut self.open);
        for Asked { ticket, entry } in asked.into_iter().chain(on_top) {
            match entry.request() {
                Request::Leave(leave) => self.held.push_back((ticket, Request::Leave(leave.clone()))),
                _ => self.answers.push_back((ticket, Answer::Unavailable)),
            }
        }
        self.retry_at = Some(now.instant + STORE_RETRY);
    }

    /// When it wants to try a store that failed again.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.retry_at.filter(|_| !self.held.is_empty() && self.in_flight.is_none())
    }

    /// Tries again what was kept, if it is time.
    pub fn handle_timeout(&mut self, now: Now) {
        if self.poll_timeout().is_some_and(|at| at <= now.instant) {
            self.ask_held(now);
            self.flush();
        }
    }

    fn ask_held(&mut self, now: Now) {
        for (ticket, request) in std::mem::take(&mut self.held) {
            self.decide(now.wall, ticket, request);
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

/// How long a store that failed is left alone: long enough for a disk to be remounted without a storm of tries.
const STORE_RETRY: Duration = Duration::from_secs(1);
