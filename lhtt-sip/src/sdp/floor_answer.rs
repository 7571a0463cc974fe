//! Offer and answer of a floor control stream (RFC 8856 10, RFC 4145 4): who is the server, who opens the connection, which version.

use super::connection::write_host;
use super::floor::{FloorMedia, FloorRoles, FloorStream, FloorTransport, Setup};
use super::line::Line;
use super::{Fault, Sdp};
use crate::bfcp::{ConferenceId, UserId};
use std::net::SocketAddr;

/// Our own end of a floor control stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalFloor {
    /// What carries it.
    pub transport: FloorTransport,
    /// Where we are reached.
    pub address: SocketAddr,
    /// Whether we may be the client.
    pub client: bool,
    /// What we serve, if we may be the server.
    pub serves: Option<Served>,
    /// `fingerprint` of our certificate (RFC 8122), for the transports with TLS.
    pub fingerprint: Option<String>,
}

/// What a floor control server tells its client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The conference.
    pub conference: ConferenceId,
    /// Who the other end is there.
    pub user: UserId,
    /// The floors and the media they are about.
    pub floors: Vec<FloorMedia>,
}

/// What was agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FloorAgreed {
    /// Whether we are the server; the client otherwise.
    pub we_serve: bool,
    /// What is served: ours, or theirs as they said it. `None` where a server of theirs did not say it, and floor control cannot begin.
    pub served: Option<Served>,
    /// Where the other end is.
    pub remote: SocketAddr,
    /// Whether we open the connection; streams only.
    pub we_open: bool,
    /// Whether the connection that is there goes on.
    pub existing: bool,
    /// Whether we are the server of TLS, which is whoever answers (RFC 8856 8).
    pub tls_server: bool,
}

impl LocalFloor {
    /// The media section that offers it. Over streams either end may open.
    pub fn offer(&self) -> Vec<Line> {
        let roles = FloorRoles { client: self.client, server: self.serves.is_some() };
        self.section(self.address.port(), roles, Setup::ActPass, false)
    }

    /// Answers an offered stream: the section, and what is agreed. We are the server where that is left to us and we can be, and open
    /// the connection where that is left to us.
    ///
    /// # Errors
    /// [`Fault::Unsupported`]: another transport, no role or version left; then the section is declined with port 0.
    pub fn answer(&self, offered: &FloorStream) -> Result<(Vec<Line>, FloorAgreed), Fault> {
        let remote = self.reachable(offered)?;
        // Without the attribute the offerer is the client (RFC 8856 5.1).
        let theirs = offered.roles.unwrap_or(FloorRoles { client: true, server: false });
        let we_serve = match (theirs.client && self.serves.is_some(), theirs.server && self.client) {
            (true, _) => true,
            (false, true) => false,
            (false, false) => return Err(Fault::unsupported("no role in floor control is left to us")),
        };
        let setup = match offered.setup.unwrap_or(Setup::Active) {
            Setup::Active => Setup::Passive,
            Setup::Passive | Setup::ActPass => Setup::Active,
            Setup::HoldConn => Setup::HoldConn,
        };
        let role = FloorRoles { client: !we_serve, server: we_serve };
        let port = if self.transport.is_stream() && setup == Setup::Active { DISCARD } else { self.address.port() };
        let agreed = FloorAgreed {
            we_serve,
            served: if we_serve { self.serves.clone() } else { told(offered) },
            remote,
            we_open: self.transport.is_stream() && setup == Setup::Active,
            existing: offered.existing,
            tls_server: true,
        };
        Ok((self.section(port, role, setup, offered.existing), agreed))
    }

