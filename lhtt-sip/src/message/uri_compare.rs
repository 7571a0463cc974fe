//! When two URIs mean the same (RFC 3261 19.1.4).

use super::uri::{Scheme, Uri, unescape};

impl Uri {
    /// Whether two URIs are equivalent under RFC 3261 19.1.4. Not transitive, as the clause warns.
    pub fn equivalent(&self, other: &Self) -> bool {
        match (self.scheme(), other.scheme()) {
            (Scheme::Sip, Scheme::Sip) | (Scheme::Sips, Scheme::Sips) => self.sip_equivalent(other),
            (Scheme::Tel, Scheme::Tel) => {
                let digits = |uri: &Self| -> String {
                    let number = uri.user().unwrap_or_default();
                    number.chars().filter(|c| !matches!(c, '-' | '.' | '(' | ')')).collect::<String>().to_lowercase()
                };
                digits(self) == digits(other) && params_agree(self, other, &["isub", "ext", "phone-context"])
            }
            (Scheme::Other, Scheme::Other) => {
                self.scheme_str().eq_ignore_ascii_case(other.scheme_str()) && self.opaque() == other.opaque()
            }
            _ => false,
        }
    }

    fn sip_equivalent(&self, other: &Self) -> bool {
        let part = |text: Option<&str>| text.map(unescape);
        part(self.user()) == part(other.user())
            && part(self.password()) == part(other.password())
            && self.host().eq_ignore_ascii_case(other.host())
            && self.port() == other.port()
            && params_agree(self, other, &["user", "ttl", "method", "maddr", "transport"])
            && headers(self) == headers(other)
    }
}

/// Parameters in both must agree; those in `strict` must not stand in one only.
fn params_agree(a: &Uri, b: &Uri, strict: &[&str]) -> bool {
    let agrees = |one: &Uri, two: &Uri| {
        one.params().iter().all(|(name, value)| match two.param(name) {
            Some(other) => unescape(value.unwrap_or("")).eq_ignore_ascii_case(&unescape(other)),
            None => !strict.iter().any(|strict| strict.eq_ignore_ascii_case(name)),
        })
    };
    agrees(a, b) && agrees(b, a)
}

/// Header components in an order that does not depend on how they were written.
fn headers(uri: &Uri) -> Vec<(Vec<u8>, Vec<u8>)> {
    let pairs = uri.headers().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    let mut list: Vec<_> = pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (unescape(name).to_ascii_lowercase(), unescape(value)))
        .collect();
    list.sort();
    list
}
