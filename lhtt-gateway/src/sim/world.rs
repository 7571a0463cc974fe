//! The loop of the world: the next thing that is due happens, and what it sets off is carried out.

use super::check::{Broken, Joins, RelayModel, nothing_left};
use super::fixture::{self, SimOptions};
use super::net::{Listening, Net};
use super::peer::{Action, Peer, Plan, Seen, listener_of};
use super::{Faults, Planted};
use crate::gateway::Gateway;
use crate::gateway::words::{BatchId, Input, Note, Output, Status};
use lhtt_core::io::{self, Transport};
use lhtt_core::journal::{self, Entry, Head};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant, Now, Wall, soonest};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A world before or in play.
#[derive(Debug)]
pub struct World {
    now: Instant,
    rng: Rng,
    options: SimOptions,
    gateway: Gateway,
    net: Net,
    peers: BTreeMap<usize, Peer>,
    actions: BTreeMap<(Instant, u64), (usize, Action)>,
    appends: BTreeMap<(Instant, u64), Batch>,
    lines: Vec<String>,
    joins: Joins,
    relay: RelayModel,
    report: Report,
    next: u64,
    /// Planted lost timers: since the first was due the gateway hears of none.
    deaf: bool,
    sent_2xx: BTreeMap<Vec<u8>, u32>,
}

/// An append on its way.
type Batch = (BatchId, Vec<Arc<Entry>>);

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Calls begun.
    pub calls: u64,
    /// Calls that their callers saw answered.
    pub answered: u64,
    /// Calls that their callers saw refused.
    pub refused: u64,
    /// Refusals with 403 or cause 21: by the regulation.
    pub forbidden: u64,
    /// Joins that the journal holds.
    pub joins: usize,
    /// Virtual time that passed.
    pub lasted: Duration,
    /// The end of the journal: the digest of the run (I8).
    pub head: Head,
    /// The gateway at the end.
    pub status: Status,
}

impl World {
    /// A world of this seed.
    pub fn new(seed: u64, options: &SimOptions) -> Self {
        let mut rng = Rng::from_number(seed);
        let (registry, head, entries) = fixture::facts();
        let (fast_start, tunnelling) = (rng.below(2) == 0, rng.below(2) == 0);
        let gateway = Gateway::new(fixture::settings(fast_start, tunnelling), registry, head, rng.fork());
        let mut world = Self {
            now: Instant::from_millis(1_000),
            gateway,
            net: network(rng.fork(), options.faults),
            peers: peers(&mut rng),
            actions: BTreeMap::new(),
            appends: BTreeMap::new(),
            lines: entries.iter().map(|entry| entry.to_line().to_owned()).collect(),
            joins: Joins::default(),
            relay: RelayModel::default(),
            report: Report::default(),
            next: 0,
            deaf: false,
            sent_2xx: BTreeMap::new(),
            options: options.clone(),
            rng,
        };
        world.draw_calls();
        world
    }

    fn draw_calls(&mut self) {
        let mut at = self.now;
        for _ in 0..self.options.calls {
            at += Duration::from_nanos(self.rng.below(2 * self.options.pace.as_nanos() as u64 + 1));
            let (host, called) = match self.rng.below(10) {
                0 => (fixture::GOVERNMENT, fixture::UNKNOWN_ALIAS),
                1 => (fixture::STRANGER, fixture::ALIAS),
                2 | 3 => (fixture::CARRIER, fixture::ALIAS),
                4 => (fixture::MCU, fixture::CARRIER_NUMBER),
                5 | 6 => (fixture::MCU, fixture::GOVERNMENT_NUMBER),
                _ => (fixture::GOVERNMENT, fixture::ALIAS),
            };
            let plan = Plan {
                called: called.to_owned(),
                patience: Duration::from_millis(200 + self.rng.below(20_000)),
                talk: Duration::from_millis(300 + self.rng.below(8_000)),
                early: self.rng.below(4) != 0,
                tunnelling: self.rng.below(2) == 0,
            };
            self.later(at, host, Action::Call(plan));
            self.report.calls += 1;
        }
    }

