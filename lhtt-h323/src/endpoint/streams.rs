//! The streams of an endpoint: what each is for, and how much its peer may still do on it.

use super::command::CallId;
use super::event::Source;
use crate::error::Malformed;
use crate::limits::{self, Limits};
use crate::tpkt::Framer;
use bytes::Bytes;
use lhtt_core::io::{StreamId, StreamIds};
use lhtt_core::time::Instant;
use std::collections::BTreeMap;
use std::net::SocketAddr;

/// All streams.
#[derive(Debug)]
pub(crate) struct Streams {
    ids: StreamIds,
    table: BTreeMap<StreamId, Stream>,
    longest: usize,
    octets: u64,
}

/// One stream.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) purpose: Purpose,
    pub(crate) remote: SocketAddr,
    framer: Framer,
    octets_left: u64,
    faults: u32,
    /// When an accepted stream must have brought a call.
    pub(crate) deadline: Option<Instant>,
}

/// What a stream is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Accepted, call signalling; without a call until a Setup.
    Accepted { source: Source, call: Option<CallId> },
    /// Opened by us, call signalling.
    Placed { call: CallId },
    /// H.245.
    Control { call: CallId },
}

impl Streams {
    pub(crate) fn new(owner: u8, limits: &Limits) -> Self {
        let (longest, octets) = (limits.message, limits.stream_octets);
        Self { ids: StreamIds::new(owner), table: BTreeMap::new(), longest, octets }
    }

    pub(crate) fn len(&self) -> usize {
        self.table.len()
    }

    /// Notes a stream that a peer opened.
    pub(crate) fn accepted(&mut self, source: Source, deadline: Instant) {
        let purpose = Purpose::Accepted { source, call: None };
        self.add(source.stream, purpose, source.remote, Some(deadline));
    }

    /// A new stream for a call we place.
    pub(crate) fn placed(&mut self, call: CallId, remote: SocketAddr) -> StreamId {
        let stream = self.ids.allocate();
        self.add(stream, Purpose::Placed { call }, remote, None);
        stream
    }

    /// A new stream for the H.245 of a call.
    pub(crate) fn control(&mut self, call: CallId, remote: SocketAddr) -> StreamId {
        let stream = self.ids.allocate();
        self.add(stream, Purpose::Control { call }, remote, None);
        stream
    }

    fn add(&mut self, stream: StreamId, purpose: Purpose, remote: SocketAddr, deadline: Option<Instant>) {
        let (framer, octets_left) = (Framer::new(self.longest), self.octets);
        self.table.insert(stream, Stream { purpose, remote, framer, octets_left, faults: 0, deadline });
    }

    pub(crate) fn get(&self, stream: StreamId) -> Option<&Stream> {
        self.table.get(&stream)
    }

    pub(crate) fn get_mut(&mut self, stream: StreamId) -> Option<&mut Stream> {
        self.table.get_mut(&stream)
    }

    /// Says whether it was known.
    pub(crate) fn forget(&mut self, stream: StreamId) -> bool {
        self.table.remove(&stream).is_some()
    }
}

impl Stream {
    /// Takes octets. False where the peer has sent more than a stream may carry.
    pub(crate) fn push(&mut self, data: &[u8]) -> bool {
        let length = data.len() as u64;
        let within = self.octets_left >= length;
        self.octets_left = self.octets_left.saturating_sub(length);
        if within {
            self.framer.push(data);
        }
        within
    }

    /// The next whole message.
    pub(crate) fn message(&mut self) -> Result<Option<Bytes>, Malformed> {
        self.framer.packet()
    }

    /// Counts a fault. False where it was one too many.
    pub(crate) fn bear_fault(&mut self) -> bool {
        self.faults += 1;
        self.faults < limits::FAULTS_PER_STREAM_MAX
    }

    /// The call it serves.
    pub(crate) fn call(&self) -> Option<CallId> {
        match self.purpose {
            Purpose::Accepted { call, .. } => call,
            Purpose::Placed { call } | Purpose::Control { call } => Some(call),
        }
    }
}
