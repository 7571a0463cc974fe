//! What a peer's certificate says of itself. Asked only after its chain was verified.

use lhtt_core::io::TlsIdentity;
use sha2::{Digest, Sha256};
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

/// Names, key and end of a certificate in DER; none if it cannot be read. The anchors are for the caller to fill in.
pub(crate) fn identity(certificate: &[u8]) -> Option<TlsIdentity> {
    let (_, parsed) = X509Certificate::from_der(certificate).ok()?;
    let mut identity = TlsIdentity {
        spki_sha256: Sha256::digest(parsed.tbs_certificate.subject_pki.raw).into(),
        not_after: parsed.validity().not_after.timestamp(),
        ..TlsIdentity::default()
    };
    let names = parsed.subject_alternative_name().ok()?;
    for name in names.map(|extension| extension.value.general_names.as_slice()).unwrap_or_default() {
        match name {
            GeneralName::DNSName(name) => identity.dns.push(name.to_ascii_lowercase()),
            GeneralName::URI(uri) => identity.uris.push((*uri).to_owned()),
            _ => {}
        }
    }
    Some(identity)
}

/// Whether a certificate bears this SIP domain (RFC 5922 7.1, 7.2): as a dNSName, or as a SIP URI without a user part.
/// Wildcards count for nothing there.
pub(super) fn bears_domain(identity: &TlsIdentity, domain: &str) -> bool {
    let of_uri = |uri: &String| {
        let host = uri.strip_prefix("sip:").or_else(|| uri.strip_prefix("sips:"))?;
        Some(host.eq_ignore_ascii_case(domain))
    };
    identity.dns.iter().any(|name| name.eq_ignore_ascii_case(domain))
        || identity.uris.iter().filter_map(of_uri).any(|same| same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_names_or_uris_without_user() {
        let identity = TlsIdentity {
            dns: vec!["sip.example".into(), "*.wild.example".into()],
            uris: vec!["sip:uri.example".into(), "sip:user@user.example".into(), "https://web.example".into()],
            ..TlsIdentity::default()
        };
        let cases = [
            ("SIP.example", true),
            ("uri.example", true),
            ("a.wild.example", false),
            ("user.example", false),
            ("web.example", false),
            ("example", false),
        ];
        for (domain, expected) in cases {
            assert_eq!(bears_domain(&identity, domain), expected, "{domain}");
        }
    }

    #[test]
    fn what_is_no_certificate_has_no_identity() {
        assert_eq!(identity(b"\x30\x03abc"), None);
    }
}
