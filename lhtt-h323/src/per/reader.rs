//! Reads aligned basic PER (X.691) from octets: bits, whole numbers, length determinants, open types.
//!
//! Pad bits are skipped without looking at them, as X.691 lets a decoder do. Leaves out what a type looks like: see
//! `spec` and `macros`.

use std::borrow::Cow;

use super::error::{Error, Fault, Result};
use super::limits::{ADDITIONS_MAX, DEPTH_MAX, FRAGMENT, LIST_ELEMENTS_MAX, MESSAGE_ELEMENTS_MAX, OCTETS_MAX};
use super::marks::Marks;

/// A position in the octets of one message or one open type.
#[derive(Debug)]
pub struct Reader<'a> {
    octets: &'a [u8],
    /// Next bit.
    at: usize,
    /// Bit of the message at which `octets` begins, for errors.
    base: usize,
    depth: u32,
    elements_left: u32,
    marks: Marks,
}

/// A presence bitmap of up to 64 bits, first bit on top.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bitmap(u64);

impl Bitmap {
    /// Takes the next bit.
    #[inline]
    pub fn next_bit(&mut self) -> bool {
        let set = self.0 >> 63 == 1;
        self.0 <<= 1;
        set
    }

    /// Whether no bit is left set.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl<'a> Reader<'a> {
    /// Starts at the first bit of a message.
    pub fn new(octets: &'a [u8]) -> Self {
        Self { octets, at: 0, base: 0, depth: 0, elements_left: MESSAGE_ELEMENTS_MAX, marks: Marks::default() }
    }

    /// How many octets have been begun.
    pub fn octets_read(&self) -> usize {
        self.at.div_ceil(8)
    }

    /// Where the hashes lie that were read.
    pub fn marks(&self) -> Marks {
        self.marks
    }

    /// The last `count` octets were a hash.
    pub(super) fn note_hash(&mut self, count: usize) {
        let octet = (self.base / 8 + self.octets_read()).saturating_sub(count);
        self.marks.note(octet);
    }

    /// The octets are not an encoding of the type.
    #[cold]
    pub fn malformed(&self, what: &'static str) -> Error {
        Error::new(Fault::Malformed(what), self.base + self.at)
    }

    /// Legal, but not handled.
    #[cold]
    pub fn unsupported(&self, what: &'static str) -> Error {
        Error::new(Fault::Unsupported(what), self.base + self.at)
    }

    /// Enters a SEQUENCE or CHOICE.
    ///
    /// # Errors
    /// The message is nested too deeply.
    #[inline]
    pub fn descend(&mut self) -> Result<()> {
        if self.depth >= DEPTH_MAX {
            return Err(self.malformed("nested too deeply"));
        }
        self.depth += 1;
        Ok(())
    }

    /// Leaves what `descend` entered.
    #[inline]
    pub fn ascend(&mut self) {
        self.depth -= 1;
    }

    #[inline]
    fn bits_left(&self) -> usize {
        self.octets.len() * 8 - self.at
    }

    /// One bit.
    #[inline]
    pub fn bit(&mut self) -> Result<bool> {
        match self.octets.get(self.at >> 3) {
            Some(octet) => {
                let set = octet >> (7 - (self.at & 7)) & 1 == 1;
                self.at += 1;
                Ok(set)
            }
            None => Err(self.malformed("truncated")),
        }
    }

    /// The next `count` bits (at most 56) as a number.
    #[inline]
    pub fn bits(&mut self, count: u32) -> Result<u64> {
        debug_assert!(count <= 56, "callers pass constants or checked counts");
        if count == 0 {
            return Ok(0);
        }
        if self.bits_left() < count as usize {
            return Err(self.malformed("truncated"));
        }
        let first = self.at >> 3;
        let skip = (self.at & 7) as u32;
        self.at += count as usize;
        let window = match self.octets.get(first..first + 8) {
            Some(octets) => u64::from_be_bytes(octets.try_into().expect("the slice has 8 octets")),
            None => self.octets[first..]
                .iter()
                .zip((0..8).rev())
                .fold(0, |sum, (o, place)| sum | u64::from(*o) << (8 * place)),
        };
        Ok(window << skip >> (64 - count))
    }

