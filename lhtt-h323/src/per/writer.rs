//! Writes aligned basic PER (X.691): the mirror of `reader`, with every constraint checked.

use super::error::{Error, Fault, Result};
use super::limits::{FRAGMENT, OCTETS_RESERVED};
use super::marks::Marks;

/// The octets of one message while it is being written.
#[derive(Debug, Default)]
pub struct Writer {
    octets: Vec<u8>,
    /// Bits of the octet that is not full yet, in the low `held` bits; what lies above them is stale.
    last: u64,
    /// 0 to 7.
    held: u32,
    marks: Marks,
}

impl Writer {
    /// An empty message.
    pub fn new() -> Self {
        Self { octets: Vec::with_capacity(OCTETS_RESERVED), last: 0, held: 0, marks: Marks::default() }
    }

    /// The message; an empty one is one zero octet (X.691 11.1.3).
    pub fn finish(mut self) -> Vec<u8> {
        self.align();
        if self.octets.is_empty() {
            self.octets.push(0);
        }
        self.octets
    }

    /// Where the hashes lie that were written.
    pub fn marks(&self) -> Marks {
        self.marks
    }

    /// The last `count` octets were a hash, which ends with an octet.
    pub(super) fn note_hash(&mut self, count: usize) {
        self.marks.note(self.octets.len().saturating_sub(count));
    }

    /// The value breaks a constraint of its type.
    #[cold]
    pub fn misuse(&self, what: &'static str) -> Error {
        Error::new(Fault::Misuse(what), self.octets.len() * 8 + self.held as usize)
    }

    /// One bit.
    #[inline]
    pub fn bit(&mut self, set: bool) {
        self.bits(u64::from(set), 1);
    }

    /// The `count` bits (at most 56) of `value`, which has no others.
    #[inline]
    pub fn bits(&mut self, value: u64, count: u32) {
        debug_assert!(count <= 56 && value >> count == 0, "callers pass checked values");
        self.last = self.last << count | value;
        self.held += count;
        while self.held >= 8 {
            self.held -= 8;
            self.octets.push((self.last >> self.held) as u8);
        }
    }

    /// The presence bits of `count` components (at most 64), the low ones of `bitmap`.
    #[inline]
    pub fn bitmap(&mut self, bitmap: u64, count: u32) {
        if count > 32 {
            self.bits(bitmap >> 32, count - 32);
            self.bits(bitmap & 0xffff_ffff, 32);
        } else {
            self.bits(bitmap, count);
        }
    }

    /// Pads with zero bits up to the next octet.
    #[inline]
    pub fn align(&mut self) {
        if self.held > 0 {
            self.octets.push((self.last << (8 - self.held)) as u8);
            self.held = 0;
        }
    }

    /// Octets, aligned.
    #[inline]
    pub fn octets(&mut self, octets: &[u8]) {
        self.align();
        self.octets.extend_from_slice(octets);
    }

    /// A constrained whole number (X.691 11.5), aligned variant.
    ///
    /// # Errors
    /// The number is out of range.
    #[inline(always)]
    pub fn constrained(&mut self, value: i64, low: i64, high: i64) -> Result<()> {
        if value < low || value > high {
            return Err(self.misuse("number out of range"));
        }
        let span = high.abs_diff(low);
        let offset = value.abs_diff(low);
        match span {
            0 => {}
            1..=254 => self.bits(offset, 64 - span.leading_zeros()),
            255 => self.octets(&[offset as u8]),
            256..=65_535 => self.octets(&(offset as u16).to_be_bytes()),
            _ => self.number_with_length(offset, span),
        }
        Ok(())
    }

    /// The indefinite-length case of a constrained whole number (X.691 11.5.7.4).
    fn number_with_length(&mut self, offset: u64, span: u64) {
        let octets_max = (64 - span.leading_zeros()).div_ceil(8);
        let count = (64 - offset.leading_zeros()).div_ceil(8).max(1);
        self.bits(u64::from(count - 1), 32 - (octets_max - 1).leading_zeros());
        self.octets(&offset.to_be_bytes()[8 - count as usize..]);
    }

    /// A semi-constrained whole number (X.691 11.7).
    ///
    /// # Errors
    /// The number is below the bound.
    pub fn at_least(&mut self, value: i64, low: i64) -> Result<()> {
        if value < low {
            return Err(self.misuse("number out of range"));
        }
        let offset = value.abs_diff(low);
        let count = (64 - offset.leading_zeros()).div_ceil(8).max(1) as usize;
        self.octets(&[count as u8]);
        self.octets(&offset.to_be_bytes()[8 - count..]);
        Ok(())
    }

