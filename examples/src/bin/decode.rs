//! Reads octets in hexadecimal, as a capture shows them, and says in text what they are: TPKT packets with Q.931 and
//! H.225.0 or H.245 in them, or a SIP message.
//!
//! `cargo run -p lhtt-examples --bin decode -- 0300 0036 …`; without octets, it reads a sample of each.

use lhtt_h323::asn1::h225::H323UserInformation;
use lhtt_h323::asn1::h245::MultimediaSystemControlMessage;
use lhtt_h323::per::Codec;
use lhtt_h323::q931::{self, id};
use lhtt_h323::tpkt::{Framer, PACKET_MAX};
use lhtt_sip::message::{Message, accept};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let hex: String = std::env::args().skip(1).collect();
    if hex.is_empty() {
        println!("{RELEASE_COMPLETE}");
        decode(octets_of(RELEASE_COMPLETE)?)?;
        println!("\n{OPTIONS}");
        return decode(octets_of(OPTIONS)?);
    }
    decode(octets_of(&hex)?)
}

/// TPKT begins with its version, which is no character of SIP's.
fn decode(octets: Vec<u8>) -> Result<(), Box<dyn Error>> {
    match octets.first() {
        Some(3) => tpkt(&octets),
        _ => sip(octets),
    }
}

fn tpkt(octets: &[u8]) -> Result<(), Box<dyn Error>> {
    let mut framer = Framer::new(PACKET_MAX);
    framer.push(octets);
    while let Some(packet) = framer.packet()? {
        match q931::Message::parse(&packet) {
            Ok(message) => call_signalling(&message)?,
            Err(_) => println!("H.245 {:#?}", MultimediaSystemControlMessage::from_per(&packet)?),
        }
    }
    Ok(())
}

fn call_signalling(message: &q931::Message) -> Result<(), Box<dyn Error>> {
    println!("{}, call reference {}", message.message_type.name(), message.call_reference.value);
    for element in message.elements.iter().filter(|element| element.id != id::USER_USER) {
        println!("  element {:#04x}: {:02x?}", element.id, &element.content()[..]);
    }
    if let Some(cause) = message.cause() {
        println!("  cause {cause}");
    }
    if let Some(octets) = message.user_user() {
        println!("{:#?}", H323UserInformation::from_per(&octets?)?);
    }
    Ok(())
}

fn sip(octets: Vec<u8>) -> Result<(), Box<dyn Error>> {
    let message = match accept(octets.into()) {
        Ok(message) => message,
        Err(refused) => return Err(format!("{}; it is answered {:?}", refused.fault(), refused.status()).into()),
    };
    match &message {
        Message::Request(request) => println!("{} for {}", request.method(), request.uri()),
        Message::Response(response) => println!("{} {}", response.status().get(), response.reason()),
    }
    for header in message.headers().iter() {
        println!("  {}: {}", header.name(), header.value());
    }
    println!("  and a body of {} octets", message.body().len());
    Ok(())
}

fn octets_of(hex: &str) -> Result<Vec<u8>, String> {
    let digit = |digit: char| digit.to_digit(16).ok_or(format!("`{digit}` is not a hexadecimal digit"));
    let digits = hex.chars().filter(|c| !c.is_whitespace() && *c != ':').map(digit).collect::<Result<Vec<_>, _>>()?;
    match digits.len() % 2 {
        0 => Ok(digits.chunks_exact(2).map(|pair| (pair[0] << 4 | pair[1]) as u8).collect()),
        _ => Err("the last octet has one digit".to_owned()),
    }
}

/// A release as another stack sends it.
const RELEASE_COMPLETE: &str =
    "03000031080203745a080280907e0021052580060008914a000701110062cfea723ce6f11193c002fc0000000102800180";

/// A probe with compact names.
const OPTIONS: &str = "4f5054494f4e53207369703a36303040686e74682e6578616d706c65205349502f322e300d0a\
    763a205349502f322e302f554450203139322e302e322e393b6272616e63683d7a39684734624b370d0a\
    663a203c7369703a7468754070726f62652e6578616d706c653e3b7461673d370d0a743a203c7369703a36303040686e74682e6578616d706c653e0d0a\
    693a20370d0a435365713a2037204f5054494f4e530d0a4d61782d466f7277617264733a2037300d0a6c3a20300d0a0d0a";
