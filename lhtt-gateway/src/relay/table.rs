//! The forwarding table of one relay, pure: what a packet must be to pass, and where it goes.
//!
//! RTP is checked as far as RFC 3550 A.1 does without history: version, length, CSRC list, extension, padding. RTCP as
//! far as A.2 does for the first packet of a compound. Leaves out: sequence checks, SRTP, RTP and RTCP on one port
//! (RFC 5761): a packet whose type octet is in the RTCP range is no RTP here.

use super::Side;
use std::net::SocketAddr;

/// Payload types a side sends as, by the payload type received on the other side.
#[derive(Clone, Debug)]
pub struct PayloadTable([u8; 128]);

impl PayloadTable {
    /// A table of these rows; a number over 127 is no payload type and makes no row.
    pub fn new(rows: &[(u8, u8)]) -> Self {
        let mut table = [NO_ROW; 128];
        for &(received, sent) in rows {
            if let Some(row) = table.get_mut(usize::from(received)) {
                *row = if sent < NO_ROW { sent } else { NO_ROW };
            }
        }
        Self(table)
    }
}

/// Why a packet was not forwarded. Each is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// It is no RTP, or no RTCP.
    Malformed,
    /// Its payload type has no row.
    PayloadType,
    /// It came from another address than the locked one.
    Source,
    /// The other side has no remote address yet, or no longer.
    NoRemote,
}

/// Checks an RTP packet and rewrites its payload type.
///
/// # Errors
/// [`Dropped::Malformed`] or [`Dropped::PayloadType`]; the packet is then as it was.
pub fn rewrite(packet: &mut [u8], table: &PayloadTable) -> Result<(), Dropped> {
    let marker_and_type = rtp_type_octet(packet).ok_or(Dropped::Malformed)?;
    let sent = table.0[usize::from(marker_and_type & 0x7F)];
    if sent == NO_ROW {
        return Err(Dropped::PayloadType);
    }
    packet[1] = (marker_and_type & 0x80) | sent;
    Ok(())
}

/// The marker and payload type octet, if this is RTP version 2 of consistent length.
fn rtp_type_octet(packet: &[u8]) -> Option<u8> {
    let (&first, &second) = (packet.first()?, packet.get(1)?);
    if first >> 6 != 2 || RTCP_TYPES.contains(&second) {
        return None;
    }
    let mut header = 12 + 4 * usize::from(first & 0x0F);
    if first & 0x10 != 0 {
        let words = u16::from_be_bytes([*packet.get(header + 2)?, *packet.get(header + 3)?]);
        header += 4 + 4 * usize::from(words);
    }
    let padded = first & 0x20 != 0;
    let padding = if padded { usize::from(*packet.last()?) } else { 0 };
    (padded == (padding > 0) && packet.len() >= header + padding).then_some(second)
}

/// Whether this is an RTCP compound packet, as far as its first header tells.
pub fn is_rtcp(packet: &[u8]) -> bool {
    match packet {
        [first, kind, high, low, _, _, _, _, ..] => {
            let octets = (usize::from(u16::from_be_bytes([*high, *low])) + 1) * 4;
            first >> 6 == 2 && RTCP_TYPES.contains(kind) && octets <= packet.len()
        }
        _ => false,
    }
}

/// What is known of one side.
#[derive(Clone, Debug)]
struct SideState {
    remote: Option<SocketAddr>,
    remote_rtcp: Option<SocketAddr>,
    payload: PayloadTable,
    source: Option<SocketAddr>,
}

/// Where a packet goes, and whether it locked the source of its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forward {
    /// The address to send to, from the other side's port.
    pub remote: SocketAddr,
    /// It is the first from this source.
    pub locked: bool,
}

/// The forwarding table of one relay.
#[derive(Clone, Debug)]
pub struct Table {
    sides: [SideState; 2],
}

impl Default for Table {
    fn default() -> Self {
        let side = SideState { remote: None, remote_rtcp: None, payload: PayloadTable::new(&[]), source: None };
        Self { sides: [side.clone(), side] }
    }
}

