//! CSeq (RFC 3261 20.16).

use crate::message::{Fault, Method, Text, scan};
use nom::Parser;
use nom::bytes::complete::{take_while, take_while1};
use nom::character::complete::digit1;
use std::fmt;

/// A sequence number and the method it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CSeq {
    /// Below 2³¹ in a request we send (RFC 3261 8.1.1.5).
    pub number: u32,
    /// The method of the request.
    pub method: Method,
}

impl CSeq {
    /// A CSeq value.
    pub const fn new(number: u32, method: Method) -> Self {
        Self { number, method }
    }

    /// Reads a value.
    pub fn read(text: &Text) -> Result<Self, Fault> {
        let space = || take_while1::<_, &str, nom::error::Error<&str>>(|c| matches!(c, ' ' | '\t'));
        let method = take_while(|c: char| !matches!(c, ' ' | '\t'));
        let (rest, (digits, _, method)) = (digit1, space(), method)
            .parse(text.as_str())
            .map_err(|_| Fault::malformed(0, "a CSeq is not a number and a method"))?;
        if !scan::trim(rest).is_empty() {
            return Err(Fault::malformed(text.len() - rest.len(), "something follows the method of a CSeq"));
        }
        let number = digits.parse().map_err(|_| Fault::malformed(0, "a CSeq number does not fit 32 bits"))?;
        Ok(Self { number, method: Method::read(text, method)? })
    }
}

impl fmt::Display for CSeq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.method)
    }
}

impl From<CSeq> for Text {
    fn from(cseq: CSeq) -> Self {
        cseq.to_string().into()
    }
}
