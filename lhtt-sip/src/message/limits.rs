//! What a peer can make the message layer hold, and what happens at the bound.

/// Octets of one message, head and body. A datagram cannot be larger; a stream that announces more gets 513 and is
/// closed, because what follows cannot be framed without holding it.
pub const MESSAGE_BYTES_MAX: usize = 64 * 1024;

/// Header fields of one message. One more is a malformed message (400).
pub const HEADERS_MAX: usize = 256;

/// Elements of one comma-separated header value (Via, Route, Contact …). One more is a malformed message (400).
pub const LIST_MAX: usize = 256;