    fn later(&mut self, at: Instant, host: usize, action: Action) {
        self.next += 1;
        self.actions.insert((at, self.next), (host, action));
    }

    /// Plays until nothing is due any more, then checks that nothing is left.
    ///
    /// # Errors
    /// The first invariant that does not hold.
    pub fn play(mut self) -> Result<Report, Broken> {
        let begun = self.now;
        let end = begun + self.options.pace * (2 * self.options.calls as u32) + QUIET_WITHIN;
        while let Some(at) = self.next_due() {
            if at > end {
                let left = format!("still busy {QUIET_WITHIN:?} after the last call: {:?}", self.gateway.status());
                return Err(Broken::new("I4", left));
            }
            self.now = self.now.max(at);
            self.step()?;
        }
        self.close_idle()?;
        self.check_end()?;
        self.report.lasted = self.now - begun;
        self.report.status = self.gateway.status();
        Ok(self.report)
    }

    fn next_due(&self) -> Option<Instant> {
        let queues = [
            self.net.due.first_key_value().map(|(&(at, _), _)| at),
            self.actions.first_key_value().map(|(&(at, _), _)| at),
            self.appends.first_key_value().map(|(&(at, _), _)| at),
            self.gateway.poll_timeout().filter(|_| !self.deaf),
        ];
        let peers = self.peers.values().map(Peer::poll_timeout);
        queues.into_iter().chain(peers).fold(None, soonest)
    }

    fn step(&mut self) -> Result<(), Broken> {
        if let Some(((_, _), (host, input))) = self.net.due.pop_first_if_due(self.now) {
            return self.deliver(host, input);
        }
        if let Some((_, (host, action))) = self.actions.pop_first_if_due(self.now) {
            if let Some(peer) = self.peers.get_mut(&host) {
                peer.act(self.now, action);
            }
            return self.drain_peer(host);
        }
        if let Some((_, (batch, entries))) = self.appends.pop_first_if_due(self.now) {
            return self.append(batch, &entries);
        }
        if self.gateway.poll_timeout().is_some_and(|at| at <= self.now) && !self.deaf {
            self.deaf = self.options.planted == Some(Planted::LostTimer);
            return if self.deaf { Ok(()) } else { self.tell_gateway(Input::Net(io::Input::Timeout)) };
        }
        let due: Vec<_> =
            self.peers.iter().filter(|(_, peer)| peer.poll_timeout().is_some_and(|at| at <= self.now)).collect();
        for host in due.into_iter().map(|(&host, _)| host).collect::<Vec<_>>() {
            self.deliver(host, io::Input::Timeout)?;
        }
        Ok(())
    }

    fn deliver(&mut self, host: usize, input: io::Input) -> Result<(), Broken> {
        if host == fixture::GATEWAY {
            if self.options.planted == Some(Planted::LostStreamClose) && matches!(input, io::Input::Closed { .. }) {
                return Ok(());
            }
            return self.tell_gateway(Input::Net(input));
        }
        if let Some(peer) = self.peers.get_mut(&host) {
            peer.handle_input(self.now, input);
        }
        self.drain_peer(host)
    }

    fn drain_peer(&mut self, host: usize) -> Result<(), Broken> {
        let Some(peer) = self.peers.get_mut(&host) else { return Ok(()) };
        while let Some(output) = peer.poll_output() {
            self.net.carry(self.now, host, output);
        }
        let (later, seen) = (std::mem::take(&mut peer.later), std::mem::take(&mut peer.seen));
        for (at, action) in later {
            self.later(at, host, action);
        }
        seen.into_iter().try_for_each(|seen| self.see(seen))
    }

