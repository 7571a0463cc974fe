//! The yardstick: httparse on a head of as many octets as the INVITE of [`crate::sip`].
//!
//! Ratios to it hold on any machine. It cuts a head into names and values and reads none of them.

use crate::sip::INVITE;

/// A head of 1,176 octets for httparse: the INVITE with a version of HTTP, and with its description as further fields.
pub fn head() -> Vec<u8> {
    let text = std::str::from_utf8(INVITE).expect("the INVITE is text");
    let (head, body) = text.split_once("\r\n\r\n").expect("the INVITE has a body");
    // One octet longer, so one shorter elsewhere; `v=0` becomes `v:0`, and the empty line moves to the end.
    let head = head.replacen(" SIP/2.0", " HTTP/1.1", 1).replacen("Max-Forwards: 69", "Max-Forwards: 9", 1);
    let fields: String = body.lines().map(|line| line.replacen('=', ":", 1) + "\r\n").collect();
    let head = format!("{head}\r\n{fields}\r\n").into_bytes();
    assert_eq!((head.len(), read(&head)), (INVITE.len(), 32), "a head of the same size, read whole");
    head
}

/// Reads a head; how many fields it has.
pub fn read(head: &[u8]) -> usize {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut headers);
    let done = request.parse(head).expect("httparse reads the head");
    assert!(done.is_complete());
    request.headers.len()
}
