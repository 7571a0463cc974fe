//! Amendments, sessions convened by peers, maintenance windows, power cuts and incidents before a session: Điều 11, 12, 19.

use crate::citation::{Citation, Instrument};
use crate::civil::Moment;
use crate::finding::Finding;
use crate::ids::{PeerId, RegistrationId};
use crate::interpretation::InterpretationId;
use crate::registry::{Profile, Registry, Session};
use crate::route::{IncidentKind, Phase, Place, route};
use crate::rules::article_12::{REPLY, lead, rehearsal_due, reply};
use crate::rules::{article_19, in_force};
use crate::submission::{Emergency, Member, Path, Urgency};
use crate::time::Wall;
use crate::version::Version;
use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

/// What can be computed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum PlanningQuery {
    /// A citation in each of its written forms; one of a place that there is.
    Citation(#[serde(deserialize_with = "place")] Citation),
    /// The version in force at the time of the question.
    Version {},
    /// What is worth knowing when the system starts.
    Warnings {},
    /// The profile that holds at the time of the question, and how sure its values are.
    Profile {
        /// A value by its key, as in `quota.commune`; all where not stated.
        #[serde(default, deserialize_with = "key")]
        key: Option<String>,
    },
    /// Until when a session that starts then is registered, and rehearsed.
    Deadlines {
        /// The start.
        start: Moment,
        /// The peer that convenes it, where one does: its process may ask for an earlier rehearsal.
        #[serde(default)]
        peer: Option<PeerId>,
    },
    /// Until when a registration received then is answered.
    ReplyDue {
        /// When it was received; or
        #[serde(default)]
        received: Option<Moment>,
        /// which registration.
        #[serde(default)]
        registration: Option<RegistrationId>,
    },
    /// Answers that are overdue by time alone.
    Breaches {},
    /// Whom an incident goes to.
    Route {
        /// Before or during the session.
        phase: Phase,
        /// What sort of incident.
        kind: IncidentKind,
        /// Where.
        #[serde(default)]
        place: Place,
    },
    /// Times and places of sessions, for the power company.
    PowerSchedule {
        /// Sessions that end after this,
        from: Moment,
        /// and start before this.
        until: Moment,
    },
    /// What of carrier and power company concerns the sessions to come.
    Outages {},
    /// How many registrations there are of each sort, received in this time.
    Urgency {
        /// From,
        from: Moment,
        /// and before.
        until: Moment,
    },
}

fn place<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Citation, D::Error> {
    let citation = Citation::deserialize(deserializer)?;
    let wrong = |allowed: String| D::Error::invalid_value(Unexpected::Str(&citation.key()), &allowed.as_str());
    citation.elsewhere().map_or(Ok(citation), |allowed| Err(wrong(allowed)))
}

fn key<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let Some(key) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    match Profile::keys_beside(&key) {
        None => Ok(Some(key)),
        Some(allowed) => Err(D::Error::invalid_value(Unexpected::Str(&key), &allowed.as_str())),
    }
}

impl PlanningQuery {
    pub(super) fn answer(&self, registry: &Registry, at: Wall) -> Value {
        let now = Moment::from(at);
        match self {
            Self::Citation(citation) => forms(*citation),
            Self::Version {} => version(now),
            Self::Warnings {} => warnings(registry, now),
            Self::Profile { key } => profile(registry.profile_at(now), key.as_deref()),
            Self::Deadlines { start, peer } => deadlines(registry, *start, peer.as_ref()),
            Self::ReplyDue { received, registration } => reply_due(registry, *received, *registration),
            Self::Breaches {} => breaches(registry, now),
            Self::Route { phase, kind, place } => json!(route(*phase, *kind, *place)),
            Self::PowerSchedule { from, until } => power_schedule(registry, *from, *until),
            Self::Outages {} => outages(registry, now),
            Self::Urgency { from, until } => urgency(registry, *from, *until),
        }
    }
}

fn forms(citation: Citation) -> Value {
    json!({
        "key": citation.key(),
        "ascii": citation.ascii(),
        "short": citation.short(),
        "vi": citation.full(),
        "en": citation.english(),
    })
}

fn version(now: Moment) -> Value {
    let version = Version::at(now);
    let rules_available = version.rules_available();
    let citations = [Citation::of(Instrument::Decision1095, 2)];
    let interpretations = [20, 41].map(InterpretationId::a);
    json!({ "version": version, "rules_available": rules_available, "citations": citations, "interpretations": interpretations })
}

/// Where there are some, the outcome of the value is `warn`: it is no decision.
fn warnings(registry: &Registry, now: Moment) -> Value {
    let findings = registry.profile().warnings(now);
    match findings.is_empty() {
        true => json!({ "findings": findings }),
        false => json!({ "outcome": "warn", "findings": findings }),
    }
}

fn profile(held: &Profile, key: Option<&str>) -> Value {
    let Some(key) = key else {
        let mut value = held.document();
        value.as_object_mut().map(|fields| fields.remove("later"));
        return value;
    };
    let field = Profile::field(key);
    let value = held.document().pointer(&format!("/{}", field.replace('.', "/"))).cloned().unwrap_or_default();
    let told = held.provenance(&field);
    json!({ "profile": held.id, "key": key, "value": value, "status": told.status, "source": told.source })
}

