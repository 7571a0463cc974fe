//! RSeq and RAck (RFC 3262 7.1, 7.2).

use super::typed::number;
use super::{Headers, Name};
use crate::message::{Fault, Method, Text, scan};
use std::fmt;

/// What a PRACK acknowledges: the RSeq of a response, and the CSeq of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RAck {
    /// The RSeq number.
    pub rseq: u32,
    /// The CSeq number.
    pub cseq: u32,
    /// The CSeq method.
    pub method: Method,
}

impl RAck {
    /// Reads a value.
    pub fn read(text: &Text) -> Result<Self, Fault> {
        let words: Vec<&str> = text.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        let [rseq, cseq, method] = words.as_slice() else {
            return Err(Fault::malformed(0, "a RAck is not two numbers and a method"));
        };
        if !scan::is_token(method) {
            return Err(Fault::malformed(0, "the method of a RAck is not a token"));
        }
        let number = |text: &str| number(text, u32::MAX.into()).map(|number| number as u32);
        Ok(Self { rseq: number(rseq)?, cseq: number(cseq)?, method: Method::read(text, method)? })
    }
}

impl fmt::Display for RAck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.rseq, self.cseq, self.method)
    }
}

impl From<RAck> for Text {
    fn from(value: RAck) -> Self {
        value.to_string().into()
    }
}

impl Headers {
    /// RSeq: 1 to 2³² − 1 (RFC 3262 7.1).
    pub fn rseq(&self) -> Result<Option<u32>, Fault> {
        let read = |text: &Text| match number(text, u32::MAX.into())? {
            0 => Err(Fault::malformed(0, "an RSeq is 0")),
            number => Ok(number as u32),
        };
        self.optional(Name::RSeq, read)
    }

    /// RAck (RFC 3262 7.2).
    pub fn rack(&self) -> Result<Option<RAck>, Fault> {
        self.optional(Name::RAck, RAck::read)
    }
}
