//! The gate Join: before a leg towards the other side exists (I1).
//!
//! Runs once for each call: it looks facts up, and a permit allocates nothing.

mod estate;

use super::{floor, version};
use crate::change::{Change, ChangeList};
use crate::civil::Moment;
use crate::decision::Decision;
use crate::finding::Finding;
use crate::registry::{Direction, Joined, RegistrationState, Registry, Session};
use crate::request::{Called, Join, Party};
use crate::rules::article_12::window::{self, Window};
use crate::rules::{article_03, article_05, article_09, article_11, article_13, article_14};
use crate::submission::Member;
use crate::time::Wall;

pub(super) fn join(registry: &Registry, join: &Join, at: Wall) -> Decision {
    match &join.called {
        Called::Alias(alias) => inbound(registry, join, alias, at),
        Called::DialOut { calling, to } => dial_out(registry, join, calling.as_deref(), to, at),
    }
}

fn inbound(registry: &Registry, join: &Join, alias: &str, at: Wall) -> Decision {
    let Some(member) = join.party.member() else {
        return refuse(at, vec![article_05::stranger()]).bare();
    };
    let findings = known(registry, &member, at);
    if matches!(&member, Member::Peer(_)) && !findings.is_empty() {
        return refuse(at, findings).bare();
    }
    match choose(registry, alias, at) {
        Some(session) => seat(registry, join, session, member, Direction::Inbound, findings, at),
        None => refuse(at, chain(findings, no_session(registry, alias))),
    }
}

fn dial_out(registry: &Registry, join: &Join, calling: Option<&str>, to: &Party, at: Wall) -> Decision {
    if join.party != Party::Mcu {
        return refuse(at, vec![article_13::dial_out_by_mcu()]).bare();
    }
    let Some(member) = to.member() else {
        return refuse(at, vec![article_05::stranger()]);
    };
    let findings = known(registry, &member, at);
    match called_from(registry, calling, &member, at) {
        Ok(session) => seat(registry, join, session, member, Direction::DialOut, findings, at),
        Err(finding) => refuse(at, chain(findings, *finding)),
    }
}

/// Whether a member is what it says: a configured peer, an admitted site.
fn known(registry: &Registry, member: &Member, at: Wall) -> Vec<Finding> {
    let finding = match member {
        Member::Peer(peer) => article_05::peer_configured(registry, peer),
        Member::Site(site) => article_09::site_admitted(registry, site, Moment::from(at).date()),
    };
    finding.into_iter().collect()
}

/// The session that a number means now: of several, the open one, else the next to come, else the last that was.
fn choose<'a>(registry: &'a Registry, alias: &str, at: Wall) -> Option<&'a Session> {
    let now = Moment::from(at);
    let rank = |session: &&Session| {
        let open = is_open(registry, session, at);
        let to_come = session.ended.is_none() && session.start > now;
        (!open, !to_come, if to_come { session.start } else { Moment::default() }, std::cmp::Reverse(session.id))
    };
    registry.sessions_by_alias(alias).min_by_key(rank)
}

/// The session out of which the MCU calls: the one whose number or room it calls from; where it calls from no known
/// number, the only open one that lists the party. Where there are several, which one is a missing fact.
fn called_from<'a>(
    registry: &'a Registry,
    calling: Option<&str>,
    member: &Member,
    at: Wall,
) -> Result<&'a Session, Box<Finding>> {
    let by_number = calling.and_then(|number| {
        choose(registry, number, at).or_else(|| {
            let mut rooms = registry.sessions().filter(|session| session.room == number);
            rooms.find(|session| is_open(registry, session, at))
        })
    });
    if let Some(session) = by_number {
        return Ok(session);
    }
    let listed = |session: &&Session| is_open(registry, session, at) && session.seat(member).is_some();
    let mut sessions = registry.sessions().filter(listed);
    match (sessions.next(), sessions.count()) {
        (Some(session), 0) => Ok(session),
        (first, more) => {
            Err(Box::new(article_03::which_session(registry, member, usize::from(first.is_some()) + more)))
        }
    }
}

/// Not ended, and within its window; by an untrusted clock, not ended.
fn is_open(registry: &Registry, session: &Session, at: Wall) -> bool {
    let window = Window::of(registry.profile_at(at.into()), session.start, session.end);
    session.ended.is_none() && (!at.trusted || window.contains(at.into()))
}

fn no_session(registry: &Registry, alias: &str) -> Finding {
    let wished = registry.registration_by_wish(alias);
    match wished.filter(|one| !matches!(one.state, RegistrationState::Accepted(_))) {
        Some(registration) => article_11::not_accepted(registration),
        None => article_11::registered(alias),
    }
}

/// The rules of a session for one member. Who is not on the list learns nothing about it; of a secret one nobody does.
fn seat(
    registry: &Registry,
    join: &Join,
    session: &Session,
    member: Member,
    direction: Direction,
    mut findings: Vec<Finding>,
    at: Wall,
) -> Decision {
    let secret = !session.classification.is_open();
    if secret {
        findings.extend(secret_leg(registry, join, session, &member, at));
    }
    findings.extend(article_03::join_fresh(registry, join.join));
    let listed = match article_03::invited(registry, session, &member) {
        Ok(seat) => {
            findings.extend(article_03::slot_free(seat));
            true
        }
        Err(finding) => {
            findings.push(*finding);
            false
        }
    };
    match article_11::called_off(session).or_else(|| article_14::not_ended(session)) {
        Some(finding) => findings.push(finding),
        None => findings.extend(window::open(registry.profile_at(at.into()), session, at)),
    }
    let found = estate::judge(registry, &join.leg, &member, secret, at);
    findings.extend(found.findings);
    let joined =
        Joined { join: join.join, session: session.id, member, direction, at: at.into(), leg: join.leg.clone() };
    let line = floor::line_back(registry, session.id, &joined.member, at);
    let changes: ChangeList = std::iter::once(Change::Joined(joined)).chain(line).collect();
    let mut decision = Decision::permitting(version(at), at, findings, changes);
    decision.changes.extend(found.records);
    let basis = if secret { const { &[article_05::CLAUSE_2] } } else { found.basis };
    let decision = decision.on(basis).relying_on(found.readings);
    let told = !secret && (listed || direction == Direction::DialOut);
    if told { decision } else { decision.bare() }
}

/// The gate of a secret session: its dossier, and the leg itself.
fn secret_leg(registry: &Registry, join: &Join, session: &Session, member: &Member, at: Wall) -> Vec<Finding> {
    let law = article_05::law::Law::at(registry, at.into());
    let submission = registry.registration(session.registration).map(|one| &one.submission);
    let dossier = registry.secrecy().dossier(session.id, submission);
    let mut findings = article_05::dossier::complete(Some(&dossier), session.classification, law);
    findings.extend(article_05::leg::fit(registry, registry.secrecy(), member, &join.leg, law));
    findings
}

fn refuse(at: Wall, findings: Vec<Finding>) -> Decision {
    Decision::from_findings(version(at), at, findings, Vec::new())
}

fn chain(mut findings: Vec<Finding>, more: Finding) -> Vec<Finding> {
    findings.push(more);
    findings
}
