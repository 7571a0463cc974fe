//! A sans-I/O sip stack.
#![forbid(unsafe_code)]
#![deny(missing_docs)]
