//! Sockets for one stack of a demo peer, and its lines: each message as it is sent or arrives.

use super::ladder::Line;
use bytes::Bytes;
use lhtt_core::io::{Closed, Input, StreamId};
use lhtt_core::time::Instant;
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, split};
use tokio::sync::mpsc;

/// The streams of one peer; what arrives on them comes out of one queue.
pub(super) struct Wire {
    origin: std::time::Instant,
    writers: BTreeMap<StreamId, mpsc::UnboundedSender<Bytes>>,
    tell: mpsc::UnboundedSender<Input>,
    pub told: mpsc::UnboundedReceiver<Input>,
}

impl Wire {
    pub(super) fn new() -> Self {
        let (tell, told) = mpsc::unbounded_channel();
        Self { origin: std::time::Instant::now(), writers: BTreeMap::new(), tell, told }
    }

    pub(super) fn now(&self) -> Instant {
        Instant::from_nanos(u64::try_from(self.origin.elapsed().as_nanos()).unwrap_or(u64::MAX))
    }

    /// Takes a stream over: reads it into the queue, writes what [`Self::send`] gives.
    pub(super) fn attach(&mut self, stream: StreamId, io: impl AsyncRead + AsyncWrite + 'static) {
        let (mut reader, mut writer) = split(io);
        let (send, mut sending) = mpsc::unbounded_channel::<Bytes>();
        self.writers.insert(stream, send);
        tokio::task::spawn_local(async move {
            while let Some(data) = sending.recv().await {
                if writer.write_all(&data).await.is_err() {
                    break;
                }
            }
            let _ = writer.shutdown().await;
        });
        let tell = self.tell.clone();
        tokio::task::spawn_local(async move {
            let mut buffer = vec![0; 65_536];
            loop {
                match reader.read(&mut buffer).await {
                    Ok(length) if length > 0 => {
                        let _ = tell.send(Input::Data { stream, data: Bytes::copy_from_slice(&buffer[..length]) });
                    }
                    ended => {
                        let why = if ended.is_ok() { Closed::Finished } else { Closed::Reset };
                        let _ = tell.send(Input::Closed { stream, why });
                        return;
                    }
                }
            }
        });
    }

    pub(super) fn send(&self, stream: StreamId, data: Bytes) {
        if let Some(writer) = self.writers.get(&stream) {
            let _ = writer.send(data);
        }
    }

    pub(super) fn close(&mut self, stream: StreamId) {
        self.writers.remove(&stream);
    }

    /// The next input, or a timeout.
    pub(super) async fn next(&mut self, timeout: Option<Instant>) -> Input {
        let wait = timeout.map_or(LONG, |at| at - self.now());
        match tokio::time::timeout(wait, self.told.recv()).await {
            Ok(Some(input)) => input,
            Ok(None) | Err(_) => Input::Timeout,
        }
    }
}

/// Says that a message was sent or arrived.
pub(super) fn say(peer: &str, sent: bool, text: String) {
    let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64() * 1000.0);
    let line = Line { at, peer: peer.to_owned(), sent, text };
    if let Ok(line) = serde_json::to_string(&line) {
        println!("{line}");
    }
}

/// A stack without a timer is looked at that often.
const LONG: std::time::Duration = std::time::Duration::from_secs(1);
