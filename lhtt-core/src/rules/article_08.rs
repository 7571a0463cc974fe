//! Điều 8: security. Decides by clause 3 điểm b, see [`scenario`].

pub(crate) mod scenario;
