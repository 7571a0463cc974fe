//! What was done in time, and what was overridden.

use super::{Scope, counts};
use crate::civil::Moment;
use crate::finding::Text;
use crate::registry::{HandoverRecord, Registration, RegistrationState, Registry, SessionRecord};
use crate::report::overrides::overrides_table;
use crate::report::table::{Cell, Column, EventId, Table, column};
use crate::rules::article_12::rehearsal;
use crate::submission::Path;
use std::borrow::Cow;

/// The events in time and those that were not.
#[derive(Default)]
struct Share {
    kept: Vec<EventId>,
    not: Vec<EventId>,
}

impl Share {
    fn add(&mut self, event: EventId, kept: bool) {
        if kept { self.kept.push(event) } else { self.not.push(event) }
    }

    fn row(self, vi: &'static str, en: &'static str) -> Vec<Cell> {
        let (part, not) = (self.kept.len() as u64, self.not.len() as u64);
        vec![Cell::both(vi, en), Cell::Share { part, of: part + not }, Cell::Events(self.kept), Cell::Events(self.not)]
    }
}

pub(super) fn table(registry: &Registry, records: &[Cow<'_, SessionRecord>], scope: Scope) -> Table {
    let (mut received, mut answered) = (Share::default(), Share::default());
    let secret = registry.secret_registrations();
    let shown = |one: &&Registration| judged(one) && scope.shows(secret.contains(&one.id));
    for registration in registry.registrations().filter(shown) {
        let event = EventId::Registration(registration.id);
        if let Some(deadline) = registration
            .submission
            .deadline(registry.profile_at(registration.received_at))
            .filter(|_| scope.window.contains(registration.received_at))
        {
            received.add(event.clone(), registration.received_at <= deadline);
        }
        let due = registration.reply_due();
        let reply = replied_at(registry, registration);
        if scope.window.contains(due) && (reply.is_some() || due < scope.now) {
            answered.add(event, reply.is_some_and(|at| at <= due));
        }
    }
    let (mut rehearsed, mut handed_over) = (Share::default(), Share::default());
    for record in records {
        let event = EventId::Session(record.id);
        if counts(record, scope) {
            let due = rehearsal::due(record.planned);
            rehearsed.add(event.clone(), record.rehearsed.is_some_and(|at| at <= due));
        }
        if let Some(in_time) = record.handover.as_ref().and_then(|handover| judged_handover(handover, scope)) {
            handed_over.add(event, in_time);
        }
    }
    Table {
        id: "in_time",
        title: Text { vi: "Đúng hạn".into(), en: "In time".into() },
        columns: COLUMNS.to_vec(),
        rows: vec![
            received.row("Đăng ký đúng hạn (12.2.a)", "Registrations in time (12.2.a)"),
            answered.row("Phản hồi trong 02 giờ (12.2.b)", "Answers within 2 hours (12.2.b)"),
            rehearsed.row("Kiểm tra kỹ thuật trước 02 giờ (12.2.b)", "Rehearsals 2 hours before (12.2.b)"),
            handed_over.row("Bàn giao trong 02 ngày làm việc (14.3)", "Hand-overs within 2 working days (14.3)"),
        ],
    }
}

/// Whether a hand-over that was due in the period was in time; nothing where it was not due, or may still be.
pub(super) fn judged_handover(handover: &HandoverRecord, scope: Scope) -> Option<bool> {
    let late_from = handover.late_from?;
    let last = Moment::from_unix_millis(late_from.unix_millis() - 1);
    let known = handover.done.is_some() || late_from <= scope.now;
    (scope.window.contains(last) && known).then(|| handover.done.is_some_and(|at| at < late_from))
}

/// A registration that has a deadline and a clock for its answer: complete, no notification, not called off.
fn judged(registration: &Registration) -> bool {
    registration.submission.path == Path::Register && !matches!(registration.state, RegistrationState::Cancelled(_))
}

/// When the operator answered; what the rules alone refused was answered on receipt.
fn replied_at(registry: &Registry, registration: &Registration) -> Option<Moment> {
    let answered = registry.planning().answered(registration.id, registration.revision);
    if let Some(answer) = answered {
        return Some(answer.at);
    }
    match &registration.state {
        RegistrationState::Accepted(session) => registry.session(*session).map(|session| session.accepted_at),
        RegistrationState::Rejected(rejection) => Some(rejection.at),
        _ => None,
    }
}

/// Overrides of registrations and of starts, by their time.
pub(super) fn overrides(registry: &Registry, records: &[Cow<'_, SessionRecord>], scope: Scope) -> Table {
    let secret = registry.secret_registrations();
    let shown = |registration: &&Registration| scope.shows(secret.contains(&registration.id));
    let of_registrations = registry.registrations().filter(shown).filter_map(|registration| {
        let overridden = registration.overridden.as_ref()?;
        Some((overridden.at, overridden.by.vi(), overridden.reason.clone(), EventId::Registration(registration.id)))
    });
    let of_starts = records.iter().flat_map(|record| {
        record.overrides.iter().map(|one| (one.at, one.by.clone(), one.reason.clone(), EventId::Session(record.id)))
    });
    let mut all: Vec<_> = of_registrations.chain(of_starts).filter(|(at, ..)| scope.window.contains(*at)).collect();
    all.sort();
    overrides_table(all, column("events", "Đăng ký, phiên", "Registration, session"))
}

const COLUMNS: [Column; 4] = [
    column("figure", "Chỉ tiêu", "Figure"),
    column("share", "Đúng hạn", "In time"),
    column("kept_events", "Đúng hạn gồm", "In time are"),
    column("events", "Không đúng hạn gồm", "Not in time are"),
];
