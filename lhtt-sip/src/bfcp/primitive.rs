//! What a message is for (RFC 8855 5.1, table 1).

macro_rules! primitives {
    ($($name:ident $number:literal $doc:literal,)*) => {
        /// The primitive of a message.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Primitive {
            $(#[doc = $doc] $name,)*
            /// One that we do not know.
            Other(u8),
        }

        impl Primitive {
            /// All that we know, in the order of their numbers.
            pub const KNOWN: &[Self] = &[$(Self::$name,)*];

            /// The primitive of a number; never [`Primitive::Other`] of a known one.
            pub const fn of(number: u8) -> Self {
                match number {
                    $($number => Self::$name,)*
                    other => Self::Other(other),
                }
            }

            /// The number on the wire.
            pub const fn number(self) -> u8 {
                match self {
                    $(Self::$name => $number,)*
                    Self::Other(number) => number,
                }
            }
        }
    };
}

primitives! {
    FloorRequest 1 "A participant asks for floors.",
    FloorRelease 2 "A participant gives floors back, or takes a request back.",
    FloorRequestQuery 3 "A client asks how a request stands.",
    FloorRequestStatus 4 "The server tells how a request stands.",
    UserQuery 5 "A client asks about a user.",
    UserStatus 6 "The server tells about a user.",
    FloorQuery 7 "A client wants to be told about floors.",
    FloorStatus 8 "The server tells about a floor.",
    ChairAction 9 "A chair decides.",
    ChairActionAck 10 "The server took a chair's decision.",
    Hello 11 "A client asks whether the server is there, and what it can do.",
    HelloAck 12 "The server says so.",
    Error 13 "The server could not do what a message asked.",
    FloorRequestStatusAck 14 "A client heard a FloorRequestStatus; datagrams only.",
    FloorStatusAck 15 "A client heard a FloorStatus; datagrams only.",
    Goodbye 16 "Either side leaves; datagrams only.",
    GoodbyeAck 17 "Either side heard a Goodbye; datagrams only.",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_one_primitive() {
        assert!((0..=255).all(|number| Primitive::of(number).number() == number));
        assert_eq!(
            Primitive::KNOWN.iter().map(|known| known.number()).collect::<Vec<_>>(),
            (1..=17).collect::<Vec<_>>()
        );
    }
}
