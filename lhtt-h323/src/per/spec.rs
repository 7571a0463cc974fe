//! How a Rust type is written when its constraint says more than the type: `u16 as Int<1, 65535>`, `Vec<u8> as Octets<1, 128>`.
//!
//! A [`Spec`] is the right-hand side of `as` in a declaration. `()` stands for none and fits every [`Per`] type. Each
//! spec also fits `Option` of its type; that is what makes a component OPTIONAL.

use super::reader::{Bitmap, Reader};
use super::writer::Writer;
use super::{Error, Per, Result, limits};

/// A way to read and write values of `T`.
pub trait Spec<T> {
    /// Whether the component has a presence bit.
    const OPTIONAL: bool = false;

    /// Whether the component is there.
    fn present(_value: &T) -> bool {
        true
    }

    /// Reads the component, which is there.
    ///
    /// # Errors
    /// As [`Per::read`].
    fn read(reader: &mut Reader<'_>) -> Result<T>;

    /// Writes the component if it is there.
    ///
    /// # Errors
    /// As [`Per::write`].
    fn write(value: &T, writer: &mut Writer) -> Result<()>;
}

/// Gives a spec its OPTIONAL form.
macro_rules! optional {
    ([$($generics:tt)*] $spec:ty, $value:ty) => {
        impl<$($generics)*> Spec<Option<$value>> for $spec {
            const OPTIONAL: bool = true;

            #[inline]
            fn present(value: &Option<$value>) -> bool {
                value.is_some()
            }

            #[inline]
            fn read(reader: &mut Reader<'_>) -> Result<Option<$value>> {
                <Self as Spec<$value>>::read(reader).map(Some)
            }

            #[inline]
            fn write(value: &Option<$value>, writer: &mut Writer) -> Result<()> {
                match value {
                    Some(value) => <Self as Spec<$value>>::write(value, writer),
                    None => Ok(()),
                }
            }
        }
    };
}
pub(crate) use optional;

impl<T: Per> Spec<T> for () {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<T> {
        T::read(reader)
    }

    #[inline]
    fn write(value: &T, writer: &mut Writer) -> Result<()> {
        value.write(writer)
    }
}
optional!([T: Per] (), T);

/// Reads a root component: `absent` if its presence bit says so.
#[inline]
pub(crate) fn read_component<T: Default, S: Spec<T>>(reader: &mut Reader<'_>, presence: &mut Bitmap) -> Result<T> {
    if S::OPTIONAL && !presence.next_bit() { Ok(T::default()) } else { S::read(reader) }
}

/// Reads an extension addition from its open type.
#[inline]
pub(crate) fn read_addition<T: Default, S: Spec<T>>(reader: &mut Reader<'_>, presence: &mut Bitmap) -> Result<T> {
    if presence.next_bit() { reader.open(S::read) } else { Ok(T::default()) }
}

/// Writes an extension addition in an open type, if it is there.
#[inline]
pub(crate) fn write_addition<T, S: Spec<T>>(value: &T, writer: &mut Writer) -> Result<()> {
    if S::present(value) { writer.open(|writer| S::write(value, writer)) } else { Ok(()) }
}

/// An integer type that can hold the values of a constraint.
pub trait Whole: Copy + Into<i128> + TryFrom<i64> {}
impl Whole for u8 {}
impl Whole for u16 {}
impl Whole for u32 {}
impl Whole for i32 {}
impl Whole for i64 {}

#[inline]
fn narrow<T: Whole>(value: i64, reader: &Reader<'_>) -> Result<T> {
    T::try_from(value).map_err(|_| reader.unsupported("integer too large"))
}

#[inline]
fn widen<T: Whole>(value: T, writer: &Writer) -> Result<i64> {
    i64::try_from(value.into()).map_err(|_| writer.misuse("integer too large"))
}

/// INTEGER (LOW..HIGH).
#[derive(Debug)]
pub struct Int<const LOW: i64, const HIGH: i64>;

impl<T: Whole, const LOW: i64, const HIGH: i64> Spec<T> for Int<LOW, HIGH> {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<T> {
        let value = reader.constrained(LOW, HIGH)?;
        narrow(value, reader)
    }

    #[inline]
    fn write(value: &T, writer: &mut Writer) -> Result<()> {
        writer.constrained(widen(*value, writer)?, LOW, HIGH)
    }
}
optional!([T: Whole, const LOW: i64, const HIGH: i64] Int<LOW, HIGH>, T);

/// INTEGER (LOW..HIGH, ...).
#[derive(Debug)]
pub struct IntExt<const LOW: i64, const HIGH: i64>;

impl<T: Whole, const LOW: i64, const HIGH: i64> Spec<T> for IntExt<LOW, HIGH> {
    fn read(reader: &mut Reader<'_>) -> Result<T> {
        let value = if reader.bit()? { reader.integer()? } else { reader.constrained(LOW, HIGH)? };
        narrow(value, reader)
    }

    fn write(value: &T, writer: &mut Writer) -> Result<()> {
        let value = widen(*value, writer)?;
        let outside = !(LOW..=HIGH).contains(&value);
        writer.bit(outside);
        if outside {
            writer.integer(value);
            return Ok(());
        }
        writer.constrained(value, LOW, HIGH)
    }
}
optional!([T: Whole, const LOW: i64, const HIGH: i64] IntExt<LOW, HIGH>, T);

/// INTEGER (LOW..MAX).
#[derive(Debug)]
pub struct AtLeast<const LOW: i64>;

impl<T: Whole, const LOW: i64> Spec<T> for AtLeast<LOW> {
    fn read(reader: &mut Reader<'_>) -> Result<T> {
        let value = reader.at_least(LOW)?;
        narrow(value, reader)
    }

