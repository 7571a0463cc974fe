//! A journal, as it is written, checked and replayed: names beside the chain, one of them erased, and an audit that decides
//! each entry again.
//!
//! `cargo run -p lhtt-core --example replay`

use lhtt_core::journal::{Clear, Entry, Head, Personal, replay_with, verify};
use lhtt_core::time::Wall;
use lhtt_core::{Moment, Registry, Request, decide};

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (lines, records) = write()?;
    println!("{}\n", lines[1]);
    let head = verify(&lines)?;
    println!("the chain holds: {} entries, head {}", head.seq, head.hash);

    // An auditor decides again what was decided, from the facts of that time.
    let clear = Clear::new(records.clone()).map_err(|digest| format!("the record {digest} was changed"))?;
    let mut registry = Registry::default();
    for line in &lines {
        let entry = Entry::from_line_with(line, &clear)?;
        let again = entry.decided_again(&registry);
        println!("entry {}: {:?}, decided again the same: {}", entry.seq(), again.outcome, again == *entry.decision());
        registry.apply_all(&entry.decision().changes)?;
    }

    // A person asks for her name to be erased: the chain holds, the replay shows that it was there.
    let kept = records.into_iter().filter(|record| record.text != "Trần Thị Lan");
    let clear = Clear::new(kept).map_err(|digest| format!("the record {digest} was changed"))?;
    let (registry, after) = replay_with(&lines, &clear)?;
    let contact = registry.registrations().next().and_then(|one| one.submission.contact.clone());
    println!("after the erasure: head unchanged: {}, {contact:?}", after == head);
    Ok(())
}

/// What a gateway does: decide, apply, seal, keep line and records.
fn write() -> Result<(Vec<String>, Vec<Personal>), Box<dyn std::error::Error>> {
    let (mut registry, mut head) = (Registry::default(), Head::default());
    let (mut lines, mut records) = (Vec::new(), Vec::new());
    for (number, (at, request)) in (1u8..).zip(REQUESTS) {
        let at = Wall::trusted(Moment::parse(at)?.unix_millis());
        let request: Request = serde_json::from_str(request)?;
        let decision = decide(&registry, &request, at);
        registry.apply_all(&decision.changes)?;
        // The secret is random in earnest, and of one use.
        let entry = Entry::seal_apart(&head, at, &request, decision, &[number; 32]);
        head = entry.head();
        records.extend_from_slice(entry.personal());
        lines.push(entry.to_line().to_owned());
    }
    Ok((lines, records))
}

const REQUESTS: [(&str, &str); 3] = [
    (
        "2023-06-06T08:00:00+07:00",
        r#"{"configure": {
          "organizations": [{"id": "so-y-te", "name": "Sở Y tế", "mailboxes": ["syt@lamdong.gov.vn"]}],
          "sites": [{"id": "so-y-te", "name": "Sở Y tế", "organization": "so-y-te", "admitted": true},
                    {"id": "da-lat", "name": "Đà Lạt", "organization": "so-y-te", "admitted": true}]}}"#,
    ),
    (
        "2023-06-13T08:00:00+07:00",
        r#"{"submit": {"sent_from": "syt@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn", "agency": "so-y-te",
          "chair_site": "so-y-te", "members": [{"site": "da-lat"}], "start": "2023-06-15T08:00:00+07:00",
          "content": "Giao ban", "contact": {"name": "Trần Thị Lan", "phone": "0263 3822 000"}}}"#,
    ),
    (
        "2023-06-13T09:00:00+07:00",
        r#"{"accept": {"registration": 1, "actor": {"name": "Lê Văn An", "role": "technical_operator"}, "alias": "1001"}}"#,
    ),
];
