//! Offer and answer for audio, as text in and text out.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests read their vectors and fail loudly"
)]

use lhtt_sip::sdp::{
    AudioFormat, AudioStream, Direction, Fault, LocalAudio, Sdp, accept_answer, answer, offered_audio,
};
use std::net::SocketAddr;
use std::path::Path;

fn vector(name: &str) -> Sdp {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/vectors/sdp/{name}.sdp"));
    Sdp::parse(&std::fs::read(path).unwrap()).unwrap()
}

fn sdp(lines: &[&str]) -> Sdp {
    Sdp::parse(lines.join("\r\n").as_bytes()).unwrap()
}

/// G.711 both laws and G.722, in this preference, with RTP events.
fn ours() -> LocalAudio {
    let formats =
        vec![AudioFormat::pcma(), AudioFormat::pcmu(), AudioFormat::g722(), AudioFormat::telephone_event(101)];
    LocalAudio::new(900, 1, "198.51.100.1:20000".parse().unwrap(), formats)
}

fn address(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

/// A stream on one line: formats as `payload-type encoding<receive`, events, direction, addresses.
fn shown(stream: &AudioStream) -> String {
    let formats: Vec<_> = stream
        .formats
        .iter()
        .chain(&stream.telephone_event)
        .map(|agreed| format!("{} {}<{}", agreed.format.payload_type, agreed.format.encoding, agreed.receive))
        .collect();
    let (rtp, rtcp, direction) = (stream.remote_rtp, stream.remote_rtcp, stream.direction.name());
    format!("#{} {} {direction} rtp {rtp} rtcp {rtcp}", stream.index, formats.join(", "))
}

/// Answers the vector and compares the answer's lines and the stream.
#[track_caller]
fn check(name: &str, local: &LocalAudio, lines: &[&str], stream: &str) {
    let offer = vector(name);
    let answer = answer(&offer, local).unwrap();
    let text = String::from_utf8(answer.sdp.to_bytes()).unwrap();
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.trim_end().split("\r\n").collect::<Vec<_>>(), lines);
    assert_eq!(shown(&answer.stream), stream);
}

#[test]
fn our_offer_says_what_we_take() {
    let mut local = ours();
    local.ptime = Some(20);
    local.formats.push(AudioFormat::g729(false));
    assert_eq!(
        String::from_utf8(local.offer().unwrap().to_bytes()).unwrap().lines().collect::<Vec<_>>(),
        [
            "v=0",
            "o=- 900 1 IN IP4 198.51.100.1",
            "s=-",
            "c=IN IP4 198.51.100.1",
            "t=0 0",
            "m=audio 20000 RTP/AVP 8 0 9 101 18",
            "a=rtpmap:8 PCMA/8000",
            "a=rtpmap:0 PCMU/8000",
            "a=rtpmap:9 G722/8000",
            "a=rtpmap:101 telephone-event/8000",
            "a=fmtp:101 0-15",
            "a=rtpmap:18 G729/8000",
            "a=fmtp:18 annexb=no",
            "a=ptime:20",
            "a=sendrecv",
        ]
    );
}

#[test]
fn rtcp_is_said_where_it_is_not_the_next_port() {
    let rtcp_line = |rtcp: &str| {
        let local = LocalAudio { rtcp: Some(address(rtcp)), ..ours() };
        local.offer().unwrap().media()[0].section().attribute("rtcp").map(str::to_owned)
    };
    assert_eq!(rtcp_line("198.51.100.1:20001"), None);
    assert_eq!(rtcp_line("198.51.100.1:20009").as_deref(), Some("20009"));
    assert_eq!(rtcp_line("[2001:db8::1]:20001").as_deref(), Some("20001 IN IP6 2001:db8::1"));
}

#[test]
fn an_offer_that_cannot_be_written_is_misuse() {
    for local in [
        LocalAudio { username: "a\r\nm=audio 1 RTP/AVP 0".to_owned(), ..ours() },
        LocalAudio { username: "a\nb".to_owned(), ..ours() },
        LocalAudio { formats: Vec::new(), ..ours() },
    ] {
        assert!(matches!(local.offer(), Err(Fault::Misuse(_))));
    }
}

