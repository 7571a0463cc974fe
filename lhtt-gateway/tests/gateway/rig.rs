//! A gateway between a SIP system, a stranger and an H.323 MCU, with everything outside it in the test's hands.

use bytes::Bytes;
use lhtt_core::civil::Moment;
use lhtt_core::ids::{OrganizationId, PeerId, RegistrationId, SiteId};
use lhtt_core::io::{self, ListenerId, StreamId, StreamIds, TlsIdentity, Transport};
use lhtt_core::journal::{Entry, Head};
use lhtt_core::registry::Registry;
use lhtt_core::registry::{Configuration, Organization, OrganizationKind, Peer, PeerKind, Site};
use lhtt_core::request::{Actor, Party, Request, Role};
use lhtt_core::rng::Rng;
use lhtt_core::submission::{Contact, Invitee, Member, Submission};
use lhtt_core::time::{Duration, Instant, Now, Wall};
use lhtt_gateway::gateway::Gateway;
use lhtt_gateway::gateway::words::{AcceptOrder, BatchId, Command, CommandId, Input, Output, Reply};
use lhtt_gateway::media::Codec;
use lhtt_gateway::relay::{RelayCommand, Side};
use lhtt_gateway::settings::{CallLimits, Listener, MediaSettings, Neighbour, Protocol, Settings};
use lhtt_h323 as h323;
use std::net::SocketAddr;
use std::sync::Arc;

/// The number of the one session.
pub(crate) const ALIAS: &str = "7100001";
/// Streams of the SIP system and of the stranger.
pub(crate) const GOVERNMENT: usize = 0;
pub(crate) const STRANGER: usize = 1;
const MCU: usize = 2;

fn stream(which: usize) -> StreamId {
    let mut ids = StreamIds::new(0);
    (0..which).for_each(|_| _ = ids.allocate());
    ids.allocate()
}

const SIP: ListenerId = ListenerId(0);
const H323: ListenerId = ListenerId(1);

/// When the session starts.
pub(crate) fn start() -> Moment {
    Moment::parse("2023-06-15T08:00:00+07:00").unwrap()
}

/// How the store does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Store {
    Works,
    Hangs,
    Fails,
}

/// The gateway and its surroundings.
pub(crate) struct Rig {
    gateway: Gateway,
    mcu: h323::Endpoint,
    mcu_stream: Option<StreamId>,
    mcu_call: Option<h323::CallId>,
    begun: Moment,
    at: Duration,
    pub(crate) store: Store,
    waiting: Vec<(BatchId, Vec<Arc<Entry>>)>,
    pub(crate) journal: Vec<Entry>,
    log: Vec<String>,
    /// The last message to each SIP stream, whole.
    pub(crate) last: String,
    replies: Vec<Reply>,
    branch: u32,
}

impl Rig {
    /// A gateway that knows its neighbours and no session, 30 hours before [`start`].
    pub(crate) fn new() -> Self {
        let mut mcu = h323::Endpoint::new(h323::Config::new(1), Rng::from_number(2));
        mcu.listener(H323, Transport::Tcp);
        let mut rig = Self {
            gateway: Gateway::new(settings(), Registry::default(), Head::default(), Rng::from_number(1)),
            mcu,
            mcu_stream: None,
            mcu_call: None,
            begun: start().hours_before(30),
            at: Duration::ZERO,
            store: Store::Works,
            waiting: Vec::new(),
            journal: Vec::new(),
            log: Vec::new(),
            last: String::new(),
            replies: Vec::new(),
            branch: 0,
        };
        rig.command(Command::Ask(Box::new(Request::Configure(Box::new(configuration())))));
        rig.connect(GOVERNMENT, "gov.example");
        rig.connect(STRANGER, "elsewhere.example");
        rig.log.clear();
        rig
    }

    /// The same with one accepted session, at its start.
    pub(crate) fn with_session() -> Self {
        let mut rig = Self::new();
        rig.register();
        rig.go_to(start());
        rig.log.clear();
        rig
    }

    /// Registers the session now, and accepts it. The state it comes to.
    pub(crate) fn register(&mut self) -> lhtt_core::registry::RegistrationState {
        self.command(Command::Ask(Box::new(Request::Submit(Box::new(submission())))));
        let actor = Actor::new("Trực ban", Role::TechnicalOperator);
        let (alias, room) = (Some(ALIAS.to_owned()), Some("9000".to_owned()));
        self.command(Command::Accept(AcceptOrder { registration: RegistrationId(1), actor, alias, room }));
        self.gateway.registry().registration(RegistrationId(1)).unwrap().state.clone()
    }

