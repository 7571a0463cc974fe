//! Keep-alive over datagrams: STUN Binding requests on the port of SIP are answered (RFC 5626 5.4, RFC 8489 5 and 14.2). Nothing else of
//! STUN is there.

use bytes::Bytes;
use std::net::{IpAddr, SocketAddr};

/// The answer to a Binding request: where it came from. `None` for what is none.
pub(super) fn answer(datagram: &[u8], from: SocketAddr) -> Option<Bytes> {
    let head: &[u8; 20] = datagram.first_chunk()?;
    let length = usize::from(u16::from_be_bytes([head[2], head[3]]));
    if head[..2] != BINDING_REQUEST || head[4..8] != MAGIC_COOKIE || length + head.len() != datagram.len() {
        return None;
    }
    let mask = &head[4..20];
    let address: Vec<u8> = match from.ip() {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    };
    let family = if address.len() == 4 { 1 } else { 2 };
    let port = from.port().to_be_bytes();
    let value = [[0, family].as_slice(), &[port[0] ^ mask[0], port[1] ^ mask[1]]].concat();
    let value = [value, address.iter().zip(mask).map(|(octet, mask)| octet ^ mask).collect()].concat();
    let mut out = BINDING_SUCCESS.to_vec();
    out.extend_from_slice(&(4 + value.len() as u16).to_be_bytes());
    out.extend_from_slice(mask);
    out.extend_from_slice(&XOR_MAPPED_ADDRESS);
    out.extend_from_slice(&(value.len() as u16).to_be_bytes());
    out.extend_from_slice(&value);
    Some(out.into())
}

const BINDING_REQUEST: [u8; 2] = [0x00, 0x01];
const BINDING_SUCCESS: [u8; 2] = [0x01, 0x01];
const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const XOR_MAPPED_ADDRESS: [u8; 2] = [0x00, 0x20];

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 5769 2.2: the mapped address of its sample, 192.0.2.1:32853, under its transaction.
    #[test]
    fn the_sample_address_is_hidden_as_the_sample_has_it() {
        let transaction = [0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34, 0xd6, 0x86, 0xfa, 0x87, 0xdf, 0xae];
        let request = [&BINDING_REQUEST[..], &[0, 0], &MAGIC_COOKIE, &transaction].concat();
        let answer = answer(&request, "192.0.2.1:32853".parse().unwrap()).unwrap();
        assert_eq!(answer[20..], [0x00, 0x20, 0x00, 0x08, 0x00, 0x01, 0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43]);
    }
}
