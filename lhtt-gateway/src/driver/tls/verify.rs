//! The checks of a handshake: the chain against each configured anchor by itself, the name, the pin.
//!
//! A client is let in if any anchor verifies it: which neighbour it is, the core says later from the names and the
//! anchors. A server is asked for by name, so here the anchor, the name (RFC 5922) and the pin must be those of a
//! neighbour of that name. Leaves out: revocation.

use super::identity::{bears_domain, identity};
use super::{Role, TlsError, fault};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{ParsedCertificate, WebPkiClientVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, RootCertStore, SignatureScheme};
use std::path::Path;
use std::sync::Arc;

/// One configured authority.
#[derive(Debug)]
struct Anchor {
    name: String,
    roots: Arc<RootCertStore>,
    clients: Arc<dyn ClientCertVerifier>,
}

/// All configured authorities, in configured order.
#[derive(Debug)]
pub(super) struct Anchors {
    anchors: Vec<Anchor>,
    hints: Vec<DistinguishedName>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Anchors {
    pub(super) fn new(
        roots: &[(String, Arc<RootCertStore>)],
        provider: &Arc<CryptoProvider>,
    ) -> Result<Self, TlsError> {
        let mut anchors = Vec::new();
        for (name, roots) in roots {
            let builder = WebPkiClientVerifier::builder_with_provider(roots.clone(), provider.clone());
            let clients = builder.build().map_err(|error| fault(Path::new(name), error))?;
            anchors.push(Anchor { name: name.clone(), roots: roots.clone(), clients });
        }
        let hints = anchors.iter().flat_map(|anchor| anchor.clients.root_hint_subjects()).cloned().collect();
        Ok(Self { anchors, hints, algorithms: provider.signature_verification_algorithms })
    }

    /// The names of the anchors that verify this chain now.
    pub(super) fn verified_by(&self, chain: &[CertificateDer<'_>], role: Role) -> Vec<String> {
        let Some((end, rest)) = chain.split_first() else { return Vec::new() };
        let verifies = |anchor: &&Anchor| self.check(anchor, end, rest, UnixTime::now(), role).is_ok();
        self.anchors.iter().filter(verifies).map(|anchor| anchor.name.clone()).collect()
    }

    fn check(
        &self,
        anchor: &Anchor,
        end: &CertificateDer<'_>,
        rest: &[CertificateDer<'_>],
        now: UnixTime,
        role: Role,
    ) -> Result<(), Error> {
        match role {
            Role::Client => anchor.clients.verify_client_cert(end, rest, now).map(|_| ()),
            Role::Server => {
                let parsed = ParsedCertificate::try_from(end)?;
                let algorithms = self.algorithms.all;
                verify_server_cert_signed_by_trust_anchor(&parsed, &anchor.roots, rest, now, algorithms)
            }
        }
    }
}

/// The verifier of those who call us.
#[derive(Debug)]
pub(super) struct OfClients {
    anchors: Arc<Anchors>,
}

impl OfClients {
    pub(super) fn new(anchors: Arc<Anchors>) -> Self {
        Self { anchors }
    }
}

impl ClientCertVerifier for OfClients {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &self.anchors.hints
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let mut last = Error::InvalidCertificate(CertificateError::UnknownIssuer);
        for anchor in &self.anchors.anchors {
            match self.anchors.check(anchor, end_entity, intermediates, now, Role::Client) {
                Ok(()) => return Ok(ClientCertVerified::assertion()),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.anchors.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.anchors.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.anchors.algorithms.supported_schemes()
    }
}

/// What a neighbour that bears the name is known by.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    pub anchor: String,
    pub pins: Vec<[u8; 32]>,
}

/// The verifier of those whom we call under one name.
#[derive(Debug)]
pub(super) struct OfServer {
    anchors: Arc<Anchors>,
    expected: Vec<Expected>,
}

impl OfServer {
    pub(super) fn new(anchors: Arc<Anchors>, expected: Vec<Expected>) -> Self {
        Self { anchors, expected }
    }
}

impl ServerCertVerifier for OfServer {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let bearer = identity(end_entity).ok_or(Error::InvalidCertificate(CertificateError::BadEncoding))?;
        let mut last = Error::InvalidCertificate(CertificateError::UnknownIssuer);
        for Expected { anchor, pins } in &self.expected {
            let Some(anchor) = self.anchors.anchors.iter().find(|known| known.name == *anchor) else { continue };
            let pinned = pins.is_empty() || pins.contains(&bearer.spki_sha256);
            match self.anchors.check(anchor, end_entity, intermediates, now, Role::Server) {
                Ok(()) if !pinned => last = Error::General("the key is not the pinned one".into()),
                Ok(()) => {
                    let named = match server_name {
                        ServerName::DnsName(name) => bears_domain(&bearer, name.as_ref()),
                        other => verify_server_name(&ParsedCertificate::try_from(end_entity)?, other).is_ok(),
                    };
                    let refused = Error::InvalidCertificate(CertificateError::NotValidForName);
                    return if named { Ok(ServerCertVerified::assertion()) } else { Err(refused) };
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.anchors.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.anchors.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.anchors.algorithms.supported_schemes()
    }
}