    pub(crate) fn command(&mut self, command: Command) -> Reply {
        self.input(Input::Command { id: CommandId(1), command });
        self.replies.pop().unwrap()
    }

    pub(crate) fn go_to(&mut self, moment: Moment) {
        let millis = moment.unix_millis() - self.begun.unix_millis();
        self.at = Duration::from_millis(millis.try_into().unwrap());
        self.input(Input::Net(io::Input::Timeout));
    }

    pub(crate) fn wait(&mut self, time: Duration) {
        self.at += time;
        self.input(Input::Net(io::Input::Timeout));
        self.mcu.handle_input(Instant::ZERO + self.at, io::Input::Timeout);
        self.pump();
    }

    fn connect(&mut self, who: usize, name: &str) {
        let tls = TlsIdentity { anchors: vec!["ca".into()], dns: vec![name.into()], ..TlsIdentity::default() };
        let (local, remote) = (at(1, 5061), at(9, 30_000));
        let (stream, tls) = (stream(who), Some(Box::new(tls)));
        self.input(Input::Net(io::Input::Accepted { stream, listener: SIP, local, remote, tls }));
    }

    /// An INVITE with G.711 and telephone events, under a new branch and Call-ID.
    pub(crate) fn invite(&mut self, who: usize, from: &str, called: &str) {
        let body = "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n\
            m=audio 40000 RTP/AVP 0 8 96\r\na=rtpmap:96 telephone-event/8000\r\n";
        self.invite_with(who, from, called, body);
    }

    pub(crate) fn invite_with(&mut self, who: usize, from: &str, called: &str, body: &str) {
        self.branch += 1;
        self.request(who, "INVITE", from, called, body);
    }

    /// CANCEL of the last INVITE.
    pub(crate) fn cancel(&mut self, who: usize, from: &str, called: &str) {
        self.request(who, "CANCEL", from, called, "");
    }

    /// The ACK of the 200 that came last, then BYE.
    pub(crate) fn bye(&mut self, who: usize, from: &str, called: &str) {
        let to = self.last.lines().find_map(|line| line.strip_prefix("To: ")).unwrap().to_owned();
        for (number, method) in [(1, "ACK"), (2, "BYE")] {
            let number = format!("{number} {method}");
            self.request_to(who, &number, from, called, &to, "");
        }
    }

    fn request(&mut self, who: usize, method: &str, from: &str, called: &str, body: &str) {
        let (cseq, to) = (format!("1 {method}"), format!("<sip:{called}@border.example>"));
        self.request_to(who, &cseq, from, called, &to, body);
    }

    fn request_to(&mut self, who: usize, cseq: &str, from: &str, called: &str, to: &str, body: &str) {
        let (number, length, method) = (self.branch, body.len(), cseq.split(' ').next_back().unwrap());
        let branch = if matches!(method, "ACK" | "BYE") { method } else { "" };
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        let text = format!(
            "{method} sip:{called}@border.example SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK{number}{branch}\r\n\
             Max-Forwards: 70\r\nFrom: <sip:0801@{from}>;tag=1\r\nTo: {to}\r\n\
             Call-ID: {number}@{from}\r\nCSeq: {cseq}\r\nContact: <sip:0801@192.0.2.9>\r\n\
             {kind}Content-Length: {length}\r\n\r\n{body}"
        );
        self.input(Input::Net(io::Input::Data { stream: stream(who), data: Bytes::from(text) }));
    }

    /// The store gets on with what waits.
    pub(crate) fn append(&mut self) {
        for (batch, entries) in std::mem::take(&mut self.waiting) {
            self.journal.extend(entries.iter().map(|entry| (**entry).clone()));
            self.input(Input::Appended { batch });
        }
    }

    pub(crate) fn mcu_rings(&mut self) {
        let call = self.mcu_call.unwrap();
        self.mcu.alert(Instant::ZERO + self.at, call);
        self.pump();
    }

    pub(crate) fn mcu_answers(&mut self) {
        let media = ports(at(7, 50_000));
        let capabilities = vec![h323::Capability::audio(h323::Codec::G711A)];
        self.mcu.answer(Instant::ZERO + self.at, self.mcu_call.unwrap(), h323::Answer { capabilities, media });
        self.pump();
    }

    /// The MCU says what it can receive.
    pub(crate) fn mcu_takes(&mut self, codecs: &[h323::Codec]) {
        let capabilities = codecs.iter().map(|&codec| h323::Capability::audio(codec)).collect();
        self.mcu.set_capabilities(Instant::ZERO + self.at, self.mcu_call.unwrap(), capabilities);
        self.pump();
    }

