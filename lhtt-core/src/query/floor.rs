//! Control of a session, its floor queue, interventions, scenario: Điều 5 khoản 6, 8 khoản 3 điểm b, 10, 13.

use crate::actor::action::{Action, Capacity, permission};
use crate::civil::Moment;
use crate::ids::SessionId;
use crate::registry::Registry;
use crate::registry::floor::{FloorKind, FloorState, InterventionState, Queue};
use crate::rules::article_10;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What can be computed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum FloorQuery {
    /// Who waits for the floor, first first, and who has it.
    Queue(QueueOf),
    /// Who controls a session, under which grant and until when.
    Control(SessionId),
    /// Requests for intervention of a session, the open ones first.
    Interventions(SessionId),
    /// The scenario of a session.
    Scenario(SessionId),
    /// The table of roles and actions.
    Roles,
}

/// Which queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QueueOf {
    /// Of which session.
    pub session: SessionId,
    /// For which floor.
    #[serde(default)]
    pub floor: FloorKind,
}

impl FloorQuery {
    pub(super) fn answer(&self, registry: &Registry, at: Wall) -> Value {
        match self {
            Self::Queue(of) => queue(registry, of, at.into()),
            Self::Control(session) => control(registry, *session, at.into()),
            Self::Interventions(session) => interventions(registry, *session),
            Self::Scenario(session) => {
                let floor = registry.floor().session(*session);
                json!(floor.and_then(|one| one.scenario.as_ref()))
            }
            Self::Roles => roles(),
        }
    }
}

fn queue(registry: &Registry, of: &QueueOf, at: Moment) -> Value {
    let grace_s = registry.profile_at(at).floor.grace_s;
    let requests = || registry.floor().session(of.session).into_iter().flat_map(|one| &one.requests);
    let waiting = Queue::of(requests(), of.floor, grace_s, at);
    let waiting = waiting.into_iter().enumerate().map(|(place, (id, one))| {
        json!({
            "position": place + 1, "request": id, "member": one.member, "name": one.member.id(), "state": one.state,
            "priority": one.priority, "received_at": one.received_at, "requeued_at": one.requeued_at,
            "away": one.away_since.is_some(),
        })
    });
    let granted = requests().filter(|(_, one)| one.floor == of.floor && one.state == FloorState::Granted);
    let granted = granted.map(|(id, one)| {
        let over = one.until.is_some_and(|until| at > until);
        json!({"request": id, "member": one.member, "name": one.member.id(), "until": one.until, "time_over": over})
    });
    json!({"waiting": waiting.collect::<Vec<_>>(), "granted": granted.collect::<Vec<_>>()})
}

fn control(registry: &Registry, id: SessionId, at: Moment) -> Value {
    let Some(session) = registry.session(id) else { return Value::Null };
    let floor = registry.floor().session(id);
    let holder = registry.control_holder(id, at);
    let grant = holder.and_then(|site| article_10::grant::in_force(registry, site, at));
    json!({
        "state": registry.control_state(id, at),
        "decided": registry.floor().control(id).is_some(),
        "mode": article_10::mode(registry, session, at),
        "why": article_10::centre_operated(registry, session, at),
        "holder": holder,
        "until": grant.and_then(|grant| grant.until),
        "grant": grant.map(|grant| &grant.document),
        "asked": floor.and_then(|one| one.asked.as_ref()),
        "standing": floor.map(|one| &one.standing),
    })
}

fn interventions(registry: &Registry, session: SessionId) -> Value {
    let asked = registry.floor().session(session).into_iter().flat_map(|one| &one.interventions);
    let mut list: Vec<_> = asked.collect();
    list.sort_by_key(|(id, one)| (one.state != InterventionState::Open, **id));
    let list = list.into_iter().map(|(id, one)| {
        let mut shown = json!(one);
        if let Value::Object(fields) = &mut shown {
            fields.insert("id".to_owned(), json!(id));
        }
        shown
    });
    Value::Array(list.collect())
}

fn roles() -> Value {
    let row = |action: Action| {
        let cells = Capacity::ALL.into_iter().map(|capacity| (word(&capacity), json!(permission(capacity, action))));
        Value::Object(cells.collect::<Map<_, _>>())
    };
    Value::Object(Action::ALL.into_iter().map(|action| (word(&action), row(action))).collect())
}

/// The word that stands for it in JSON.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
