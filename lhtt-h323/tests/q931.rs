//! Q.931: what other stacks say is read and printed back to the same octets; elements by hand; broken messages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

use bytes::Bytes;
use lhtt_h323::Malformed;
use lhtt_h323::asn1::h225::H323UserInformation;
use lhtt_h323::per::Codec as _;
use lhtt_h323::q931::{CallReference, Element, Message, MessageType, NumberType, Progress, id};
use proptest::prelude::*;

fn hex(text: &str) -> Bytes {
    let digits: String = text.split_whitespace().collect();
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
        .collect::<Vec<_>>()
        .into()
}

#[test]
fn captured_messages_print_back() {
    let rows = include_str!("vectors/q931/captured.tsv");
    assert_eq!(rows.lines().count(), 93);
    for row in rows.lines() {
        let [name, kind, octets] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let octets = hex(octets);
        let message = Message::parse(&octets).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(message.print(), octets, "{name}");
        let expected = format!("{}{}", kind[..1].to_uppercase(), &kind[1..]);
        assert_eq!(message.message_type.name(), expected, "{name}");
        if let Some(user_user) = message.user_user() {
            H323UserInformation::from_per(&user_user.unwrap()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        }
    }
}

/// The elements of a ReleaseComplete of call 1.
fn elements(octets: &str) -> Message {
    let octets = hex(&format!("08 02 0001 5a {octets}"));
    let message = Message::parse(&octets).unwrap();
    assert_eq!(message.print(), octets, "printed back");
    message
}

#[test]
fn elements_by_hand() {
    assert_eq!(elements("08 02 80 90").cause(), Some(16));
    assert_eq!(elements("08 03 00 80 91").cause(), Some(17), "octet 3a is passed over");
    assert_eq!(elements("08 01 80").cause(), None, "no value");
    assert_eq!(elements("08 00").cause(), None);
    assert_eq!(elements("28 04 616200 00").display().as_deref(), Some("ab"), "ended with zeros");
    assert_eq!(elements("70 04 81 363030").called_number().as_deref(), Some("600"));
    assert_eq!(elements("6c 05 00 80 363030").calling_number().as_deref(), Some("600"), "with octet 3a");
    assert_eq!(elements("6c 04 80 363030").calling_number().as_deref(), Some("600"), "without");
    assert_eq!(elements("70 00").called_number(), None);
    assert_eq!(elements("14 01 0a").element(id::CALL_STATE).unwrap().call_state(), Some(10));
    let progress = elements("1e 02 80 88").element(id::PROGRESS_INDICATOR).unwrap().progress();
    assert_eq!(progress, Some(Progress::InBandInformation));
    assert_eq!(elements("34 01 3f").element(id::SIGNAL).unwrap().signal().unwrap().0, 0x3f);
    assert_eq!(elements("a1 08 02 80 90").cause(), Some(16), "after sending complete, one octet long");
    assert_eq!(elements("7e 0002 05 aa").user_user(), Some(Ok(hex("aa"))));
    assert!(elements("7e 0002 04 aa").user_user().unwrap().is_err(), "another protocol discriminator");
    assert!(elements("7e 0000").user_user().unwrap().is_err(), "empty");
}

#[test]
fn codeset_shifts() {
    assert_eq!(elements("9e 08 02 80 91  08 02 80 90").cause(), Some(16), "non-locking: the next element alone");
    assert_eq!(elements("95 08 02 80 91  08 02 80 90").cause(), None, "locking: all that follow");
    let message = elements("9e 7e 01 05");
    assert_eq!(message.user_user(), None, "user-user of another codeset has a length of one octet");
}

#[test]
fn call_references_of_one_and_two_octets() {
    let long = Message::parse(&hex("08 02 8001 5a")).unwrap();
    assert_eq!(long.call_reference, CallReference { value: 1, to_originator: true, short: false });
    let short = Message::parse(&hex("08 01 85 5a")).unwrap();
    assert_eq!(short.call_reference, CallReference { value: 5, to_originator: true, short: true });
    assert_eq!(Message::new(MessageType::Status, short.call_reference.reply()).print(), hex("08 01 05 7d"));
}

#[test]
fn what_is_not_a_message() {
    for (octets, what) in [
        ("", "nothing"),
        ("08", "only a discriminator"),
        ("09 02 0001 5a", "another discriminator"),
        ("08 00 5a", "no call reference"),
        ("08 0f 00 00 00 00 5a", "a call reference of 15 octets"),
        ("08 02 00", "a call reference cut"),
        ("08 02 0001", "no message type"),
    ] {
        assert!(matches!(Message::parse(&hex(octets)), Err(Malformed::Header(_))), "{what}");
    }
    for octets in ["08 02 0001 05 04", "08 02 0001 05 04 02 88", "08 02 0001 05 7e 00", "08 02 0001 05 7e 0003 05 20"] {
        assert!(matches!(Message::parse(&hex(octets)), Err(Malformed::Overrun { .. })), "{octets}");
    }
    let many = [hex("08 02 0001 05").to_vec(), vec![0xa1; 65]].concat();
    assert_eq!(Message::parse(&many.into()), Err(Malformed::TooManyElements(64)));
}

#[test]
fn what_we_build() {
    let message = Message::new(MessageType::Setup, CallReference::ours(0x1234))
        .with(Element::bearer_capability())
        .with(Element::calling_number_of("02083", NumberType::National))
        .with(Element::called_number_of("600", NumberType::Unknown))
        .with(Element::user_user_of(&[0xaa]));
    let octets = "08 02 1234 05  04 03 88 90 a5  6c 07 21 80 3032303833  70 04 81 363030  7e 0002 05 aa";
    assert_eq!(message.print(), hex(octets));
    let long = Element::display_of(&"ề".repeat(200));
    assert_eq!(long.content().len(), 255, "cut at a character");
    assert_eq!(long.text(), "ề".repeat(85));
}

proptest! {
    #[test]
    fn whatever_is_read_prints_back(rest in proptest::collection::vec(any::<u8>(), 0..300)) {
        let octets: Bytes = [&[8, 2, 0, 1, 5][..], &rest].concat().into();
        if let Ok(message) = Message::parse(&octets) {
            prop_assert_eq!(message.print(), octets);
        }
    }

    #[test]
    fn no_octets_panic(octets in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(message) = Message::parse(&octets.into()) {
            let _ = (message.cause(), message.called_number(), message.calling_number(), message.user_user());
        }
    }
}