    fn see(&mut self, seen: Seen) -> Result<(), Broken> {
        match seen {
            Seen::Called(number) => {
                let lawful = [super::MCU_ROOM, fixture::GOVERNMENT_NUMBER, fixture::CARRIER_NUMBER];
                if !lawful.contains(&number.as_str()) {
                    return Err(Broken::new("I7", format!("a callee was called as `{number}`")));
                }
                self.joins.on_placed()?;
            }
            Seen::Answered => self.report.answered += 1,
            // Where no stream breaks, eleven sendings of an answer are not all lost.
            Seen::Stalled if self.streams_hold() => {
                return Err(Broken::new("liveness", "a caller never heard a final answer"));
            }
            Seen::Stalled => self.report.refused += 1,
            Seen::Refused(status) => {
                self.report.refused += 1;
                self.report.forbidden += u64::from(status == 403 || status == 21);
            }
        }
        Ok(())
    }

    fn wall(&self) -> Wall {
        let begun = fixture::start().unix_millis();
        Wall::trusted(begun + i64::try_from(self.now.as_nanos() / 1_000_000).unwrap_or(i64::MAX))
    }

    fn tell_gateway(&mut self, input: Input) -> Result<(), Broken> {
        let now = Now { instant: self.now, wall: self.wall() };
        self.gateway.handle_input(now, input);
        while let Some(output) = self.gateway.poll_output() {
            match output {
                Output::Net(output) => self.carry(output),
                Output::Append { batch, entries } => self.take_append(batch, entries)?,
                Output::Relay(command) => self.take_relay(&command)?,
                Output::Note(Note::NotDrained { call }) => {
                    return Err(Broken::new("I3", format!("the wire of call {} did not drain", call.0)));
                }
                Output::Reply { .. } | Output::Note(_) => {}
            }
        }
        self.gateway.audit(self.now).map_err(|seen| Broken::new("I4", seen))
    }

    fn streams_hold(&self) -> bool {
        self.options.faults.stream_reset == 0 && self.options.faults.open_refused == 0
    }

    fn carry(&mut self, output: io::Output) {
        let swallowed = match (&output, self.options.planted) {
            (io::Output::Transmit { data, .. }, Some(Planted::Missing2xxRetransmission)) => self.is_repeated_2xx(data),
            _ => false,
        };
        if !swallowed {
            self.net.carry(self.now, fixture::GATEWAY, output);
        }
    }

    fn is_repeated_2xx(&mut self, data: &[u8]) -> bool {
        let to_invite = data.windows(9).any(|window| window == b" INVITE\r\n");
        if !data.starts_with(b"SIP/2.0 200") || !to_invite {
            return false;
        }
        let count = self.sent_2xx.entry(data.to_vec()).or_default();
        *count += 1;
        *count > 1
    }

    fn take_append(&mut self, batch: BatchId, entries: Vec<Arc<Entry>>) -> Result<(), Broken> {
        self.next += 1;
        let at = self.now + Duration::from_micros(100 + self.rng.below(3_000));
        if self.options.planted == Some(Planted::EarlyDial) {
            // The gateway is told that its permit is durable while nothing is written yet.
            self.appends.insert((at + Duration::from_secs(1), self.next), (BatchId(u64::MAX), entries));
            return self.tell_gateway(Input::Appended { batch });
        }
        self.appends.insert((at, self.next), (batch, entries));
        Ok(())
    }

    fn append(&mut self, batch: BatchId, entries: &[Arc<Entry>]) -> Result<(), Broken> {
        let only_ends = entries.iter().all(|entry| matches!(entry.request(), lhtt_core::request::Request::Leave(_)));
        let kept = self.options.planted == Some(Planted::SlotKept) && only_ends;
        if kept || self.rng.below(1000) < self.options.faults.append_failed {
            return self.tell_gateway(Input::AppendFailed { batch, why: "planted".to_owned() });
        }
        for entry in entries {
            self.joins.on_durable(entry)?;
            self.lines.push(entry.to_line().to_owned());
        }
        self.tell_gateway(Input::Appended { batch })
    }

