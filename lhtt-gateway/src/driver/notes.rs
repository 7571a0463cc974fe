//! The gateway's notes as log lines for engineers. No personal data: neighbours are named as configured, callers not.

use crate::gateway::words::Note;

/// Writes one line.
pub(super) fn log(note: &Note) {
    match note {
        Note::CallEnded { call, from, cause } => {
            let from = from.as_deref().unwrap_or("stranger");
            tracing::info!(call = call.0, from, q850 = cause.q850, by = ?cause.by, "call ended");
        }
        Note::Malformed { remote, fault } => tracing::info!(%remote, fault, "malformed message"),
        Note::StoreFailed { why } => tracing::error!(why, "the journal cannot be written; new calls are refused"),
        Note::NotDrained { call } => tracing::warn!(call = call.0, "a call's wire did not drain in time"),
    }
}