    /// An unconstrained whole number (X.691 11.8).
    pub fn integer(&mut self, value: i64) {
        let spare = (if value < 0 { value.leading_ones() } else { value.leading_zeros() } - 1) / 8;
        self.octets(&[8 - spare as u8]);
        self.octets(&value.to_be_bytes()[spare as usize..]);
    }

    /// A normally small non-negative whole number (X.691 11.6).
    ///
    /// # Errors
    /// None for a `u32`; kept for the callers' chain.
    #[inline]
    pub fn small(&mut self, value: u32) -> Result<()> {
        if value < 64 {
            self.bits(u64::from(value), 7);
            return Ok(());
        }
        self.bit(true);
        self.at_least(i64::from(value), 0)
    }

    /// An unconstrained length determinant below 16384 (X.691 11.9).
    fn length(&mut self, count: usize) {
        debug_assert!(count < FRAGMENT, "larger ones are fragmented");
        if count < 0x80 {
            self.octets(&[count as u8]);
        } else {
            self.octets(&(count as u16 | 0x8000).to_be_bytes());
        }
    }

    /// Octets with an unconstrained length, fragmented if they are many (X.691 11.9.3.8).
    pub fn counted_octets(&mut self, octets: &[u8]) {
        let mut rest = octets;
        while rest.len() >= FRAGMENT {
            let fragments = (rest.len() / FRAGMENT).min(4);
            let (head, tail) = rest.split_at(fragments * FRAGMENT);
            self.octets(&[0xc0 | fragments as u8]);
            self.octets(head);
            rest = tail;
        }
        self.length(rest.len());
        self.octets(rest);
    }

    /// How many characters, octets or elements follow (X.691 11.9.4.1).
    ///
    /// # Errors
    /// The size is out of range, or so large that it would need fragments.
    #[inline(always)]
    pub fn size(&mut self, count: usize, min: usize, max: usize) -> Result<()> {
        if count < min || count > max {
            return Err(self.misuse("size out of range"));
        }
        if max < 65_536 {
            return self.constrained(count as i64, min as i64, max as i64);
        }
        if count >= FRAGMENT {
            return Err(self.misuse("list or string too long"));
        }
        self.length(count);
        Ok(())
    }

    /// The index of an alternative that belongs to the root of a CHOICE (X.691 23.6, 23.7).
    ///
    /// # Errors
    /// The index is not of the root.
    #[inline(always)]
    pub fn root_alternative(&mut self, index: u32, root: u32, extensible: bool) -> Result<()> {
        if extensible {
            self.bit(false);
        }
        self.constrained(i64::from(index), 0, i64::from(root) - 1)
    }

    /// The bitmap of extension additions: `count` bits, the low ones of `bitmap` (X.691 19.7, 19.8).
    pub fn additions(&mut self, bitmap: u64, count: usize) {
        if count <= 64 {
            self.bits(count as u64 - 1, 7);
        } else {
            self.bit(true);
            self.length(count);
        }
        self.bitmap(bitmap, count as u32);
    }

    /// Writes an open type that holds what `write` writes (X.691 11.2).
    ///
    /// # Errors
    /// Those of `write`.
    #[inline]
    pub fn open(&mut self, write: impl FnOnce(&mut Writer) -> Result<()>) -> Result<()> {
        self.align();
        let start = self.octets.len();
        self.octets.push(0);
        write(self)?;
        self.close(start);
        Ok(())
    }

    /// Puts the length before an open type that began at `start`. It was written in place: it begins at an octet, so what is
    /// aligned in it is aligned in the message.
    fn close(&mut self, start: usize) {
        self.align();
        let first = start + 1;
        if self.octets.len() == first {
            self.octets.push(0);
        }
        let count = self.octets.len() - first;
        if count < 0x80 {
            self.octets[start] = count as u8;
        } else if count < FRAGMENT {
            let [high, low] = (count as u16 | 0x8000).to_be_bytes();
            self.octets[start] = high;
            self.octets.insert(first, low);
            self.marks.make_room(first);
        } else {
            self.marks.forget_from(first);
            let body = self.octets.split_off(first);
            self.octets.truncate(start);
            self.counted_octets(&body);
        }
    }
}
