//! Whose stream or datagram it is: from what TLS proved, or from a plain listener's neighbour and networks.
//!
//! A source address alone never makes a neighbour; on a plain listener, which a written reason opened, it is what there is.

use crate::settings::{Listener, Protocol, Settings};
use lhtt_core::io::{Input, ListenerId, StreamId, TlsIdentity};
use lhtt_core::time::{Duration, Instant};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// What is known of every open stream, and how often each neighbour called lately.
#[derive(Debug)]
pub(super) struct Origins {
    accepted: BTreeMap<StreamId, (Protocol, Option<usize>)>,
    buckets: Vec<Bucket>,
    strangers: Bucket,
    stray_datagrams: Bucket,
}

/// Calls within the current second.
#[derive(Clone, Copy, Debug, Default)]
struct Bucket {
    since: Instant,
    count: u32,
}

impl Bucket {
    fn admits(&mut self, now: Instant, most: u32) -> bool {
        if now.saturating_since(self.since) >= Duration::from_secs(1) {
            *self = Self { since: now, count: 0 };
        }
        self.count = self.count.saturating_add(1);
        self.count <= most
    }
}

impl Origins {
    pub(super) fn new(neighbours: usize) -> Self {
        Self {
            accepted: BTreeMap::new(),
            buckets: vec![Bucket::default(); neighbours],
            strangers: Bucket::default(),
            stray_datagrams: Bucket::default(),
        }
    }

    /// Streams that a peer opened to us and that are open.
    pub(super) fn streams(&self) -> usize {
        self.accepted.len()
    }

    /// Notes what an input says of its stream, and tells whose input it is.
    pub(super) fn note(&mut self, input: &Input, settings: &Settings) -> Option<Protocol> {
        match input {
            Input::Datagram { listener, .. } => listener_of(settings, *listener).map(|found| found.protocol),
            Input::Accepted { stream, listener, remote, tls, .. } => {
                let found = listener_of(settings, *listener)?;
                let neighbour = identify(settings, found, tls.as_deref(), remote.ip());
                self.accepted.insert(*stream, (found.protocol, neighbour));
                Some(found.protocol)
            }
            Input::Closed { stream, .. } => {
                let protocol = self.protocol(*stream);
                self.forget(*stream);
                protocol
            }
            Input::Opened { stream, .. } | Input::OpenFailed { stream, .. } | Input::Data { stream, .. } => {
                self.protocol(*stream)
            }
            Input::Timeout => None,
        }
    }

    fn protocol(&self, stream: StreamId) -> Option<Protocol> {
        match stream.owner() {
            super::SIP_STREAMS => Some(Protocol::Sip),
            super::H323_STREAMS => Some(Protocol::H323),
            _ => self.accepted.get(&stream).map(|&(protocol, _)| protocol),
        }
    }

    pub(super) fn forget(&mut self, stream: StreamId) {
        self.accepted.remove(&stream);
    }

    /// The neighbour behind an accepted stream.
    pub(super) fn by_stream(&self, stream: StreamId) -> Option<usize> {
        self.accepted.get(&stream).and_then(|&(_, neighbour)| neighbour)
    }

    /// Whether an input is let through to a stack. Of datagrams that no neighbour sent, which anybody can send under any
    /// address, only so many are: what a stack must keep for an answered request is what neighbours' calls need (G-7).
    pub(super) fn hears(&mut self, now: Instant, input: &Input, settings: &Settings) -> bool {
        match input {
            Input::Datagram { listener, remote, .. } if by_listener(settings, *listener, remote.ip()).is_none() => {
                self.stray_datagrams.admits(now, STRAY_DATAGRAMS_PER_SECOND_MAX)
            }
            _ => true,
        }
    }

    /// Whether a neighbour, or all strangers together, may make one more call in this second.
    pub(super) fn admits(&mut self, now: Instant, neighbour: Option<usize>, settings: &Settings) -> bool {
        match neighbour.and_then(|index| Some((self.buckets.get_mut(index)?, settings.neighbours.get(index)?))) {
            Some((bucket, neighbour)) => bucket.admits(now, neighbour.calls_per_second_max),
            None => self.strangers.admits(now, STRANGERS_PER_SECOND_MAX),
        }
    }
}

