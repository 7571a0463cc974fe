//! Aligned basic PER (X.691), the transfer syntax of H.225.0, H.245 and H.235.
//!
//! Types are declared with `sequence!`, `choice!` and `enumerated!` (see `macros`): a field is one line, its constraint
//! stands beside it. A declared type is [`Per`]; the messages that travel alone are [`Codec`]. Leaves out UNALIGNED and
//! CANONICAL variants, REAL, SET, and what H.323 does not use.

mod error;
mod extension;
pub mod limits;
mod macros;
mod marks;
mod reader;
mod spec;
mod text;
mod value;
mod writer;

pub use error::{Error, Fault, Result};
pub use extension::{Addition, Extensions};
pub(crate) use macros::{choice, enumerated, sequence, within};
pub use marks::{Hash, Marks};
pub use reader::{Bitmap, Reader};
pub use spec::{AtLeast, Each, Int, IntExt, Integer, List, Octets, OpenType, Spec};
pub(crate) use spec::{read_addition, read_component, write_addition};
pub use text::{Alphabet, Any, Bmp, Chars, Dialled, General, Ia5, Isup, Keys, Numeric, Printable, Tbcd};
pub use value::{BitString, Bits, Oid};
pub use writer::Writer;

/// A type that PER describes by itself.
pub trait Per: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// The octets are malformed or hold what is unsupported.
    fn read(reader: &mut Reader<'_>) -> Result<Self>;

    /// Writes the value.
    ///
    /// # Errors
    /// The value breaks a constraint of its type.
    fn write(&self, writer: &mut Writer) -> Result<()>;
}

/// A message: a type whose encoding is complete by itself.
pub trait Codec: Per {
    /// Reads a message. Octets that follow it are ignored.
    ///
    /// # Errors
    /// Malformed or unsupported, with the place.
    fn from_per(octets: &[u8]) -> Result<Self> {
        Ok(Self::from_per_prefix(octets)?.0)
    }

    /// Reads a message from the front of `octets`, and tells how many it took.
    ///
    /// # Errors
    /// Malformed or unsupported, with the place.
    fn from_per_prefix(octets: &[u8]) -> Result<(Self, usize)> {
        let mut reader = Reader::new(octets);
        let value = Self::read(&mut reader)?;
        Ok((value, reader.octets_read().max(1)))
    }

    /// Reads a message, and where its hashes lie in `octets`.
    ///
    /// # Errors
    /// Malformed or unsupported, with the place.
    fn from_per_marked(octets: &[u8]) -> Result<(Self, Marks)> {
        let mut reader = Reader::new(octets);
        let value = Self::read(&mut reader)?;
        Ok((value, reader.marks()))
    }

    /// Writes the message.
    ///
    /// # Errors
    /// Misuse: the value breaks a constraint of its type.
    fn to_per(&self) -> Result<Vec<u8>> {
        let mut writer = Writer::new();
        self.write(&mut writer)?;
        Ok(writer.finish())
    }

    /// Writes the message, and says where its hashes lie.
    ///
    /// # Errors
    /// Misuse: the value breaks a constraint of its type.
    fn to_per_marked(&self) -> Result<(Vec<u8>, Marks)> {
        let mut writer = Writer::new();
        self.write(&mut writer)?;
        let marks = writer.marks();
        Ok((writer.finish(), marks))
    }
}
