//! Mutual TLS in both directions: who is let in, who is called, and what is counted.

use super::rig::{Authority, Certified, DEADLINE, Pki, Rig, free, on_core, settings};
use crate::config::StreamLimits;
use bytes::Bytes;
use lhtt_core::io::{Closed, Input, OpenError, Output, TlsIdentity, Transport};
use rustls::pki_types::ServerName;
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, ServerConfig};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_rustls::{TlsAcceptor, TlsConnector, client, server};

/// The authorities that we know, and one that we do not.
struct World {
    pki: Pki,
    one: Authority,
    two: Authority,
    foreign: Authority,
    ours: Certified,
}

fn world(test: &str) -> World {
    let (one, two, foreign) = (Authority::new("one"), Authority::new("two"), Authority::new("foreign"));
    let ours = one.certify("border.example");
    World { pki: Pki::new(test), one, two, foreign, ours }
}

impl World {
    /// A border with a TLS listener, and one neighbour called `gov.example` under anchor `one` at `remote`.
    fn border(&self, at: SocketAddr, remote: SocketAddr, more: &str, limits: StreamLimits) -> Rig {
        let listener =
            format!("[[listener]]\nname = \"l\"\nprotocol = \"sip\"\ntransport = \"tls\"\naddress = \"{at}\"");
        let peer = format!(
            "[[peer]]\nid = \"gov\"\nkind = \"government\"\nprotocol = \"sip\"\naddress = \"{remote}\"\n\
             server_name = \"gov.example\"\nanchor = \"one\"\n{more}"
        );
        let files = self.pki.files(&self.ours, &[("one", &self.one), ("two", &self.two)]);
        Rig::new(&settings(&listener, &peer), limits, Some(&files))
    }

    /// A client of ours to try, with this certificate.
    fn client(&self, certified: Option<&Certified>) -> ClientConfig {
        let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().unwrap();
        let builder = builder.with_root_certificates(self.one.roots());
        match certified {
            Some(Certified { chain, key, .. }) => {
                builder.with_client_auth_cert(chain.clone(), key.clone_key()).unwrap()
            }
            None => builder.with_no_client_auth(),
        }
    }
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

async fn dial(config: ClientConfig, to: SocketAddr) -> std::io::Result<client::TlsStream<TcpStream>> {
    let tcp = TcpStream::connect(to).await?;
    TlsConnector::from(Arc::new(config)).connect(ServerName::try_from("border.example").unwrap(), tcp).await
}

#[test]
fn a_client_is_known_by_its_certificate() {
    on_core(async {
        let world = world("client");
        let at = free();
        let mut rig = world.border(at, free(), "", StreamLimits::default());
        for (authority, anchor) in [(&world.one, "one"), (&world.two, "two")] {
            let certified = authority.certify("Gov.Example");
            let config = world.client(Some(&certified));
            let peer = tokio::task::spawn_local(dial(config, at));
            let Input::Accepted { stream, local, tls: Some(tls), .. } = rig.input().await else { panic!("accepted") };
            let TlsIdentity { anchors, dns, uris, spki_sha256, not_after } = *tls;
            assert_eq!((local, anchors), (at, vec![anchor.to_owned()]));
            assert_eq!((dns, uris), (vec!["gov.example".to_owned()], vec![]));
            assert!(spki_sha256 != [0; 32] && not_after > 1_700_000_000);

            let mut peer = peer.await.unwrap().unwrap();
            peer.write_all(b"INVITE").await.unwrap();
            assert_eq!(rig.data(stream, 6).await, b"INVITE");
            rig.network.perform(Output::Send { stream, data: Bytes::from("100 ") });
            rig.network.perform(Output::Send { stream, data: Bytes::from("Trying") });
            rig.network.perform(Output::Close { stream });
            let mut said = Vec::new();
            rig.until(peer.read_to_end(&mut said)).await.unwrap();
            assert_eq!(said, b"100 Trying");
            assert_eq!(peer.get_ref().1.tls13_tickets_received(), 0, "no session may be resumed");
        }
    });
}

#[test]
fn who_shows_no_good_certificate_is_refused_and_counted() {
    on_core(async {
        let world = world("refused");
        let at = free();
        let mut rig = world.border(at, free(), "", StreamLimits::default());
        let unknown = world.foreign.certify("gov.example");
        for (certified, counter) in [(None, "tls_no_certificate"), (Some(&unknown), "tls_untrusted")] {
            let config = world.client(certified);
            // TLS 1.3: the client learns of it when it reads.
            let refused = async {
                let mut peer = dial(config, at).await?;
                peer.read(&mut [0; 1]).await
            };
            let error = rig.until(refused).await.unwrap_err();
            assert!(error.to_string().contains("alert"), "{error}");
            rig.emptied().await;
            assert_eq!(rig.count(counter), 1, "{counter}");
        }
        rig.emptied().await;
    });
}

#[test]
fn a_stranger_stays_no_longer_for_being_answered() {
    on_core(async {
        let world = world("stranger");
        let at = free();
        let limits = StreamLimits { idle: Duration::from_millis(500), ..StreamLimits::default() };
        let mut rig = world.border(at, free(), "", limits);
        let mut streams = Vec::new();
        let mut peers = Vec::new();
        for name in ["gov.example", "stranger.example"] {
            let peer = tokio::task::spawn_local(dial(world.client(Some(&world.one.certify(name))), at));
            let Input::Accepted { stream, .. } = rig.input().await else { panic!("accepted") };
            rig.network.perform(Output::Send { stream, data: Bytes::from("403") });
            streams.push(stream);
            peers.push(peer.await.unwrap().unwrap());
        }
        assert_eq!(rig.input().await, Input::Closed { stream: streams[1], why: Closed::Reset });
        assert_eq!((rig.count("idle"), rig.network.streams()), (1, 1));
    });
}

#[test]
fn a_handshake_that_hangs_ends() {
    on_core(async {
        let world = world("hangs");
        let at = free();
        let limits = StreamLimits { handshake: Duration::from_millis(50), ..StreamLimits::default() };
        let mut rig = world.border(at, free(), "", limits);
        let mut silent = TcpStream::connect(at).await.unwrap();
        assert_eq!(rig.until(silent.read(&mut [0; 1])).await.unwrap_or_default(), 0);
        rig.emptied().await;
        assert_eq!(rig.count("tls_timed_out"), 1);
    });
}

/// A server that demands a certificate of authority one, and gives out what the caller showed and said.
async fn serve(world: &World, certified: &Certified, socket: TcpListener) -> server::TlsStream<TcpStream> {
    let builder = ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().unwrap();
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(world.one.roots()), provider()).build();
    let builder = builder.with_client_cert_verifier(verifier.unwrap());
    let config = builder.with_single_cert(certified.chain.clone(), certified.key.clone_key()).unwrap();
    let (tcp, _) = socket.accept().await.unwrap();
    TlsAcceptor::from(Arc::new(config)).accept(tcp).await.unwrap()
}

