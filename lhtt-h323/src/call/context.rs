//! What a call is lent by its endpoint while it handles something.

use crate::endpoint::config::{Config, Habits};
use crate::endpoint::event::Event;
use crate::endpoint::streams::Streams;
use crate::h235::Guards;
use crate::tpkt;
use lhtt_core::io::{Output, StreamId, Transport};
use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};

/// Configuration to read, queues and tables to write.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) config: &'a Config,
    pub(crate) habits: Habits,
    pub(crate) guards: &'a mut Guards,
    pub(crate) streams: &'a mut Streams,
    pub(crate) outputs: &'a mut VecDeque<Output>,
    pub(crate) events: &'a mut VecDeque<Event>,
}

impl Context<'_> {
    pub(crate) fn event(&mut self, event: Event) {
        self.events.push_back(event);
    }

    /// Sends one message. One too long for TPKT is not sent; nothing that we say comes near.
    pub(crate) fn send(&mut self, stream: StreamId, message: &[u8]) {
        if let Some(data) = tpkt::frame(message) {
            self.outputs.push_back(Output::Send { stream, data });
        }
    }

    /// Opens a plain connection for H.245.
    pub(crate) fn open_control(&mut self, call: crate::CallId, remote: SocketAddr, local: Option<IpAddr>) -> StreamId {
        let stream = self.streams.control(call, remote);
        let (transport, server_name) = (Transport::Tcp, None);
        self.outputs.push_back(Output::Open { stream, transport, remote, local, server_name });
        stream
    }

    /// Waits for the peer's connection for H.245.
    pub(crate) fn listen_control(&mut self, call: crate::CallId, local: SocketAddr, remote: SocketAddr) -> StreamId {
        let stream = self.streams.control(call, remote);
        self.outputs.push_back(Output::Listen { stream, local, from: remote.ip() });
        stream
    }

    /// Closes a stream and forgets it.
    pub(crate) fn close(&mut self, stream: StreamId) {
        if self.streams.forget(stream) {
            self.outputs.push_back(Output::Close { stream });
        }
    }
}
