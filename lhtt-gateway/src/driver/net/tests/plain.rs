//! Plain streams and datagrams.

use super::rig::{DEADLINE, Rig, free, on_core, settings};
use crate::config::StreamLimits;
use bytes::Bytes;
use lhtt_core::io::{Closed, Input, ListenerId, OpenError, Output, Transport};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream, UdpSocket};
use tokio::time::timeout;

const LISTENER: ListenerId = ListenerId(0);

fn listening(transport: &str, at: SocketAddr) -> crate::settings::Settings {
    let listener = format!(
        "[[listener]]\nname = \"l\"\nprotocol = \"sip\"\ntransport = \"{transport}\"\naddress = \"{at}\"\npeer = \"p\"\n\
         reason = \"a test on loopback\""
    );
    let peer = "[[peer]]\nid = \"p\"\nkind = \"government\"\nprotocol = \"sip\"\ntransport = \"tcp\"\n\
                address = \"127.0.0.1:9\"\nnetworks = [\"127.0.0.1\"]";
    settings(&listener, peer)
}

async fn call_from(host: &str, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::new(host.parse().unwrap(), 0)).unwrap();
    socket.connect(to).await.unwrap()
}

#[test]
fn a_stream_is_accepted_read_written_and_closed() {
    on_core(async {
        let at = free();
        let mut rig = Rig::new(&listening("tcp", at), StreamLimits::default(), None);
        let mut peer = TcpStream::connect(at).await.unwrap();
        let Input::Accepted { stream, listener, local, remote, tls } = rig.input().await else { panic!("accepted") };
        assert_eq!((listener, local, remote, tls), (LISTENER, at, peer.local_addr().unwrap(), None));
        assert_eq!(stream.owner(), 0);
        peer.write_all(b"INVITE").await.unwrap();
        assert_eq!(rig.data(stream, 6).await, b"INVITE");

        for data in ["100 ", "Trying"] {
            rig.network.perform(Output::Send { stream, data: Bytes::from(data) });
        }
        rig.network.perform(Output::Close { stream });
        let mut said = Vec::new();
        rig.until(peer.read_to_end(&mut said)).await.unwrap();
        assert_eq!(said, b"100 Trying", "what was queued leaves before the close");
        peer.write_all(b"late").await.unwrap();
        drop(peer);
        rig.until(tokio::task::yield_now()).await;
        assert_eq!(rig.network.streams(), 0);
    });
}

#[test]
fn the_end_of_a_stream_is_reported_once() {
    on_core(async {
        let at = free();
        let mut rig = Rig::new(&listening("tcp", at), StreamLimits::default(), None);
        let mut peer = TcpStream::connect(at).await.unwrap();
        let Input::Accepted { stream, .. } = rig.input().await else { panic!("accepted") };
        peer.write_all(b"last").await.unwrap();
        drop(peer);
        assert_eq!(rig.data(stream, 4).await, b"last");
        assert_eq!(rig.input().await, Input::Closed { stream, why: Closed::Finished });
        rig.network.perform(Output::Send { stream, data: Bytes::from("to nobody") });
        rig.network.perform(Output::Close { stream });
        rig.until(tokio::task::yield_now()).await;
    });
}

#[test]
fn only_the_neighbours_networks_reach_a_plain_listener() {
    on_core(async {
        let at = free();
        let mut rig = Rig::new(&listening("tcp", at), StreamLimits::default(), None);
        let mut foreign = call_from("127.0.0.2", at).await;
        assert_eq!(rig.until(foreign.read(&mut [0; 1])).await.unwrap(), 0, "closed at once");
        assert_eq!(rig.count("foreign_source"), 1);

        let mut rig = Rig::new(&listening("udp", at), StreamLimits::default(), None);
        for host in ["127.0.0.2:0", "127.0.0.1:0"] {
            UdpSocket::bind(host).await.unwrap().send_to(host.as_bytes(), at).await.unwrap();
        }
        let Input::Datagram { listener, data, .. } = rig.input().await else { panic!("datagram") };
        assert_eq!((listener, &data[..]), (LISTENER, &b"127.0.0.1:0"[..]));
        assert_eq!(rig.count("foreign_source"), 1);
    });
}

#[test]
fn datagrams_leave_from_the_listener() {
    on_core(async {
        let at = free();
        let mut rig = Rig::new(&listening("udp", at), StreamLimits::default(), None);
        let peer = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let remote = peer.local_addr().unwrap();
        rig.network.perform(Output::Transmit { listener: LISTENER, remote, data: Bytes::from("OPTIONS") });
        let mut buffer = [0; 20];
        let (octets, from) = rig.until(peer.recv_from(&mut buffer)).await.unwrap();
        assert_eq!((&buffer[..octets], from), (&b"OPTIONS"[..], at));
        rig.network.perform(Output::Transmit { listener: ListenerId(7), remote, data: Bytes::from("x") });
        assert_eq!(rig.count("datagrams_unsent"), 1);
    });
}