#[test]
fn audio_is_answered_in_our_preference_with_the_offers_numbers() {
    let lines = [
        "v=0",
        "o=- 900 1 IN IP4 198.51.100.1",
        "s=-",
        "c=IN IP4 198.51.100.1",
        "t=0 0",
        "m=audio 20000 RTP/AVP 8 0 9 101",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:9 G722/8000",
        "a=rtpmap:101 telephone-event/8000",
        "a=fmtp:101 0-15",
        "a=sendrecv",
    ];
    let stream =
        "#0 8 PCMA<8, 0 PCMU<0, 9 G722<9, 101 telephone-event<101 sendrecv rtp 192.0.2.30:17632 rtcp 192.0.2.30:17633";
    check("asterisk-audio", &ours(), &lines, stream);
}

#[test]
fn video_content_floor_and_camera_are_declined_in_place() {
    let lines = [
        "v=0",
        "o=- 900 1 IN IP4 198.51.100.1",
        "s=-",
        "c=IN IP4 198.51.100.1",
        "t=0 0",
        "m=audio 20000 RTP/AVP 8 0 9 101",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:9 G722/8000",
        "a=rtpmap:101 telephone-event/8000",
        "a=fmtp:101 0-15",
        "a=sendrecv",
        "m=video 0 RTP/AVP 126 97 96 34 31",
        "m=application 0 UDP/BFCP *",
        "m=video 0 RTP/AVP 126 97",
        "m=application 0 RTP/AVP 100",
    ];
    let stream = "#0 8 PCMA<8, 0 PCMU<0, 9 G722<9, 101 telephone-event<101 sendrecv rtp 198.51.100.14:2406 rtcp 198.51.100.14:2407";
    check("cisco-room", &ours(), &lines, stream);
}

#[test]
fn the_plain_section_is_taken_where_srtp_is_best_effort() {
    let local = LocalAudio { formats: vec![AudioFormat::g722()], ..ours() };
    let lines = [
        "v=0",
        "o=- 900 1 IN IP4 198.51.100.1",
        "s=-",
        "c=IN IP4 198.51.100.1",
        "t=0 0",
        "m=audio 0 RTP/SAVP 9 8 101",
        "m=audio 20000 RTP/AVP 9",
        "a=rtpmap:9 G722/8000",
        "a=sendrecv",
    ];
    check("best-effort-srtp", &local, &lines, "#1 9 G722<9 sendrecv rtp 198.51.100.8:16484 rtcp 198.51.100.8:16485");
}

#[test]
fn the_protocol_and_the_times_of_the_offer_come_back() {
    let answer = answer(&vector("linphone-avpf-ice"), &ours()).unwrap();
    let text = String::from_utf8(answer.sdp.to_bytes()).unwrap();
    assert!(text.contains("\r\nm=audio 20000 RTP/AVPF 8 0 98\r\n"), "{text}");
    assert!(text.contains("a=rtpmap:98 telephone-event/8000\r\na=fmtp:98 0-15\r\n"), "{text}");
    assert!(!text.contains("rtcp-mux") && !text.contains("ice-") && !text.contains("candidate"), "{text}");
    assert_eq!(answer.stream.remote_rtcp, address("192.168.1.20:41812"));
    let times = crate::answer(&vector("disabled-video-first"), &ours()).unwrap().sdp;
    assert_eq!(times.session().first(b't').unwrap().text(), Some("3912755042 0"));
}

#[test]
fn a_declined_section_stays_declined_and_an_inactive_one_inactive() {
    let lines = [
        "v=0",
        "o=- 900 1 IN IP4 198.51.100.1",
        "s=-",
        "c=IN IP4 198.51.100.1",
        "t=3912755042 0",
        "m=video 0 RTP/AVP 31 34",
        "m=audio 20000 RTP/AVP 8 96",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:96 telephone-event/8000",
        "a=fmtp:96 0-11",
        "a=inactive",
    ];
    let stream = "#1 8 PCMA<8, 96 telephone-event<96 inactive rtp 192.0.2.201:30000 rtcp 192.0.2.201:30001";
    check("disabled-video-first", &ours(), &lines, stream);
}

#[test]
fn hold_by_direction_and_by_address_is_answered_recvonly_and_not_sent_to() {
    for (name, rtp) in [("asterisk-hold", "192.0.2.30:17632"), ("hold-by-address", "0.0.0.0:24576")] {
        let answer = answer(&vector(name), &ours()).unwrap();
        assert_eq!(answer.sdp.media()[0].direction(), Some(Direction::RecvOnly), "{name}");
        assert_eq!(answer.stream.remote_rtp, address(rtp), "{name}");
        assert_eq!(answer.stream.send_to(), None, "{name}");
    }
    let local = LocalAudio { direction: Direction::SendOnly, ..ours() };
    assert_eq!(answer(&vector("asterisk-hold"), &local).unwrap().stream.direction, Direction::Inactive);
}

