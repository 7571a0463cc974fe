//! The H.323 endpoint: many calls, their streams and timers behind one sans-I/O face.
//!
//! H.323 8 (call signalling procedures), H.225.0 7 (messages), H.245. Leaves out: RAS ([`crate::ras`]), video and data channels, H.450,
//! H.235 beyond [`Endpoint::secure`], and conference control.

pub(crate) mod command;
pub(crate) mod config;
pub(crate) mod event;
mod inbound;
pub(crate) mod streams;

use crate::call::Call;
use crate::call::context::Context;
use crate::call::state::Happening;
use crate::capability::{Capability, Codec, MediaPorts};
use crate::control::KeyInput;
use crate::error::Misuse;
use crate::h235::{Guards, Security};
use command::{Answer, CallId, Place};
use config::{Config, Habits};
use event::{Event, ReleaseReason};
use lhtt_core::io::{ListenerId, Output, StreamId, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::{IpAddr, SocketAddr};
use streams::Streams;

/// An H.323 endpoint.
///
/// After every call of a method, drain [`Endpoint::poll_output`], then [`Endpoint::poll_event`], and arm a timer for
/// [`Endpoint::poll_timeout`]. `examples/endpoint.rs` is a whole program around it.
///
/// ```
/// use lhtt_core::{io::Transport, rng::Rng, time::Instant};
/// use lhtt_h323::{AliasAddress, Capability, Codec, Config, Endpoint, MediaPorts, Place};
///
/// let mut endpoint = Endpoint::new(Config::new(1), Rng::from_number(1));
/// let media = MediaPorts { rtp: "192.0.2.1:5004".parse()?, rtcp: "192.0.2.1:5005".parse()? };
/// let call = endpoint.place(Instant::ZERO, Place {
///     remote: "192.0.2.7:1720".parse()?,
///     transport: Transport::Tcp,
///     local: None,
///     server_name: None,
///     called: vec![AliasAddress::of("600")],
///     called_number: Some("600".into()),
///     calling: vec![AliasAddress::of("gateway")],
///     calling_number: None,
///     display: None,
///     call_identifier: None,
///     capabilities: vec![Capability::audio(Codec::G711A)],
///     media,
///     fast_start: true,
///     tunnelling: true,
///     h245: None,
/// })?;
/// assert!(endpoint.poll_output().is_some(), "asks for a stream, and sends Setup on it");
/// endpoint.release(Instant::ZERO, call, 16, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Endpoint {
    config: Config,
    habits: Habits,
    guards: Guards,
    rng: Rng,
    listeners: BTreeMap<ListenerId, Transport>,
    calls: BTreeMap<CallId, Call>,
    last_call: u64,
    streams: Streams,
    timers: BTreeSet<(Instant, Timer)>,
    outputs: VecDeque<Output>,
    events: VecDeque<Event>,
}

/// What a deadline belongs to. One entry for each call, re-armed after each change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Timer {
    Call(CallId),
    Stream(StreamId),
}

/// How long a key is said to be pressed where the owner does not say.
const KEY_MILLIS: u16 = 100;