    /// What the relay was told since the last look.
    pub(crate) fn relayed(&mut self) -> Vec<String> {
        std::mem::take(&mut self.log).into_iter().filter(|said| said.starts_with("relay")).collect()
    }

    /// Calls that ended and are still kept.
    pub(crate) fn kept(&self) -> usize {
        self.gateway.status().draining
    }

    /// The call is connected; what was said until here is of no interest.
    #[track_caller]
    pub(crate) fn is_up_and_quiet(&mut self) {
        assert_eq!(self.gateway.status().counters.connected, 1);
        self.log.clear();
    }

    pub(crate) fn mcu_releases(&mut self, cause: u8) {
        self.mcu.release(Instant::ZERO + self.at, self.mcu_call.unwrap(), cause, None);
        self.pump();
    }

    /// What went out since the last look, in order.
    #[track_caller]
    pub(crate) fn said(&mut self, expected: &[&str]) {
        assert_eq!(std::mem::take(&mut self.log), expected);
    }

    /// Nothing is left of any call once the wire is quiet (I3).
    #[track_caller]
    pub(crate) fn is_empty_in_the_end(&mut self) {
        self.wait(Duration::from_secs(60));
        assert!(self.gateway.is_quiescent(), "{:?}", self.gateway.status());
        assert_eq!(self.gateway.status().joins, 0);
    }

    fn input(&mut self, input: Input) {
        let instant = Instant::ZERO + self.at;
        let millis = self.begun.unix_millis() + i64::try_from(self.at.as_millis()).unwrap();
        self.gateway.handle_input(Now { instant, wall: Wall::trusted(millis) }, input);
        while let Some(output) = self.gateway.poll_output() {
            self.output(output);
        }
        self.pump();
    }

    fn output(&mut self, output: Output) {
        match output {
            Output::Net(output) => self.net(output),
            Output::Append { batch, entries } => {
                self.log
                    .push(format!("append {}", entries.iter().map(|entry| kind(entry)).collect::<Vec<_>>().join(" ")));
                match self.store {
                    Store::Hangs => self.waiting.push((batch, entries)),
                    Store::Fails => self.input(Input::AppendFailed { batch, why: "planted".into() }),
                    Store::Works => {
                        self.journal.extend(entries.iter().map(|entry| (**entry).clone()));
                        self.input(Input::Appended { batch });
                    }
                }
            }
            Output::Relay(command) => self.log.push(relay(&command)),
            Output::Reply { reply, .. } => self.replies.push(reply),
            Output::Note(_) => {}
        }
    }

    fn net(&mut self, output: io::Output) {
        match output {
            io::Output::Open { stream, remote, .. } => {
                self.log.push("open mcu".to_owned());
                self.mcu_stream = Some(stream);
                let (local, tls) = (at(1, 40_000), None);
                let accepted = io::Input::Accepted {
                    stream: self::stream(MCU),
                    listener: H323,
                    local: remote,
                    remote: local,
                    tls,
                };
                self.mcu.handle_input(Instant::ZERO + self.at, accepted);
                self.input(Input::Net(io::Input::Opened { stream, local, remote, tls: None }));
            }
            io::Output::Send { stream, data } if Some(stream) == self.mcu_stream => {
                self.log.push(format!("mcu {}", q931(&data)));
                self.mcu.handle_input(Instant::ZERO + self.at, io::Input::Data { stream: self::stream(MCU), data });
            }
            io::Output::Send { stream, data } => {
                self.last = String::from_utf8(data.to_vec()).unwrap();
                let to = if stream == self::stream(GOVERNMENT) { "gov" } else { "stranger" };
                self.log.push(format!("{to} {}", self.last.lines().next().unwrap()));
            }
            io::Output::Close { stream } if Some(stream) == self.mcu_stream => self.mcu_stream = None,
            _ => {}
        }
    }

    /// Carries what the MCU says.
    fn pump(&mut self) {
        while let Some(event) = self.mcu.poll_event() {
            if let h323::Event::Incoming { call, .. } = event {
                self.mcu_call = Some(call);
                self.mcu.proceed(Instant::ZERO + self.at, call);
            }
        }
        while let Some(output) = self.mcu.poll_output() {
            let Some(stream) = self.mcu_stream else { continue };
            match output {
                io::Output::Send { data, .. } => self.input(Input::Net(io::Input::Data { stream, data })),
                io::Output::Close { .. } => {
                    self.mcu_stream = None;
                    self.input(Input::Net(io::Input::Closed { stream, why: io::Closed::Finished }));
                }
                _ => {}
            }
        }
    }
}