#[test]
fn recvonly_over_ipv6_is_answered_sendonly() {
    let local = LocalAudio { formats: vec![AudioFormat::g729(true)], ..ours() };
    let answer = answer(&vector("ipv6-audio"), &local).unwrap();
    let stream = "#0 18 G729<18 sendonly rtp [2001:db8:0:1::5]:53456 rtcp [2001:db8:0:1::6]:53020";
    assert_eq!(shown(&answer.stream), stream);
    assert_eq!(answer.stream.send_to(), Some(address("[2001:db8:0:1::5]:53456")));
}

#[test]
fn an_offer_of_srtp_only_is_refused_with_488() {
    for (name, protocol) in [("baresip-srtp-only", "RTP/SAVP"), ("browser-dtls", "UDP/TLS/RTP/SAVPF")] {
        let fault = answer(&vector(name), &ours()).unwrap_err();
        assert_eq!(fault.status(), 488);
        assert_eq!(
            fault.to_string(),
            format!("audio is offered over SRTP only (`{protocol}`), which is not supported")
        );
        assert_eq!(offered_audio(&vector(name)).unwrap_err(), fault);
    }
}

#[test]
fn offers_without_audio_for_us_are_refused_with_488() {
    let head = ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "t=0 0"];
    for (rest, what) in [
        (vec!["c=IN IP4 192.0.2.1", "m=video 5004 RTP/AVP 31"], "no audio"),
        (vec!["c=IN IP4 192.0.2.1", "m=audio 0 RTP/AVP 0"], "no audio"),
        (vec!["c=IN IP4 192.0.2.1"], "no audio"),
        (vec!["c=IN IP4 192.0.2.1", "m=audio 5004 udptl t38"], "no audio"),
        (vec!["c=IN IP4 192.0.2.1", "m=audio 5004 RTP/AVP 3 18"], "no common audio format among `3 18`"),
        (vec!["m=audio 5004 RTP/AVP 0"], "without a c= line"),
        (vec!["c=IN IP4 224.2.1.1/127", "m=audio 5004 RTP/AVP 0"], "multicast"),
        (vec!["c=IN IP4 255.255.255.255", "m=audio 5004 RTP/AVP 0"], "broadcast"),
        (vec!["c=IN IP4 media.example.vn", "m=audio 5004 RTP/AVP 0"], "media.example.vn"),
    ] {
        let fault = answer(&sdp(&[&head[..], &rest].concat()), &ours()).unwrap_err();
        assert_eq!(fault.status(), 488, "{rest:?}");
        assert!(fault.to_string().contains(what), "{rest:?}: {fault}");
    }
}

#[test]
fn an_offer_is_read_before_it_is_answered() {
    let stream = offered_audio(&vector("huawei-te")).unwrap();
    let expected = "#0 106 MP4A-LATM<106, 9 G722<9, 15 G728<15, 8 PCMA<8, 0 PCMU<0, 18 G729<18, 98 telephone-event<98 sendrecv rtp 10.20.30.40:10002 rtcp 10.20.30.40:10003";
    assert_eq!(shown(&stream), expected);
    assert_eq!(stream.ptime, Some(20));
    let events = offered_audio(&vector("linphone-avpf-ice")).unwrap().telephone_event.unwrap();
    assert_eq!((events.receive, events.format.clock_rate), (98, 8000), "of two clocks, that of the telephone codecs");
}

