//! On which facts a decision was made: the place in the journal, whose entries are the facts, and what was asked.
//!
//! Of an entry the digest is that of the request as it stands in the line, names as their salted digests: a digest of the names
//! themselves would outlive their erasure, and whoever guesses a name could prove it. Leaves out: the facts of a case, which
//! stand in its document.

use super::{Hash, Head};
use crate::decision::Decision;
use crate::request::Request;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// On which facts a decision was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FactsDigest {
    /// The journal it was made on: its last entry before, number 0 where there was none. Nothing for a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journal: Option<Head>,
    /// SHA-256 of the request's JSON, as the journal keeps it.
    pub request: Hash,
}

impl FactsDigest {
    /// Of a decision that stands in no journal.
    pub(crate) fn of_case(request: &Request, decision: &Decision) -> Self {
        let json = serde_json::to_string(&request.kept_with(decision));
        let json = json.expect("texts, numbers and lists with text keys always serialise");
        Self { journal: None, request: Hash(Sha256::digest(json.as_bytes()).into()) }
    }

    /// Of the decision in a line that follows `head`.
    pub(super) fn of_line(head: Head, line: &str) -> Self {
        Self { journal: Some(head), request: Hash(Sha256::digest(request_in(line).as_bytes()).into()) }
    }
}

/// The request as it stands in a line.
fn request_in(line: &str) -> &str {
    let Some((_, request)) = line.split_once(REQUEST_FIELD) else { return "" };
    let mut values = serde_json::Deserializer::from_str(request).into_iter::<IgnoredAny>();
    values.next();
    &request[..values.byte_offset()]
}

/// In front of the request; what stands before it has no such text.
const REQUEST_FIELD: &str = ",\"request\":";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_is_found_whatever_it_says() {
        for request in [r#"{"a":"}\\\",\"request\":"}"#, r#"{"request":{"b":[1,{}]}}"#, "{}"] {
            let line = format!(r#"{{"v":1,"at":"x","request":{request},"decision":{{"request":1}}}}"#);
            assert_eq!(request_in(&line), request);
        }
        assert_eq!(request_in("{}"), "");
    }
}