fn kind(entry: &Entry) -> &'static str {
    match entry.request() {
        Request::Join(_) => "Join",
        Request::Leave(_) => "Leave",
        _ => "other",
    }
}

fn relay(command: &RelayCommand) -> String {
    match command {
        RelayCommand::Create { .. } => "relay create".to_owned(),
        RelayCommand::Direct { to, remote, payload, .. } => {
            let to = if *to == Side::A { "caller" } else { "callee" };
            let remote = remote.map_or("nowhere".to_owned(), |remote| remote.to_string());
            format!("relay to {to} {remote} {payload:?}")
        }
        RelayCommand::Remove { .. } => "relay remove".to_owned(),
    }
}

/// The name of a call signalling message: TPKT, then Q.931 with a call reference of two octets.
fn q931(octets: &[u8]) -> &'static str {
    match octets.get(8) {
        Some(0x01) => "Alerting",
        Some(0x02) => "CallProceeding",
        Some(0x05) => "Setup",
        Some(0x07) => "Connect",
        Some(0x5a) => "ReleaseComplete",
        Some(0x62) => "Facility",
        _ => "?",
    }
}

fn at(host: u8, port: u16) -> SocketAddr {
    SocketAddr::from(([192, 0, 2, host], port))
}

fn ports(rtp: SocketAddr) -> h323::MediaPorts {
    h323::MediaPorts { rtp, rtcp: SocketAddr::new(rtp.ip(), rtp.port() + 1) }
}

fn settings() -> Settings {
    let listener = |id, protocol, transport, port| {
        let local = at(1, port);
        Listener { id, protocol, transport, local, advertised: local.to_string(), peer: None }
    };
    let government = Neighbour {
        name: "gov".into(),
        party: Party::Peer(PeerId::new("gov")),
        protocol: Protocol::Sip,
        transport: Transport::Tls,
        remote: at(9, 5061),
        local: None,
        listener: None,
        server_name: Some("gov.example".into()),
        anchor: Some("ca".into()),
        dns: vec!["gov.example".into()],
        uris: Vec::new(),
        pins: Vec::new(),
        networks: Vec::new(),
        domains: vec!["gov.example".into()],
        numbers: vec!["0801".into()],
        user: None,
        fast_start: true,
        tunnelling: true,
        calls_max: 2,
        calls_per_second_max: 3,
    };
    let mcu = Neighbour {
        name: "mcu".into(),
        party: Party::Mcu,
        protocol: Protocol::H323,
        transport: Transport::Tcp,
        remote: at(7, 1720),
        numbers: Vec::new(),
        ..government.clone()
    };
    Settings {
        border: "BORDER".into(),
        domain: "border.example".into(),
        alias_prefix: "7".into(),
        user_agent: None,
        listeners: vec![
            listener(SIP, Protocol::Sip, Transport::Tls, 5061),
            listener(H323, Protocol::H323, Transport::Tcp, 1720),
        ],
        neighbours: vec![government, mcu],
        media: MediaSettings {
            address: at(1, 0).ip(),
            rtp_ports: 20_000..=20_003,
            h245_ports: 28_000..=28_003,
            codecs: vec![Codec::Pcma, Codec::Pcmu],
        },
        calls: CallLimits::default(),
    }
}

fn configuration() -> Configuration {
    let office = OrganizationId::new("so-tttt");
    let peer = Peer { id: PeerId::new("gov"), name: "Chính phủ".into(), kind: PeerKind::Government, legs: 1 };
    let organization = Organization {
        mailboxes: vec!["so-tttt@lamdong.gov.vn".into()],
        ..Organization::new(office.as_str(), "Sở Thông tin và Truyền thông", OrganizationKind::Department)
    };
    let site = Site { id: SiteId::new("phong-1"), name: "Phòng 1".into(), organization: office, admitted: true };
    let (peers, organizations, sites) = (vec![peer], vec![organization], vec![site]);
    Configuration { peers, organizations, sites, ..Configuration::default() }
}

fn submission() -> Submission {
    Submission {
        sent_from: "so-tttt@lamdong.gov.vn".into(),
        sent_to: "kythuat@lamdong.gov.vn".into(),
        agency: Some(OrganizationId::new("so-tttt")),
        chair_site: Some(SiteId::new("phong-1")),
        members: vec![Invitee { member: Member::Peer(PeerId::new("gov")), legs: Some(1) }],
        start: Some(start()),
        content: Some("Họp giao ban".into()),
        contact: Some(Contact { name: "Nguyễn Văn A".into(), phone: "0263 000 000".into() }),
        ..Submission::default()
    }
}
