//! The numbers of BFCP, each a type of its own (RFC 8855 5.1, 5.2.1 to 5.2.3).

use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($int:ty);)*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $int);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        })*
    };
}

ids! {
    /// A conference, as `a=confid` says it.
    ConferenceId(u32);
    /// A participant or chair in a conference, as `a=userid` says it.
    UserId(u16);
    /// A floor of a conference, as `a=floorid` says it.
    FloorId(u16);
    /// A floor request, numbered by the server.
    FloorRequestId(u16);
    /// A transaction; 0 is a notice of a server over a stream (RFC 8855 8.2).
    TransactionId(u16);
}
