//! The yardstick: httparse on the head of an HTTP request of as many octets as the INVITE of [`crate::sip`].
//!
//! Ratios to it hold on any machine. It cuts a head into names and values and reads none of them.

use crate::sip::INVITE;

/// A head of 1,176 octets as a browser sends one, with 8 fields.
pub fn head() -> &'static [u8] {
    let head = include_bytes!("../data/head.http");
    assert_eq!((head.len(), read(head)), (INVITE.len(), 8), "a head of the same size, read whole");
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
