//! Values without a Rust type of their own: OBJECT IDENTIFIER and BIT STRING.

use std::fmt;

use super::reader::Reader;
use super::spec::{Spec, optional};
use super::writer::Writer;
use super::{Per, Result};

/// An OBJECT IDENTIFIER, kept as its content octets (X.690 8.19).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Oid(Content);

/// Octets of an identifier that fits without allocation. The longest of H.225.0, H.245 and H.235 has 12.
const INLINE: usize = 22;

#[derive(Clone)]
enum Content {
    Inline { len: u8, octets: [u8; INLINE] },
    Heap(Box<[u8]>),
}

impl Default for Content {
    fn default() -> Self {
        Self::Inline { len: 0, octets: [0; INLINE] }
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        self.octets() == other.octets()
    }
}

impl Eq for Content {}

impl Content {
    fn octets(&self) -> &[u8] {
        match self {
            Self::Inline { len, octets } => &octets[..usize::from(*len)],
            Self::Heap(octets) => octets,
        }
    }
}

impl Oid {
    /// An identifier from its arcs, for constants.
    ///
    /// # Panics
    /// Fewer than two arcs, a first arc over 2, a second that does not fit it, or more than 22 content octets.
    pub const fn new(arcs: &[u32]) -> Self {
        assert!(
            arcs.len() >= 2 && arcs[0] <= 2 && (arcs[0] == 2 || arcs[1] < 40),
            "an identifier begins with two arcs"
        );
        let mut octets = [0; INLINE];
        let mut len = 0;
        let mut index = 1;
        while index < arcs.len() {
            let arc = if index == 1 { arcs[0] as u64 * 40 + arcs[1] as u64 } else { arcs[index] as u64 };
            let mut septets = 1;
            while arc >> (7 * septets) > 0 {
                septets += 1;
            }
            while septets > 0 {
                septets -= 1;
                let more = if septets > 0 { 0x80 } else { 0 };
                octets[len] = (arc >> (7 * septets)) as u8 & 0x7f | more;
                len += 1;
            }
            index += 1;
        }
        Self(Content::Inline { len: len as u8, octets })
    }

    /// An identifier from content octets.
    pub fn from_octets(octets: &[u8]) -> Self {
        let mut inline = [0; INLINE];
        match inline.get_mut(..octets.len()) {
            Some(room) => {
                room.copy_from_slice(octets);
                Self(Content::Inline { len: octets.len() as u8, octets: inline })
            }
            None => Self(Content::Heap(octets.into())),
        }
    }

    /// The content octets.
    pub fn octets(&self) -> &[u8] {
        self.0.octets()
    }

    /// The arcs; one that does not fit is `u64::MAX`.
    pub fn arcs(&self) -> Vec<u64> {
        let mut arcs = Vec::new();
        let mut arc = 0u64;
        for octet in self.octets() {
            arc = if arc > u64::MAX >> 7 { u64::MAX } else { arc << 7 | u64::from(octet & 0x7f) };
            if octet & 0x80 != 0 {
                continue;
            }
            if arcs.is_empty() {
                let first = (arc / 40).min(2);
                arcs.push(first);
                arc -= first * 40;
            }
            arcs.push(arc);
            arc = 0;
        }
        arcs
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, arc) in self.arcs().iter().enumerate() {
            let dot = if index > 0 { "." } else { "" };
            write!(f, "{dot}{arc}")?;
        }
        Ok(())
    }
}

impl Per for Oid {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let octets = reader.counted_octets()?;
        match octets.last() {
            Some(last) if last & 0x80 == 0 => Ok(Self::from_octets(&octets)),
            _ => Err(reader.malformed("object identifier")),
        }
    }

    fn write(&self, writer: &mut Writer) -> Result<()> {
        match self.octets() {
            [] => Err(writer.misuse("empty object identifier")),
            octets => {
                writer.counted_octets(octets);
                Ok(())
            }
        }
    }
}

/// A BIT STRING: `len` bits, the first on top of the first octet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BitString {
    /// How many bits.
    pub len: usize,
    /// The bits; what is left over in the last octet is zero.
    pub octets: Vec<u8>,
}

impl BitString {
    /// A string of whole octets.
    pub fn from_octets(octets: Vec<u8>) -> Self {
        Self { len: octets.len() * 8, octets }
    }

    /// A bit; false beyond the end.
    pub fn bit(&self, index: usize) -> bool {
        index < self.len && self.octets.get(index / 8).is_some_and(|octet| octet >> (7 - index % 8) & 1 == 1)
    }
}

/// BIT STRING (SIZE(MIN..MAX)).
#[derive(Debug)]
pub struct Bits<const MIN: usize = 0, const MAX: usize = { usize::MAX }>;

impl<const MIN: usize, const MAX: usize> Bits<MIN, MAX> {
    /// Up to 16 bits of a fixed size are not aligned (X.691 16.9).
    const ALIGNED: bool = MIN != MAX || MAX > 16;
}

impl<const MIN: usize, const MAX: usize> Spec<BitString> for Bits<MIN, MAX> {
    fn read(reader: &mut Reader<'_>) -> Result<BitString> {
        let len = reader.size(MIN, MAX)?;
        if len == 0 {
            return Ok(BitString::default());
        }
        if Self::ALIGNED {
            reader.align();
        }
        let (whole, rest) = (len / 8, (len % 8) as u32);
        let mut octets = Vec::new();
        if Self::ALIGNED {
            octets.extend_from_slice(reader.octets(whole)?);
        } else {
            for _ in 0..whole {
                octets.push(reader.bits(8)? as u8);
            }
        }
        if rest > 0 {
            octets.push((reader.bits(rest)? << (8 - rest)) as u8);
        }
        Ok(BitString { len, octets })
    }

    fn write(value: &BitString, writer: &mut Writer) -> Result<()> {
        if value.octets.len() != value.len.div_ceil(8) {
            return Err(writer.misuse("bit string whose octets do not fit its length"));
        }
        writer.size(value.len, MIN, MAX)?;
        if value.len > 0 && Self::ALIGNED {
            writer.align();
        }
        let mut left = value.len;
        for octet in &value.octets {
            let taken = left.min(8) as u32;
            writer.bits(u64::from(octet >> (8 - taken)), taken);
            left -= taken as usize;
        }
        Ok(())
    }
}
optional!([const MIN: usize, const MAX: usize] Bits<MIN, MAX>, BitString);
