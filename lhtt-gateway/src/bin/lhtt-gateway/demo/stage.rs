//! What the demo plays on: a folder with a throw-away CA, a configuration that `run` accepts too, and a journal whose
//! registrations were received in good time, the day before.

use crate::{Failed, load};
use lhtt_core::change::Change;
use lhtt_core::civil::Moment;
use lhtt_core::ids::{OrganizationId, PeerId, RegistrationId, SiteId};
use lhtt_core::request::{Accept, Actor, Request, Role};
use lhtt_core::submission::{Contact, Invitee, Member, Submission};
use lhtt_core::time::Wall;
use lhtt_gateway::config::Config;
use lhtt_gateway::driver::journal::Journal;
use lhtt_gateway::driver::rng;
use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use std::net::{TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// The room of the session that the Government's system calls.
pub(super) const ACCEPTED_ROOM: &str = "9000";
/// A number that no session has.
pub(super) const UNKNOWN_ALIAS: &str = "8999999";
/// The room in which the MCU sends back what it hears, for softphones.
const ECHO_ROOM: &str = "600";

pub(super) struct Stage {
    folder: PathBuf,
    ports: Ports,
    pub alias: String,
    echo_alias: String,
}

struct Ports {
    sip_tls: u16,
    sip_udp: u16,
    h323: u16,
    mcu: u16,
}

impl Stage {
    pub(super) fn build() -> Result<Self, Failed> {
        let failed = |error: std::io::Error| Failed::because("không dựng được", "cannot be set up", error);
        let folder = std::env::temp_dir().join(format!("lhtt-demo-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(failed)?;
        certificates(&folder).map_err(failed)?;
        let ports = Ports { sip_tls: free(5061), sip_udp: free(5060), h323: free(1720), mcu: free(11720) };
        std::fs::write(folder.join("gateway.toml"), config(&ports)).map_err(failed)?;
        let mut stage = Self { folder, ports, alias: String::new(), echo_alias: String::new() };
        (stage.alias, stage.echo_alias) = stage.register()?;
        Ok(stage)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes the folder away.
    pub(super) fn remove(&self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }

    pub(super) fn config(&self) -> PathBuf {
        self.folder.join("gateway.toml")
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join("state/journal.db")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.folder.join("gateway.log")
    }

    /// This very program with other arguments.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("lhtt-gateway"));
        let mut command = Command::new(program);
        command.args(arguments);
        command
    }

    pub(super) fn government(&self, alias: &str) -> [String; 6] {
        let gateway = format!("127.0.0.1:{}", self.ports.sip_tls);
        [
            "--gateway".into(),
            gateway,
            "--called".into(),
            alias.into(),
            "--keys".into(),
            self.folder.display().to_string(),
        ]
    }

    pub(super) fn mcu(&self) -> [String; 2] {
        ["--listen".into(), format!("127.0.0.1:{}", self.ports.mcu)]
    }

    /// Two sessions that begin now, received 25 hours ago.
    fn register(&self) -> Result<(String, String), Failed> {
        let config = load(&self.config())?;
        let failed = |error: &dyn std::fmt::Display| {
            Failed::because("không ghi được nhật ký", "cannot write the journal", error)
        };
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| failed(&error))?;
        let aliases = runtime.block_on(async {
            let secrets = rng().map_err(|error| failed(&error))?;
            let mut journal = Journal::open(&config.store, secrets).await.map_err(|error| failed(&error))?;
            seed(&mut journal, &config).await
        })?;
        match <[String; 2]>::try_from(aliases) {
            Ok([accepted, echo]) => Ok((accepted, echo)),
            Err(_) => Err(failed(&"the demo's registrations were refused")),
        }
    }

    pub(super) fn how_to_call(&self) -> String {
        let (folder, ports) = (self.folder.display(), &self.ports);
        format!(
            "Cổng biên vẫn chạy, Ctrl-C để dừng. The border stays up; Ctrl-C ends it.\n\
             \x20 Điện thoại mềm, UDP / a softphone over UDP:  sip:{echo}@127.0.0.1:{udp}   (nghe lại tiếng mình / echo)\n\
             \x20 TLS với chứng thư khách / TLS with a client certificate:  sip:{echo}@127.0.0.1:{tls};transport=tls\n\
             \x20   chứng thư / certificate {folder}/government.crt, khóa / key {folder}/government.key, CA {folder}/ca.crt\n\
             \x20   From: sip:…@government.example\n\
             \x20 Cấu hình / configuration: {folder}/gateway.toml   nhật ký vận hành / log: {folder}/gateway.log\n\
             \x20 lhtt-gateway status --config {folder}/gateway.toml",
            echo = self.echo_alias,
            udp = ports.sip_udp,
            tls = ports.sip_tls,
        )
    }
}

async fn seed(journal: &mut Journal, config: &Config) -> Result<Vec<String>, Failed> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let now = Moment::from_unix_millis(i64::try_from(now).unwrap_or(i64::MAX));
    let received = Wall::trusted(now.hours_before(25).unix_millis());
    let failed = |error| Failed::because("không ghi được nhật ký", "cannot write the journal", error);
    journal.configure(&config.facts, received).await.map_err(failed)?;
    let mut aliases = Vec::new();
    for (site, room, number) in [("phong-1", ACCEPTED_ROOM, "8100001"), ("phong-2", ECHO_ROOM, "8100002")] {
        let submission = Request::Submit(Box::new(submission(site, now)));
        let entry = journal.decide(&submission, received).await.map_err(failed)?;
        let Some(registration) = registered(&entry.decision().changes) else { continue };
        let actor = Actor::new("Cán bộ trực", Role::TechnicalOperator);
        let accept = Accept { registration, actor, alias: number.to_owned(), room: Some(room.to_owned()) };
        let entry = journal.decide(&Request::Accept(accept), received).await.map_err(failed)?;
        if entry.decision().is_permit() {
            aliases.push(number.to_owned());
        } else {
            eprintln!("{}", entry.decision().render_en());
        }
    }
    Ok(aliases)
}

fn registered(changes: &[Change]) -> Option<RegistrationId> {
    changes.iter().find_map(|change| match change {
        Change::Registered(registration) => Some(registration.id),
        _ => None,
    })
}

fn submission(site: &str, start: Moment) -> Submission {
    let peer = |id: &str| Invitee { member: Member::Peer(PeerId::new(id)), legs: Some(4) };
    Submission {
        sent_from: "so-tttt@lamdong.gov.vn".to_owned(),
        sent_to: "kythuat@lamdong.gov.vn".to_owned(),
        agency: Some(OrganizationId::new("so-tttt")),
        chair_site: Some(SiteId::new(site)),
        members: vec![peer("chinh-phu"), peer("dien-thoai-mem")],
        start: Some(start),
        end: Some(start.hours_after(8)),
        content: Some("Trình diễn".to_owned()),
        contact: Some(Contact { name: "Nguyễn Văn A".to_owned(), phone: "0263 3822 000".to_owned() }),
        ..Submission::default()
    }
}

/// The border's configuration, with the ports that are free here.
fn config(ports: &Ports) -> String {
    let places =
        [("{sip_tls}", ports.sip_tls), ("{sip_udp}", ports.sip_udp), ("{h323}", ports.h323), ("{mcu}", ports.mcu)];
    let text = include_str!("gateway.toml").to_owned();
    places.iter().fold(text, |text, (place, port)| text.replace(place, &port.to_string()))
}

/// A CA, and certificates of the border and of the Government's system, for today and tomorrow.
fn certificates(folder: &Path) -> std::io::Result<()> {
    let wrong = |error: rcgen::Error| std::io::Error::other(error);
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.distinguished_name.push(DnType::CommonName, "LHTT demo CA");
    let authority_key = KeyPair::generate().map_err(wrong)?;
    let authority_certificate = authority.self_signed(&authority_key).map_err(wrong)?;
    std::fs::write(folder.join("ca.crt"), authority_certificate.pem())?;
    let issuer = Issuer::new(authority, authority_key);
    for name in ["border", "government"] {
        let mut params = CertificateParams::new(vec![format!("{name}.example")]).map_err(wrong)?;
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        params.distinguished_name.push(DnType::CommonName, format!("{name}.example"));
        let key = KeyPair::generate().map_err(wrong)?;
        let certificate = params.signed_by(&key, &issuer).map_err(wrong)?;
        std::fs::write(folder.join(format!("{name}.crt")), certificate.pem())?;
        std::fs::write(folder.join(format!("{name}.key")), key.serialize_pem())?;
    }
    Ok(())
}

/// The usual port if it is free for TCP and UDP, else one that is.
fn free(usual: u16) -> u16 {
    let is_free = |port| {
        let tcp = TcpListener::bind(("127.0.0.1", port))?.local_addr()?;
        UdpSocket::bind(tcp).map(|_| tcp.port())
    };
    is_free(usual).or_else(|_: std::io::Error| is_free(0)).unwrap_or(usual)
}
