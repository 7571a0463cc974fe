//! Text from a person, a file or a peer's body: SDP, configuration, journal, citations.

use lhtt_core::Citation;
use lhtt_core::journal::{Entry, Head};
use lhtt_gateway::config::Config;
use lhtt_sip::sdp::Sdp;
use sha2::{Digest, Sha256};

/// A description is read, written and read again equal.
pub fn sdp(data: &[u8]) -> bool {
    let Ok(description) = Sdp::parse(data) else { return false };
    let written = description.to_bytes();
    let again = Sdp::parse(&written).expect("what we print we can read");
    assert_eq!(again, description);
    assert_eq!(again.to_bytes(), written, "printing is stable");
    for media in description.media() {
        let _ =
            (media.audio_formats(), media.rtcp(), description.direction_of(media), description.connection_of(media));
    }
    true
}

/// A configuration is taken or refused with faults that each say what is allowed; the same text gives the same answer.
pub fn config(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    match Config::load(text) {
        Ok(config) => {
            assert!(!config.explain().is_empty());
            assert_eq!(Config::load(text).map(|config| config.explain()), Ok(config.explain()));
            true
        }
        Err(error) => {
            assert!(!error.faults.is_empty(), "a refusal says why");
            assert!(
                error.faults.iter().all(|fault| !fault.allowed.is_empty()),
                "a fault says what is allowed: {error:?}"
            );
            false
        }
    }
}

/// A line with a right hash is read, and sealed again it says the same; with any octet changed it is refused. The target makes the hash
/// itself, since no fuzzer guesses one.
pub fn journal(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let body = text.rsplit_once(",\"hash\"").map_or(text, |(body, _)| body);
    if body.contains('\n') {
        return false;
    }
    let hash: String = Sha256::digest(body.as_bytes()).iter().map(|octet| format!("{octet:02x}")).collect();
    let line = format!("{body},\"hash\":\"{hash}\"}}");
    let Ok(entry) = Entry::from_line(&line) else { return false };
    assert_eq!(entry.to_line(), line);
    let head = Head { seq: entry.seq().saturating_sub(1), hash: entry.prev() };
    if entry.seq() > 0 {
        let sealed = Entry::seal(&head, entry.at(), entry.request(), entry.decision().clone());
        let read = Entry::from_line(sealed.to_line()).expect("what we seal we can read");
        assert_eq!((read.seq(), read.prev(), read.at()), (entry.seq(), entry.prev(), entry.at()));
        assert_eq!((read.request(), read.decision()), (sealed.request(), sealed.decision()));
        // On which facts it was made is said by the sealing.
        let mut same = entry.decision().clone();
        same.facts_digest = read.decision().facts_digest;
        assert_eq!(*read.decision(), same);
    }
    assert!(Entry::from_line(&line.replacen('{', "{ ", 1)).is_err(), "an edited line is refused");
    true
}

/// A citation that reads is written in both forms and read again equal; the ASCII form is ASCII.
pub fn citation(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let Ok(citation) = text.parse::<Citation>() else { return false };
    assert_eq!(citation.key().parse(), Ok(citation));
    assert_eq!(citation.ascii().parse(), Ok(citation));
    assert!(citation.ascii().is_ascii());
    assert!(text == citation.key() || text == citation.ascii(), "strict: `{text}` is neither form");
    let _ = (citation.full(), citation.short(), citation.english());
    true
}
