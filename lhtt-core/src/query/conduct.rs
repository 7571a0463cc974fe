//! What a session's course comes to: its state, who is on duty, attendance with its gaps, the closing board, the recording
//! (Điều 12 khoản 2 điểm b, 13, 14). The functions behind it are methods of [`crate::registry::Course`] and its parts.

use crate::civil::Moment;
use crate::ids::SessionId;
use crate::registry::{ClosingItem, Course, Mark, Post, RecordingState, Registry, Session, SessionEvent, SessionState};
use crate::rules::article_12::rehearsal;
use crate::rules::{article_05, article_10, article_14};
use crate::submission::Member;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What can be computed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum ConductQuery {
    /// Where a session stands, and what may happen next.
    State {
        /// Which session.
        session: SessionId,
    },
    /// Attendance by site: episodes, outages and their reports, lists.
    Attendance {
        /// Which session.
        session: SessionId,
    },
    /// Who is on duty, and where nobody is.
    Duty {
        /// Which session.
        session: SessionId,
    },
    /// Self-checks and rehearsals, and when the rehearsal is due.
    Preparation {
        /// Which session.
        session: SessionId,
    },
    /// The closing board.
    Closing {
        /// Which session.
        session: SessionId,
    },
    /// The recording: its state, custodian and hand-over.
    Recording {
        /// Which session.
        session: SessionId,
    },
    /// The register of requests for materials.
    Materials {
        /// Which session.
        session: SessionId,
    },
}

impl ConductQuery {
    /// Nothing (`null`) where there is no such session.
    pub(super) fn answer(&self, registry: &Registry, at: Wall) -> Value {
        let (Self::State { session }
        | Self::Attendance { session }
        | Self::Duty { session }
        | Self::Preparation { session }
        | Self::Closing { session }
        | Self::Recording { session }
        | Self::Materials { session }) = self;
        let Some(session) = registry.session(*session) else { return Value::Null };
        let nothing = Course::default();
        let course = registry.conduct().course(session.id).unwrap_or(&nothing);
        match self {
            Self::State { .. } => state(registry, session, course, at.into()),
            Self::Attendance { .. } => attendance(session, course),
            Self::Duty { .. } => duty(session, course),
            Self::Preparation { .. } => preparation(session, course),
            Self::Closing { .. } => closing_board(registry, session, course),
            Self::Recording { .. } => recording(registry, session, course, at.into()),
            Self::Materials { .. } => json!({ "session": session.id, "requests": course.materials }),
        }
    }
}

fn state(registry: &Registry, session: &Session, course: &Course, at: Moment) -> Value {
    let may: Vec<_> = SessionEvent::ALL.into_iter().filter(|event| course.state.after(*event).is_some()).collect();
    json!({
        "session": session.id,
        "state": course.state,
        "state_vi": course.state.vi(),
        "started": course.started.as_ref().map(|one| one.at),
        "ended": session.ended.as_ref().map(|one| one.at),
        "suspended": course.suspension(),
        "control": registry.floor().control(session.id),
        "operated_by_centre": !article_10::may_hold(registry, &session.chair_site, at),
        "next": may,
    })
}

fn attendance(session: &Session, course: &Course) -> Value {
    let (started, ended) = bounds(session, course);
    let of_site = |(site, attendance): (&crate::ids::SiteId, &crate::registry::Attendance)| {
        let outages = attendance.outages(started, ended);
        let outages: Vec<_> = outages
            .iter()
            .map(|outage| {
                let minutes = outage.until.map(|until| until.since(outage.from).as_secs() / 60);
                let report = attendance.report_of(outage);
                json!({
                    "from": outage.from,
                    "until": outage.until,
                    "minutes": minutes,
                    "report": if report.is_some() { "filed" } else { "open" },
                    "filed_at": report.map(|report| report.at),
                })
            })
            .collect();
        json!({
            "site": site,
            "present": attendance.is_present() && ended.is_none(),
            "episodes": attendance.within(started, ended),
            "outages": outages,
            "list": match (&attendance.list, attendance.list_asked) {
                (Some(_), _) => "given",
                (None, Some(_)) => "asked",
                (None, None) => "not_asked",
            },
        })
    };
    let sites: Vec<_> = course.attendance.iter().map(of_site).collect();
    json!({ "session": session.id, "sites": sites })
}

