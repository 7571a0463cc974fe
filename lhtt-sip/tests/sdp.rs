//! Reading and writing session descriptions: the corpus prints back to the same octets, typed values are read from it,
//! and what is not SDP is refused with its place.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests read their vectors and fail loudly"
)]

use lhtt_sip::sdp::{Direction, EventSet, Fault, Profile, Sdp, limits};
use std::path::Path;

fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/sdp");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sdp"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn vector(name: &str) -> Sdp {
    let (_, octets) = corpus().into_iter().find(|(is, _)| is == name).unwrap();
    Sdp::parse(&octets).unwrap()
}

const HEAD: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";

/// The description of [`HEAD`] and these lines.
fn with(rest: &str) -> Result<Sdp, Fault> {
    Sdp::parse(format!("{HEAD}{rest}").as_bytes())
}

#[test]
fn the_corpus_prints_back_to_the_same_octets() {
    let corpus = corpus();
    assert_eq!(corpus.len(), 14);
    for (name, octets) in corpus {
        let sdp = Sdp::parse(&octets).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(sdp.to_bytes(), octets, "{name}");
    }
}

#[test]
fn the_bodies_of_the_torture_messages_parse_and_print_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut seen = 0;
    for document in ["rfc4475", "rfc5118"] {
        for entry in std::fs::read_dir(folder.join(document)).unwrap() {
            let path = entry.unwrap().path();
            let octets = std::fs::read(&path).unwrap();
            let Some(start) = octets.windows(9).position(|window| window == b"\r\n\r\nv=0\r\n") else { continue };
            let body = &octets[start + 4..];
            // Behind the message of RFC 4475 3.1.1.8 stands a second one, whose body has a space before an equals sign.
            if path.ends_with("dblreq.dat") {
                assert!(matches!(Sdp::parse(body), Err(Fault::Malformed { line: 7, .. })));
                continue;
            }
            let sdp = Sdp::parse(body).unwrap();
            let end = body.iter().rposition(|octet| !matches!(octet, b'\r' | b'\n')).unwrap();
            assert_eq!(sdp.to_bytes(), [&body[..=end], b"\r\n"].concat());
            assert_eq!(sdp.media()[0].kind(), "audio");
            seen += 1;
        }
    }
    assert!(seen >= 15, "only {seen} bodies");
}

#[test]
fn line_feeds_alone_a_missing_end_and_empty_lines_at_the_end_are_read() {
    let clean = with("m=audio 5004 RTP/AVP 8\r\n").unwrap();
    let text = String::from_utf8(clean.to_bytes()).unwrap();
    for variant in [text.replace('\r', ""), text.trim_end().to_owned(), format!("{text}\r\n\r\n")] {
        assert_eq!(Sdp::parse(variant.as_bytes()).unwrap(), clean);
    }
}

#[test]
fn typed_values_of_a_room_system() {
    let sdp = vector("poly-group");
    assert_eq!(sdp.origin().username, "Phong hop A4");
    assert_eq!((sdp.origin().session_id.as_str(), sdp.origin().session_version.as_str()), ("1836547913", "0"));
    assert_eq!(sdp.connection().unwrap().ip(), Some("203.0.113.55".parse().unwrap()));
    let kinds: Vec<_> = sdp.media().iter().map(|media| (media.kind(), media.port(), media.protocol())).collect();
    assert_eq!(
        kinds,
        [
            ("audio", 49152, "RTP/AVP"),
            ("video", 49154, "RTP/AVP"),
            ("application", 49156, "RTP/AVP"),
            ("application", 49158, "TCP/BFCP")
        ]
    );
    assert_eq!(sdp.media()[3].profile(), Profile::Other);
    let audio = sdp.media()[0].audio_formats();
    let wide = &audio[0];
    assert_eq!((wide.payload_type, wide.encoding.as_str(), wide.clock_rate), (115, "G7221", 32000));
    assert_eq!(wide.parameter("bitrate"), Some("48000"));
    assert_eq!(audio.last().unwrap().events(), Some(EventSet::DTMF));
    let second = sdp.media()[1].audio_formats();
    assert_eq!(second[1].parameter("max-fs"), Some("8192"), "spaces after semicolons");
}

#[test]
fn static_payload_types_are_known_without_rtpmap() {
    let formats = vector("static-only").media()[0].audio_formats();
    let names: Vec<_> = formats.iter().map(|format| format!("{} {}", format.payload_type, format.encoding)).collect();
    assert_eq!(names, ["0 PCMU", "3 GSM", "4 G723", "8 PCMA", "9 G722", "15 G728", "18 G729"]);
    assert!(formats.iter().all(|format| format.clock_rate == 8000 && format.channels == 1));
}

#[test]
fn a_media_section_overrides_the_session() {
    let sdp = vector("disabled-video-first");
    let (video, audio) = (&sdp.media()[0], &sdp.media()[1]);
    assert_eq!(video.port(), 0);
    assert_eq!(sdp.connection_of(video).unwrap().ip(), Some("192.0.2.200".parse().unwrap()));
    assert_eq!(sdp.connection_of(audio).unwrap().ip(), Some("192.0.2.201".parse().unwrap()));
    assert_eq!(sdp.direction_of(audio), Direction::Inactive);
    assert_eq!(vector("ipv6-audio").direction_of(&vector("ipv6-audio").media()[0]), Direction::RecvOnly);
    assert!(audio.section().first(b'y').is_some(), "an unknown line is kept where it stood");
    let events = audio.audio_formats()[2].events().unwrap();
    assert!(events.contains(11) && events.contains(16) && !events.contains(12));
    assert_eq!(events.to_string(), "0-11,16");
}

