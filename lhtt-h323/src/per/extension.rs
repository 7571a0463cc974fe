//! What a received SEQUENCE said beyond its root: kept so that writing it again yields the same octets (X.691 19.7 to 19.9).

use super::error::Result;
use super::reader::{Bitmap, Reader};
use super::writer::Writer;

/// The hidden memory of an extensible SEQUENCE. `Default` for a value made here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extensions {
    /// Bits of the received bitmap; 0 if there was none.
    received_len: u8,
    /// A bitmap was received in which no bit was set.
    empty: bool,
    unknown: Option<Box<Unknown>>,
}

/// Additions later than those declared here, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Unknown {
    additions: Vec<Addition>,
}

/// One addition we do not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// Its place among the extension additions of the type, from 0.
    pub index: usize,
    /// Its encoding.
    pub octets: Vec<u8>,
}

impl Extensions {
    /// The additions that were received but are not declared here.
    pub fn unknown(&self) -> &[Addition] {
        self.unknown.as_ref().map_or(&[], |unknown| &unknown.additions)
    }

    /// Reads the bitmap, if the message has one.
    #[inline]
    pub(crate) fn read(reader: &mut Reader<'_>, extended: bool) -> Result<(Self, Bitmap)> {
        if !extended {
            return Ok((Self::default(), Bitmap::default()));
        }
        let (count, bitmap) = reader.additions()?;
        // 64 at most, checked by the reader.
        Ok((Self { received_len: count as u8, empty: bitmap.is_empty(), unknown: None }, bitmap))
    }

    /// Reads the additions beyond the `known` ones.
    #[inline]
    pub(crate) fn read_unknown(&mut self, reader: &mut Reader<'_>, rest: Bitmap, known: usize) -> Result<()> {
        if rest.is_empty() {
            return Ok(());
        }
        self.keep(reader, rest, known)
    }

    #[cold]
    fn keep(&mut self, reader: &mut Reader<'_>, mut rest: Bitmap, known: usize) -> Result<()> {
        let unknown = self.unknown.get_or_insert_default();
        for index in known..usize::from(self.received_len) {
            if rest.next_bit() {
                unknown.additions.push(Addition { index, octets: reader.counted_octets()?.into_owned() });
            }
        }
        Ok(())
    }

    /// Whether a bitmap is to be written, given whether a known addition is present.
    #[inline]
    pub(crate) fn extended(&self, present: bool) -> bool {
        present || self.empty || self.unknown.is_some()
    }

    /// Writes the bitmap: `present` has the `known` additions as its low bits. It is as long as the one received, if that
    /// reaches the last addition present; else as long as the type.
    pub(crate) fn write_bitmap(&self, writer: &mut Writer, present: u64, known: usize) -> Result<()> {
        let mut bits = if known == 0 { 0 } else { present << (64 - known) };
        for addition in self.unknown() {
            if addition.index < known || addition.index >= 64 {
                return Err(writer.misuse("index of an unknown addition"));
            }
            bits |= 1 << (63 - addition.index);
        }
        let needed = 64 - bits.trailing_zeros() as usize;
        let received = usize::from(self.received_len);
        let count = if received >= needed && received > 0 { received } else { known.max(needed) };
        writer.additions(bits >> (64 - count), count);
        Ok(())
    }

    /// Writes the unknown additions, which follow the known ones.
    #[inline]
    pub(crate) fn write_unknown(&self, writer: &mut Writer) {
        for addition in self.unknown() {
            writer.counted_octets(&addition.octets);
        }
    }
}