impl Table {
    /// Carries out [`super::RelayCommand::Direct`]. A new remote address opens the lock on that side's source: the
    /// peer has moved.
    pub fn direct(&mut self, to: Side, remote: Option<SocketAddr>, rtcp: Option<SocketAddr>, payload: &[(u8, u8)]) {
        let side = &mut self.sides[index(to)];
        if side.remote.is_some() && remote.is_some() && side.remote != remote {
            side.source = None;
        }
        side.remote = remote;
        side.remote_rtcp = rtcp.or_else(|| Some(SocketAddr::new(remote?.ip(), remote?.port().checked_add(1)?)));
        side.payload = PayloadTable::new(payload);
    }

    /// What becomes of an RTP packet received on side `on`; rewrites it where it passes.
    ///
    /// # Errors
    /// Why it is dropped.
    pub fn rtp(&mut self, on: Side, source: SocketAddr, packet: &mut [u8]) -> Result<Forward, Dropped> {
        let from = &self.sides[index(on)];
        // The signalled address may take the lock over from somebody who was quicker.
        if from.source.is_some_and(|locked| locked != source) && from.remote != Some(source) {
            return Err(Dropped::Source);
        }
        let locked = from.source != Some(source);
        let to = &self.sides[index(on.other())];
        let remote = to.remote.ok_or(Dropped::NoRemote)?;
        rewrite(packet, &to.payload)?;
        self.sides[index(on)].source = Some(source);
        Ok(Forward { remote, locked })
    }

    /// Where an RTCP packet received on side `on` goes. It must come from the host that RTP comes from or goes to.
    ///
    /// # Errors
    /// Why it is dropped.
    pub fn rtcp(&self, on: Side, source: SocketAddr, packet: &[u8]) -> Result<SocketAddr, Dropped> {
        let from = &self.sides[index(on)];
        let is_host = |address: Option<SocketAddr>| address.is_some_and(|address| address.ip() == source.ip());
        if !is_host(from.source) && !is_host(from.remote_rtcp) {
            return Err(Dropped::Source);
        }
        if !is_rtcp(packet) {
            return Err(Dropped::Malformed);
        }
        self.sides[index(on.other())].remote_rtcp.ok_or(Dropped::NoRemote)
    }
}

const fn index(side: Side) -> usize {
    match side {
        Side::A => 0,
        Side::B => 1,
    }
}

/// No payload type: they have seven bits.
const NO_ROW: u8 = 0x80;

