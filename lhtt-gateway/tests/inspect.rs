//! `inspect` against tables that others wrote: the torture messages of SIP, and PER vectors by the thousand.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests read their vectors and fail loudly"
)]

use lhtt_gateway::inspect::{Kind, inspect, octets_of_hex, tsv};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A folder of vectors of one of the stacks.
fn vectors(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder)
}

/// A table of them.
fn table(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name))
        .unwrap_or_else(|error| panic!("{}: {error}", folder.join(name).display()))
}

fn hex(text: &str) -> Vec<u8> {
    octets_of_hex(text.as_bytes()).unwrap()
}

/// A description, which must be possible.
#[track_caller]
fn said(kind: Kind, octets: &[u8]) -> Value {
    let (object, ok) = inspect(kind, octets, false);
    assert!(ok, "{object}");
    object
}

/// The error, which must be all there is.
#[track_caller]
fn error(kind: Kind, octets: &[u8]) -> Value {
    let (object, ok) = inspect(kind, octets, false);
    assert!(!ok, "{object}");
    assert_eq!(object.as_object().unwrap().len(), 1);
    object["error"].clone()
}

#[test]
fn every_torture_message_ends_as_its_table_says() {
    let folder = vectors("lhtt-sip/tests/vectors");
    let table = table(&folder, "expect.tsv");
    let mut wrong = Vec::new();
    for row in table.lines() {
        let columns: Vec<_> = row.split('\t').collect();
        let octets = std::fs::read(folder.join(columns[0])).unwrap();
        let (object, ok) = inspect(Kind::Sip, &octets, false);
        let refused = !ok || object.get("refuse").is_some();
        let right = match columns[1] {
            "V" => !refused,
            "A" => ok,
            "I!" => refused,
            _ => true,
        };
        if !right {
            wrong.push(format!("{row}: {object}"));
        }
    }
    assert!(table.lines().count() >= 61 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_sound_request_asks_may_have_to_be_refused() {
    let folder = vectors("lhtt-sip/tests/vectors/rfc4475");
    for (file, status) in [
        ("unkscm", Some(416)),
        ("novelsc", Some(416)),
        ("bext01", Some(420)),
        ("invut", Some(415)),
        ("sdp01", Some(406)),
        ("badvers", Some(505)),
        ("insuf", Some(400)),
        ("intmeth", None),
        ("wsinv", None),
    ] {
        let object = said(Kind::Sip, &std::fs::read(folder.join(format!("{file}.dat"))).unwrap());
        assert_eq!(object.get("refuse").and_then(Value::as_u64), status, "{file}: {object}");
    }
}

#[test]
fn the_fields_of_every_valid_torture_message_are_read() {
    let folder = vectors("lhtt-sip/tests/vectors");
    let mut seen = 0;
    for row in table(&folder, "fields.tsv").lines() {
        let columns: Vec<_> = row.split('\t').collect();
        if !matches!(columns[1], "V" | "A") {
            continue;
        }
        let object = said(Kind::Sip, &std::fs::read(folder.join(columns[0])).unwrap());
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let or_empty = |value: &Value| if value.is_null() { String::new() } else { text(value) };
        let start = if object.get("method").is_some() { &object["method"] } else { &object["status"] };
        let found = [
            text(start),
            object["via"].as_array().unwrap().len().to_string(),
            or_empty(&object["from_tag"]),
            text(&object["cseq"]["number"]).trim_start_matches('0').to_owned(),
            text(&object["cseq"]["method"]),
            text(&object["call_id"]),
            text(&object["body_length"]),
            object["contact"].as_array().unwrap().len().to_string(),
            or_empty(&object["max_forwards"]),
        ];
        let number = |text: &str| match text.trim_start_matches('0') {
            "" if !text.is_empty() => "0".to_owned(),
            digits => digits.to_owned(),
        };
        let mut expected: Vec<String> = columns[2..].iter().map(|column| (*column).to_owned()).collect();
        expected[3] = expected[3].trim_start_matches('0').to_owned();
        expected[8] = number(&expected[8]);
        assert_eq!(found.as_slice(), expected, "{row}: {object}");
        seen += 1;
    }
    assert!(seen >= 35, "only {seen} rows");
}

#[test]
fn a_refused_message_is_described_and_an_unanswerable_one_is_an_error() {
    let request = b"OPTIONS sip:a@example.vn SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n\
        From: <sip:b@example.vn>;tag=1\r\nTo: <sip:a@example.vn>\r\nCall-ID: x\r\nCSeq: 7 INVITE\r\nContent-Length: 0\r\n\r\n";
    let object = said(Kind::Sip, request);
    assert_eq!(
        (&object["kind"], &object["method"], &object["refuse"]),
        (&json!("request"), &json!("OPTIONS"), &json!(400))
    );
    assert_eq!(object["cseq"], json!({"number": 7, "method": "INVITE"}));
    assert_eq!(object["fault"]["fault"], "violation");

    let response = b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nCSeq: x\r\n\r\n";
    assert_eq!(error(Kind::Sip, response)["fault"], "malformed");
    assert_eq!(error(Kind::Sip, b"")["fault"], "malformed");
    assert_eq!(error(Kind::Sip, &[0, 1, 2, 255])["fault"], "malformed");
}

#[test]
fn a_session_description_says_where_its_audio_goes() {
    let text = "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 101\r\n\
        a=rtpmap:101 telephone-event/8000\r\na=sendonly\r\nm=video 4002 RTP/AVP 31\r\n";
    let object = said(Kind::Sdp, text.as_bytes());
    assert_eq!(object["origin"]["session_version"], "2");
    assert_eq!(object["audio"]["rtp"], "192.0.2.1:4000");
    assert_eq!(object["audio"]["direction"], "sendonly");
    assert_eq!(object["audio"]["telephone_event"]["payload_type"], 101);
    assert_eq!(object["media"][1]["media"], "video");
    let refused = said(Kind::Sdp, text.replace("RTP/AVP", "RTP/SAVP").as_bytes());
    assert_eq!((&refused["refuse"], &refused["fault"]["fault"]), (&json!(488), &json!("unsupported")));
    let fault = error(Kind::Sdp, text.replace("m=audio 4000", "m=audio x").as_bytes());
    assert_eq!((&fault["fault"], &fault["offset"]), (&json!("malformed"), &json!(text.find("m=audio"))));
}

/// A SETUP as another stack sent it, from the table of captured values, wrapped as H.225.0 7.2 says.
const SETUP: &str = "20b8060008914a000701400500630061006c006c0065007222c00900003d1148333233506c75732043616c6c47656e00001932\
    2e332e30202848333233706c75732076312e32382e302900000001400a0068003300320033003a00630061006c006c00650065007f20030306\
    b80050d7ea723ce6f11193c002fc00000001005d1d8007007f0000018ec6110062cfea723ce6f11193c002fc0000000165041d400000060401\
    004c201380111c0001007f0000011388007f0000011389130000640c2013800b0d0001007f0000011389001d400000060401004c601380111c\
    0001007f0000011388007f0000011389130000650c6013800b0d0001007f000001138900010001000100010002800180";

#[test]
fn a_setup_is_described_down_to_its_fast_start() {
    let octets = hex(SETUP);
    let (object, ok) = inspect(Kind::H225, &octets, true);
    assert!(ok, "{object}");
    assert_eq!(object["message"], "Setup");
    assert_eq!(object["reencoded"], SETUP);
    let setup = &object["value"]["h323_uu_pdu"]["h323_message_body"]["Setup"];
    assert_eq!(setup["source_address"], json!([{"H323Id": "caller"}]));
    assert_eq!(setup["protocol_identifier"], "0.0.8.2250.0.7");
    assert_eq!(object["fast_start"].as_array().unwrap().len(), 4, "{}", object["fast_start"]);
    assert!(object["fast_start"].as_array().unwrap().iter().all(|channel| channel["kind"] == "olc"), "{object}");
    assert_eq!(inspect(Kind::H225, &octets, false).0.get("reencoded"), None);
}

fn q931(user_user: &[u8]) -> Vec<u8> {
    let mut octets = hex("08 02 00 01 05  04 03 88 90 a5  28 03 41 42 43  7e");
    octets.extend(u16::try_from(user_user.len() + 1).unwrap().to_be_bytes());
    octets.push(5);
    octets.extend(user_user);
    octets
}

fn tpkt(content: &[u8]) -> Vec<u8> {
    let mut octets = vec![3, 0];
    octets.extend(u16::try_from(content.len() + 4).unwrap().to_be_bytes());
    octets.extend(content);
    octets
}

#[test]
fn q931_and_tpkt_hold_the_message() {
    let octets = q931(&hex(SETUP));
    let (object, ok) = inspect(Kind::Q931, &octets, true);
    assert!(ok, "{object}");
    assert_eq!(object["call_reference"], json!({"value": 1, "to_originator": false}));
    assert_eq!((&object["message"], &object["display"]), (&json!("Setup"), &json!("ABC")));
    assert_eq!(object["elements"][0]["name"], "bearer-capability");
    assert_eq!(object["user_user"]["message"], "Setup");
    assert_eq!(hex(object["reencoded"].as_str().unwrap()), octets);

    let stream = [vec![3, 9, 0, 4], tpkt(&octets), tpkt(&[]), tpkt(&hex("0100 0001 00")), vec![3, 0]].concat();
    let object = said(Kind::Tpkt, &stream);
    assert_eq!(object["packets"][0]["offset"], 4);
    assert_eq!(object["packets"][0]["q931"]["message"], "Setup");
    assert_eq!(object["packets"][1]["offset"], 12 + octets.len());
    assert_eq!(object["packets"][1]["h245"]["message"], "MasterSlaveDetermination");
    assert_eq!(object["rest"], 2);
}

#[test]
fn q931_that_can_be_answered_is_refused_and_the_rest_is_an_error() {
    let overrun = said(Kind::Q931, &hex("08 02 00 01 05 28 09 41"));
    assert_eq!((&overrun["refuse"], &overrun["fault"]["offset"]), (&json!(100), &json!(5)));
    let bad_per = said(Kind::Q931, &q931(&hex("ff")));
    assert_eq!((&bad_per["refuse"], &bad_per["fault"]["offset"]), (&json!(100), &json!(15)), "the user-user element");
    for ended in ["08 02 80 01 5a 28 09 41", "08 02 80 01 7d 28 09 41"] {
        assert_eq!(error(Kind::Q931, &hex(ended))["offset"], 5, "nothing answers it");
    }
    for octets in ["", "09", "08 03 00 00 01 05", "08 02 00"] {
        assert_eq!(error(Kind::Q931, &hex(octets))["fault"], "malformed", "{octets}");
    }
    for octets in ["", "03 00 00", "03 00 00 03", "04 00 00 05 00", "03 00 00 05 08 03 00 00 02"] {
        assert_eq!(error(Kind::Tpkt, &hex(octets))["fault"], "malformed", "{octets}");
    }
    for kind in [Kind::Ras, Kind::H225, Kind::H245, Kind::Olc] {
        let fault = error(kind, &[]);
        assert!(fault["text"].as_str().unwrap().contains("malformed"), "{kind}: {fault}");
    }
}

#[test]
fn hexadecimal_text_may_be_a_dump() {
    assert_eq!(octets_of_hex(b"0a:0B 0c\n0d\r\n"), Ok(vec![10, 11, 12, 13]));
    for (text, offset) in [("0g", 1), ("0 a", 1), ("0a0", 3), ("zz", 0)] {
        assert_eq!(octets_of_hex(text.as_bytes()).unwrap_err()["error"]["offset"], offset, "{text}");
    }
}

/// The answers to these rows, by name.
fn answers(rows: &str) -> BTreeMap<String, (String, String)> {
    let mut out = Vec::new();
    tsv(rows.as_bytes(), &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    let split = |row: &str| {
        let columns: Vec<_> = row.split('\t').map(str::to_owned).collect();
        let [name, verdict, detail] = columns.try_into().unwrap();
        (name, (verdict, detail))
    };
    out.lines().map(split).collect()
}

#[test]
fn rows_that_cannot_be_taken_say_why() {
    let long = "00".repeat(200_000);
    let rows = format!(
        "a\tRasMessage\t60fffe\r\nb\tNoSuchType\t00\n\nc\tRasMessage\tzz\nd\tRasMessage\ne\ng\tRasMessage\t{long}\nh\tRasMessage\t\nf\tOpenLogicalChannel\t00"
    );
    let answers = answers(&rows);
    let verdict = |name: &str| answers[name].0.as_str();
    assert_eq!(answers["a"], ("ok".to_owned(), "60fffe".to_owned()));
    assert_eq!(verdict("b"), "unsupported");
    assert!(["c", "d", "e", "f", "g", "h"].iter().all(|name| verdict(name) == "error"), "{answers:?}");
    assert_eq!(answers.len(), 8);
    assert!(answers["g"].1.contains("longer"));
}

/// Answers every row of the three tables and says how many there were.
fn check_tables(folder: &Path) -> usize {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in ["handmade", "random", "captured"] {
        let table = table(folder, &format!("{file}.tsv"));
        let answers = answers(&table);
        for row in table.lines() {
            let columns: Vec<_> = row.split('\t').collect();
            let (verdict, detail) = &answers[columns[0]];
            if verdict != "ok" || detail != columns[2] {
                wrong.push(format!("{file} {} {} {verdict} {detail}", columns[0], columns[1]));
            }
            seen += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {seen}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    seen
}

#[test]
fn every_row_of_the_tables_comes_back_octet_for_octet() {
    assert!(check_tables(&vectors("lhtt-h323/tests/vectors/per")) >= 850);
}

#[test]
fn so_does_every_row_of_the_larger_tables_beside_this_work_tree() {
    let places = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|up| up.join("shared/vectors/per"));
    match places.into_iter().find(|place| place.is_dir()) {
        Some(folder) => assert!(check_tables(&folder) >= 1_400),
        None => println!("skipped: no larger tables beside this work tree"),
    }
}

#[test]
fn every_value_of_the_tables_has_a_name_and_a_tree() {
    let folder = vectors("lhtt-h323/tests/vectors/per");
    for file in ["handmade", "random", "captured"] {
        for row in table(&folder, &format!("{file}.tsv")).lines() {
            let columns: Vec<_> = row.split('\t').collect();
            let kind = match columns[1] {
                "RasMessage" => Kind::Ras,
                "H323-UserInformation" => Kind::H225,
                "MultimediaSystemControlMessage" => Kind::H245,
                _ => Kind::Olc,
            };
            let object = said(kind, &hex(columns[2]));
            assert!(object["message"].is_string(), "{row}: {object}");
            assert!(!object["value"].is_string(), "{row}: {object}");
        }
    }
}

proptest! {
    #[test]
    fn any_octets_of_any_kind_are_described_or_an_error(octets in proptest::collection::vec(any::<u8>(), 0..200)) {
        for kind in Kind::ALL {
            let (object, ok) = inspect(kind, &octets, true);
            prop_assert_eq!(object.get("error").is_none(), ok);
        }
    }

    #[test]
    fn a_message_with_a_wrong_octet_is_described_or_an_error(at in 0..400_usize, octet: u8, cut in 0..400_usize) {
        let mut octets = tpkt(&q931(&hex(SETUP)));
        let length = octets.len();
        octets[at % length] = octet;
        octets.truncate(length - cut % length);
        for skipped in [0, 4, 21] {
            for kind in Kind::ALL {
                let (object, ok) = inspect(kind, octets.get(skipped..).unwrap_or_default(), true);
                prop_assert_eq!(object.get("error").is_none(), ok);
            }
        }
    }
}