    fn write(value: &T, writer: &mut Writer) -> Result<()> {
        writer.at_least(widen(*value, writer)?, LOW)
    }
}
optional!([T: Whole, const LOW: i64] AtLeast<LOW>, T);

/// INTEGER without bounds.
#[derive(Debug)]
pub struct Integer;

impl<T: Whole> Spec<T> for Integer {
    fn read(reader: &mut Reader<'_>) -> Result<T> {
        let value = reader.integer()?;
        narrow(value, reader)
    }

    fn write(value: &T, writer: &mut Writer) -> Result<()> {
        writer.integer(widen(*value, writer)?);
        Ok(())
    }
}
optional!([T: Whole] Integer, T);

impl Per for bool {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.bit()
    }

    #[inline]
    fn write(&self, writer: &mut Writer) -> Result<()> {
        writer.bit(*self);
        Ok(())
    }
}

/// NULL.
impl Per for () {
    #[inline]
    fn read(_reader: &mut Reader<'_>) -> Result<Self> {
        Ok(())
    }

    #[inline]
    fn write(&self, _writer: &mut Writer) -> Result<()> {
        Ok(())
    }
}

impl<T: Per> Per for Box<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        T::read(reader).map(Box::new)
    }

    fn write(&self, writer: &mut Writer) -> Result<()> {
        T::write(self, writer)
    }
}

/// OCTET STRING without bounds.
impl Per for Vec<u8> {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(reader.counted_octets()?.into_owned())
    }

    fn write(&self, writer: &mut Writer) -> Result<()> {
        writer.counted_octets(self);
        Ok(())
    }
}

/// OCTET STRING (SIZE(N)): aligned when it has more than two octets (X.691 17.6, 17.7).
impl<const N: usize> Per for [u8; N] {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let mut value = [0; N];
        if N > 2 {
            value.copy_from_slice(reader.octets(N)?);
        } else {
            for octet in &mut value {
                *octet = reader.bits(8)? as u8;
            }
        }
        Ok(value)
    }

    fn write(&self, writer: &mut Writer) -> Result<()> {
        if N > 2 {
            writer.octets(self);
        } else {
            self.iter().for_each(|octet| writer.bits(u64::from(*octet), 8));
        }
        Ok(())
    }
}

/// OCTET STRING (SIZE(MIN..MAX)).
#[derive(Debug)]
pub struct Octets<const MIN: usize, const MAX: usize>;

impl<const MIN: usize, const MAX: usize> Spec<Vec<u8>> for Octets<MIN, MAX> {
    fn read(reader: &mut Reader<'_>) -> Result<Vec<u8>> {
        let count = reader.size(MIN, MAX)?;
        Ok(if count == 0 { Vec::new() } else { reader.octets(count)?.to_vec() })
    }

    fn write(value: &Vec<u8>, writer: &mut Writer) -> Result<()> {
        writer.size(value.len(), MIN, MAX)?;
        if !value.is_empty() {
            writer.octets(value);
        }
        Ok(())
    }
}
optional!([const MIN: usize, const MAX: usize] Octets<MIN, MAX>, Vec<u8>);

/// A value in an open type that is kept as octets.
#[derive(Debug)]
pub struct OpenType;

impl Spec<Vec<u8>> for OpenType {
    fn read(reader: &mut Reader<'_>) -> Result<Vec<u8>> {
        Ok(reader.counted_octets()?.into_owned())
    }

    fn write(value: &Vec<u8>, writer: &mut Writer) -> Result<()> {
        writer.counted_octets(value);
        Ok(())
    }
}
optional!([] OpenType, Vec<u8>);

/// SEQUENCE OF and SET OF with (SIZE(MIN..MAX)) of elements written as `E`.
#[derive(Debug)]
pub struct List<const MIN: usize, const MAX: usize, E = ()>(std::marker::PhantomData<E>);

/// SEQUENCE OF without bounds, of elements written as `E`.
pub type Each<E> = List<0, { usize::MAX }, E>;

impl<T, E: Spec<T>, const MIN: usize, const MAX: usize> Spec<Vec<T>> for List<MIN, MAX, E> {
    fn read(reader: &mut Reader<'_>) -> Result<Vec<T>> {
        let count = reader.list_size(MIN, MAX)?;
        let mut list = Vec::with_capacity(count.min(limits::LIST_OCTETS_RESERVED / size_of::<T>().max(1)));
        for index in 0..count {
            match E::read(reader) {
                Ok(element) => list.push(element),
                Err(error) => return Err(Error::within_element(error, index)),
            }
        }
        Ok(list)
    }

    fn write(value: &Vec<T>, writer: &mut Writer) -> Result<()> {
        writer.size(value.len(), MIN, MAX)?;
        for (index, element) in value.iter().enumerate() {
            E::write(element, writer).map_err(|error| error.within_element(index))?;
        }
        Ok(())
    }
}
optional!([T, E: Spec<T>, const MIN: usize, const MAX: usize] List<MIN, MAX, E>, Vec<T>);

impl<T: Per> Per for Vec<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        <Each<()> as Spec<Self>>::read(reader)
    }

    fn write(&self, writer: &mut Writer) -> Result<()> {
        <Each<()> as Spec<Self>>::write(self, writer)
    }
}
