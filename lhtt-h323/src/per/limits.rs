//! Bounds of what a message can make us store. A message that passes one is refused as malformed or unsupported.

/// Nested values (a SEQUENCE or CHOICE counts one). The deepest captured message has less than 14.
pub const DEPTH_MAX: u32 = 32;

/// Elements of one list. Capability tables of large terminals have about 100 entries; 256 is the largest bound that H.245
/// states for one.
pub const LIST_ELEMENTS_MAX: usize = 4096;

/// Elements of all lists of one message together, so that nested lists cannot multiply.
pub const MESSAGE_ELEMENTS_MAX: u32 = 16_384;

/// Octets that the elements of a list are given before they are read: what a peer only claims costs no more.
pub(crate) const LIST_OCTETS_RESERVED: usize = 4096;

/// Room of a new message; most fit.
pub(crate) const OCTETS_RESERVED: usize = 512;

/// Hashes of one message whose places are noted. No message in use has more than one.
pub const MARKS_MAX: usize = 4;

/// Octets of one string or open type. A TPKT carries at most 65531.
pub const OCTETS_MAX: usize = 1 << 17;

/// Extension additions of one SEQUENCE that a received bitmap may speak of. The longest known list has 31.
pub const ADDITIONS_MAX: usize = 64;

/// Bits in a group of octets or elements that is announced at once (X.691 11.9.3.8).
pub(crate) const FRAGMENT: usize = 16_384;
