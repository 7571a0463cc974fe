//! Where the hashes of a message lie in its octets: they are put in and checked there, never by writing the message again.

use super::limits::MARKS_MAX;
use super::reader::Reader;
use super::spec::Spec;
use super::value::{BitString, Bits};
use super::writer::Writer;
use super::{Result, spec};

/// The first octets of the hashes (H.235.0 `HASHED`) of one message, in order. Further ones than the limit are not noted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    octets: [u32; MARKS_MAX],
    count: u8,
}

impl Marks {
    /// Where each begins.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.octets[..usize::from(self.count)].iter().map(|octet| *octet as usize)
    }

    pub(super) fn note(&mut self, octet: usize) {
        if let (Some(place), Ok(octet)) = (self.octets.get_mut(usize::from(self.count)), u32::try_from(octet)) {
            *place = octet;
            self.count += 1;
        }
    }

    /// An octet was put in at `at`: what lies from there on has moved.
    pub(super) fn make_room(&mut self, at: usize) {
        let later = self.octets[..usize::from(self.count)].iter_mut().filter(|octet| **octet as usize >= at);
        later.for_each(|octet| *octet += 1);
    }

    /// What lies from `at` on has been cut into fragments: it is no longer in one piece.
    pub(super) fn forget_from(&mut self, at: usize) {
        let kept = self.iter().take_while(|octet| *octet < at).count();
        self.count = kept as u8; // no more than before
    }
}

/// A BIT STRING whose place in the message is noted.
#[derive(Debug)]
pub struct Hash;

impl Spec<BitString> for Hash {
    fn read(reader: &mut Reader<'_>) -> Result<BitString> {
        let value = <Bits as Spec<BitString>>::read(reader)?;
        reader.note_hash(value.octets.len());
        Ok(value)
    }

    fn write(value: &BitString, writer: &mut Writer) -> Result<()> {
        <Bits as Spec<BitString>>::write(value, writer)?;
        writer.note_hash(value.octets.len());
        Ok(())
    }
}
spec::optional!([] Hash, BitString);
