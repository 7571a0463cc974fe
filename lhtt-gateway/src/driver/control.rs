//! The local control socket: one line of JSON asks, one line answers. A Unix socket with mode 0600 in the state folder,
//! so whoever may write the journal's folder may command the gateway, and nobody else.
#![allow(clippy::disallowed_methods, reason = "the driver makes its control socket")]

use super::core::{Answer, Told};
use crate::gateway::words::{AcceptOrder, Command, Reply, Status};
use lhtt_core::decision::Decision;
use lhtt_core::ids::RegistrationId;
use lhtt_core::request::{Actor, Request};
use lhtt_core::submission::Submission;
use lhtt_core::time::Duration;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "command", deny_unknown_fields)]
pub enum Order {
    /// Hand in a registration.
    Submit {
        /// The registration.
        submission: Box<Submission>,
    },
    /// Accept one.
    Accept {
        /// Which.
        registration: RegistrationId,
        /// Who accepts.
        actor: Actor,
        /// The number wanted; one is allocated if none.
        alias: Option<String>,
        /// The room on the MCU; the number if none.
        room: Option<String>,
    },
    /// How things stand.
    Status,
    /// Release all calls and end.
    Stop,
}

/// What is answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Answered {
    /// The regulation has decided, and it is durable.
    Decided {
        /// Place in the journal.
        seq: u64,
        /// What was decided.
        decision: Box<Decision>,
    },
    /// The journal cannot be written; nothing was decided.
    Unavailable,
    /// How things stand.
    Status {
        /// Names and numbers.
        status: Value,
    },
    /// The gateway is ending.
    Stopping,
    /// The request was none.
    Misuse {
        /// Why.
        why: String,
    },
}

/// The listening socket. Dropping it removes it.
#[derive(Debug)]
pub(crate) struct Control {
    path: PathBuf,
    socket: UnixListener,
}

impl Control {
    /// Binds the socket; one that a killed gateway left is replaced.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub(crate) fn bind(path: &Path) -> io::Result<Self> {
        let fresh = path.with_extension("new");
        match std::fs::remove_file(&fresh) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let socket = UnixListener::bind(&fresh)?;
        // Nobody can connect by the real name before the mode is right.
        std::fs::set_permissions(&fresh, std::fs::Permissions::from_mode(0o600))?;
        std::fs::rename(&fresh, path)?;
        Ok(Self { path: path.to_owned(), socket })
    }

    /// Serves for ever.
    pub(crate) async fn serve(self, told: mpsc::UnboundedSender<Told>) {
        loop {
            match self.socket.accept().await {
                Ok((stream, _)) => {
                    let told = told.clone();
                    tokio::task::spawn_local(async move { converse(stream, told).await });
                }
                Err(error) => {
                    tracing::warn!(%error, "control socket");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

async fn converse(stream: UnixStream, told: mpsc::UnboundedSender<Told>) -> Option<()> {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader.take(CONVERSATION_OCTETS_MAX));
    loop {
        let mut line = String::new();
        if timeout(PATIENCE, reader.read_line(&mut line)).await.ok()?.ok()? == 0 {
            return None;
        }
        let answered = match serde_json::from_str(&line) {
            Ok(order) => ask(order, &told).await?,
            Err(error) => Answered::Misuse { why: error.to_string() },
        };
        let mut line = serde_json::to_vec(&answered).ok()?;
        line.push(b'\n');
        writer.write_all(&line).await.ok()?;
    }
}

async fn ask(order: Order, told: &mpsc::UnboundedSender<Told>) -> Option<Answered> {
    let command = match order {
        Order::Submit { submission } => Command::Ask(Box::new(Request::Submit(submission))),
        Order::Accept { registration, actor, alias, room } => {
            Command::Accept(AcceptOrder { registration, actor, alias, room })
        }
        Order::Status => Command::Status,
        Order::Stop => {
            told.send(Told::Stop).ok()?;
            return Some(Answered::Stopping);
        }
    };
    let (sender, answer) = oneshot::channel();
    told.send(Told::Asked(command, sender)).ok()?;
    Some(match answer.await.ok()? {
        Answer::Reply(Reply::Decided(entry)) => {
            Answered::Decided { seq: entry.seq(), decision: Box::new(entry.decision().clone()) }
        }
        Answer::Reply(Reply::Unavailable) => Answered::Unavailable,
        Answer::Reply(Reply::Status(status)) => Answered::Status { status: status_json(&status, &[]) },
        Answer::Reply(Reply::Stopping) => Answered::Stopping,
        Answer::Status(status, counted) => Answered::Status { status: status_json(&status, &counted) },
    })
}

/// How things stand as one flat object, for scripts.
fn status_json(status: &Status, counted: &[(&'static str, u64)]) -> Value {
    let Status { calls, draining, rtp_ports, h245_ports, joins, timers, streams, journal, store_down, counters } =
        status;
    let mut object = json!({
        "calls": calls, "draining": draining, "rtp_ports": rtp_ports, "h245_ports": h245_ports, "joins": joins,
        "timers": timers, "streams": streams, "journal": journal, "store_down": store_down,
        "calls_total": counters.calls, "refused": counters.refused, "overloaded": counters.overloaded,
        "connected": counters.connected, "malformed": counters.malformed, "strangers": counters.strangers,
        "dropped": counters.dropped,
    });
    let counted = counted.iter().map(|&(name, value)| (name.to_owned(), Value::from(value)));
    if let Value::Object(fields) = &mut object {
        fields.extend(counted.collect::<Map<_, _>>());
    }
    object
}

/// Most octets of one conversation: thousands of registrations.
const CONVERSATION_OCTETS_MAX: u64 = 16 << 20;

/// How long a line is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long no connection is taken after the system refused one.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