/// RTCP packet types in use (RFC 3550 12.1 and its successors); as RTP they would be marked packets of type 72 to 79.
const RTCP_TYPES: std::ops::RangeInclusive<u8> = 200..=207;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hex(text: &str) -> Vec<u8> {
        let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(16)).collect();
        digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
    }

    fn at(port: u16) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], port))
    }

    const PCMA: &str = "80 08 0001 000000a0 11223344 d5";

    #[test]
    fn only_the_payload_type_changes() {
        let table = PayloadTable::new(&[(8, 8), (96, 101), (200, 1), (3, 200)]);
        let cases = [
            (PCMA, Ok(PCMA)),
            ("80 e0 0001 000000a0 11223344 01", Ok("80 e5 0001 000000a0 11223344 01")), // the marker stays
            ("82 60 0001 000000a0 11223344 00000001 00000002", Ok("82 65 0001 000000a0 11223344 00000001 00000002")),
            (
                "90 60 0001 000000a0 11223344 bede0001 aabbccdd 00",
                Ok("90 65 0001 000000a0 11223344 bede0001 aabbccdd 00"),
            ),
            ("a0 60 0001 000000a0 11223344 00 02", Ok("a0 65 0001 000000a0 11223344 00 02")),
            ("80 00 0001 000000a0 11223344 ff", Err(Dropped::PayloadType)),
            ("80 03 0001 000000a0 11223344 ff", Err(Dropped::PayloadType)), // a row to no payload type is no row
            ("40 08 0001 000000a0 11223344 d5", Err(Dropped::Malformed)),   // version 1
            ("82 08 0001 000000a0 11223344 00000001", Err(Dropped::Malformed)), // a CSRC is missing
            ("90 08 0001 000000a0 11223344 bede0002 aabbccdd", Err(Dropped::Malformed)),
            ("a0 08 0001 000000a0 11223344 09", Err(Dropped::Malformed)), // more padding than packet
            ("a0 08 0001 000000a0 11223344 00", Err(Dropped::Malformed)), // padding of no octet
            ("80 c8 0006 11223344 00000000 00000000", Err(Dropped::Malformed)), // RTCP on the RTP port
            ("80 08 0001 000000a0 112233", Err(Dropped::Malformed)),
            ("", Err(Dropped::Malformed)),
        ];
        for (sent, expected) in cases {
            let mut packet = hex(sent);
            let outcome = rewrite(&mut packet, &table);
            assert_eq!(outcome, expected.map(|_| ()), "{sent}");
            assert_eq!(packet, hex(expected.unwrap_or(sent)), "{sent}");
        }
    }

    #[test]
    fn a_side_listens_to_its_first_source_until_it_moves() {
        let mut table = Table::default();
        let rtp = |table: &mut Table, source| table.rtp(Side::A, source, &mut hex(PCMA));
        assert_eq!(rtp(&mut table, at(1)), Err(Dropped::NoRemote));
        table.direct(Side::B, Some(at(9000)), None, &[(8, 8)]);
        table.direct(Side::A, Some(at(7000)), None, &[]);
        assert_eq!(rtp(&mut table, at(1)), Ok(Forward { remote: at(9000), locked: true }), "not the signalled source");
        assert_eq!(rtp(&mut table, at(1)), Ok(Forward { remote: at(9000), locked: false }));
        assert_eq!(rtp(&mut table, at(2)), Err(Dropped::Source));
        table.direct(Side::A, Some(at(7000)), None, &[(0, 0)]);
        assert_eq!(rtp(&mut table, at(2)), Err(Dropped::Source), "the peer has not moved");
        table.direct(Side::A, Some(at(7002)), None, &[]);
        assert_eq!(rtp(&mut table, at(2)), Ok(Forward { remote: at(9000), locked: true }));
        table.direct(Side::B, None, None, &[]);
        assert_eq!(rtp(&mut table, at(2)), Err(Dropped::NoRemote), "held");
        table.direct(Side::B, Some(at(9000)), None, &[(8, 8)]);
        assert_eq!(rtp(&mut table, at(7002)), Ok(Forward { remote: at(9000), locked: true }), "the signalled address");
        assert_eq!(rtp(&mut table, at(2)), Err(Dropped::Source));
    }

    #[test]
    fn a_packet_that_is_dropped_locks_nothing() {
        let mut table = Table::default();
        table.direct(Side::B, Some(at(9000)), None, &[(8, 8)]);
        assert_eq!(table.rtp(Side::A, at(1), &mut [0; 40]), Err(Dropped::Malformed));
        assert!(table.rtp(Side::A, at(2), &mut hex(PCMA)).is_ok_and(|forward| forward.locked));
    }

    #[test]
    fn rtcp_goes_to_the_remotes_rtcp_address() {
        let report = hex("80 c9 0001 11223344");
        let mut table = Table::default();
        assert_eq!(table.rtcp(Side::A, at(1), &report), Err(Dropped::Source));
        table.direct(Side::A, Some(at(7000)), None, &[]);
        assert_eq!(table.rtcp(Side::A, at(1), &report), Err(Dropped::NoRemote));
        table.direct(Side::B, Some(at(9000)), None, &[(8, 8)]);
        assert_eq!(table.rtcp(Side::A, at(1), &report), Ok(at(9001)));
        table.direct(Side::B, Some(at(9000)), Some(at(9100)), &[(8, 8)]);
        assert_eq!(table.rtcp(Side::A, at(1), &report), Ok(at(9100)));
        assert_eq!(table.rtcp(Side::A, at(1), &report[..7]), Err(Dropped::Malformed));
        assert_eq!(table.rtcp(Side::A, SocketAddr::from(([127, 0, 0, 9], 1)), &report), Err(Dropped::Source));
        table.direct(Side::B, Some(at(65535)), None, &[]);
        assert_eq!(table.rtcp(Side::A, at(1), &report), Err(Dropped::NoRemote), "there is no next port");
    }

    proptest! {
        #[test]
        fn any_octets_pass_unchanged_but_for_the_type(packet in prop::collection::vec(any::<u8>(), 0..64)) {
            let mut rewritten = packet.clone();
            let all: Vec<_> = (0..128).map(|number| (number, 127 - number)).collect();
            if rewrite(&mut rewritten, &PayloadTable::new(&all)).is_ok() {
                prop_assert_eq!(rewritten[1], (packet[1] & 0x80) | (127 - (packet[1] & 0x7F)));
                rewritten[1] = packet[1];
            }
            prop_assert_eq!(rewritten, packet.clone());
            let _ = is_rtcp(&packet);
        }
    }
}
