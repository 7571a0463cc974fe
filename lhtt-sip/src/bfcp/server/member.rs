//! A user of a conference, and the connection it is reached by.

use super::User;
use crate::bfcp::answers::Answers;
use crate::bfcp::requests::Requests;
use crate::bfcp::{FloorId, FloorRequestId, Path};
use lhtt_core::time::{Duration, Instant, soonest};
use std::collections::BTreeSet;

/// How long the requests of a user whose connection broke are kept for it to come back (RFC 8855 6.1): a reconnection may be tried
/// every 30 s.
pub const RECONNECT_GRACE: Duration = Duration::from_secs(60);

/// How long a user that is reached by datagrams may be silent: five keep-alives of half a minute.
pub const SILENCE_MAX: Duration = Duration::from_secs(150);

/// A user and its connection.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) user: User,
    pub(super) connection: Option<Connection>,
    /// When its requests are withdrawn, after a connection that broke.
    pub(super) lost_until: Option<Instant>,
}

/// How a user is reached.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) path: Path,
    /// What we tell it over datagrams, one at a time.
    pub(super) notices: Requests<Notice>,
    pub(super) answers: Answers,
    /// The floors it wants to be told about.
    pub(super) floors: BTreeSet<FloorId>,
    /// When it has been silent for too long; datagrams only.
    pub(super) silent_at: Option<Instant>,
}

/// What a notice is about; one that still waits is replaced by a newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    Request(FloorRequestId),
    Floor(FloorId),
    Goodbye,
}

impl Member {
    pub(super) const fn new(user: User) -> Self {
        Self { user, connection: None, lost_until: None }
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        let connection = self.connection.as_ref();
        let connection = connection.and_then(|it| soonest(it.notices.poll_timeout(), it.silent_at));
        soonest(connection, self.lost_until)
    }
}

impl Connection {
    pub(super) fn new(now: Instant, path: Path, first: u16) -> Self {
        let datagrams = path.is_datagrams();
        Self {
            path,
            notices: Requests::new(datagrams, first),
            answers: Answers::default(),
            floors: BTreeSet::new(),
            silent_at: datagrams.then_some(now + SILENCE_MAX),
        }
    }

    pub(super) fn heard(&mut self, now: Instant) {
        self.silent_at = self.path.is_datagrams().then_some(now + SILENCE_MAX);
    }
}