    fn take_relay(&mut self, command: &crate::relay::RelayCommand) -> Result<(), Broken> {
        let is_remove = matches!(command, crate::relay::RelayCommand::Remove { .. });
        if is_remove && self.options.planted == Some(Planted::PortLeak) {
            return Ok(());
        }
        self.relay.carry(command)
    }

    /// Streams may stay open for the next call; at the end whoever opened them hangs up, and all must be gone.
    fn close_idle(&mut self) -> Result<(), Broken> {
        for host in self.peers.keys().copied().collect::<Vec<_>>() {
            for (stream, why) in self.net.cut(host) {
                self.deliver(host, io::Input::Closed { stream, why })?;
            }
        }
        while let Some(at) = self.next_due() {
            if self.options.planted == Some(Planted::SlotKept) && at > self.now + QUIET_WITHIN {
                break;
            }
            self.now = self.now.max(at);
            self.step()?;
        }
        Ok(())
    }

    fn check_end(&mut self) -> Result<(), Broken> {
        self.joins.at_end()?;
        nothing_left(&self.gateway.status(), self.gateway.is_quiescent(), self.net.connections(), &self.relay)?;
        if let Some((host, _)) = self.peers.iter().find(|(_, peer)| !peer.is_quiescent()) {
            return Err(Broken::new("I3", format!("peer {host} still waits for something")));
        }
        let replayed = journal::replay(&self.lines).map_err(|broken| Broken::new("I13", broken.to_string()))?;
        if replayed.0 != *self.gateway.registry() {
            return Err(Broken::new("I13", "the replayed registry is another one"));
        }
        self.report.head = replayed.1;
        self.report.joins = self.joins.started();
        Ok(())
    }
}

/// How long after the last call a world may be busy: the longest chain of deadlines, and a reserve.
const QUIET_WITHIN: Duration = Duration::from_secs(600);

fn network(rng: Rng, faults: Faults) -> Net {
    let mut net = Net::new(rng, faults);
    for host in 0..=fixture::STRANGER {
        net.host(host, fixture::ip(host), fixture::identity(host));
    }
    let mut listen = |host, port, listener, transport| {
        net.listen(fixture::at(host, port), Listening { host, listener, transport });
    };
    for host in [fixture::GATEWAY, fixture::GOVERNMENT, fixture::STRANGER] {
        listen(host, 5061, fixture::SIP_TLS, Transport::Tls);
    }
    for host in [fixture::GATEWAY, fixture::CARRIER] {
        listen(host, 5060, fixture::SIP_UDP, Transport::Udp);
    }
    for host in [fixture::GATEWAY, fixture::MCU] {
        listen(host, 1720, fixture::H323_TCP, Transport::Tcp);
    }
    debug_assert_eq!(listener_of(Transport::Udp), fixture::SIP_UDP);
    net
}

fn peers(rng: &mut Rng) -> BTreeMap<usize, Peer> {
    BTreeMap::from([
        (fixture::GOVERNMENT, Peer::sip(fixture::GOVERNMENT, Transport::Tls, rng.fork())),
        (fixture::CARRIER, Peer::sip(fixture::CARRIER, Transport::Udp, rng.fork())),
        (fixture::STRANGER, Peer::sip(fixture::STRANGER, Transport::Tls, rng.fork())),
        (fixture::MCU, Peer::h323(fixture::MCU, rng.fork())),
    ])
}

/// Takes the first entry of a queue if its time has come.
trait PopFirstIfDue<V> {
    fn pop_first_if_due(&mut self, now: Instant) -> Option<((Instant, u64), V)>;
}

impl<V> PopFirstIfDue<V> for BTreeMap<(Instant, u64), V> {
    fn pop_first_if_due(&mut self, now: Instant) -> Option<((Instant, u64), V)> {
        self.first_entry().filter(|entry| entry.key().0 <= now).map(|entry| entry.remove_entry())
    }
}
