//! Values and octets side by side: what is read means what the encoder of the vector meant, and a value made here is written
//! as another encoder writes it.

use lhtt_h323::asn1::h225::{
    self, AliasAddress, CallIdentifier, CallType, ConferenceGoal, EndpointType, GenericIdentifier, H221NonStandard,
    H323MessageBody, H323UserInformation, H323UuPdu, RasMessage, SetupUuie, TerminalInfo, VendorIdentifier,
};
use lhtt_h323::asn1::h245::{
    self, AudioCapability, DataType, ForwardLogicalChannelParameters, ForwardMultiplexParameters,
    H2250LogicalChannelParameters, IndicationMessage, MasterSlaveDetermination, MultimediaSystemControlMessage,
    OpenLogicalChannel, RequestMessage, UnicastAddress, UnicastIpAddress, UserInputIndication, UserInputSignal,
    UserInputSignalRtp,
};
use lhtt_h323::per::{Codec, Oid};

/// The octets of a row of the hand-made vectors.
fn vector(name: &str) -> Vec<u8> {
    let row = include_str!("vectors/per/handmade.tsv").lines().find(|row| row.split('\t').next() == Some(name));
    let text = row.and_then(|row| row.split('\t').nth(2)).expect("the row exists");
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex")).collect()
}

/// A value made here, as the other encoder wrote it. That encoder knows an older version: it wrote a shorter extension
/// bitmap only where `read` keeps what it wrote, so the value is compared as read, the octets as written.
#[track_caller]
fn check<T: Codec + PartialEq + std::fmt::Debug>(value: &T, name: &str) {
    let octets = vector(name);
    assert_eq!(value.to_per().expect("a legal value"), octets, "{name}");
    assert_eq!(T::from_per(&octets).expect("a legal encoding").to_per().expect("a legal value"), octets, "{name}");
}

fn group_500() -> EndpointType {
    let vendor = VendorIdentifier {
        vendor: H221NonStandard {
            t35_country_code: 181,
            t35_extension: 0,
            manufacturer_code: 18,
            ..Default::default()
        },
        product_id: Some(b"RealPresence Group 500".to_vec()),
        version_id: Some(b"6.2.2".to_vec()),
        ..Default::default()
    };
    EndpointType { vendor: Some(vendor), terminal: Some(TerminalInfo::default()), ..Default::default() }
}

const CONFERENCE: [u8; 16] =
    [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77];
const CALL: [u8; 16] = [0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10, 0x0f, 0x1e, 0x2d, 0x3c, 0x4b, 0x5a, 0x69, 0x78];

#[test]
fn setup() {
    let setup = SetupUuie {
        protocol_identifier: Oid::new(&[0, 0, 8, 2250, 0, 6]),
        source_info: group_500(),
        conference_id: CONFERENCE,
        conference_goal: ConferenceGoal::Create,
        call_type: CallType::PointToPoint,
        call_identifier: Some(CallIdentifier { guid: CALL, ..Default::default() }),
        media_wait_for_connect: Some(false),
        can_overlap_send: Some(false),
        multiple_calls: Some(false),
        maintain_connection: Some(true),
        ..Default::default()
    };
    let pdu = H323UuPdu {
        h323_message_body: H323MessageBody::Setup(Box::new(setup)),
        h245_tunnelling: Some(false),
        ..Default::default()
    };
    check(&H323UserInformation { h323_uu_pdu: pdu, ..Default::default() }, "Setup-min");
}

#[test]
fn setup_with_everything_a_caller_says() {
    let message = H323UserInformation::from_per(&vector("Setup-fastStart")).expect("a legal encoding");
    let H323MessageBody::Setup(setup) = message.h323_uu_pdu.h323_message_body else { panic!("a Setup") };
    assert_eq!(
        setup.source_address.as_deref(),
        Some(
            &[
                AliasAddress::H323Id("Zaal 7 – Ærø".into()),
                AliasAddress::DialledDigits("31201234567#*,".into()),
                AliasAddress::UrlId("sip:room7@example.com".into()),
            ][..]
        )
    );
    assert_eq!(
        setup.dest_call_signal_address,
        Some(h225::TransportAddress::IpAddress(h225::IpAddress { ip: [198, 51, 100, 7], port: 1720 }))
    );
    assert_eq!(setup.screening_indicator, Some(h225::ScreeningIndicator::UserProvidedVerifiedAndFailed));
    let features: Vec<_> = setup.supported_features.iter().flatten().map(|feature| feature.id.clone()).collect();
    assert_eq!(features, [18, 19, 24].map(GenericIdentifier::Standard));
    let offers: Vec<u16> = setup
        .fast_start
        .iter()
        .flatten()
        .map(|octets| OpenLogicalChannel::from_per(octets).expect("an offer").forward_logical_channel_number)
        .collect();
    assert_eq!(offers, [101, 102, 103]);
}

#[test]
fn open_logical_channel() {
    let control = UnicastIpAddress { network: [192, 0, 2, 10], tsap_identifier: 49153, ..Default::default() };
    let media = H2250LogicalChannelParameters {
        session_id: 1,
        media_control_channel: Some(h245::TransportAddress::UnicastAddress(UnicastAddress::IpAddress(control))),
        silence_suppression: Some(false),
        ..Default::default()
    };
    let open = OpenLogicalChannel {
        forward_logical_channel_number: 101,
        forward_logical_channel_parameters: ForwardLogicalChannelParameters {
            data_type: DataType::AudioData(AudioCapability::G711Alaw64k(20)),
            multiplex_parameters: ForwardMultiplexParameters::H2250LogicalChannelParameters(Box::new(media)),
            ..Default::default()
        },
        ..Default::default()
    };
    let request = RequestMessage::OpenLogicalChannel(Box::new(open));
    check(&MultimediaSystemControlMessage::Request(Box::new(request)), "OLC-audio");
}

#[test]
fn master_slave_determination() {
    let determination =
        MasterSlaveDetermination { terminal_type: 60, status_determination_number: 0x00ab_cdef, ..Default::default() };
    let request = RequestMessage::MasterSlaveDetermination(determination);
    check(&MultimediaSystemControlMessage::Request(Box::new(request)), "MSD");
}

#[test]
fn key_press() {
    let signal = UserInputSignal {
        signal_type: "5".into(),
        duration: Some(160),
        rtp: Some(UserInputSignalRtp { timestamp: Some(123_456), logical_channel_number: 101, ..Default::default() }),
        ..Default::default()
    };
    let indication = IndicationMessage::UserInput(UserInputIndication::Signal(Box::new(signal)));
    check(&MultimediaSystemControlMessage::Indication(Box::new(indication)), "UII-signal");
}

#[test]
fn registration_kept_alive() {
    let message = RasMessage::from_per(&vector("RRQ-lightweight")).expect("a legal encoding");
    let RasMessage::RegistrationRequest(request) = message else { panic!("an RRQ") };
    assert_eq!(request.request_seq_num, 3);
    assert_eq!(request.gatekeeper_identifier.as_deref(), Some("gk-zone1"));
    assert_eq!(request.endpoint_identifier.as_deref(), Some("1234_lhtt"));
    assert_eq!((request.time_to_live, request.keep_alive), (Some(300), Some(true)));
    let enterprise = request.endpoint_vendor.enterprise_number.map(|oid| oid.to_string());
    assert_eq!(enterprise.as_deref(), Some("1.3.6.1.4.1.55555"));
}
