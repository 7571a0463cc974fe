//! Floor control in session descriptions: RFC 8856, with the values of its examples, and what peers of RFC 4583 write.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

use lhtt_sip::bfcp::{ConferenceId, FloorId, UserId};
use lhtt_sip::sdp::*;

const HEAD: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";

fn sdp(text: &str) -> Sdp {
    Sdp::parse(format!("{HEAD}{}", text.replace('\n', "\r\n")).as_bytes()).unwrap()
}

fn stream(text: &str) -> FloorStream {
    let sdp = sdp(text);
    FloorStream::of(&sdp, &sdp.media()[0]).unwrap()
}

fn written(lines: &[Line]) -> String {
    lines.iter().map(|line| format!("{}={}\n", char::from(line.letter), line.text().unwrap())).collect()
}

fn local(transport: FloorTransport, serves: bool) -> LocalFloor {
    let floors = vec![FloorMedia { floor: FloorId(1), labels: vec!["10".to_owned()] }];
    let served = Served { conference: ConferenceId(4_321), user: UserId(1_234), floors };
    let address = "198.51.100.7:5070".parse().unwrap();
    LocalFloor { transport, address, client: !serves, serves: serves.then_some(served), fingerprint: None }
}

const OFFER: &str = "m=application 50000 TCP/TLS/BFCP *
a=setup:actpass
a=connection:new
a=floorctrl:c-only s-only
a=confid:4321
a=userid:1234
a=floorid:1 mstrm:10
a=floorid:2 mstrm:11 12
a=bfcpver:1 2
m=audio 50002 RTP/AVP 0
a=label:10
m=video 50004 RTP/AVP 31
a=content:slides, speaker
a=label:11
";

/// RFC 8856 11.
#[test]
fn the_example_offer() {
    let sdp = sdp(OFFER);
    let stream = FloorStream::of(&sdp, &sdp.media()[0]).unwrap();
    assert_eq!((stream.conference, stream.user), (Some(ConferenceId(4_321)), Some(UserId(1_234))));
    assert_eq!(stream.roles, Some(FloorRoles { client: true, server: true }));
    assert_eq!((stream.versions, stream.setup, stream.existing), (vec![1, 2], Some(Setup::ActPass), false));
    let labels: Vec<_> = stream.floors.iter().map(|floor| (floor.floor.0, floor.labels.join("+"))).collect();
    assert_eq!(labels, [(1, "10".to_owned()), (2, "11+12".to_owned())]);
    assert_eq!((sdp.media()[1].label(), sdp.media()[2].label()), (Some("10"), Some("11")));
    assert_eq!(sdp.media()[2].content().collect::<Vec<_>>(), ["slides", "speaker"]);
    assert_eq!(FloorStream::of(&sdp, &sdp.media()[1]), None);
}

#[test]
fn a_client_answers_it_and_opens() {
    let (section, agreed) = local(FloorTransport::TcpTls, false).answer(&stream(OFFER)).unwrap();
    let text = "m=application 9 TCP/TLS/BFCP *
c=IN IP4 198.51.100.7
a=setup:active
a=connection:new
a=floorctrl:c-only
a=bfcpver:1
";
    assert_eq!(written(&section), text);
    assert!(!agreed.we_serve && agreed.we_open && agreed.tls_server && !agreed.existing);
    assert_eq!(agreed.served.unwrap().conference, ConferenceId(4_321));
    let whole = sdp(OFFER).with_section(0, section).unwrap();
    assert_eq!((whole.media().len(), whole.media()[0].port()), (3, 9));
}

#[test]
fn our_offer_is_answered_by_a_client_of_datagrams() {
    let ours = local(FloorTransport::Udp, true);
    let text = "m=application 5070 UDP/BFCP *
c=IN IP4 198.51.100.7
a=floorctrl:s-only
a=confid:4321
a=userid:1234
a=floorid:1 mstrm:10
a=bfcpver:2
";
    assert_eq!(written(&ours.offer()), text);
    let agreed = ours.accept(&stream("m=application 3238 UDP/BFCP *\na=floorctrl:c-only\na=bfcpver:2\n")).unwrap();
    assert!(agreed.we_serve && !agreed.we_open && !agreed.tls_server);
    assert_eq!(agreed.remote, "192.0.2.1:3238".parse().unwrap());
}

/// RFC 8856 table 1, `c-s` and nothing said included. Rows: what is offered, what we can be, what we become.
#[test]
fn every_pair_of_roles() {
    let become_ = |floorctrl: &str, client: bool, server: bool| {
        let offered = stream(&format!("m=application 3238 UDP/BFCP *\n{floorctrl}"));
        let ours = LocalFloor { client, ..local(FloorTransport::Udp, server) };
        ours.answer(&offered).map_or("declined", |(_, agreed)| if agreed.we_serve { "server" } else { "client" })
    };
    let rows = [
        ("a=floorctrl:c-only\n", ["declined", "server", "server"]),
        ("a=floorctrl:s-only\n", ["client", "declined", "client"]),
        ("a=floorctrl:c-s\n", ["client", "server", "server"]),
        ("a=floorctrl:s-only c-only\n", ["client", "server", "server"]),
        ("a=floorctrl:x-y\n", ["declined", "declined", "declined"]),
        ("", ["declined", "server", "server"]),
    ];
    for (offered, expected) in rows {
        let got = [become_(offered, true, false), become_(offered, false, true), become_(offered, true, true)];
        assert_eq!(got, expected, "{offered}");
    }
}

#[test]
fn answers_that_break_the_rules() {
    let ours = local(FloorTransport::Tcp, true);
    let cases = [
        ("m=application 0 TCP/BFCP *\n", "unsupported"),
        ("m=application 9 UDP/BFCP *\n", "unsupported"),
        ("m=application 9 TCP/BFCP *\na=floorctrl:s-only\n", "RFC 8856 5.1"),
        ("m=application 9 TCP/BFCP *\na=floorctrl:c-only s-only\n", "RFC 8856 5.1"),
        ("m=application 9 TCP/BFCP *\na=floorctrl:c-only\na=setup:actpass\n", "RFC 4145 4.1"),
        ("m=application 9 TCP/BFCP *\na=floorctrl:c-only\na=bfcpver:2 3\n", "unsupported"),
    ];
    for (text, expected) in cases {
        let fault = ours.accept(&stream(text)).unwrap_err();
        let got = match &fault {
            Fault::Violation { clause, .. } => clause,
            Fault::Unsupported(_) => "unsupported",
            other => panic!("{other}"),
        };
        assert_eq!(got, expected, "{text}");
    }
}

/// RFC 8856 5.4: `m-stream`; floors without streams, and numbers that are none.
#[test]
fn what_older_peers_write() {
    let older = stream(
        "m=application 3238 TCP/BFCP *\na=floorid:1 m-stream:10\na=floorid:2\na=floorid:x\na=floorid:3 10\na=confid:4294967296\na=userid:-1\n",
    );
    let floors: Vec<_> = older.floors.iter().map(|floor| (floor.floor.0, floor.labels.len())).collect();
    assert_eq!((floors, older.conference, older.user), (vec![(1, 1), (2, 0)], None, None));
    assert_eq!((older.versions, older.roles, older.setup), (vec![1], None, None));
}
