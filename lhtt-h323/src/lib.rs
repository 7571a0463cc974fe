//! A sans-I/O h323 stack.
#![forbid(unsafe_code)]
#![deny(missing_docs)]