    /// Skips pad bits up to the next octet.
    #[inline]
    pub fn align(&mut self) {
        self.at = (self.at + 7) & !7;
    }

    /// The next `count` octets, aligned.
    #[inline]
    pub fn octets(&mut self, count: usize) -> Result<&'a [u8]> {
        self.align();
        let first = self.at >> 3;
        match self.octets.get(first..first.saturating_add(count)) {
            Some(octets) => {
                self.at += count * 8;
                Ok(octets)
            }
            None => Err(self.malformed("truncated")),
        }
    }

    /// The presence bits of `count` OPTIONAL components (X.691 19.2).
    #[inline]
    pub fn bitmap(&mut self, count: u32) -> Result<Bitmap> {
        if count == 0 {
            return Ok(Bitmap(0));
        }
        if count > 32 {
            let high = self.bits(32)?;
            let low = self.bits(count - 32)?;
            return Ok(Bitmap(high << 32 | low << (64 - count)));
        }
        Ok(Bitmap(self.bits(count)? << (64 - count)))
    }

    /// A constrained whole number (X.691 11.5), aligned variant.
    #[inline(always)]
    pub fn constrained(&mut self, low: i64, high: i64) -> Result<i64> {
        let span = high.abs_diff(low);
        let offset = match span {
            0 => 0,
            1..=254 => self.bits(64 - span.leading_zeros())?,
            255 => u64::from(self.octet()?),
            256..=65_535 => {
                self.align();
                self.bits(16)?
            }
            _ => self.number_with_length(span)?,
        };
        if offset > span {
            return Err(self.malformed("number out of range"));
        }
        Ok(low.wrapping_add_unsigned(offset))
    }

    /// The indefinite-length case of a constrained whole number (X.691 11.5.7.4).
    fn number_with_length(&mut self, span: u64) -> Result<u64> {
        let octets_max = (64 - span.leading_zeros()).div_ceil(8);
        let count = self.bits(32 - (octets_max - 1).leading_zeros())? as usize + 1;
        let octets = self.octets(count)?;
        Ok(octets.iter().fold(0, |sum, o| sum << 8 | u64::from(*o)))
    }

    /// A semi-constrained whole number (X.691 11.7).
    pub fn at_least(&mut self, low: i64) -> Result<i64> {
        let octets = self.number_octets()?;
        let offset = octets.iter().fold(0u64, |sum, o| sum << 8 | u64::from(*o));
        low.checked_add_unsigned(offset).ok_or_else(|| self.unsupported("integer of more than 63 bits"))
    }

    /// An unconstrained whole number (X.691 11.8).
    pub fn integer(&mut self) -> Result<i64> {
        let octets = self.number_octets()?;
        let sign = if octets[0] & 0x80 == 0 { 0 } else { -1 };
        Ok(octets.iter().fold(sign, |sum, o| sum << 8 | i64::from(*o)))
    }

    fn number_octets(&mut self) -> Result<&'a [u8]> {
        match self.length()? {
            (0, _) => Err(self.malformed("integer without octets")),
            (count @ 1..=8, false) => self.octets(count),
            _ => Err(self.unsupported("integer of more than 64 bits")),
        }
    }

    /// A normally small non-negative whole number (X.691 11.6).
    pub fn small(&mut self) -> Result<u32> {
        if !self.bit()? {
            return Ok(self.bits(6)? as u32);
        }
        u32::try_from(self.at_least(0)?).map_err(|_| self.malformed("small number too large"))
    }

    /// An unconstrained length determinant (X.691 11.9): the count, and whether another fragment follows.
    pub fn length(&mut self) -> Result<(usize, bool)> {
        let first = usize::from(self.octet()?);
        match first {
            0..=0x7f => Ok((first, false)),
            0x80..=0xbf => Ok(((first & 0x3f) << 8 | usize::from(self.octet()?), false)),
            0xc1..=0xc4 => Ok(((first & 0x3f) * FRAGMENT, true)),
            _ => Err(self.malformed("length determinant")),
        }
    }

    /// The next octet, aligned.
    #[inline]
    fn octet(&mut self) -> Result<u8> {
        self.align();
        match self.octets.get(self.at >> 3) {
            Some(octet) => {
                self.at += 8;
                Ok(*octet)
            }
            None => Err(self.malformed("truncated")),
        }
    }

    /// Octets with an unconstrained length: an OCTET STRING or an open type, put together if it was fragmented.
    pub fn counted_octets(&mut self) -> Result<Cow<'a, [u8]>> {
        match self.length()? {
            (count, false) => Ok(Cow::Borrowed(self.octets(count)?)),
            (count, true) => self.fragments(count),
        }
    }

    #[cold]
    fn fragments(&mut self, first: usize) -> Result<Cow<'a, [u8]>> {
        let mut whole = Vec::new();
        let (mut count, mut more) = (first, true);
        loop {
            whole.extend_from_slice(self.octets(count)?);
            if whole.len() > OCTETS_MAX {
                return Err(self.unsupported("octet string over the limit"));
            }
            if !more {
                return Ok(Cow::Owned(whole));
            }
            (count, more) = self.length()?;
        }
    }

    /// How many characters, octets or elements follow, where the type bounds them (X.691 11.9.4.1).
    ///
    /// # Errors
    /// Truncated, out of bounds, or fragmented.
    #[inline(always)]
    pub fn size(&mut self, min: usize, max: usize) -> Result<usize> {
        if max < 65_536 {
            return Ok(self.constrained(min as i64, max as i64)? as usize);
        }
        match self.length()? {
            (count, false) if count < min || count > max => Err(self.malformed("size out of range")),
            (count, false) => Ok(count),
            _ => Err(self.unsupported("fragmented list or string")),
        }
    }

    /// The number of elements of a list. Each takes at least one bit, so what remains bounds it as well.
    #[inline(always)]
    pub fn list_size(&mut self, min: usize, max: usize) -> Result<usize> {
        let count = self.size(min, max)?;
        if count > self.bits_left() {
            return Err(self.malformed("list longer than the message"));
        }
        if count > LIST_ELEMENTS_MAX || count > self.elements_left as usize {
            return Err(self.unsupported("list over the limit"));
        }
        self.elements_left -= count as u32;
        Ok(count)
    }

    /// Which alternative of a CHOICE with `root` alternatives (X.691 23): its index, extension ones counted after the root.
    #[inline(always)]
    pub fn alternative(&mut self, root: u32, extensible: bool) -> Result<u32> {
        if extensible && self.bit()? {
            return Ok(root.saturating_add(self.small()?));
        }
        Ok(self.constrained(0, i64::from(root) - 1)? as u32)
    }

    /// The bitmap of extension additions (X.691 19.7, 19.8): how many bits it has, and they.
    pub fn additions(&mut self) -> Result<(usize, Bitmap)> {
        let count = if self.bit()? {
            let (count, fragmented) = self.length()?;
            if fragmented { usize::MAX } else { count }
        } else {
            self.bits(6)? as usize + 1
        };
        if count == 0 {
            return Err(self.malformed("extension bitmap without bits"));
        }
        if count > ADDITIONS_MAX {
            return Err(self.unsupported("extension bitmap over the limit"));
        }
        Ok((count, self.bitmap(count as u32)?))
    }

    /// Reads what an open type holds. What follows the value in the open type is ignored.
    #[inline]
    pub fn open<T>(&mut self, read: impl FnOnce(&mut Reader<'_>) -> Result<T>) -> Result<T> {
        let octets = self.counted_octets()?;
        let base = self.base + self.at - octets.len() * 8;
        let Self { depth, elements_left, marks, .. } = *self;
        let mut inner = Reader { octets: &octets, at: 0, base, depth, elements_left, marks };
        let value = read(&mut inner)?;
        (self.elements_left, self.marks) = (inner.elements_left, inner.marks);
        Ok(value)
    }
}
