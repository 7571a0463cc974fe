//! What a peer cannot make us do, and what a caller cannot make us write: bombs, ranges, later versions.

use lhtt_h323::asn1::h225::{
    AliasAddress, BandwidthRequest, GatekeeperRequest, H323UserInformation, RasMessage, ReleaseCompleteReason,
};
use lhtt_h323::asn1::h245::{
    CapabilityIdentifier, GenericMessage, GenericParameter, MasterSlaveDeterminationAck,
    MultimediaSystemControlMessage, OpenLogicalChannel, ParameterValue, RequestMessage, ResponseMessage,
    UserInputIndication,
};
use lhtt_h323::per::{Codec, Fault, Oid, Per, Reader, Writer};

fn read<T: Per>(octets: &[u8]) -> Result<T, Fault> {
    T::read(&mut Reader::new(octets)).map_err(|error| error.fault())
}

fn write<T: Per>(value: &T) -> Result<Vec<u8>, Fault> {
    let mut writer = Writer::new();
    value.write(&mut writer).map_err(|error| error.fault())?;
    Ok(writer.finish())
}

#[test]
fn a_list_is_never_longer_than_the_message() {
    let mut bomb = vec![0xbf, 0xff];
    bomb.resize(30, 0);
    assert_eq!(read::<Vec<Vec<u8>>>(&bomb), Err(Fault::Malformed("list longer than the message")));
}

#[test]
fn a_list_of_a_million_elements_in_thirty_octets() {
    // 16 fragments of 64 K elements each would be announced one after the other; the first is refused.
    let mut bomb = vec![0xc4];
    bomb.resize(30, 0xc4);
    assert_eq!(read::<Vec<Vec<u8>>>(&bomb), Err(Fault::Unsupported("fragmented list or string")));
}

#[test]
fn a_list_over_the_limit() {
    let mut bomb = vec![0xbf, 0xff];
    bomb.resize(20_000, 0);
    assert_eq!(read::<Vec<Vec<u8>>>(&bomb), Err(Fault::Unsupported("list over the limit")));
}

#[test]
fn nested_lists_share_one_budget() {
    // 17 lists of 1000 empty strings each: none is long, all together are.
    let inner: Vec<Vec<u8>> = vec![Vec::new(); 1000];
    let octets = write(&vec![inner.clone(); 16]).expect("a legal value");
    assert_eq!(read(&octets), Ok(vec![inner.clone(); 16]));
    let octets = write(&vec![inner; 17]).expect("a legal value");
    assert_eq!(read::<Vec<Vec<Vec<u8>>>>(&octets), Err(Fault::Unsupported("list over the limit")));
}

#[test]
fn nesting_has_an_end() {
    let mut parameters = Vec::new();
    for _ in 0..100 {
        let parameter_value = ParameterValue::GenericParameter(parameters);
        parameters = vec![GenericParameter { parameter_value, ..Default::default() }];
    }
    let generic = GenericMessage {
        message_identifier: CapabilityIdentifier::Standard(Oid::new(&[0, 0, 8, 239, 2])),
        message_content: Some(parameters),
        ..Default::default()
    };
    let request = RequestMessage::GenericRequest(Box::new(generic));
    let message = MultimediaSystemControlMessage::Request(Box::new(request));
    let octets = message.to_per().expect("a legal value");
    let error = MultimediaSystemControlMessage::from_per(&octets).expect_err("it is too deep");
    assert_eq!(error.fault(), Fault::Malformed("nested too deeply"));
}

#[test]
fn an_octet_string_of_fragments() {
    for len in [0, 1, 127, 128, 16_383, 16_384, 16_385, 65_536, 81_920, 100_000] {
        let value: Vec<u8> = (0..len).map(|at| at as u8).collect();
        let octets = write(&value).expect("a legal value");
        assert_eq!(read::<Vec<u8>>(&octets).as_ref(), Ok(&value), "{len}");
    }
    let value = vec![0; 200_000];
    let octets = write(&value).expect("a legal value");
    assert_eq!(read::<Vec<u8>>(&octets), Err(Fault::Unsupported("octet string over the limit")));
}

#[test]
fn numbers_out_of_range_are_misuse() {
    let request = BandwidthRequest { request_seq_num: 0, ..Default::default() };
    let error = RasMessage::BandwidthRequest(Box::new(request)).to_per().expect_err("1 to 65535");
    assert_eq!(error.fault(), Fault::Misuse("number out of range"));
    assert_eq!(error.path(), "BandwidthRequest.request_seq_num");
}

#[test]
fn identifiers_left_empty_are_misuse() {
    let request = GatekeeperRequest { request_seq_num: 1, ..Default::default() };
    let error = RasMessage::GatekeeperRequest(Box::new(request)).to_per().expect_err("no protocol identifier");
    assert_eq!(error.fault(), Fault::Misuse("empty object identifier"));
    assert_eq!(
        error.to_string(),
        "misuse: empty object identifier in `GatekeeperRequest.protocol_identifier` at bit 32"
    );
}