#[test]
fn a_stream_that_says_nothing_worth_an_answer_is_closed() {
    on_core(async {
        let at = free();
        let limits = StreamLimits { idle: Duration::from_millis(50), ..StreamLimits::default() };
        let mut rig = Rig::new(&listening("tcp", at), limits, None);
        let (mut answered, mut silent) = (TcpStream::connect(at).await.unwrap(), TcpStream::connect(at).await.unwrap());
        let Input::Accepted { stream: first, .. } = rig.input().await else { panic!("accepted") };
        let Input::Accepted { stream: second, .. } = rig.input().await else { panic!("accepted") };
        rig.network.perform(Output::Send { stream: first, data: Bytes::from("200 OK") });
        assert_eq!(rig.input().await, Input::Closed { stream: second, why: Closed::Reset });
        assert_eq!(rig.count("idle"), 1);
        assert_eq!(rig.until(silent.read(&mut [0; 1])).await.unwrap_or(0), 0, "closed or reset");
        assert_eq!(rig.until(answered.read(&mut [0; 9])).await.unwrap(), 6);
    });
}

#[test]
fn a_source_has_few_connections_until_it_is_answered() {
    on_core(async {
        let at = free();
        let limits = StreamLimits { connections_per_source: 2, ..StreamLimits::default() };
        let mut rig = Rig::new(&listening("tcp", at), limits, None);
        let mut held = Vec::new();
        let mut streams = Vec::new();
        for _ in 0..2 {
            held.push(TcpStream::connect(at).await.unwrap());
            let Input::Accepted { stream, .. } = rig.input().await else { panic!("accepted") };
            streams.push(stream);
        }
        let mut third = TcpStream::connect(at).await.unwrap();
        assert_eq!(rig.until(third.read(&mut [0; 1])).await.unwrap(), 0);
        assert_eq!(rig.count("source_limit"), 1);
        rig.network.perform(Output::Send { stream: streams[0], data: Bytes::from("200 OK") });
        held.push(TcpStream::connect(at).await.unwrap());
        assert!(matches!(rig.input().await, Input::Accepted { .. }), "an answer gives the share back");
    });
}

#[test]
fn a_peer_that_does_not_read_is_reset() {
    on_core(async {
        let at = free();
        let limits = StreamLimits { queue_octets: 64 * 1024, ..StreamLimits::default() };
        let mut rig = Rig::new(&listening("tcp", at), limits, None);
        let _peer = TcpStream::connect(at).await.unwrap();
        let Input::Accepted { stream, .. } = rig.input().await else { panic!("accepted") };
        for _ in 0..2000 {
            rig.network.perform(Output::Send { stream, data: Bytes::from(vec![0; 16 * 1024]) });
            rig.network.flush();
        }
        assert_eq!(rig.input().await, Input::Closed { stream, why: Closed::Reset });
        assert!(rig.count("queue_limit") >= 1);
    });
}

#[test]
fn a_stream_is_opened_from_the_address_asked_for() {
    on_core(async {
        let mut rig = Rig::new(&settings("", ""), StreamLimits::default(), None);
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (remote, stream) = (server.local_addr().unwrap(), rig.ids.allocate());
        let ours = "127.0.0.3".parse().unwrap();
        let local = Some(ours);
        rig.network.perform(Output::Open { stream, transport: Transport::Tcp, remote, local, server_name: None });
        rig.network.perform(Output::Send { stream, data: Bytes::from("Setup") });
        let (mut peer, from) = timeout(DEADLINE, server.accept()).await.unwrap().unwrap();
        assert_eq!(from.ip(), ours);
        assert_eq!(rig.input().await, Input::Opened { stream, local: from, remote, tls: None });
        let mut said = [0; 5];
        rig.until(peer.read_exact(&mut said)).await.unwrap();
        assert_eq!(&said, b"Setup", "what was sent before it was up");
    });
}

#[test]
fn a_stream_that_does_not_come_up_says_why() {
    on_core(async {
        let mut rig = Rig::new(&settings("", ""), StreamLimits::default(), None);
        let nowhere = Some("192.0.2.1".parse().unwrap());
        for (transport, local, expected) in [
            (Transport::Tcp, None, OpenError::Refused),
            (Transport::Tcp, nowhere, OpenError::Local),
            (Transport::Udp, None, OpenError::Local),
            (Transport::Tls, None, OpenError::Tls("no certificate is configured".into())),
        ] {
            let stream = rig.ids.allocate();
            rig.network.perform(Output::Open { stream, transport, remote: free(), local, server_name: None });
            assert_eq!(rig.input().await, Input::OpenFailed { stream, why: expected });
        }
        let stream = rig.ids.allocate();
        let open = Output::Open { stream, transport: Transport::Tcp, remote: free(), local: None, server_name: None };
        rig.network.perform(open);
        rig.network.perform(Output::Close { stream });
        rig.emptied().await; // a close ends an open that is under way, and says nothing
    });
}

#[test]
fn a_single_listener_takes_one_connection_from_one_host() {
    on_core(async {
        let mut rig = Rig::new(&settings("", ""), StreamLimits::default(), None);
        let (local, stream) = (free(), rig.ids.allocate());
        let from = "127.0.0.5".parse().unwrap();
        rig.network.perform(Output::Listen { stream, local, from });
        let other = rig.ids.allocate();
        rig.network.perform(Output::Listen { stream: other, local, from });
        assert_eq!(rig.input().await, Input::OpenFailed { stream: other, why: OpenError::Local }, "taken");
        let mut foreign = call_from("127.0.0.6", local).await;
        assert_eq!(rig.until(foreign.read(&mut [0; 1])).await.unwrap(), 0);
        let peer = call_from("127.0.0.5", local).await;
        let remote = peer.local_addr().unwrap();
        assert_eq!(rig.input().await, Input::Opened { stream, local, remote, tls: None });
        assert!(TcpStream::connect(local).await.is_err(), "it listens no more");
    });
}
