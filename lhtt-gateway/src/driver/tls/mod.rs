//! TLS: mutual in both directions, TLS 1.3 and 1.2, no resumption. Provider: ring, see docs/adr/0002-ring-under-rustls.md.
//!
//! What TLS proves is reported as a [`TlsIdentity`]; what it means is for the core. A resumed session would skip the
//! check of the certificate, so no ticket is ever given, kept or taken. Leaves out: revocation lists and reload.
#![allow(clippy::disallowed_methods, reason = "the driver reads certificates")]

mod identity;
mod verify;

pub(crate) use identity::identity;

use crate::config::TlsFiles;
use crate::settings::{Neighbour, Settings};
use lhtt_core::io::Transport;
use rustls::client::Resumption;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::NoServerSessionStorage;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;
use std::sync::Arc;
use verify::{Anchors, Expected, OfClients, OfServer};

/// Why TLS cannot be set up: our own files are at fault.
#[derive(Debug, thiserror::Error)]
#[error("tls: {file}: {why}")]
pub struct TlsError {
    /// The file, or what was made of it.
    pub file: String,
    /// What is wrong.
    pub why: String,
}

/// Everything that handshakes need, made once.
#[derive(Debug)]
pub(crate) struct Tls {
    /// For listeners.
    pub server: Arc<ServerConfig>,
    /// For calls, by the name that the certificate must bear.
    clients: BTreeMap<String, Arc<ClientConfig>>,
    anchors: Arc<Anchors>,
}

impl Tls {
    /// Reads the files and makes one configuration for listeners and one for each server name of a neighbour.
    pub(crate) fn load(files: &TlsFiles, settings: &Settings) -> Result<Self, TlsError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let chain = certificates(&files.certificate)?;
        let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| fault(&files.key, error))?;
        let mut roots = Vec::new();
        for (name, file) in &files.anchors {
            roots.push((name.clone(), Arc::new(root_store(file)?)));
        }
        let anchors = Arc::new(Anchors::new(&roots, &provider)?);
        let server = server_config(&provider, &anchors, chain.clone(), key.clone_key())?;
        let mut clients = BTreeMap::new();
        for (name, expected) in expected(&settings.neighbours) {
            let verifier = OfServer::new(anchors.clone(), expected);
            clients.insert(name, Arc::new(client_config(&provider, verifier, chain.clone(), key.clone_key())?));
        }
        Ok(Self { server: Arc::new(server), clients, anchors })
    }

    /// The configuration for calling whoever bears this name; none if no neighbour does.
    pub(crate) fn client(&self, server_name: &str) -> Option<Arc<ClientConfig>> {
        self.clients.get(&server_name.to_ascii_lowercase()).cloned()
    }

    /// The names of the anchors that verify a client's chain.
    pub(crate) fn verified_by(&self, chain: &[CertificateDer<'_>], role: Role) -> Vec<String> {
        self.anchors.verified_by(chain, role)
    }
}

/// What the peer of a handshake was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It called us.
    Client,
    /// We called it.
    Server,
}

/// What is accepted under each server name: one entry a neighbour that bears it.
fn expected(neighbours: &[Neighbour]) -> BTreeMap<String, Vec<Expected>> {
    let mut by_name: BTreeMap<String, Vec<Expected>> = BTreeMap::new();
    for neighbour in neighbours.iter().filter(|neighbour| neighbour.transport == Transport::Tls) {
        if let (Some(name), Some(anchor)) = (&neighbour.server_name, &neighbour.anchor) {
            let expected = Expected { anchor: anchor.clone(), pins: neighbour.pins.clone() };
            by_name.entry(name.to_ascii_lowercase()).or_default().push(expected);
        }
    }
    by_name
}

fn server_config(
    provider: &Arc<CryptoProvider>,
    anchors: &Arc<Anchors>,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig, TlsError> {
    let versions = ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
    let builder = versions.map_err(|error| fault(Path::new("provider"), error))?;
    let verified = builder.with_client_cert_verifier(Arc::new(OfClients::new(anchors.clone())));
    let mut config = verified.with_single_cert(chain, key).map_err(|error| fault(Path::new("certificate"), error))?;
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(config)
}

fn client_config(
    provider: &Arc<CryptoProvider>,
    verifier: OfServer,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ClientConfig, TlsError> {
    let versions = ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
    let builder = versions.map_err(|error| fault(Path::new("provider"), error))?;
    let verified = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
    let certified = verified.with_client_auth_cert(chain, key);
    let mut config = certified.map_err(|error| fault(Path::new("certificate"), error))?;
    config.resumption = Resumption::disabled();
    Ok(config)
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let read = CertificateDer::pem_file_iter(file).map_err(|error| fault(file, error))?;
    let chain: Vec<_> = read.collect::<Result<_, _>>().map_err(|error| fault(file, error))?;
    if chain.is_empty() { Err(fault(file, "no certificate in it")) } else { Ok(chain) }
}

fn root_store(file: &Path) -> Result<RootCertStore, TlsError> {
    let mut store = RootCertStore::empty();
    for certificate in certificates(file)? {
        store.add(certificate).map_err(|error| fault(file, error))?;
    }
    Ok(store)
}

fn fault(file: &Path, why: impl Display) -> TlsError {
    TlsError { file: file.display().to_string(), why: why.to_string() }
}