fn deadlines(registry: &Registry, start: Moment, peer: Option<&PeerId>) -> Value {
    let kind = peer.and_then(|id| registry.peer(id)).map(|peer| &peer.kind);
    let profile = registry.profile_at(start);
    let due = [
        ("normal", lead::deadline(profile.lead, start, &Urgency::Normal)),
        ("urgent", lead::deadline(profile.lead, start, &Urgency::Urgent(String::new()))),
        ("rehearsal", rehearsal_due(profile, start, kind)),
    ];
    let mut told =
        json!({ "citations": [Citation::article(12).clause(2)], "interpretations": [InterpretationId::a(1)] });
    for (name, moment) in due {
        told[name] = json!(moment);
    }
    // What is done by a deadline of before the regulation is an act of before it.
    let before = due.iter().filter_map(|(name, moment)| Some((*name, in_force::rules_known(*moment).err()?)));
    let (names, mut unknown): (Vec<_>, Vec<_>) = before.unzip();
    if let Some(unknown) = unknown.pop() {
        let (version, finding) = *unknown;
        told["not_evaluable"] = json!({
            "deadlines": names, "version": version,
            "citations": finding.citations, "interpretations": finding.interpretations,
        });
    }
    told
}

fn reply_due(registry: &Registry, received: Option<Moment>, id: Option<RegistrationId>) -> Value {
    let registration = id.and_then(|id| registry.registration(id));
    let Some(received) = received.or_else(|| registration.map(|one| one.received_at)) else {
        return Value::Null;
    };
    // A notification has no such clock.
    let clock = registration.is_none_or(|one| one.submission.path == Path::Register);
    let advice: Vec<Finding> = registration.and_then(reply::rehearsal_first).into_iter().collect();
    json!({
        "due": clock.then(|| reply::due(received)),
        "advice": advice,
        "citations": [REPLY],
        "interpretations": [InterpretationId::a(8)],
    })
}

fn breaches(registry: &Registry, now: Moment) -> Value {
    let found = reply::breaches_at(registry, now).into_iter();
    found.map(|(registration, revision, finding)| json!({ "registration": registration, "revision": revision, "finding": finding })).collect()
}

/// Times and places, nothing else; of secret sessions nothing.
fn power_schedule(registry: &Registry, from: Moment, until: Moment) -> Value {
    let open = |session: &&Session| session.classification.is_open() && session.ended.is_none();
    let mut sessions: Vec<_> =
        registry.sessions().filter(open).filter(|session| from < session.end && session.start < until).collect();
    sessions.sort_by_key(|session| (session.start, session.id));
    let places = |session: &Session| {
        let sites = session.seats.iter().filter_map(|seat| match &seat.member {
            Member::Site(id) => Some(registry.site(id).map_or_else(|| id.to_string(), |site| site.name.clone())),
            Member::Peer(_) => None,
        });
        sites.collect::<Vec<_>>()
    };
    let rows =
        sessions.iter().map(|session| json!({ "start": session.start, "end": session.end, "places": places(session) }));
    rows.collect()
}

fn outages(registry: &Registry, now: Moment) -> Value {
    let to_come = registry.sessions().filter(|session| session.ended.is_none() && session.end > now);
    let each = to_come.map(|session| {
        let mut found: Vec<Finding> = Vec::new();
        for seat in &session.seats {
            let Member::Site(site) = &seat.member else { continue };
            found.extend(article_19::maintenance(registry, site, session.start, session.end));
            found.extend(article_19::power_cut(registry, site, session.start, session.end));
        }
        found.sort_unstable();
        found.dedup();
        json!({ "session": session.id, "findings": found })
    });
    let sessions: Vec<Value> = each.filter(|one| one["findings"] != json!([])).collect();
    let carrier: Vec<Finding> = article_19::backup_plan_there(registry).into_iter().collect();
    json!({ "sessions": sessions, "carrier": carrier })
}

/// Urgent sessions that are no emergency are among the urgent ones, and counted apart too.
fn urgency(registry: &Registry, from: Moment, until: Moment) -> Value {
    let (mut normal, mut urgent, mut ad_hoc, mut notified, mut convened) = (0_u64, 0_u64, 0_u64, 0_u64, 0_u64);
    for one in registry.registrations().filter(|one| from <= one.received_at && one.received_at < until) {
        let submission = &one.submission;
        let is_urgent = !submission.urgency.is_normal();
        normal += u64::from(!is_urgent);
        urgent += u64::from(is_urgent);
        ad_hoc += u64::from(is_urgent && submission.emergency == Some(Emergency::AdHoc));
        notified += u64::from(submission.path == Path::Notify);
        convened += u64::from(submission.path == Path::Convene);
    }
    json!({ "normal": normal, "urgent": urgent, "urgent_ad_hoc": ad_hoc, "notified": notified, "convened": convened })
}
