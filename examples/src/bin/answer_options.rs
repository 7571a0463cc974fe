//! Reads a SIP request from octets and answers it: no socket, no clock.

use bytes::Bytes;
use lhtt_sip::message::{Response, StatusCode, accept};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let datagram = Bytes::from_static(
        b"OPTIONS sip:901600@hnth.example SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK77ef4c\r\n\
          Max-Forwards: 70\r\nFrom: <sip:thu@gov.example>;tag=49583\r\nTo: <sip:901600@hnth.example>\r\n\
          Call-ID: 843817637684230@998sdasdh09\r\nCSeq: 1826 OPTIONS\r\nContent-Length: 0\r\n\r\n",
    );
    match accept(datagram) {
        Ok(message) => {
            let request = message.into_request().ok_or("a response needs no answer")?;
            let answer = Response::to_request(&request, StatusCode::OK).with_to_tag("a6c85cf");
            print!("{}", String::from_utf8_lossy(&answer.to_bytes()));
        }
        Err(refused) => println!("refused: {refused}, answer {:?}", refused.status()),
    }
    Ok(())
}
