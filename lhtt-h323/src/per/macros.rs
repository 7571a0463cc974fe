//! The declaration language of `asn1`: one line a component, read like a table.
//!
//! ```text
//! sequence! {
//!     /// What it is.
//!     Name {
//!         number: u16 as Int<1, 65535>,       // INTEGER (1..65535)
//!         address: Option<TransportAddress>,  // OPTIONAL
//!         ..                                  // extension marker; all that follow are Option
//!         alias: Option<Vec<AliasAddress>>,
//!     }
//! }
//! choice! {
//!     /// What it is.
//!     Name { Nothing, Digits(String as Ia5<1, 32>), .. Later(Box<Setup>), }
//! }
//! ```
//! An extensible SEQUENCE gets a hidden field `ext` ([`Extensions`](super::Extensions)), an extensible CHOICE the
//! alternative `Unknown`. One pass of `macro_rules`, no recursion over fields: building stays quick.

/// Declares SEQUENCE types.
macro_rules! sequence {
    ($($(#[$doc:meta])* $name:ident { $($body:tt)* })*) => {$(
        $crate::per::sequence! { @one [$(#[$doc])*] $name { $($body)* } }
    )*};

    (@one [$(#[$doc:meta])*] $name:ident { $($field:ident: $type:ty $(as $spec:ty)?,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub struct $name { $(pub $field: $type,)* }

        #[allow(unused_parens, unused_variables, unused_mut, unused_assignments)]
        impl $crate::per::Per for $name {
            fn read(reader: &mut $crate::per::Reader<'_>) -> $crate::per::Result<Self> {
                const OPTIONALS: u32 = 0 $(+ <($($spec)?) as $crate::per::Spec<$type>>::OPTIONAL as u32)*;
                reader.descend()?;
                let mut presence = reader.bitmap(OPTIONALS)?;
                $(let $field = $crate::per::within!($field, $crate::per::read_component::<$type, ($($spec)?)>(reader, &mut presence));)*
                reader.ascend();
                Ok(Self { $($field,)* })
            }

            fn write(&self, writer: &mut $crate::per::Writer) -> $crate::per::Result<()> {
                $crate::per::sequence! { @presence self writer $($field: $type $(as $spec)?,)* }
                $($crate::per::within!($field, <($($spec)?) as $crate::per::Spec<$type>>::write(&self.$field, writer));)*
                Ok(())
            }
        }
    };

    (@one [$(#[$doc:meta])*] $name:ident {
        $($field:ident: $type:ty $(as $spec:ty)?,)* .. $($later:ident: $later_type:ty $(as $later_spec:ty)?,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub struct $name {
            $(pub $field: $type,)*
            $(pub $later: $later_type,)*
            #[doc(hidden)]
            pub ext: $crate::per::Extensions,
        }

        #[allow(unused_parens, unused_variables, unused_mut, unused_assignments)]
        impl $crate::per::Per for $name {
            fn read(reader: &mut $crate::per::Reader<'_>) -> $crate::per::Result<Self> {
                const OPTIONALS: u32 = 0 $(+ <($($spec)?) as $crate::per::Spec<$type>>::OPTIONAL as u32)*;
                const KNOWN: usize = $crate::per::sequence! { @count $($later)* };
                reader.descend()?;
                let extended = reader.bit()?;
                let mut presence = reader.bitmap(OPTIONALS)?;
                $(let $field = $crate::per::within!($field, $crate::per::read_component::<$type, ($($spec)?)>(reader, &mut presence));)*
                let (mut ext, mut additions) = $crate::per::Extensions::read(reader, extended)?;
                $(let $later = $crate::per::within!(
                    $later,
                    $crate::per::read_addition::<$later_type, ($($later_spec)?)>(reader, &mut additions)
                );)*
                ext.read_unknown(reader, additions, KNOWN)?;
                reader.ascend();
                Ok(Self { $($field,)* $($later,)* ext })
            }

            fn write(&self, writer: &mut $crate::per::Writer) -> $crate::per::Result<()> {
                const KNOWN: usize = $crate::per::sequence! { @count $($later)* };
                let mut additions = 0u64;
                $(additions = additions << 1
                    | <($($later_spec)?) as $crate::per::Spec<$later_type>>::present(&self.$later) as u64;)*
                let extended = self.ext.extended(additions != 0);
                writer.bit(extended);
                $crate::per::sequence! { @presence self writer $($field: $type $(as $spec)?,)* }
                $($crate::per::within!($field, <($($spec)?) as $crate::per::Spec<$type>>::write(&self.$field, writer));)*
                if extended {
                    self.ext.write_bitmap(writer, additions, KNOWN)?;
                    $($crate::per::within!(
                        $later,
                        $crate::per::write_addition::<$later_type, ($($later_spec)?)>(&self.$later, writer)
                    );)*
                    self.ext.write_unknown(writer);
                }
                Ok(())
            }
        }
    };

    (@presence $self:ident $writer:ident $($field:ident: $type:ty $(as $spec:ty)?,)*) => {
        let (mut presence, mut optionals) = (0u64, 0u32);
        $(if <($($spec)?) as $crate::per::Spec<$type>>::OPTIONAL {
            presence = presence << 1 | <($($spec)?) as $crate::per::Spec<$type>>::present(&$self.$field) as u64;
            optionals += 1;
        })*
        $writer.bitmap(presence, optionals);
    };

    (@count $($name:ident)*) => { <[&str]>::len(&[$(stringify!($name)),*]) };
}

/// The value of a fallible expression, or the error with the field's name added.
macro_rules! within {
    ($name:ident, $value:expr) => {
        match $value {
            Ok(value) => value,
            Err(error) => return Err(error.within(stringify!($name))),
        }
    };
}

/// Declares CHOICE types. NULL alternatives have no payload.
macro_rules! choice {
    ($($(#[$doc:meta])* $name:ident { $($body:tt)* })*) => {$(
        $crate::per::choice! { @one [$(#[$doc])*] $name { $($body)* } }
    )*};

    (@one [$(#[$doc:meta])*] $name:ident { $($root:ident $(($type:ty $(as $spec:ty)?))?,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum $name { $($root $(($type))?,)* }

        $crate::per::choice! { @default $name $($root $(($type))?,)* }

        #[allow(unused_parens, irrefutable_let_patterns)]
        impl $crate::per::Per for $name {
            fn read(reader: &mut $crate::per::Reader<'_>) -> $crate::per::Result<Self> {
                #[allow(clippy::enum_variant_names)]
                enum Index { $($root,)* End }
                reader.descend()?;
                let index = reader.alternative(Index::End as u32, false)?;
                let value = match index {
                    $(index if index == Index::$root as u32 => Self::$root $((
                        $crate::per::within!($root, <($($spec)?) as $crate::per::Spec<$type>>::read(reader))
                    ))?,)*
                    _ => return Err(reader.malformed("alternative out of range")),
                };
                reader.ascend();
                Ok(value)
            }

            fn write(&self, writer: &mut $crate::per::Writer) -> $crate::per::Result<()> {
                #[allow(clippy::enum_variant_names)]
                enum Index { $($root,)* End }
                match self {
                    $(Self::$root { .. } => {
                        writer.root_alternative(Index::$root as u32, Index::End as u32, false)?;
                        $(if let Self::$root(value) = self {
                            $crate::per::within!($root, <($($spec)?) as $crate::per::Spec<$type>>::write(value, writer));
                        })?
                    })*
                }
                Ok(())
            }
        }
    };

    (@one [$(#[$doc:meta])*] $name:ident {
        $($root:ident $(($type:ty $(as $spec:ty)?))?,)* .. $($later:ident $(($later_type:ty $(as $later_spec:ty)?))?,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum $name {
            $($root $(($type))?,)*
            $($later $(($later_type))?,)*
            /// An alternative after the extension marker that is not declared here: its place there, from 0, and its octets.
            Unknown { index: u32, octets: Vec<u8> },
        }

        $crate::per::choice! { @default $name $($root $(($type))?,)* }

        #[allow(unused_parens)]
        impl $crate::per::Per for $name {
            fn read(reader: &mut $crate::per::Reader<'_>) -> $crate::per::Result<Self> {
                #[allow(clippy::enum_variant_names)]
                enum Index { $($root,)* End }
                #[allow(dead_code, clippy::enum_variant_names)]
                enum Later { $($later,)* End }
                reader.descend()?;
                let value = match reader.alternative(Index::End as u32, true)? {
                    $(index if index == Index::$root as u32 => Self::$root $((
                        $crate::per::within!($root, <($($spec)?) as $crate::per::Spec<$type>>::read(reader))
                    ))?,)*
                    $(index if index == Index::End as u32 + Later::$later as u32 => $crate::per::choice! {
                        @later reader Self::$later $(($later_type, ($($later_spec)?)))?
                    },)*
                    index if index >= Index::End as u32 => {
                        let octets = reader.counted_octets()?.into_owned();
                        Self::Unknown { index: index - Index::End as u32, octets }
                    }
                    _ => return Err(reader.malformed("alternative out of range")),
                };
                reader.ascend();
                Ok(value)
            }

            fn write(&self, writer: &mut $crate::per::Writer) -> $crate::per::Result<()> {
                #[allow(clippy::enum_variant_names)]
                enum Index { $($root,)* End }
                #[allow(dead_code, clippy::enum_variant_names)]
                enum Later { $($later,)* End }
                match self {
                    $(Self::$root { .. } => {
                        writer.root_alternative(Index::$root as u32, Index::End as u32, true)?;
                        $(if let Self::$root(value) = self {
                            $crate::per::within!($root, <($($spec)?) as $crate::per::Spec<$type>>::write(value, writer));
                        })?
                    })*
                    $(Self::$later { .. } => {
                        writer.bit(true);
                        writer.small(Later::$later as u32)?;
                        $crate::per::choice! { @write_later self writer $later $(($later_type, ($($later_spec)?)))? }
                    })*
                    Self::Unknown { index, octets } => {
                        if *index < Later::End as u32 {
                            return Err(writer.misuse("index of an unknown alternative"));
                        }
                        writer.bit(true);
                        writer.small(*index)?;
                        writer.counted_octets(octets);
                    }
                }
                Ok(())
            }
        }
    };

    // Reading an alternative after the marker: from an open type, which for NULL says nothing.
    (@later $reader:ident Self::$later:ident) => {{
        $reader.counted_octets()?;
        Self::$later
    }};
    (@later $reader:ident Self::$later:ident ($type:ty, $spec:ty)) => {
        Self::$later($crate::per::within!($later, $reader.open(<$spec as $crate::per::Spec<$type>>::read)))
    };

    // Writing one: NULL is an open type of one zero octet.
    (@write_later $self:ident $writer:ident $later:ident) => {
        $writer.counted_octets(&[0])
    };
    (@write_later $self:ident $writer:ident $later:ident ($type:ty, $spec:ty)) => {
        if let Self::$later(value) = $self {
            $crate::per::within!($later, $crate::per::write_addition::<$type, $spec>(value, $writer));
        }
    };

    // A CHOICE begins as its first alternative: the first `return` is the only one that is reached.
    (@default $name:ident $($root:ident $(($type:ty))?,)*) => {
        impl Default for $name {
            #[allow(unreachable_code)]
            fn default() -> Self {
                $(return Self::$root $((<$type>::default()))?;)*
            }
        }
    };
}

/// Declares ENUMERATED types with an extension marker.
macro_rules! enumerated {
    ($($(#[$doc:meta])* $name:ident { $($item:ident,)* .. })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum $name {
            #[default]
            $($item,)*
            /// An item after the extension marker: its place there, from 0.
            Unknown(u32),
        }

        impl $crate::per::Per for $name {
            fn read(reader: &mut $crate::per::Reader<'_>) -> $crate::per::Result<Self> {
                #[allow(clippy::enum_variant_names)]
                enum Index { $($item,)* End }
                match reader.alternative(Index::End as u32, true)? {
                    $(index if index == Index::$item as u32 => Ok(Self::$item),)*
                    index if index >= Index::End as u32 => Ok(Self::Unknown(index - Index::End as u32)),
                    _ => Err(reader.malformed("item out of range")),
                }
            }

            fn write(&self, writer: &mut $crate::per::Writer) -> $crate::per::Result<()> {
                #[allow(clippy::enum_variant_names)]
                enum Index { $($item,)* End }
                match self {
                    $(Self::$item => writer.root_alternative(Index::$item as u32, Index::End as u32, true),)*
                    Self::Unknown(index) => {
                        writer.bit(true);
                        writer.small(*index)
                    }
                }
            }
        }
    )*};
}

pub(crate) use {choice, enumerated, sequence, within};
