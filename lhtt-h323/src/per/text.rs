//! Character strings (X.691 30): known-multiplier ones with a permitted alphabet, BMPString, GeneralString. All are `String`.
//!
//! Leaves out the ISO 2022 escapes of GeneralString: each octet is one character, U+0000 to U+00FF.

use std::marker::PhantomData;

use super::reader::Reader;
use super::spec::{Spec, optional};
use super::writer::Writer;
use super::{Result, limits};

/// The characters a string may have.
pub trait Alphabet {
    /// Bits of a character: a power of two in the aligned variant (X.691 30.5.2).
    const BITS: u32;
    /// The characters in order; empty if a character is written as its own code (X.691 30.5.4).
    const TABLE: &'static [u8];

    /// Whether a character written as its own code is allowed.
    fn has(code: u8) -> bool {
        Self::TABLE.contains(&code)
    }
}

macro_rules! alphabets {
    ($($(#[$doc:meta])* $name:ident, $bits:literal, $table:literal, $allowed:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Alphabet for $name {
            const BITS: u32 = $bits;
            const TABLE: &'static [u8] = $table;

            #[inline]
            fn has(code: u8) -> bool {
                let allowed: fn(u8) -> bool = $allowed;
                allowed(code)
            }
        }
    )*};
}

alphabets! {
    /// All of IA5.
    Any, 8, b"", |code| code < 0x80;
    /// What a telephone can dial.
    Dialled, 4, b"#*,0123456789", |_| true;
    /// Digits of ISUP.
    Isup, 4, b"0123456789ABCDE", |_| true;
    /// Telephony binary coded decimal.
    Tbcd, 4, b"#*0123456789abc", |_| true;
    /// NumericString.
    NumericAlphabet, 4, b" 0123456789", |_| true;
    /// PrintableString.
    PrintableAlphabet, 8, b"", |code| code.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&code);
    /// Keys in the signal of a user input indication.
    Keys, 8, b"", |code| b"0123456789#*ABCD!".contains(&code);
}

/// A known-multiplier string of characters of `A`, (SIZE(MIN..MAX)).
#[derive(Debug)]
pub struct Chars<A, const MIN: usize, const MAX: usize>(PhantomData<A>);

/// IA5String (SIZE(MIN..MAX)).
pub type Ia5<const MIN: usize = 0, const MAX: usize = { usize::MAX }> = Chars<Any, MIN, MAX>;
/// NumericString (SIZE(MIN..MAX)).
pub type Numeric<const MIN: usize = 0, const MAX: usize = { usize::MAX }> = Chars<NumericAlphabet, MIN, MAX>;
/// PrintableString (SIZE(MIN..MAX)).
pub type Printable<const MIN: usize = 0, const MAX: usize = { usize::MAX }> = Chars<PrintableAlphabet, MIN, MAX>;

impl<A: Alphabet, const MIN: usize, const MAX: usize> Chars<A, MIN, MAX> {
    /// Short strings are not aligned (X.691 30.5.6, 30.5.7).
    const ALIGNED: bool = {
        let bits = MAX.saturating_mul(A::BITS as usize);
        if MIN == MAX { bits > 16 } else { bits >= 16 }
    };
}

impl<A: Alphabet, const MIN: usize, const MAX: usize> Spec<String> for Chars<A, MIN, MAX> {
    fn read(reader: &mut Reader<'_>) -> Result<String> {
        let count = reader.size(MIN, MAX)?;
        if count == 0 {
            return Ok(String::new());
        }
        if Self::ALIGNED {
            reader.align();
        }
        let characters = if A::BITS == 8 && Self::ALIGNED {
            let codes = reader.octets(count)?;
            codes.iter().all(|code| A::has(*code)).then(|| codes.to_vec())
        } else {
            let mut characters = Vec::with_capacity(count.min(limits::LIST_OCTETS_RESERVED));
            for _ in 0..count {
                let code = reader.bits(A::BITS)? as u8;
                characters.extend(if A::TABLE.is_empty() {
                    A::has(code).then_some(code)
                } else {
                    A::TABLE.get(usize::from(code)).copied()
                });
            }
            (characters.len() == count).then_some(characters)
        };
        // Every alphabet is part of ASCII.
        let text = characters.and_then(|characters| String::from_utf8(characters).ok());
        text.ok_or_else(|| reader.malformed("character outside the alphabet"))
    }

    fn write(value: &String, writer: &mut Writer) -> Result<()> {
        writer.size(value.len(), MIN, MAX)?;
        if value.is_empty() {
            return Ok(());
        }
        if Self::ALIGNED {
            writer.align();
        }
        if A::BITS == 8 && Self::ALIGNED {
            if !value.bytes().all(A::has) {
                return Err(writer.misuse("character outside the alphabet"));
            }
            writer.octets(value.as_bytes());
            return Ok(());
        }
        for character in value.bytes() {
            let code = if A::TABLE.is_empty() {
                A::has(character).then_some(usize::from(character))
            } else {
                A::TABLE.iter().position(|c| *c == character)
            };
            match code {
                Some(code) => writer.bits(code as u64, A::BITS),
                None => return Err(writer.misuse("character outside the alphabet")),
            }
        }
        Ok(())
    }
}
optional!([A: Alphabet, const MIN: usize, const MAX: usize] Chars<A, MIN, MAX>, String);

/// BMPString (SIZE(MIN..MAX)), in UTF-16 units. Half a surrogate pair, which a name cut too short may end in, is read as
/// U+FFFD: a call must not fail of it.
#[derive(Debug)]
pub struct Bmp<const MIN: usize = 0, const MAX: usize = { usize::MAX }>;

impl<const MIN: usize, const MAX: usize> Spec<String> for Bmp<MIN, MAX> {
    fn read(reader: &mut Reader<'_>) -> Result<String> {
        let count = reader.size(MIN, MAX)?;
        if count == 0 {
            return Ok(String::new());
        }
        let octets = reader.octets(count * 2)?;
        let units = octets.as_chunks::<2>().0;
        if units.iter().all(|unit| unit[0] == 0 && unit[1] < 0x80) {
            let ascii = units.iter().map(|unit| unit[1]).collect();
            return String::from_utf8(ascii).map_err(|_| reader.malformed("character outside the alphabet"));
        }
        let units = units.iter().map(|unit| u16::from_be_bytes(*unit));
        let mut text = String::with_capacity(count);
        text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
        Ok(text)
    }

    fn write(value: &String, writer: &mut Writer) -> Result<()> {
        writer.size(value.encode_utf16().count(), MIN, MAX)?;
        if !value.is_empty() {
            writer.align();
            value.encode_utf16().for_each(|unit| writer.octets(&unit.to_be_bytes()));
        }
        Ok(())
    }
}
optional!([const MIN: usize, const MAX: usize] Bmp<MIN, MAX>, String);

/// GeneralString: an octet a character (X.691 30.6).
#[derive(Debug)]
pub struct General;

impl Spec<String> for General {
    fn read(reader: &mut Reader<'_>) -> Result<String> {
        Ok(reader.counted_octets()?.iter().map(|octet| char::from(*octet)).collect())
    }

    fn write(value: &String, writer: &mut Writer) -> Result<()> {
        let octets: Option<Vec<u8>> = value.chars().map(|c| u8::try_from(c).ok()).collect();
        match octets {
            Some(octets) => {
                writer.counted_octets(&octets);
                Ok(())
            }
            None => Err(writer.misuse("character outside the alphabet")),
        }
    }
}
optional!([] General, String);
