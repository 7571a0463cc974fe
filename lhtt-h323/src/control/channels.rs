//! Logical channel signalling entities for audio, both ways (H.245 C.4, C.5 rejected), and close requests (C.6).
//!
//! Outgoing: Asked (T103) → Open → Closing (T103) → gone. Incoming channels are answered at once.

use super::effect::{Effect, Effects, OpenedChannel};
use super::pdu::{Carries, OpenAck, OpenChannel, OpenRefusal, Pdu};
use crate::capability::{Codec, MediaPorts};
use crate::endpoint::event::Direction;
use crate::limits;
use lhtt_core::time::{Duration, Instant, soonest};
use std::collections::BTreeMap;
use std::net::SocketAddr;

/// The primary audio session (H.245 B.3.2).
pub(crate) const AUDIO_SESSION: u8 = 1;

/// All channels of a call.
#[derive(Debug, Default)]
pub(super) struct Channels {
    outgoing: BTreeMap<u16, Outgoing>,
    incoming: BTreeMap<u16, Codec>,
    last_number: u16,
}

#[derive(Clone, Copy, Debug)]
struct Outgoing {
    codec: Codec,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Asked { deadline: Instant },
    Open,
    Closing { deadline: Instant },
}

/// What we are ready to take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    /// Where we want the media of incoming channels.
    pub(super) media: Option<MediaPorts>,
    /// Whether the codec is among our capabilities, asked per channel.
    pub(super) wanted: bool,
    /// With which payload type telephone events come.
    pub(super) events: Option<u8>,
}