#[test]
fn codecs_agree_by_their_parameters_too() {
    let with = |fmtp: &str, format: AudioFormat| AudioFormat { fmtp: Some(fmtp.to_owned()), ..format };
    let g7221 = AudioFormat::new(102, "G7221", 16000);
    let amr = AudioFormat::new(97, "AMR", 8000);
    let events = AudioFormat::new(101, "telephone-event", 8000);
    let stereo = AudioFormat { channels: 2, ..AudioFormat::new(96, "opus", 48000) };
    for (ours, theirs, expected) in [
        (AudioFormat::g729(true), with("annexb=no", AudioFormat::g729(true)), Some(Some("annexb=no"))),
        (AudioFormat::g729(false), AudioFormat::g729(true), Some(Some("annexb=no"))),
        (AudioFormat::g729(true), with("annexb=yes", AudioFormat::g729(true)), Some(None)),
        (with("bitrate=32000", g7221.clone()), with("bitrate=32000", g7221.clone()), Some(Some("bitrate=32000"))),
        (with("bitrate=32000", g7221.clone()), with("bitrate=24000", g7221), None),
        (amr.clone(), with("octet-align=1", amr.clone()), None),
        (amr.clone(), with("octet-align=0", amr), Some(None)),
        (AudioFormat::telephone_event(101), events.clone(), Some(Some("0-15"))),
        (AudioFormat::telephone_event(101), with("0-9,32-35", events.clone()), Some(Some("0-9"))),
        (AudioFormat::telephone_event(101), with("32,34", events), None),
        (AudioFormat::pcma(), AudioFormat::new(120, "pcma", 8000), Some(None)),
        (AudioFormat::pcma(), AudioFormat::new(120, "PCMA", 16000), None),
        (stereo.clone(), AudioFormat { channels: 1, ..stereo }, None),
    ] {
        let expected = expected.map(|fmtp| fmtp.map(str::to_owned));
        assert_eq!(ours.matches(&theirs), expected, "{ours:?} and {theirs:?}");
    }
}

/// The answer of `lines` after a plain head to our offer.
fn answered(lines: &[&str]) -> Result<AudioStream, Fault> {
    let head = ["v=0", "o=mcu 5 1 IN IP4 192.0.2.9", "s=-", "c=IN IP4 192.0.2.9", "t=0 0"];
    accept_answer(&ours().offer().unwrap(), &sdp(&[&head[..], lines].concat()))
}

#[test]
fn the_peers_answer_says_where_and_how_to_send() {
    let stream =
        answered(&["m=audio 6000 RTP/AVP 0 101", "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15"]).unwrap();
    let expected = "#0 0 PCMU<0, 101 telephone-event<101 sendrecv rtp 192.0.2.9:6000 rtcp 192.0.2.9:6001";
    assert_eq!(shown(&stream), expected);
}

#[test]
fn numbers_of_the_answer_are_the_ones_to_send_with_and_ours_the_ones_to_expect() {
    let lines =
        ["m=audio 6000 RTP/AVP 120 8 3 97", "a=rtpmap:120 g722/8000", "a=rtpmap:97 telephone-event/8000", "a=sendonly"];
    let stream = answered(&lines).unwrap();
    let expected = "#0 120 g722<9, 8 PCMA<8, 97 telephone-event<101 recvonly rtp 192.0.2.9:6000 rtcp 192.0.2.9:6001";
    assert_eq!(shown(&stream), expected, "GSM was not offered and is not used");
    assert_eq!(stream.send_to(), None);
}

#[test]
fn answers_that_break_the_rules_or_decline() {
    for (lines, what) in [
        (vec![], "`0` media to an offer with `1`"),
        (vec!["m=audio 6000 RTP/AVP 0", "m=video 0 RTP/AVP 31"], "`2` media to an offer with `1`"),
        (vec!["m=video 6000 RTP/AVP 31"], "`video RTP/AVP` answers `audio RTP/AVP`"),
        (vec!["m=audio 6000 RTP/SAVP 0"], "`audio RTP/SAVP` answers `audio RTP/AVP`"),
        (vec!["m=audio 6000 RTP/AVP 3 18"], "no format of the offer in the answer's `3 18`"),
        (vec!["m=audio 6000 RTP/AVP 101", "a=rtpmap:101 telephone-event/8000"], "no format of the offer"),
        (vec!["m=audio 0 RTP/AVP 0"], "declined audio"),
        (vec!["m=audio 0 RTP/AVP"], "declined audio"),
    ] {
        let fault = answered(&lines).unwrap_err();
        assert!(fault.to_string().contains(what), "{lines:?}: {fault}");
    }
}

#[test]
fn what_we_answer_a_peer_of_ours_accepts() {
    let offer = ours().offer().unwrap();
    let callee = LocalAudio { rtp: address("203.0.113.5:30000"), ..ours() };
    let answer = answer(&offer, &callee).unwrap();
    let stream = accept_answer(&offer, &answer.sdp).unwrap();
    assert_eq!(stream.send_to(), Some(address("203.0.113.5:30000")));
    assert_eq!(answer.stream.send_to(), Some(address("198.51.100.1:20000")));
    assert_eq!(stream.formats.iter().map(|agreed| agreed.receive).collect::<Vec<_>>(), [8, 0, 9]);
}
