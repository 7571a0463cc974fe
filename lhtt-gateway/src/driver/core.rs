//! The core thread's loop: inputs in order, outputs in order, asleep until something happens or is due.

use super::clock::Clock;
use super::counters::Counters;
use super::journal::{Batch, Written};
use super::net::{Happened, Inbox, Network};
use super::notes;
use crate::gateway::Gateway;
use crate::gateway::words::{Command, CommandId, Input, Output, Reply, Status};
use crate::relay::RelayEvent;
use crate::relay::forward::Forwarder;
use lhtt_core::io;
use lhtt_core::time::{Duration, Instant};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// What other threads and tasks tell the core.
#[derive(Debug)]
pub(crate) enum Told {
    /// The relay reports.
    Relay(RelayEvent),
    /// The journal was written, or not.
    Written(Written),
    /// An operator asks; the answer goes back through the sender.
    Asked(Command, oneshot::Sender<Answer>),
    /// Release all calls and end.
    Stop,
}

/// The answer to an operator.
#[derive(Debug)]
pub(crate) enum Answer {
    Reply(Reply),
    /// How things stand, with what the driver and the relay counted.
    Status(Box<Status>, Vec<(&'static str, u64)>),
}

/// Everything on the core thread.
pub(crate) struct Core {
    pub gateway: Gateway,
    pub network: Network,
    pub inbox: Rc<Inbox>,
    pub secure: mpsc::Receiver<Happened>,
    pub told: mpsc::UnboundedReceiver<Told>,
    pub forwarder: Forwarder,
    pub journal: mpsc::UnboundedSender<Batch>,
    pub clock: Clock,
    pub counters: Arc<Counters>,
    pub asked: Asked,
}

/// Commands that the gateway has not answered yet, and how the end goes.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    last: u64,
    open: BTreeMap<CommandId, oneshot::Sender<Answer>>,
    /// Batches that are not durable yet.
    unwritten: usize,
    /// When we end at the latest, once told to.
    stop_by: Option<tokio::time::Instant>,
}

impl Core {
    /// Runs until told to stop and all calls are released.
    pub(crate) async fn run(mut self) {
        loop {
            if self.turn() {
                tokio::task::yield_now().await;
                continue;
            }
            if self.is_over() {
                return self.finish().await;
            }
            self.sleep().await;
        }
    }

    async fn sleep(&mut self) {
        let due = self.gateway.poll_timeout().map(|at| self.clock.deadline(coarse(at)));
        let wake = [due, self.network.deadline(), self.asked.stop_by.map(|_| tokio::time::Instant::now() + STOP_LOOK)];
        let wake = wake.into_iter().flatten().min();
        let timer = async {
            match wake {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = self.inbox.arrived() => {}
            Some(happened) = self.secure.recv() => self.inbox.push(happened),
            Some(told) = self.told.recv() => self.on_told(told),
            () = timer => {}
        }
    }

    /// Handles what is there, up to a share. Whether there may be more.
    fn turn(&mut self) -> bool {
        let mut share = INPUTS_PER_TURN;
        while share > 0 {
            share -= 1;
            if let Ok(told) = self.told.try_recv() {
                self.on_told(told);
            } else if let Some(happened) = self.inbox.pop().or_else(|| self.secure.try_recv().ok()) {
                if let Some(input) = self.network.admit(happened) {
                    self.handle(Input::Net(input));
                }
            } else {
                break;
            }
        }
        let now = self.clock.now();
        if self.gateway.poll_timeout().is_some_and(|at| at <= now.instant) {
            self.handle(Input::Net(io::Input::Timeout));
        }
        self.network.expire(tokio::time::Instant::now());
        self.network.flush();
        self.forwarder.wake();
        share == 0
    }

    fn on_told(&mut self, told: Told) {
        match told {
            Told::Relay(event) => self.handle(Input::Relay(event)),
            Told::Written(Written { id, result }) => {
                self.asked.unwritten -= 1;
                self.handle(match result {
                    Ok(()) => Input::Appended { batch: id },
                    Err(why) => Input::AppendFailed { batch: id, why },
                });
            }
            Told::Asked(command, answer) => {
                let id = self.asked.next();
                self.asked.open.insert(id, answer);
                self.handle(Input::Command { id, command });
            }
            Told::Stop => {
                if self.asked.stop_by.is_none() {
                    self.asked.stop_by = Some(tokio::time::Instant::now() + STOP_WITHIN);
                    let id = self.asked.next();
                    self.handle(Input::Command { id, command: Command::Stop });
                }
            }
        }
    }

    fn handle(&mut self, input: Input) {
        self.gateway.handle_input(self.clock.now(), input);
        while let Some(output) = self.gateway.poll_output() {
            match output {
                Output::Net(output) => self.network.perform(output),
                Output::Append { batch, entries } => {
                    self.asked.unwritten += 1;
                    // The writer ends after us.
                    let _ = self.journal.send(Batch { id: batch, entries });
                }
                Output::Relay(command) => self.forwarder.queue(command),
                Output::Reply { id, reply } => self.reply(id, reply),
                Output::Note(note) => notes::log(&note),
            }
        }
    }

    fn reply(&mut self, id: CommandId, reply: Reply) {
        let Some(asker) = self.asked.open.remove(&id) else { return };
        let answer = match reply {
            Reply::Status(status) => Answer::Status(status, self.counted()),
            reply => Answer::Reply(reply),
        };
        // Who asked may have gone.
        let _ = asker.send(answer);
    }

    /// Names and values of what is counted outside the gateway.
    fn counted(&self) -> Vec<(&'static str, u64)> {
        let mut values = self.counters.values();
        values.extend(self.forwarder.counters().values());
        values.push(("connections", self.network.streams() as u64));
        values
    }

    /// Told to stop, and every call is released and written down, or it takes too long.
    fn is_over(&self) -> bool {
        let Some(by) = self.asked.stop_by else { return false };
        let released = self.asked.unwritten == 0 && self.gateway.status().calls == 0;
        let quiet = released && tokio::time::Instant::now() + STOP_WITHIN >= by + STOP_QUIET;
        (released && self.gateway.is_quiescent()) || quiet || tokio::time::Instant::now() >= by
    }

    /// Lets what was written leave.
    async fn finish(mut self) {
        self.network.flush();
        tokio::time::sleep(STOP_FLUSH).await;
    }
}

/// The end of the grain that this instant is in: timers that are close together cost one waking.
fn coarse(at: Instant) -> Instant {
    let grain = GRAIN.as_nanos() as u64;
    Instant::from_nanos(at.as_nanos().div_ceil(grain).saturating_mul(grain))
}

impl Asked {
    fn next(&mut self) -> CommandId {
        self.last += 1;
        CommandId(self.last)
    }
}

/// Inputs handled before the sockets are looked at again.
const INPUTS_PER_TURN: usize = 512;

/// How late a timer may be: a fiftieth of SIP's T1, the shortest there is.
const GRAIN: Duration = Duration::from_millis(10);

/// How long calls have to be released at the end: longer than SIP timer B is not waited, the peers have timers too.
const STOP_WITHIN: Duration = Duration::from_secs(10);

/// From the order to stop until calls that are released are not waited for any more: answers to our BYE arrive in it.
const STOP_QUIET: Duration = Duration::from_secs(1);

/// How often the end is looked for.
const STOP_LOOK: Duration = Duration::from_millis(100);

/// For the last octets to leave.
const STOP_FLUSH: Duration = Duration::from_millis(200);