    /// Reads the answer to [`LocalFloor::offer`].
    ///
    /// # Errors
    /// [`Fault::Unsupported`] where the stream is declined, [`Fault::Violation`] where the answer takes a role that was not offered or none
    /// or both.
    pub fn accept(&self, answered: &FloorStream) -> Result<FloorAgreed, Fault> {
        let remote = self.reachable(answered)?;
        // Without the attribute the answerer is the server (RFC 8856 5.1).
        let theirs = answered.roles.unwrap_or(FloorRoles { client: false, server: true });
        let we_serve = match (theirs.client, theirs.server) {
            (true, false) if self.serves.is_some() => true,
            (false, true) if self.client => false,
            _ => return Err(violation("RFC 8856 5.1", "the answer takes a role that it was not offered")),
        };
        let setup = answered.setup.unwrap_or(Setup::Passive);
        if setup == Setup::ActPass {
            return Err(violation("RFC 4145 4.1", "an answer with `setup:actpass`"));
        }
        Ok(FloorAgreed {
            we_serve,
            served: if we_serve { self.serves.clone() } else { told(answered) },
            remote,
            we_open: self.transport.is_stream() && setup == Setup::Passive,
            existing: answered.existing,
            tls_server: false,
        })
    }

    /// The other end, if it is there by our transport and version.
    fn reachable(&self, theirs: &FloorStream) -> Result<SocketAddr, Fault> {
        if theirs.transport != self.transport {
            return Err(Fault::unsupported(format!("floor control over `{}`", theirs.transport.name())));
        }
        if !theirs.versions.contains(&self.transport.version()) {
            return Err(Fault::unsupported(format!("BFCP versions `{:?}`", theirs.versions)));
        }
        theirs.address.ok_or_else(|| Fault::unsupported("a floor control stream without an address"))
    }

    fn section(&self, port: u16, roles: FloorRoles, setup: Setup, existing: bool) -> Vec<Line> {
        let attribute = |text: String| Line::new(b'a', text);
        let mut lines = vec![
            Line::new(b'm', format!("application {port} {} *", self.transport.name())),
            Line::new(b'c', write_host(self.address.ip())),
        ];
        if self.transport != FloorTransport::Udp {
            lines.push(attribute(format!("setup:{}", setup.name())));
        }
        if self.transport.is_stream() {
            lines.push(attribute(format!("connection:{}", if existing { "existing" } else { "new" })));
        }
        lines.extend(self.fingerprint.as_ref().map(|print| attribute(format!("fingerprint:{print}"))));
        lines.push(attribute(format!("floorctrl:{}", roles.value())));
        if let (true, Some(Served { conference, user, floors })) = (roles.server, &self.serves) {
            lines.extend([attribute(format!("confid:{conference}")), attribute(format!("userid:{user}"))]);
            for FloorMedia { floor, labels } in floors {
                let streams = if labels.is_empty() { String::new() } else { format!(" mstrm:{}", labels.join(" ")) };
                lines.push(attribute(format!("floorid:{floor}{streams}")));
            }
        }
        lines.push(attribute(format!("bfcpver:{}", self.transport.version())));
        lines
    }
}

impl Sdp {
    /// The same description with one media section replaced, or added at the end where `at` is their number.
    ///
    /// # Errors
    /// [`Fault::Misuse`] where there is no such place or the lines are not one section.
    pub fn with_section(&self, at: usize, section: Vec<Line>) -> Result<Self, Fault> {
        let one = section.iter().filter(|line| line.letter == b'm').count() == 1 && section[0].letter == b'm';
        if at > self.media().len() || !one {
            return Err(Fault::Misuse("a section that does not fit the description".to_owned()));
        }
        let mut lines = self.session().lines().to_vec();
        for (index, media) in self.media().iter().enumerate() {
            lines.extend_from_slice(if index == at { &section } else { media.section().lines() });
        }
        if at == self.media().len() {
            lines.extend(section);
        }
        Self::build(lines)
    }
}

/// The port of an end that only opens (RFC 4145 4.1).
const DISCARD: u16 = 9;

fn told(server: &FloorStream) -> Option<Served> {
    Some(Served { conference: server.conference?, user: server.user?, floors: server.floors.clone() })
}

fn violation(clause: &'static str, text: &str) -> Fault {
    Fault::Violation { clause, text: text.to_owned() }
}