#[test]
fn strings_out_of_their_alphabet_or_size_are_misuse() {
    let outside = Err(Fault::Misuse("character outside the alphabet"));
    let size = Err(Fault::Misuse("size out of range"));
    assert_eq!(write(&AliasAddress::DialledDigits("12a".into())), outside);
    assert_eq!(write(&AliasAddress::DialledDigits(String::new())), size);
    assert_eq!(write(&AliasAddress::DialledDigits("1".repeat(129))), size);
    assert_eq!(write(&AliasAddress::UrlId("sip:đ@example.com".into())), outside);
    assert_eq!(write(&AliasAddress::H323Id("đ".repeat(257))), size);
    assert!(write(&AliasAddress::H323Id("đ".repeat(256))).is_ok());
    assert_eq!(write(&UserInputIndication::Alphanumeric("đ".into())), outside);
}

#[test]
fn half_a_surrogate_pair_does_not_end_a_call() {
    // h323-ID, 2 units: `A` and the first half of a pair.
    let octets = [0x40, 0x01, 0x00, 0x41, 0xd8, 0x3d];
    assert_eq!(read(&octets), Ok(AliasAddress::H323Id("A\u{fffd}".into())));
    let pair = AliasAddress::H323Id("\u{1f4f9}".into());
    assert_eq!(read(&write(&pair).expect("a legal value")), Ok(pair));
}

#[test]
fn an_alternative_of_a_later_version_is_kept() {
    // The 61st alternative after the extension marker is of no version.
    let octets = [0xbc, 0x03, 0x0a, 0x0b, 0x0c];
    let reason: ReleaseCompleteReason = read(&octets).expect("a legal encoding");
    assert_eq!(reason, ReleaseCompleteReason::Unknown { index: 60, octets: vec![0x0a, 0x0b, 0x0c] });
    assert_eq!(write(&reason).expect("as read"), octets);
}

#[test]
fn an_unknown_alternative_may_not_be_a_known_one() {
    let reason = ReleaseCompleteReason::Unknown { index: 0, octets: vec![0] };
    assert_eq!(write(&reason), Err(Fault::Misuse("index of an unknown alternative")));
}

#[test]
fn an_addition_of_a_later_version_is_kept() {
    let mut writer = Writer::new();
    writer.bits(1, 3); // of the root: response
    writer.bits(1, 6); // of the root: masterSlaveDeterminationAck
    writer.bits(1, 1); // extended
    writer.bits(0, 1); // master
    writer.bits(2, 7); // a bitmap of 3 bits, the first and the third set
    writer.bits(0b101, 3);
    writer.counted_octets(&[0xaa, 0xbb]);
    writer.counted_octets(&[0xcc]);
    let octets = writer.finish();
    let message = MultimediaSystemControlMessage::from_per(&octets).expect("a legal encoding");
    let MultimediaSystemControlMessage::Response(response) = &message else { panic!("a response") };
    let ResponseMessage::MasterSlaveDeterminationAck(ack) = &**response else { panic!("an acknowledgement") };
    let kept: Vec<_> = ack.ext.unknown().iter().map(|addition| (addition.index, addition.octets.clone())).collect();
    assert_eq!(kept, [(0, vec![0xaa, 0xbb]), (2, vec![0xcc])]);
    assert_eq!(message.to_per().expect("as read"), octets);
}

#[test]
fn an_extension_bitmap_without_a_bit_set_is_kept() {
    let mut writer = Writer::new();
    writer.bits(1, 1); // extended
    writer.bits(0, 1); // master
    writer.bits(4, 7); // a bitmap of 5 bits
    writer.bits(0, 5);
    let octets = writer.finish();
    let ack: MasterSlaveDeterminationAck = read(&octets).expect("tolerated");
    assert_eq!(write(&ack).expect("as read"), octets);
}

#[test]
fn what_follows_a_message_is_ignored() {
    let octets = hex("01003c80abcdef");
    let longer = [&octets[..], &[0xff, 0xff]].concat();
    let (first, taken) = MultimediaSystemControlMessage::from_per_prefix(&longer).expect("a legal encoding");
    assert_eq!(taken, octets.len());
    assert_eq!(MultimediaSystemControlMessage::from_per(&octets), Ok(first));
}

#[test]
fn every_truncation_is_malformed() {
    for row in include_str!("vectors/per/handmade.tsv").lines().filter(|row| row.len() < 2000) {
        let cells: Vec<&str> = row.split('\t').collect();
        let octets = hex(cells[2]);
        // The last octet may be pad bits alone, or hold additions whose absence is legal: only strict prefixes of the head.
        for len in 0..octets.len().min(12) {
            let prefix = &octets[..len];
            let fault = match cells[1] {
                "RasMessage" => RasMessage::from_per(prefix).err(),
                "H323-UserInformation" => H323UserInformation::from_per(prefix).err(),
                "OpenLogicalChannel" => OpenLogicalChannel::from_per(prefix).err(),
                _ => MultimediaSystemControlMessage::from_per(prefix).err(),
            };
            if let Some(error) = fault {
                assert!(matches!(error.fault(), Fault::Malformed(_)), "{}: {error}", cells[0]);
                assert!(error.bit() <= len * 8, "{}: {error}", cells[0]);
            } else {
                assert!(len + 1 >= octets.len(), "{} read from {len} octets", cells[0]);
            }
        }
    }
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex")).collect()
}