/// The neighbour that a plain listener's datagram or stream comes from.
pub(super) fn by_listener(settings: &Settings, listener: ListenerId, remote: IpAddr) -> Option<usize> {
    listener_of(settings, listener).and_then(|found| identify(settings, found, None, remote))
}

fn listener_of(settings: &Settings, id: ListenerId) -> Option<&Listener> {
    settings.listeners.iter().find(|listener| listener.id == id)
}

fn identify(settings: &Settings, listener: &Listener, tls: Option<&TlsIdentity>, remote: IpAddr) -> Option<usize> {
    let fits = |index: usize| {
        let neighbour = settings.neighbours.get(index)?;
        let proved = tls.map_or(listener.peer == Some(index), |tls| neighbour.is_proved_by(tls));
        (proved && neighbour.protocol == listener.protocol && neighbour.may_come_from(remote)).then_some(index)
    };
    (0..settings.neighbours.len()).find_map(fits)
}

/// Refusals of strangers that are decided and journalled in a second; more are refused the same way, and counted only.
const STRANGERS_PER_SECOND_MAX: u32 = 10;
/// Datagrams of strangers that are read in a second: [`STRANGERS_PER_SECOND_MAX`] calls with their repetitions and ACKs.
const STRAY_DATAGRAMS_PER_SECOND_MAX: u32 = 100;

#[cfg(test)]
mod tests {
    use super::*;

    /// The simulator's listeners: SIP over TLS, SIP over UDP for neighbour 1, H.323 over TCP for neighbour 2.
    fn settings() -> Settings {
        let mut settings = crate::sim::settings(true, true);
        let network = crate::settings::Network { address: settings.neighbours[1].remote.ip(), prefix: 32 };
        settings.neighbours[1].networks = vec![network];
        settings
    }

    #[test]
    fn datagrams_of_strangers_are_read_at_a_rate_and_those_of_a_neighbour_always() {
        let settings = settings();
        let mut origins = Origins::new(settings.neighbours.len());
        let mut heard = |from: IpAddr, at: u64| {
            let (listener, remote) = (ListenerId(1), std::net::SocketAddr::new(from, 5060));
            let input = Input::Datagram { listener, remote, data: Default::default() };
            (0..1_000).filter(|_| origins.hears(Instant::from_millis(at), &input, &settings)).count()
        };
        let stranger = IpAddr::from([203, 0, 113, 1]);
        assert_eq!(heard(stranger, 0), STRAY_DATAGRAMS_PER_SECOND_MAX as usize);
        assert_eq!(heard(settings.neighbours[1].remote.ip(), 0), 1_000);
        assert_eq!(heard(stranger, 999), 0);
        assert_eq!(heard(stranger, 1_000), STRAY_DATAGRAMS_PER_SECOND_MAX as usize);
    }

    #[test]
    fn a_plain_listener_is_one_neighbours_and_a_tls_one_nobodys_by_itself() {
        let settings = settings();
        let of = |index: usize| settings.neighbours[index].remote.ip();
        assert_eq!(by_listener(&settings, ListenerId(1), of(1)), Some(1));
        assert_eq!(by_listener(&settings, ListenerId(1), of(0)), None, "another network");
        assert_eq!(by_listener(&settings, ListenerId(2), of(1)), Some(2), "no networks are said");
        assert_eq!(by_listener(&settings, ListenerId(0), of(0)), None, "an address proves nothing");
        assert_eq!(by_listener(&settings, ListenerId(9), of(0)), None);
    }

    #[test]
    fn what_tls_proved_counts_on_a_listener_of_the_neighbours_protocol_only() {
        let settings = settings();
        let tls = TlsIdentity { anchors: vec!["ca".into()], dns: vec!["host1.example".into()], ..Default::default() };
        let remote = settings.neighbours[0].remote.ip();
        let at = |listener: usize| identify(&settings, &settings.listeners[listener], Some(&tls), remote);
        assert_eq!((at(0), at(2)), (Some(0), None));
    }
}