impl Endpoint {
    /// An endpoint without calls.
    pub fn new(config: Config, rng: Rng) -> Self {
        Self {
            streams: Streams::new(config.stream_owner, &config.limits),
            config,
            habits: Habits::default(),
            guards: Guards::default(),
            rng,
            listeners: BTreeMap::new(),
            calls: BTreeMap::new(),
            last_call: 0,
            timers: BTreeSet::new(),
            outputs: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// The same with other habits.
    pub fn with_habits(mut self, habits: Habits) -> Self {
        self.habits = habits;
        self
    }

    /// What time it is: Unix seconds at the origin of `now`. Peers with a secret need it; say it again when the clock was set.
    pub fn set_clock(&mut self, unix_at_zero: u64) {
        self.guards.set_epoch(unix_at_zero);
    }

    /// Agrees a secret with the peer at an address (H.235.1): from now on call signalling with it carries a hash each way,
    /// and a message without a good one ends its call. Needs [`Endpoint::set_clock`]. H.245 on a connection of its own is not
    /// covered: offer it inside call signalling.
    pub fn secure(&mut self, peer: IpAddr, security: Security) {
        self.guards.set(peer, security, &mut self.rng);
    }

    /// A call signalling listener it may accept on. Streams of other listeners are not its business.
    pub fn listener(&mut self, listener: ListenerId, transport: Transport) {
        self.listeners.insert(listener, transport);
    }

    /// The next thing to do, in order.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// The next thing to know, in order.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// When it wants [`Input::Timeout`](lhtt_core::io::Input::Timeout).
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.timers.first().map(|(deadline, _)| *deadline)
    }

    /// Places a call. Its stream is opened and Setup sent; what comes of it is told in events.
    ///
    /// # Errors
    /// [`Misuse::TooManyCalls`]; [`Misuse::Value`] where the transport is not a stream or nobody is called.
    pub fn place(&mut self, now: Instant, place: Place) -> Result<CallId, Misuse> {
        if place.transport == Transport::Udp {
            return Err(Misuse::Value("transport"));
        }
        if place.called.is_empty() && place.called_number.is_none() {
            return Err(Misuse::Value("called"));
        }
        if self.calls.len() >= self.config.limits.calls {
            return Err(Misuse::TooManyCalls);
        }
        self.guards.tick(now);
        let id = self.next_call();
        let rng = self.rng.fork();
        let call = Call::placed(now, id, &place, rng, &mut self.context().1);
        self.calls.insert(id, call);
        self.arm(id);
        Ok(id)
    }

    /// Callee: says CallProceeding.
    pub fn proceed(&mut self, now: Instant, call: CallId) {
        self.happen(now, call, Happening::Proceed);
    }

    /// Callee: says Alerting.
    pub fn alert(&mut self, now: Instant, call: CallId) {
        self.happen(now, call, Happening::Alert);
    }

    /// Callee: says Connect. Takes fast start proposals by the first capability that fits, else H.245 follows.
    pub fn answer(&mut self, now: Instant, call: CallId, answer: Answer) {
        self.guards.tick(now);
        self.on_call(call, |its, cx| {
            its.set_media(answer.capabilities, answer.media);
            its.handle(now, Happening::Answer, cx);
        });
    }

    /// Callee, before the answer: fast start is then taken, and H.245 begun, with the next message.
    pub fn set_media(&mut self, _now: Instant, call: CallId, capabilities: Vec<Capability>, media: MediaPorts) {
        self.on_call(call, |its, _| its.set_media(capabilities, media));
    }

    /// Callee: our reserved address for a separate H.245 channel. Give it at once in response to `Incoming`.
    pub fn h245_address(&mut self, call: CallId, address: SocketAddr) {
        self.on_call(call, |its, _| its.set_h245_address(address));
    }

    /// Opens our channel towards the peer (H.245 openLogicalChannel), as soon as both sides are ready; a former one is
    /// closed. Ends in `Channel` or `ChannelClosed`. Nothing happens where one with this codec is open already, by fast
    /// start for instance.
    ///
    /// # Errors
    /// [`Misuse::UnknownCall`].
    pub fn open(&mut self, now: Instant, call: CallId, codec: Codec, media: MediaPorts) -> Result<(), Misuse> {
        self.guards.tick(now);
        if !self.calls.get(&call).is_some_and(Call::is_live) {
            return Err(Misuse::UnknownCall);
        }
        self.on_call(call, |its, cx| its.open_channel(now, codec, media, cx));
        Ok(())
    }

    /// Closes our channel towards the peer.
    pub fn close(&mut self, now: Instant, call: CallId) {
        self.guards.tick(now);
        self.on_call(call, |its, cx| its.close_channel(now, cx));
    }

    /// Says anew what we can receive; nothing asks the peer to stop sending (H.323 8.4.6).
    pub fn set_capabilities(&mut self, now: Instant, call: CallId, capabilities: Vec<Capability>) {
        self.guards.tick(now);
        self.on_call(call, |its, cx| its.set_capabilities(now, capabilities, cx));
    }

    /// Sends keys (0-9, A-D, `*`, `#`, `!`) as H.245 user input: signals where the peer takes them, else characters.
    /// Other characters are left out.
    pub fn user_input(&mut self, now: Instant, call: CallId, digits: &str) {
        self.guards.tick(now);
        let keys = || digits.chars().filter(|key| key.is_ascii_digit() || "*#ABCD!".contains(*key));
        self.on_call(call, |its, cx| {
            let keys = if its.takes_signals() {
                keys().map(|key| KeyInput::Signal { key, duration: Some(KEY_MILLIS) }).collect()
            } else {
                vec![KeyInput::Text(keys().collect())]
            };
            its.send_keys(now, keys, cx);
        });
    }

    /// Sends keys exactly so.
    pub fn keys(&mut self, now: Instant, call: CallId, keys: KeyInput) {
        self.guards.tick(now);
        self.on_call(call, |its, cx| its.send_keys(now, vec![keys], cx));
    }

    /// Ends a call with this Q.850 cause: endSession and ReleaseComplete as its state needs. `Released` is told at once.
    pub fn release(&mut self, now: Instant, call: CallId, cause: u8, reason: Option<ReleaseReason>) {
        self.happen(now, call, Happening::Release { cause, reason });
    }

    /// Whether Connect was sent or received and the call is not over: what came before it in one read is past.
    pub fn is_connected(&self, call: CallId) -> bool {
        self.calls.get(&call).is_some_and(Call::is_active)
    }

    /// How many calls there are that are not forgotten.
    pub fn calls(&self) -> usize {
        self.calls.len()
    }

    /// Whether nothing is left: no call, stream, timer, output or event.
    pub fn is_quiescent(&self) -> bool {
        self.calls.is_empty()
            && self.streams.len() == 0
            && self.timers.is_empty()
            && self.outputs.is_empty()
            && self.events.is_empty()
    }

    fn next_call(&mut self) -> CallId {
        self.last_call += 1;
        CallId(self.last_call)
    }

    /// The calls, and what each is lent.
    fn context(&mut self) -> (&mut BTreeMap<CallId, Call>, Context<'_>) {
        let context = Context {
            config: &self.config,
            habits: self.habits,
            guards: &mut self.guards,
            streams: &mut self.streams,
            outputs: &mut self.outputs,
            events: &mut self.events,
        };
        (&mut self.calls, context)
    }

    fn happen(&mut self, now: Instant, call: CallId, happening: Happening) {
        self.guards.tick(now);
        self.on_call(call, |its, cx| its.handle(now, happening, cx));
    }

    /// Lets a call do something; nothing if there is no such call. The one place that re-arms and forgets calls.
    fn on_call(&mut self, id: CallId, act: impl FnOnce(&mut Call, &mut Context<'_>)) {
        let (calls, mut context) = self.context();
        let Some(call) = calls.get_mut(&id) else { return };
        act(call, &mut context);
        self.arm(id);
    }

    fn arm(&mut self, id: CallId) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let over = call.is_over();
        let deadline = if over { None } else { call.deadline() };
        if call.armed != deadline {
            if let Some(former) = std::mem::replace(&mut call.armed, deadline) {
                self.timers.remove(&(former, Timer::Call(id)));
            }
            if let Some(deadline) = deadline {
                self.timers.insert((deadline, Timer::Call(id)));
            }
        }
        if over {
            self.calls.remove(&id);
        }
    }
}
