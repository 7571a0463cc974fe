//! What a session description may cost us. Each bound is far above what conferencing endpoints send (about 120 lines
//! and 6 media for a room system with two video streams, content, BFCP and camera control).

/// Octets of a whole description; beyond it, [`Fault::Unsupported`](super::Fault::Unsupported).
pub const SDP_BYTES_MAX: usize = 65_536;
/// Lines of a description; beyond it, `Unsupported`.
pub const LINES_MAX: usize = 512;
/// Octets of one line without its end: fmtp lines with H.264 parameter sets stay below 1 KiB; beyond it, `Unsupported`.
pub const LINE_BYTES_MAX: usize = 4_096;
/// m= lines of a description; beyond it, `Unsupported`.
pub const MEDIA_MAX: usize = 32;
/// Formats of one m= line (RTP payload types are 0 to 127); beyond it, `Unsupported`.
pub const FORMATS_MAX: usize = 128;
