//! Which session an entry is about, and whether that one is or was secret: such entries count only for whoever is cleared.

use crate::change::{Change, PlanningChange};
use crate::decision::Decision;
use crate::ids::{JoinId, RegistrationId, SessionId};
use crate::registry::Registry;
use crate::request::{Called, PlanningAct, Request};
use std::collections::{BTreeMap, BTreeSet};

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum About {
    /// No session.
    Nothing,
    /// State secrets, whatever the session.
    Secrets,
    /// A registration.
    Registration(RegistrationId),
    /// A session.
    Session(SessionId),
    /// The session with this number, into which somebody was not let.
    Number(String),
    /// A session, and a leg that is in it from then on.
    Joined(JoinId, SessionId),
    /// The session in which this leg was.
    Left(JoinId),
}

impl About {
    pub(super) fn of(request: &Request, decision: &Decision) -> Self {
        match request {
            Request::Configure(_) | Request::Estate(_) | Request::Record(_) => Self::Nothing,
            Request::Secrecy(_) => Self::Secrets,
            Request::Submit(submission) if !submission.classification.is_open() => Self::Secrets,
            Request::Submit(_) => made(decision).unwrap_or(Self::Nothing),
            Request::Accept(accept) => Self::Registration(accept.registration),
            Request::Reject(reject) => Self::Registration(reject.registration),
            Request::Override(waiver) => Self::Registration(waiver.registration),
            Request::Join(join) => made(decision).unwrap_or_else(|| number(&join.called)),
            Request::Leave(leave) => Self::Left(leave.join),
            Request::End(end) => Self::Session(end.session),
            Request::Planning(act) => planned(act, decision),
            Request::Conduct(act) => Self::Session(act.session),
            Request::Floor(act) => act.session().map_or(Self::Nothing, Self::Session),
        }
    }
}

/// What the decision made: a registration, a leg in a session.
fn made(decision: &Decision) -> Option<About> {
    decision.changes.iter().find_map(|change| match change {
        Change::Registered(registration) => Some(About::Registration(registration.id)),
        Change::Joined(joined) => Some(About::Joined(joined.join, joined.session)),
        Change::Planning(PlanningChange::Convened { session, .. }) => Some(About::Session(session.id)),
        _ => None,
    })
}

fn number(called: &Called) -> About {
    match called {
        Called::Alias(number) | Called::DialOut { calling: Some(number), .. } => About::Number(number.clone()),
        Called::DialOut { calling: None, .. } => About::Nothing,
    }
}

fn planned(act: &PlanningAct, decision: &Decision) -> About {
    match act {
        PlanningAct::Amend(amend) => About::Registration(amend.registration),
        PlanningAct::Cancel(cancel) => About::Registration(cancel.registration),
        PlanningAct::Answer(answer) => About::Registration(answer.registration),
        PlanningAct::CheckReply(check) => About::Registration(check.registration),
        PlanningAct::FollowUp(mail) => About::Registration(mail.registration),
        PlanningAct::Convene(convene) if !convene.classification.is_open() => About::Secrets,
        PlanningAct::Convene(_) => made(decision).unwrap_or(About::Nothing),
        PlanningAct::Maintenance(_)
        | PlanningAct::PowerCut(_)
        | PlanningAct::Withdraw(_)
        | PlanningAct::BackupPlan(_) => About::Nothing,
    }
}

/// Tells, entry after entry in their order, which are about secrets by the facts of now: what becomes secret is so from its
/// registration on.
pub(super) struct Secrets<'a> {
    registry: &'a Registry,
    registrations: BTreeSet<RegistrationId>,
    legs: BTreeMap<JoinId, SessionId>,
}

impl<'a> Secrets<'a> {
    pub(super) fn new(registry: &'a Registry) -> Self {
        let legs = registry.joins().map(|joined| (joined.join, joined.session)).collect();
        Self { registry, registrations: registry.secret_registrations(), legs }
    }

    pub(super) fn concern(&mut self, about: &About) -> bool {
        match about {
            About::Nothing => false,
            About::Secrets => true,
            About::Registration(id) => self.registrations.contains(id),
            About::Session(id) => self.is_secret(*id),
            About::Number(alias) => self.registry.has_secret_with_number(alias),
            About::Joined(join, session) => {
                self.legs.insert(*join, *session);
                self.is_secret(*session)
            }
            About::Left(join) => self.legs.get(join).is_some_and(|session| self.is_secret(*session)),
        }
    }

    fn is_secret(&self, session: SessionId) -> bool {
        self.registry.session(session).is_some_and(|session| self.registry.is_or_was_secret(session))
    }
}
