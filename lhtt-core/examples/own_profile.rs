//! A province of one's own: the built-in profile is loaded and compared, a profile with other lead times and quotas is written
//! as TOML, entered through the journal for a date to come, and the same requests are decided otherwise from that date on.
//!
//! `cargo run -p lhtt-core --example own_profile`

use lhtt_core::journal::{Entry, Head, replay};
use lhtt_core::registry::{Configuration, Profile, profile};
use lhtt_core::time::Wall;
use lhtt_core::{Moment, Outcome, Registry, Request, decide};
use serde_json::{Value, json};

type Fault = Box<dyn std::error::Error>;

/// Only what is stated here differs. Who it is, since when, and the numbers of `quota` are always stated.
const OWN: &str = r#"
id = "tinh-minh-2024"
effective_from = "2024-01-01T00:00:00+07:00"
status = "chosen"
source = "an example"

[lead]
normal_hours = { value = 48, status = "text", source = "Quy chế của tỉnh, Điều 9" }
urgent_hours = 12

[quota]
affiliated = 1
commune = { value = 2, status = "text", source = "Quy chế của tỉnh, Điều 5" }
province.sites = 1
district.sites = 3
"#;

pub(crate) fn main() -> Result<(), Fault> {
    // The built-in profile, as a document and as it is: one and the same.
    let built_in = read(profile::LD_1095_2023)?;
    assert_eq!(Profile { provenance: Default::default(), ..built_in.clone() }, Profile::default());
    let own = read(OWN)?;
    for key in ["lead.normal_hours", "quota.commune", "quota.district.sites", "operator_mailbox"] {
        println!("{key}: {:?}; {:?}", built_in.provenance(key), own.provenance(key));
    }
    assert_eq!((built_in.lead.normal_hours, own.lead.normal_hours), (24, 48));

    // A document that is wrong is refused whole, with each key, its value and what is allowed.
    let wrong = OWN.replace("district.sites = 3", "district.sites = -3").replace("value = 48", "value = \"2 ngày\"");
    let faults = read(&wrong).err().ok_or("it is wrong")?;
    println!("\n{faults}\n");
    assert!(faults.to_string().contains("`lead.normal_hours`: `2 ngày`: a whole number from 0 to 720"));
    assert!(faults.to_string().contains("`quota.district.sites`: `-3`: a whole number from 0 to 1000"));

    let mut centre = Centre::default();
    centre.ask("2023-06-06T08:00", configure(built_in.clone()))?;
    // Entered on 1 December, in force from 1 January: the journal holds the one, each act is judged by the other.
    let succession = Profile::succession(vec![built_in, own])?;
    centre.ask("2023-12-01T08:00", configure(succession))?;

    // The commune, which has its one site, is to have a second.
    centre.ask(
        "2023-12-02T08:00",
        estate(json!({"propose": {"site": "xa-da-loan-2", "name": "Đà Loan 2",
        "organization": "xa-da-loan", "actor": authority()}}))?,
    )?;
    for condition in ["k1", "k2", "k3", "k4"] {
        centre.ask(
            "2023-12-02T09:00",
            estate(json!({"check_room": {"site": "xa-da-loan-2", "condition": condition,
            "result": "pass", "assessed_by": "Lê Văn An", "date": "2023-12-02", "evidence": "Biên bản 7",
            "actor": authority()}}))?,
        )?;
    }

    let (before, after) = ("2023-12-20T08:00", "2024-01-20T08:00");
    let arrange = estate(json!({"arrange": {"site": "xa-da-loan-2", "actor": authority()}}))?;
    for (at, request, outcome) in [
        (before, registration_for_36_hours_after(before)?, Outcome::Permit),
        (after, registration_for_36_hours_after(after)?, Outcome::Deny),
        (before, arrange.clone(), Outcome::Deny),
        (after, arrange, Outcome::Permit),
    ] {
        // What would be decided: nothing changes.
        let decision = decide(&centre.registry, &request, Wall::trusted(moment(at)?.unix_millis()));
        println!("{}: {}", moment(at)?.vi(), decision.line_vi());
        assert_eq!(decision.outcome, outcome);
    }

    let (registry, head) = replay(&centre.journal)?;
    assert_eq!((&registry, head), (&centre.registry, centre.head));
    println!("\nHồ sơ áp dụng ngày 31/12/2023: {}", registry.profile_at(moment("2023-12-31T23:59")?).id);
    println!("Hồ sơ áp dụng ngày 01/01/2024: {}", registry.profile_at(moment("2024-01-01T00:00")?).id);
    Ok(())
}

/// With the feature `toml`, `Profile::from_toml` does both steps.
fn read(text: &str) -> Result<Profile, Fault> {
    let document: toml::Table = toml::from_str(text)?;
    Ok(Profile::from_document(&serde_json::to_value(document)?)?)
}

#[derive(Default)]
struct Centre {
    registry: Registry,
    head: Head,
    journal: Vec<String>,
}

impl Centre {
    /// Decides, applies, writes down.
    fn ask(&mut self, at: &str, request: Request) -> Result<(), Fault> {
        let at = Wall::trusted(moment(at)?.unix_millis());
        let decision = decide(&self.registry, &request, at);
        assert!(decision.is_permit(), "{}", decision.render_en());
        let entry = Entry::seal(&self.head, at, &request, decision);
        self.registry.apply_all(&entry.decision().changes)?;
        self.head = entry.head();
        self.journal.push(entry.to_line().to_owned());
        Ok(())
    }
}

/// Agencies, sites and the profile: a configuration is always stated whole.
fn configure(profile: Profile) -> Request {
    let configuration: Configuration = serde_json::from_value(json!({
        "organizations": [
            {"id": "so-y-te", "name": "Sở Y tế", "kind": "department", "mailboxes": ["syt@lamdong.gov.vn"]},
            {"id": "xa-da-loan", "name": "UBND xã Đà Loan", "kind": "commune_peoples_committee"},
        ],
        "sites": [
            {"id": "so-y-te", "name": "Sở Y tế", "organization": "so-y-te", "admitted": true},
            {"id": "xa-da-loan", "name": "Đà Loan", "organization": "xa-da-loan", "admitted": true},
        ],
    }))
    .expect("the document is a configuration");
    Request::Configure(Box::new(Configuration { profile, ..configuration }))
}

fn estate(act: Value) -> Result<Request, Fault> {
    Ok(serde_json::from_value(json!({"estate": act}))?)
}

fn registration_for_36_hours_after(at: &str) -> Result<Request, Fault> {
    let start = moment(at)?.hours_after(36);
    let submit = json!({"submit": {
        "sent_from": "syt@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn", "agency": "so-y-te", "chair_site": "so-y-te",
        "members": [{"site": "xa-da-loan"}], "start": start, "content": "Giao ban",
        "contact": {"name": "Trần Thị Lan", "phone": "0263 3822 000"},
    }});
    Ok(serde_json::from_value(submit)?)
}

fn authority() -> Value {
    json!({"name": "Phạm Thị Hoa", "role": "managing_authority"})
}

fn moment(text: &str) -> Result<Moment, Fault> {
    Ok(Moment::parse(&format!("{text}:00+07:00"))?)
}