impl Channels {
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.outgoing.values().fold(None, |earliest, channel| match channel.state {
            State::Asked { deadline } | State::Closing { deadline } => soonest(earliest, Some(deadline)),
            State::Open => earliest,
        })
    }

    /// Whether any channel is open.
    pub(super) fn any_open(&self) -> bool {
        !self.incoming.is_empty() || self.outgoing.values().any(|channel| channel.state == State::Open)
    }

    /// Whether our channel is open with this codec.
    pub(super) fn sends(&self, codec: Codec) -> bool {
        self.outgoing.values().any(|channel| channel.state == State::Open && channel.codec == codec)
    }

    /// A channel number of ours that was never used.
    pub(super) fn number(&mut self) -> u16 {
        self.last_number = self.last_number.checked_add(1).unwrap_or(1);
        self.last_number
    }

    /// Notes a channel that fast start opened.
    pub(super) fn opened_by_fast_start(&mut self, number: u16, direction: Direction, codec: Codec) {
        match direction {
            Direction::Outgoing => drop(self.outgoing.insert(number, Outgoing { codec, state: State::Open })),
            Direction::Incoming => drop(self.incoming.insert(number, codec)),
        }
    }

    /// Asks for a channel towards the peer; a former one that is still open is closed.
    pub(super) fn open(&mut self, deadline: Instant, codec: Codec, frames: u8, media: MediaPorts, out: &mut Effects) {
        self.close(deadline, out);
        let number = self.number();
        self.outgoing.insert(number, Outgoing { codec, state: State::Asked { deadline } });
        out.send(Pdu::Open(Box::new(OpenChannel {
            number,
            carries: Carries::Audio { codec, frames },
            session: AUDIO_SESSION,
            reverse: false,
            media: None,
            media_control: Some(media.rtcp),
            payload_type: None,
        })));
    }

    /// Closes what is open or asked for towards the peer. Says whether there was anything.
    pub(super) fn close(&mut self, deadline: Instant, out: &mut Effects) -> bool {
        let mut any = false;
        for (number, channel) in &mut self.outgoing {
            if !matches!(channel.state, State::Closing { .. }) {
                channel.state = State::Closing { deadline };
                out.send(Pdu::Close { number: *number });
                any = true;
            }
        }
        any
    }

    pub(super) fn on_ack(
        &mut self,
        now: Instant,
        t103: Duration,
        ack: &OpenAck,
        events: Option<u8>,
        out: &mut Effects,
    ) {
        let Some(channel) = self.outgoing.get_mut(&ack.number) else { return };
        match (channel.state, ack.media) {
            (State::Asked { .. }, Some(media)) => {
                channel.state = State::Open;
                out.push(Effect::Opened(OpenedChannel {
                    direction: Direction::Outgoing,
                    codec: channel.codec,
                    payload_type: ack.payload_type.unwrap_or(channel.codec.payload_type()),
                    remote_rtp: Some(media),
                    remote_rtcp: Some(ack.media_control.unwrap_or_else(|| rtcp_beside(media))),
                    event_payload_type: events,
                }));
            }
            (State::Asked { .. }, None) => {
                // Nowhere to send to: H.245 B.3.1 wants the address here.
                channel.state = State::Closing { deadline: now + t103 };
                out.send(Pdu::Close { number: ack.number });
                out.push(Effect::Closed(Direction::Outgoing));
            }
            (State::Open | State::Closing { .. }, _) => {} // a second answer
        }
    }

    pub(super) fn on_reject(&mut self, number: u16, out: &mut Effects) {
        match self.outgoing.get(&number).map(|channel| channel.state) {
            Some(State::Asked { .. }) => {
                self.outgoing.remove(&number);
                out.push(Effect::Closed(Direction::Outgoing));
            }
            Some(State::Closing { .. }) => drop(self.outgoing.remove(&number)),
            Some(State::Open) | None => {} // it is too late to refuse
        }
    }

    pub(super) fn on_close_ack(&mut self, number: u16) {
        if matches!(self.outgoing.get(&number), Some(Outgoing { state: State::Closing { .. }, .. })) {
            self.outgoing.remove(&number);
        }
    }

    /// The peer wants our channel closed (C.6).
    pub(super) fn on_request_close(&mut self, deadline: Instant, number: u16, out: &mut Effects) {
        let Some(channel) = self.outgoing.get_mut(&number) else {
            return out.send(Pdu::RequestCloseReject { number });
        };
        out.send(Pdu::RequestCloseAck { number });
        if !matches!(channel.state, State::Closing { .. }) {
            channel.state = State::Closing { deadline };
            out.send(Pdu::Close { number });
            out.push(Effect::Closed(Direction::Outgoing));
        }
    }

    /// The peer asks for a channel towards us. One with a known number replaces it (C.4, Established).
    pub(super) fn on_open(&mut self, open: &OpenChannel, terms: Terms, out: &mut Effects) {
        let refuse = |cause| Pdu::OpenReject { number: open.number, cause };
        let (Carries::Audio { codec, .. }, Some(media)) = (open.carries, terms.media) else {
            let early = matches!(open.carries, Carries::Audio { .. });
            let cause = if early { OpenRefusal::DataTypeNotAvailable } else { OpenRefusal::DataTypeNotSupported };
            return out.send(refuse(cause));
        };
        let full = self.incoming.len() >= limits::CHANNELS_MAX && !self.incoming.contains_key(&open.number);
        let fault = match () {
            () if open.reverse => Some(OpenRefusal::UnsuitableReverse),
            // 0 leaves the choice to the master; audio has only one session here.
            () if open.session > AUDIO_SESSION => Some(OpenRefusal::InvalidSession),
            () if !terms.wanted => Some(OpenRefusal::DataTypeNotAvailable),
            () if full => Some(OpenRefusal::Unspecified),
            () => None,
        };
        if let Some(cause) = fault {
            return out.send(refuse(cause));
        }
        self.incoming.insert(open.number, codec);
        out.send(Pdu::OpenAck(Box::new(OpenAck {
            number: open.number,
            session: AUDIO_SESSION,
            media: Some(media.rtp),
            media_control: Some(media.rtcp),
            payload_type: open.payload_type,
        })));
        out.push(Effect::Opened(OpenedChannel {
            direction: Direction::Incoming,
            codec,
            payload_type: open.payload_type.unwrap_or(codec.payload_type()),
            remote_rtp: open.media,
            remote_rtcp: open.media_control,
            event_payload_type: terms.events,
        }));
    }

    /// The peer closes its channel. One we do not know is confirmed too (C.4, Released).
    pub(super) fn on_close(&mut self, number: u16, out: &mut Effects) {
        let known = self.incoming.remove(&number).is_some();
        out.send(Pdu::CloseAck { number });
        if known && self.incoming.is_empty() {
            out.push(Effect::Closed(Direction::Incoming));
        }
    }

    pub(super) fn on_timeout(&mut self, now: Instant, t103: Duration, out: &mut Effects) {
        let due: Vec<u16> = self.outgoing.iter().filter(|(_, c)| c.is_due(now)).map(|(number, _)| *number).collect();
        for number in due {
            match self.outgoing.get_mut(&number) {
                Some(channel) if matches!(channel.state, State::Asked { .. }) => {
                    channel.state = State::Closing { deadline: now + t103 };
                    out.send(Pdu::Close { number });
                    out.push(Effect::Closed(Direction::Outgoing));
                }
                _ => drop(self.outgoing.remove(&number)), // the close was never confirmed; it is closed all the same
            }
        }
    }
}

impl Outgoing {
    fn is_due(&self, now: Instant) -> bool {
        match self.state {
            State::Asked { deadline } | State::Closing { deadline } => deadline <= now,
            State::Open => false,
        }
    }
}

/// RTCP is one port up where nobody says otherwise (RFC 3550 11).
pub(crate) fn rtcp_beside(rtp: SocketAddr) -> SocketAddr {
    SocketAddr::new(rtp.ip(), rtp.port().saturating_add(1))
}