#[test]
fn we_show_our_certificate_and_the_server_its_own() {
    on_core(async {
        let world = world("server");
        for name in ["gov.example", "sip:gov.example"] {
            let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let remote = socket.local_addr().unwrap();
            let mut rig = world.border(free(), remote, "", StreamLimits::default());
            let stream = rig.ids.allocate();
            let server_name = Some("gov.example".to_owned());
            let open = Output::Open { stream, transport: Transport::Tls, remote, local: None, server_name };
            rig.network.perform(open);
            rig.network.perform(Output::Send { stream, data: Bytes::from("INVITE") });
            let certified = world.one.certify(name);
            let mut peer = timeout(DEADLINE, serve(&world, &certified, socket)).await.unwrap();
            let Input::Opened { stream: opened, tls: Some(tls), .. } = rig.input().await else { panic!("opened") };
            assert_eq!((opened, &tls.anchors[..]), (stream, &["one".to_owned()][..]));
            assert_eq!(peer.get_ref().1.peer_certificates().unwrap(), &world.ours.chain[..]);
            let mut said = [0; 6];
            rig.until(peer.read_exact(&mut said)).await.unwrap();
            assert_eq!(&said, b"INVITE");
            peer.shutdown().await.unwrap();
            assert_eq!(rig.input().await, Input::Closed { stream, why: Closed::Finished });
        }
    });
}

/// Opens to a server with this certificate; the reason for which we do not talk to it.
fn refused(test: &str, certify: impl FnOnce(&World) -> Certified, more: &str, called: Option<&str>) -> String {
    let mut why = None;
    on_core(async {
        let world = world(test);
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let remote = socket.local_addr().unwrap();
        let mut rig = world.border(free(), remote, more, StreamLimits::default());
        let certified = certify(&world);
        let stream = rig.ids.allocate();
        let server_name = called.map(str::to_owned);
        rig.network.perform(Output::Open { stream, transport: Transport::Tls, remote, local: None, server_name });
        let builder = ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().unwrap();
        let config = builder.with_no_client_auth().with_single_cert(certified.chain, certified.key).unwrap();
        let server = async move {
            let (tcp, _) = socket.accept().await?;
            TlsAcceptor::from(Arc::new(config)).accept(tcp).await
        };
        let server = tokio::task::spawn_local(server);
        let Input::OpenFailed { stream: failed, why: OpenError::Tls(text) } = rig.input().await else {
            panic!("refused")
        };
        assert_eq!(failed, stream);
        server.abort();
        why = Some(text);
    });
    why.unwrap()
}

#[test]
fn a_server_that_is_not_the_neighbour_is_refused() {
    let gov = Some("gov.example");
    let pin = format!("pins = [\"{}\"]", "0".repeat(64));
    for (why, expected) in [
        (refused("name", |world| world.one.certify("other.example"), "", gov), "NotValidForName"),
        (refused("user", |world| world.one.certify("sip:user@gov.example"), "", gov), "NotValidForName"),
        (refused("wildcard", |world| world.one.certify("*.example"), "", gov), "NotValidForName"),
        (refused("anchor", |world| world.two.certify("gov.example"), "", gov), "UnknownIssuer"),
        (refused("foreign", |world| world.foreign.certify("gov.example"), "", gov), "UnknownIssuer"),
        (refused("pin", |world| world.one.certify("gov.example"), &pin, gov), "not the pinned one"),
        (refused("nobody", |world| world.one.certify("x.example"), "", Some("x.example")), "no neighbour is called"),
        (refused("unnamed", |world| world.one.certify("gov.example"), "", None), "no server name"),
    ] {
        assert!(why.contains(expected), "expected `{expected}`, said `{why}`");
    }
}