/// Start and end, as far as they are known.
fn bounds(session: &Session, course: &Course) -> (Option<Moment>, Option<Moment>) {
    (course.started.as_ref().map(|one| one.at), session.ended.as_ref().map(|one| one.at))
}

fn duty(session: &Session, course: &Course) -> Value {
    let mut posts = vec![Post::McuOperator, Post::Tslcd, Post::Carrier, Post::ChairOperator];
    posts.extend(session.seats.iter().filter_map(|seat| match &seat.member {
        Member::Site(site) if *site != session.chair_site => Some(Post::MemberOperator(site.clone())),
        _ => None,
    }));
    // The text asks for nobody of the carrier by session (Điều 19 khoản 1): no gap where there is none.
    let gaps: Vec<_> = posts.iter().filter(|post| **post != Post::Carrier && course.duty.at(post).is_none()).collect();
    json!({ "session": session.id, "duty": course.duty, "gaps": gaps })
}

fn preparation(session: &Session, course: &Course) -> Value {
    let passed = course.rehearsals.iter().rev().find(|one| one.result == Mark::Pass);
    json!({
        "session": session.id,
        "rehearsal_due": rehearsal::due(session.start),
        "rehearsal_at": course.rehearsal_at,
        "rehearsals": course.rehearsals,
        "passed_at": passed.map(|one| one.at),
        "self_checks": course.self_checks,
    })
}

fn closing_board(registry: &Registry, session: &Session, course: &Course) -> Value {
    let board = &course.closing;
    let of_site = |site: &crate::ids::SiteId| {
        let done = board.sites.get(site);
        let mut items = Map::new();
        for item in ClosingItem::ALL {
            let at = done.and_then(|done| done.done(item)).map(|done| done.at);
            items.insert(item.name().to_owned(), json!(at));
        }
        json!({
            "site": site,
            "items": items,
            "waived": done.is_some_and(|done| done.waived.is_some()),
            "complete": done.is_some_and(crate::registry::SiteClosing::is_complete),
        })
    };
    let secret = !session.classification.is_open() || registry.secrecy().was_secret(session.id);
    json!({
        "session": session.id,
        "state": course.state,
        "sites": course.sites_to_close(session).map(of_site).collect::<Vec<_>>(),
        "centre": board.centre.as_ref().map(|done| done.at),
        "centre_waived": board.centre_waived.is_some(),
        "documents_recovered": if secret { json!(board.documents_recovered.is_some()) } else { Value::Null },
        "complete": course.state == SessionState::Closed || course.is_closed(session, secret),
    })
}

fn recording(registry: &Registry, session: &Session, course: &Course, now: Moment) -> Value {
    let recording = &course.recording;
    let due = article_14::recording::due(registry, session, recording);
    let state = recording.state(course.state.is_over(), due, now);
    let handover = article_14::recording::handover(registry, session, recording);
    let name = match state {
        RecordingState::None => "none",
        RecordingState::Requested => "requested",
        RecordingState::Running => "running",
        RecordingState::Stored => "stored",
        RecordingState::HandoverDue(_) => "handover_due",
        RecordingState::HandedOver => "handed_over",
        RecordingState::Overdue(_) => "overdue",
    };
    let stored = recording.stored.as_ref();
    let custodian = stored.map_or_else(|| article_05::custodian(registry, session), |one| one.custodian.clone());
    json!({
        "session": session.id,
        "state": name,
        "custodian": custodian,
        "requested": recording.requested,
        "stored": stored.map(|one| one.at),
        "place": stored.map(|one| &one.place),
        "due": due,
        "late_request": handover.as_ref().and_then(|one| one.as_ref().ok()).map(|one| one.late_request),
        "missing_year": handover.and_then(Result::err).map(|missing| missing.0),
        "handed_over": recording.handed_over,
    })
}
