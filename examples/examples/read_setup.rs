//! Reads an H.225.0 Setup out of a TPKT stream and prints whom it calls and what it offers.

use lhtt_h323::asn1::h225::H323UserInformation;
use lhtt_h323::per::Codec;
use lhtt_h323::q931::{CallReference, Element, Message, MessageType};
use lhtt_h323::tpkt;

/// A Setup with fast start, as a peer sends its user-user information.
const SETUP: &[u8] = include_bytes!("../data/setup.per");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sent = Message::new(MessageType::Setup, CallReference::ours(4711))
        .with(Element::bearer_capability())
        .with(Element::user_user_of(SETUP));
    let wire = tpkt::frame(&sent.print()).ok_or("too long for one packet")?;

    let mut framer = tpkt::Framer::new(tpkt::PACKET_MAX);
    framer.push(&wire);
    let packet = framer.packet()?.ok_or("the packet is not complete")?;
    let message = Message::parse(&packet)?;
    let information = H323UserInformation::from_per(&message.user_user().ok_or("no user-user information")??)?;
    println!("{:?}, call reference {:?}", message.message_type, message.call_reference);
    println!("{information:#?}");
    Ok(())
}
