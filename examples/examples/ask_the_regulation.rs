//! Asks the regulation about a registration that is one second late, and prints why it is refused.

use lhtt_core::registry::Configuration;
use lhtt_core::time::Wall;
use lhtt_core::{Moment, Registry, Request, Submission, decide};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let configuration: Configuration = serde_json::from_str(
        r#"{ "organizations": [{ "id": "so-y-te", "name": "Sở Y tế", "mailboxes": ["syt@lamdong.gov.vn"] }],
             "sites": [{ "id": "so-y-te", "name": "Sở Y tế", "organization": "so-y-te", "admitted": true },
                       { "id": "da-lat", "name": "Đà Lạt", "organization": "so-y-te", "admitted": true }] }"#,
    )?;
    let submission: Submission = serde_json::from_str(
        r#"{ "sent_from": "syt@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn", "agency": "so-y-te",
             "chair_site": "so-y-te", "members": [{ "site": "da-lat" }], "start": "2023-06-15T08:00:00+07:00",
             "content": "Giao ban", "contact": { "name": "Trần Thị Lan", "phone": "0263 3822 000" } }"#,
    )?;
    let at = |text: &str| Moment::parse(text).map(|moment| Wall::trusted(moment.unix_millis()));

    let mut registry = Registry::default();
    let morning = at("2023-06-14T07:00:00+07:00")?;
    let configured = decide(&registry, &Request::Configure(Box::new(configuration)), morning);
    registry.apply_all(&configured.changes)?;

    let decision = decide(&registry, &Request::Submit(Box::new(submission)), at("2023-06-14T08:00:01+07:00")?);
    println!("{:?}\n\n{}\n\n{}", decision.outcome, decision.render_vi(), decision.render_en());
    Ok(())
}
