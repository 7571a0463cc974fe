//! The ASN.1 types of H.323, declared in the language of [`crate::per`].
//!
//! Names: a type has its ASN.1 name in Rust's spelling (`Setup-UUIE` is [`h225::SetupUuie`]); a component is in snake case,
//! an alternative in camel case; a type without a name of its own is named after its place. OPTIONAL components and extension
//! additions are `Option`; NULL is a unit alternative or `()`; strings are `String`, octet strings `Vec<u8>` or `[u8; N]`.
//! Large alternatives and large seldom additions are boxed.
//!
//! Leaves out H.248 and H.450 packages and other annexes that travel as octet strings.

pub mod h225;
pub mod h235;
pub mod h245;
