//! The first decision: a registry, a registration that comes one second late, and what the regulation says to it.
//!
//! `cargo run -p lhtt-core --example first_decision`

use lhtt_core::registry::{Configuration, Organization, OrganizationKind, Site};
use lhtt_core::time::Wall;
use lhtt_core::{Moment, Outcome, Registry, Request, Submission, decide};

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut registry = Registry::default();
    let configure = Request::Configure(Box::new(configuration()));
    let decision = decide(&registry, &configure, at("2023-06-06T08:00:00+07:00")?);
    registry.apply_all(&decision.changes)?;

    let submission: Submission = serde_json::from_str(REGISTRATION)?;
    let submit = Request::Submit(Box::new(submission));
    for received in ["2023-06-14T08:00:00+07:00", "2023-06-14T08:00:01+07:00"] {
        let decision = decide(&registry, &submit, at(received)?);
        println!("{received}\n{}\n", decision.render_vi());
        if decision.outcome == Outcome::Deny {
            println!("{}\n\nWarning: 399 lhtt \"{}\"", decision.render_en(), decision.ascii());
        }
    }
    Ok(())
}

const REGISTRATION: &str = r#"{
  "sent_from": "syt@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn",
  "agency": "so-y-te", "chair_site": "so-y-te", "members": [{ "site": "da-lat" }],
  "start": "2023-06-15T08:00:00+07:00", "content": "Giao ban công tác phòng, chống dịch",
  "contact": { "name": "Trần Thị Lan", "phone": "0263 3822 000" }
}"#;

fn configuration() -> Configuration {
    let organization = Organization {
        mailboxes: vec!["syt@lamdong.gov.vn".to_owned()],
        ..Organization::new("so-y-te", "Sở Y tế", OrganizationKind::Department)
    };
    let site = |id: &str| Site { id: id.into(), name: id.to_owned(), organization: "so-y-te".into(), admitted: true };
    Configuration {
        organizations: vec![organization],
        sites: vec![site("so-y-te"), site("da-lat")],
        ..Configuration::default()
    }
}

/// The clock is the caller's: this one is trusted, and stands where the example wants it.
fn at(text: &str) -> Result<Wall, lhtt_core::civil::NoMoment> {
    Ok(Wall::trusted(Moment::parse(text)?.unix_millis()))
}
