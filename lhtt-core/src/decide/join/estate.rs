//! What the estate says of a leg of a site: its PIN and credential (Điều 6 khoản 7), its terminal (Điều 3 khoản 4, 6 khoản 6
//! and 8, 8 khoản 3 điểm c, 18 khoản 5), its network (Điều 6 khoản 2).
//!
//! Look-ups only. A leg of which nothing is known costs one.

use crate::change::{Change, EstateChange};
use crate::citation::Citation;
use crate::civil::Moment;
use crate::finding::Finding;
use crate::ids::{EndpointId, SiteId};
use crate::registry::Registry;
use crate::registry::estate::{Drifted, Endpoint, EndpointKind, Pin};
use crate::request::{Leg, NetworkKind, PinEntry};
use crate::rules::article_06::{credential, drift, network, personal};
use crate::rules::{article_03, article_08, article_16, article_18};
use crate::submission::Member;
use crate::time::Wall;

/// What was found of a leg.
#[derive(Default)]
pub(super) struct Found {
    pub(super) findings: Vec<Finding>,
    /// What is recorded whether or not the leg joins.
    pub(super) records: Vec<Change>,
    pub(super) basis: &'static [Citation],
    pub(super) readings: &'static [u16],
}

pub(super) fn judge(registry: &Registry, leg: &Leg, member: &Member, secret: bool, at: Wall) -> Found {
    match member {
        Member::Peer(_) => Found { basis: &PEER, ..Found::default() },
        Member::Site(site) => of_site(registry, leg, site, secret, at),
    }
}

const PEER: [Citation; 1] = [Citation::article(5).clause(5)];
const SITE: [Citation; 1] = [Citation::article(3).clause(7)];
const PERSONAL: [Citation; 1] = [Citation::article(6).clause(8)];

fn of_site(registry: &Registry, leg: &Leg, site: &SiteId, secret: bool, at: Wall) -> Found {
    let mut found = Found { basis: &SITE, ..Found::default() };
    let record = registry.estate().site(site);
    let now = Moment::from(at);
    if let Some(record) = record.filter(|record| !record.pin.is_clean()) {
        found.findings.extend(credential::locked_out(&record.pin, now));
    }
    if leg.is_unknown() {
        return found;
    }
    let locked = !found.findings.is_empty();
    if let Some(entry) = leg.pin.filter(|_| !locked) {
        let pin = record.map(|record| &record.pin);
        pin_entered(registry, entry, pin, site, now, &mut found);
    }
    if let Some(id) = &leg.credential {
        let known = registry.estate().credentials.get(id);
        found.findings.extend(credential::credential_valid(id, known, site, now));
    }
    let endpoint = leg.endpoint.as_ref().map(|id| (id, registry.estate().endpoint(id)));
    let known = endpoint.and_then(|(_, endpoint)| endpoint);
    // Of a secret session the gate of Điều 5 khoản 2 judges network and kind of device, and more strictly.
    if !secret {
        reached(registry, leg, known, site, at, &mut found);
    }
    match endpoint {
        Some((id, Some(endpoint))) => terminal(registry, leg, (id, endpoint), site, now, &mut found),
        // Of a personal device that nobody knows the missing grant is the finding.
        Some((id, None)) if !secret && leg.kind != Some(EndpointKind::Personal) => {
            found.findings.push(article_03::endpoint_unknown(id));
        }
        _ => {}
    }
    found
}

/// Over which network, and by whose device.
fn reached(registry: &Registry, leg: &Leg, known: Option<&Endpoint>, site: &SiteId, at: Wall, found: &mut Found) {
    let internet = leg.network == Some(NetworkKind::Internet);
    match known.map(|endpoint| endpoint.kind).or(leg.kind) {
        Some(EndpointKind::Personal) => {
            found.findings.extend(personal::access_granted(
                known,
                registry.site(site).map(|site| &site.organization),
                at,
            ));
            found.basis = &PERSONAL;
            if internet {
                found.readings = &[22];
            }
        }
        Some(EndpointKind::Dedicated) | None if internet => {
            found.findings.extend(network::room_over_internet(registry, site, at.into()));
        }
        Some(EndpointKind::Dedicated) | None => {}
    }
}

fn pin_entered(registry: &Registry, entry: PinEntry, pin: Option<&Pin>, site: &SiteId, now: Moment, found: &mut Found) {
    let after = match entry {
        PinEntry::Wrong => {
            let after = credential::after_wrong_pin(pin.unwrap_or(&Pin::default()), registry.profile_at(now).pin, now);
            found.findings.push(credential::wrong_pin(after.locked_until.is_some_and(|until| now < until)));
            after
        }
        PinEntry::Right if pin.is_some_and(|pin| !pin.is_clean()) => Pin::default(),
        PinEntry::Right => return,
    };
    found.records.push(Change::Estate(EstateChange::Pin { site: site.clone(), pin: after }));
}

/// A registered terminal: of this site, in use, and what it was.
fn terminal(
    registry: &Registry,
    leg: &Leg,
    (id, endpoint): (&EndpointId, &Endpoint),
    site: &SiteId,
    now: Moment,
    found: &mut Found,
) {
    found.findings.extend(article_03::endpoint_of_site(id, endpoint, site));
    found.findings.extend(article_03::endpoint_there(id, endpoint));
    // A personal device is a terminal too (Điều 3 khoản 4): a check that is due of it is due. What is not known of it is as granted.
    let checked = endpoint.kind == EndpointKind::Dedicated || endpoint.due.is_some();
    if checked && !endpoint.retired {
        found.findings.extend(article_08::in_use(id, endpoint));
        if endpoint.active && endpoint.due.is_some() {
            let rules = registry.profile_at(now).device_check;
            found.findings.extend(article_08::new_checked(id, endpoint, now.date()));
            found.findings.extend(article_16::replaced_checked(id, endpoint, rules.replaced, now.date()));
            found.findings.extend(article_18::serviced_checked(id, endpoint, rules.repaired, now.date()));
        }
    }
    let Some(fingerprint) = &leg.fingerprint else { return };
    let drifted = drift::drifted(id, endpoint, fingerprint, registry.profile_at(now).drift);
    let seen = endpoint.drifted.as_ref().is_some_and(|drifted| drifted.fingerprint == *fingerprint);
    if drifted.is_some() && !seen {
        let drifted = Drifted { at: now, fingerprint: fingerprint.clone() };
        found.records.push(Change::Estate(EstateChange::Drifted { endpoint: id.clone(), drifted }));
    }
    found.findings.extend(drifted);
}
