//! Octets from a peer: SIP, TPKT, Q.931, PER.

use bytes::Bytes;
use lhtt_h323::asn1::h225::{H323UserInformation, RasMessage};
use lhtt_h323::asn1::h245::MultimediaSystemControlMessage;
use lhtt_h323::per::{Codec, Fault};
use lhtt_sip::message::{Framed, parse};

/// A message that reads is written back to something that reads to the same octets; a refusal's answer is a message.
pub fn sip_message(data: &[u8]) -> bool {
    let _ = lhtt_sip::message::describe(data);
    match parse(Bytes::copy_from_slice(data)) {
        Ok(message) => {
            let once = message.to_bytes();
            let again = parse(once.clone()).expect("what we print we can read");
            assert_eq!(once, again.to_bytes(), "printing is stable");
            assert_eq!(message.body(), again.body(), "the body is kept");
            // Reading every header on demand must end too.
            let _ = lhtt_sip::message::validate(&message);
            true
        }
        Err(refused) => {
            if let Some(response) = refused.response() {
                parse(response.to_bytes()).expect("what we answer can be read");
            }
            false
        }
    }
}

/// A stream gives the same messages and refusals in whatever portions it comes.
pub fn sip_stream(data: &[u8]) -> bool {
    let Some((&portion, data)) = data.split_first() else { return false };
    let whole = framed(data, data.len().max(1));
    let cut = framed(data, usize::from(portion) + 1);
    assert_eq!(whole, cut, "cut into portions of {portion} + 1");
    !whole.is_empty()
}

fn framed(data: &[u8], portion: usize) -> Vec<String> {
    let (mut framer, mut out) = (lhtt_sip::message::Framer::new(), Vec::new());
    for octets in data.chunks(portion) {
        framer.push(octets);
        while let Some(framed) = framer.next() {
            out.push(match framed {
                Framed::Ping => "ping".to_owned(),
                Framed::Message(message) => format!("{:?}", message.to_bytes()),
                Framed::Refused(refused) => format!("refused {:?}", refused.status()),
            });
        }
        assert!(framer.pending() <= lhtt_sip::message::limits::MESSAGE_BYTES_MAX + data.len(), "what waits is bounded");
    }
    out
}

/// Packets come out the same however the stream is cut; framed again they are the same octets.
pub fn tpkt(data: &[u8]) -> bool {
    let Some((&portion, data)) = data.split_first() else { return false };
    let whole = packets(data, data.len().max(1));
    assert_eq!(whole, packets(data, usize::from(portion) + 1), "cut into portions of {portion} + 1");
    let again: Vec<u8> =
        whole.0.iter().flat_map(|content| lhtt_h323::tpkt::frame(content).expect("it came in one packet")).collect();
    let understood = !whole.0.is_empty();
    assert_eq!(packets(&again, again.len().max(1)), (whole.0, false));
    understood
}

fn packets(data: &[u8], portion: usize) -> (Vec<Bytes>, bool) {
    let (mut framer, mut out) = (lhtt_h323::tpkt::Framer::new(lhtt_h323::tpkt::PACKET_MAX), Vec::new());
    for octets in data.chunks(portion) {
        framer.push(octets);
        loop {
            match framer.packet() {
                Ok(Some(packet)) => out.push(packet),
                Ok(None) => break,
                Err(_) => return (out, true),
            }
        }
    }
    (out, false)
}

/// A Q.931 message is read, written and read again equal.
pub fn q931(data: &[u8]) -> bool {
    let octets = Bytes::copy_from_slice(data);
    let Ok(message) = lhtt_h323::q931::Message::parse(&octets) else { return false };
    let printed = Bytes::from(message.print());
    assert_eq!(lhtt_h323::q931::Message::parse(&printed).expect("what we print we can read"), message);
    assert_eq!(printed, message.print());
    for element in &message.elements {
        let _ = (element.cause(), element.number(), element.text(), element.progress(), element.user_user());
    }
    true
}

/// The user-user information of call signalling.
pub fn h225(data: &[u8]) -> bool {
    per::<H323UserInformation>(data)
}

/// Registration, admission and status.
pub fn ras(data: &[u8]) -> bool {
    per::<RasMessage>(data)
}

/// H.245.
pub fn h245(data: &[u8]) -> bool {
    per::<MultimediaSystemControlMessage>(data)
}

/// What reads is written and read again equal, unknown extensions included; writing it twice gives the same octets.
fn per<T: Codec + PartialEq + std::fmt::Debug>(data: &[u8]) -> bool {
    let (value, taken) = match T::from_per_prefix(data) {
        Ok(read) => read,
        Err(error) => {
            assert!(
                error.bit() <= data.len() * 8,
                "the fault lies in the message: bit {} of {} octets",
                error.bit(),
                data.len()
            );
            assert!(
                matches!(error.fault(), Fault::Malformed(_) | Fault::Unsupported(_)),
                "reading is never our misuse: {error}"
            );
            return false;
        }
    };
    assert!(taken <= data.len().max(1), "no more is taken than there is");
    let written = value.to_per().unwrap_or_else(|error| panic!("what was read can be written: {error}: {value:?}"));
    let again =
        T::from_per(&written).unwrap_or_else(|error| panic!("what we write we can read: {error}: {written:02x?}"));
    assert_eq!(again, value);
    assert_eq!(again.to_per().expect("it was written before"), written);
    true
}
