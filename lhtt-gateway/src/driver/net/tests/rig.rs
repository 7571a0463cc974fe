//! A network with a machine that the test plays, a throw-away authority, and peers with certificates of it.

use super::super::{Happened, Inbox, Network, Secure};
use crate::config::{Config, StreamLimits, TlsFiles};
use crate::driver::counters::Counters;
use crate::driver::tls::Tls;
use crate::settings::Settings;
use lhtt_core::io::{Input, StreamId, StreamIds};
use rcgen::{CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, SanType};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::timeout;

pub(super) const DEADLINE: Duration = Duration::from_secs(5);

/// Runs a test on a core thread of its own.
pub(super) fn on_core(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, test);
}

/// Addresses on loopback that were free a moment ago.
pub(super) fn free() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// A network, and the machine's end of it.
pub(super) struct Rig {
    pub network: Network,
    pub counters: Arc<Counters>,
    pub ids: StreamIds,
    inbox: Rc<Inbox>,
    secure: mpsc::Receiver<Happened>,
}

impl Rig {
    /// A network of these settings, with TLS if there are files.
    pub(super) fn new(settings: &Settings, limits: StreamLimits, files: Option<&TlsFiles>) -> Self {
        let (inbox, counters) = (Rc::new(Inbox::default()), Arc::new(Counters::default()));
        let (happened, secure) = mpsc::channel(16);
        let tls = files.map(|files| Tls::load(files, settings).unwrap());
        let tls = tls.map(|tls| Secure::start(tls, limits, happened, counters.clone()).unwrap());
        let network = Network::bind(settings, limits, inbox.clone(), tls, counters.clone()).unwrap();
        Self { network, counters, ids: StreamIds::new(1), inbox, secure }
    }

    /// The next input of the machine.
    pub(super) async fn input(&mut self) -> Input {
        timeout(DEADLINE, self.next()).await.expect("an input in time")
    }

    /// Lets the sockets work until `done`; no input may come.
    pub(super) async fn until<T>(&mut self, done: impl Future<Output = T>) -> T {
        tokio::select! {
            input = self.next() => panic!("unexpected {input:?}"),
            done = timeout(DEADLINE, done) => done.expect("done in time"),
        }
    }

    /// Waits until no stream is left; no input may come.
    pub(super) async fn emptied(&mut self) {
        let emptied = async {
            while self.network.streams() > 0 {
                assert_eq!(self.pump().await, None);
            }
        };
        timeout(DEADLINE, emptied).await.expect("no stream left in time");
    }

    async fn next(&mut self) -> Input {
        loop {
            if let Some(input) = self.pump().await {
                return input;
            }
        }
    }

    /// One thing that happens, and the input that it makes, if any.
    async fn pump(&mut self) -> Option<Input> {
        self.network.expire(tokio::time::Instant::now());
        self.network.flush();
        if let Some(happened) = self.inbox.pop() {
            return self.network.admit(happened);
        }
        let idle = self.network.deadline().unwrap_or_else(|| tokio::time::Instant::now() + DEADLINE * 2);
        tokio::select! {
            () = self.inbox.arrived() => {}
            Some(happened) = self.secure.recv() => self.inbox.push(happened),
            () = tokio::time::sleep_until(idle) => {}
        }
        None
    }

    /// The octets that arrive on a stream, as many as these.
    pub(super) async fn data(&mut self, on: StreamId, octets: usize) -> Vec<u8> {
        let mut all = Vec::new();
        while all.len() < octets {
            match self.input().await {
                Input::Data { stream, data } if stream == on => all.extend_from_slice(&data),
                other => panic!("unexpected {other:?}"),
            }
        }
        all
    }

    pub(super) fn count(&self, name: &str) -> u64 {
        self.counters.values().iter().find(|(counter, _)| *counter == name).unwrap().1
    }
}

/// The settings of a configuration in which `{listeners}` and `{peers}` are filled in.
pub(super) fn settings(listeners: &str, peers: &str) -> Settings {
    let text = format!(
        "[gateway]\nname = \"BIEN\"\ndomain = \"hnth.example\"\nstate_dir = \"state\"\n{listeners}\n{peers}\n\
         [mcu]\nprotocol = \"sip\"\ntransport = \"tcp\"\naddress = \"127.0.0.1:9\"\nnetworks = [\"127.0.0.0/8\"]\n\
         reason = \"a test on loopback\"\n[media]\naddress = \"127.0.0.1\"\n\
         [tls]\ncertificate = \"c\"\nkey = \"k\"\n[[tls.anchor]]\nname = \"one\"\nfile = \"f\"\n\
         [[tls.anchor]]\nname = \"two\"\nfile = \"f\"\n"
    );
    Config::load(&text).unwrap_or_else(|error| panic!("{error}\n{text}")).settings
}

/// A folder with certificates, gone with the test.
pub(super) struct Pki {
    folder: PathBuf,
}

/// A certificate with its key.
pub(super) struct Certified {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
    certificate_pem: String,
    key_pem: String,
}

/// An authority.
pub(super) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(super) fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// Certifies a DNS name, or a URI where it has a colon.
    pub(super) fn certify(&self, name: &str) -> Certified {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        let text = name.try_into().unwrap();
        params.subject_alt_names = vec![if name.contains(':') { SanType::URI(text) } else { SanType::DnsName(text) }];
        let key = KeyPair::generate().unwrap();
        let (certificate_pem, key_pem) = (params.signed_by(&key, &self.0).unwrap().pem(), key.serialize_pem());
        let chain = vec![CertificateDer::from_pem_slice(certificate_pem.as_bytes()).unwrap()];
        let key = PrivateKeyDer::from_pem_slice(key_pem.as_bytes()).unwrap();
        Certified { chain, key, certificate_pem, key_pem }
    }

    pub(super) fn roots(&self) -> rustls::RootCertStore {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        roots
    }
}

impl Pki {
    pub(super) fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("lhtt-net-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    /// Our files: our certificate, and these anchors.
    pub(super) fn files(&self, ours: &Certified, anchors: &[(&str, &Authority)]) -> TlsFiles {
        let write = |name: &str, text: &str| {
            let path = self.folder.join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let anchor = |(name, authority): &(&str, &Authority)| {
            ((*name).to_owned(), write(&format!("{name}.pem"), &authority.0.pem()))
        };
        TlsFiles {
            certificate: write("ours.pem", &ours.certificate_pem),
            key: write("ours.key", &ours.key_pem),
            anchors: anchors.iter().map(anchor).collect(),
        }
    }
}

impl Drop for Pki {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