#[test]
fn rtcp_and_its_multiplexing_are_read() {
    let rtcp = |name: &str| vector(name).media()[0].rtcp();
    assert_eq!(rtcp("linphone-avpf-ice").map(|rtcp| (rtcp.port, rtcp.ip)), Some((41812, None)));
    let elsewhere = Some((53020, Some("2001:db8:0:1::6".parse().unwrap())));
    assert_eq!(rtcp("ipv6-audio").map(|rtcp| (rtcp.port, rtcp.ip)), elsewhere);
    assert_eq!(rtcp("asterisk-audio"), None);
    assert!(vector("linphone-avpf-ice").media()[0].rtcp_mux());
    assert!(!vector("baresip-audio").media()[0].rtcp_mux());
}

#[test]
fn attributes_that_cannot_be_read_are_as_good_as_unknown() {
    let sdp = with("m=audio 5004 RTP/AVP 96 97 98 8 200 x\r\na=rtpmap:96\r\na=rtpmap:97 L16/fast\r\na=rtcp:none\r\na=ptime:short\r\n").unwrap();
    let media = &sdp.media()[0];
    assert_eq!(media.audio_formats().iter().map(|format| format.payload_type).collect::<Vec<_>>(), [8]);
    assert_eq!((media.rtcp(), media.ptime()), (None, None));
}

#[test]
fn what_is_not_a_description_is_malformed_at_its_line() {
    let offset = HEAD.len();
    for (rest, line, what) in [
        ("m=audio\r\n", 6, "not media, port"),
        ("m=audio 70000 RTP/AVP 0\r\n", 6, "port `70000`"),
        ("m=audio -1 RTP/AVP 0\r\n", 6, "port `-1`"),
        ("m=audio 5004/0 RTP/AVP 0\r\n", 6, "port `5004/0`"),
        ("m=audio 5004 RTP/AVP\r\n", 6, "no format"),
        ("a =x\r\n", 6, "one letter"),
        ("nonsense\r\n", 6, "one letter"),
        ("1=x\r\n", 6, "one letter"),
        ("\r\na=x\r\n", 6, "empty line"),
        ("a=x\ry\r\n", 6, "line end"),
        ("a=x\0\r\n", 6, "NUL"),
        ("v=0\r\n", 6, "second v="),
        ("o=- 1 1 IN IP4 192.0.2.1\r\n", 6, "second o="),
    ] {
        match with(rest).unwrap_err() {
            Fault::Malformed { line: at, offset: octets, text } => {
                assert_eq!((at, octets), (line, offset), "{rest:?}");
                assert!(text.contains(what), "{rest:?}: {text}");
            }
            other => panic!("{rest:?}: {other:?}"),
        }
    }
}

#[test]
fn heads_that_are_refused() {
    for (text, status, what) in [
        ("", 400, "no o="),
        ("o=- 1 1 IN IP4 192.0.2.1\r\nv=0\r\n", 400, "first line is not v=0"),
        ("v=1\r\no=- 1 1 IN IP4 192.0.2.1\r\n", 488, "version"),
        ("v=0\r\ns=-\r\n", 400, "no o="),
        ("v=0\r\no=- 1 IN IP4 192.0.2.1\r\n", 400, "six fields"),
        ("v=0\r\no=-  1 1 IN IP4  192.0.2.1\r\n", 400, "empty field"),
        ("v=0\r\no=- 1 1 IN IP4 2001:db8::1\r\n", 400, "not of type"),
        ("v=0\r\no=- 1 1 IN IP4 192.0.2.256\r\n", 400, "not of type"),
        ("v=0\r\no=- 1 1 IN IP6 192.0.2.1\r\n", 400, "not of type"),
        ("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nc=IN IP4\r\n", 400, "network type"),
        ("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\nc=IN IP6 :::1\r\n", 400, "not of type"),
    ] {
        let fault = Sdp::parse(text.as_bytes()).unwrap_err();
        assert_eq!(fault.status(), status, "{text:?}: {fault}");
        assert!(fault.to_string().contains(what), "{text:?}: {fault}");
    }
}

#[test]
fn limits_hold_and_what_is_just_inside_them_passes() {
    let head_lines = HEAD.lines().count();
    let lines = |count: usize| with(&"a=x\r\n".repeat(count - head_lines));
    assert!(lines(limits::LINES_MAX).is_ok());
    assert!(matches!(lines(limits::LINES_MAX + 1), Err(Fault::Unsupported(_))));

    let long = |octets: usize| with(&format!("a={}\r\n", "x".repeat(octets - 2)));
    assert!(long(limits::LINE_BYTES_MAX - 1).is_ok());
    assert!(matches!(long(limits::LINE_BYTES_MAX + 1), Err(Fault::Unsupported(_))));

    let media = |count: usize| with(&"m=audio 5004 RTP/AVP 0\r\n".repeat(count));
    assert!(media(limits::MEDIA_MAX).is_ok());
    assert!(matches!(media(limits::MEDIA_MAX + 1), Err(Fault::Unsupported(_))));

    let formats = |count: usize| with(&format!("m=audio 5004 RTP/AVP{}\r\n", " 0".repeat(count)));
    assert!(formats(limits::FORMATS_MAX).is_ok());
    assert!(matches!(formats(limits::FORMATS_MAX + 1), Err(Fault::Unsupported(_))));

    assert!(matches!(Sdp::parse(&vec![b'a'; limits::SDP_BYTES_MAX + 1]), Err(Fault::Unsupported(_))));
}
