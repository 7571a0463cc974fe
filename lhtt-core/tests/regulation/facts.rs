//! What the facts state counts only as far as the regulation lets it: cases of `tests/data/facts`, each with what it comes to.
#![allow(clippy::disallowed_methods, reason = "the test reads data files")]

use crate::world::summary;
use lhtt_core::case::{Answer, BadCase, Case};
use lhtt_core::{Decision, FindingKind};
use serde_json::json;
use std::path::PathBuf;

fn answer(name: &str) -> Result<Answer, BadCase> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/facts/{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Case::from_json(&text).and_then(|case| case.answer())
}

fn decision(name: &str) -> Decision {
    match answer(name) {
        Ok(Answer::Decision(decision)) => *decision,
        other => panic!("{name}: {other:?}"),
    }
}

/// What a case comes to, in one line.
fn outcome(name: &str) -> String {
    match answer(name) {
        Ok(Answer::Decision(decision)) => summary(&decision),
        Ok(answer) => format!("{answer:?}"),
        Err(error) => format!("error: {error}"),
    }
}

fn check(rows: &[(&str, &str)]) {
    let wrong = rows.iter().map(|(name, expected)| (name, expected, outcome(name)));
    let wrong: Vec<_> = wrong.filter(|(_, expected, found)| *expected != found).collect();
    let lines: Vec<_> =
        wrong.iter().map(|(name, expected, found)| format!("{name}: {found}\n  not {expected}")).collect();
    assert!(wrong.is_empty(), "\n{}", lines.join("\n"));
}

#[test]
fn a_power_counts_from_whoever_may_give_it_and_when_it_is_given() {
    check(&[
        (
            "registration-overridden-by-an-auditor",
            "NeedsOverride 12.2.a/lead-urgent: Điều 12 khoản 2 điểm a [A-16 A-32]",
        ),
        (
            "registration-overridden-by-an-unentrusted-head",
            "NeedsOverride 12.2.a/lead-urgent: Điều 12 khoản 2 điểm a [A-16 A-32]",
        ),
        (
            "registration-overridden-by-an-entrusted-head",
            "Permit 12.2.a/lead-urgent: Điều 12 khoản 2 điểm a [A-16 A-32]",
        ),
        ("registration-overridden-later", "NeedsOverride 12.2.a/lead-urgent: Điều 12 khoản 2 điểm a [A-16 A-32]"),
        ("control-overridden-by-an-auditor", "NeedsOverride 9/assessment-current: Điều 10 khoản 2 [A-32 A-35]"),
        (
            "control-overridden-by-an-unentrusted-head",
            "NeedsOverride 9/assessment-current: Điều 10 khoản 2 [A-32 A-35]",
        ),
        ("control-overridden-later", "NeedsOverride 9/assessment-current: Điều 10 khoản 2 [A-32 A-35]"),
        ("control-overridden", "Permit 9/assessment-current: Điều 10 khoản 2 [A-31 A-32 A-35]"),
        ("start-overridden-by-an-auditor", "NeedsOverride 13.1/mcu-operator: Điều 13 khoản 1 [A-32]"),
        ("start-overridden", "Permit 13.1/mcu-operator: Điều 13 khoản 1 [A-32]"),
        (
            "quota-overridden-by-an-auditor",
            "NeedsOverride 7.2/affiliated: Điều 3 khoản 2 điểm b; Điều 7; Điều 9 khoản 1 điểm b [A-04 A-32]",
        ),
        (
            "quota-overridden-later",
            "NeedsOverride 7.2/affiliated: Điều 3 khoản 2 điểm b; Điều 7; Điều 9 khoản 1 điểm b [A-04 A-32]",
        ),
        ("quota-overridden", "Permit 7.2/affiliated: Điều 3 khoản 2 điểm b; Điều 7; Điều 9 khoản 1 điểm b [A-04 A-32]"),
        (
            "rehearsal-passed-later",
            "NeedsOverride 12.2.b/unrehearsed: Điều 12 khoản 2 điểm b gạch đầu dòng thứ hai [A-09 A-32]",
        ),
        ("intervention-asked-by-a-member", "Deny 3.7/chair-invites: Điều 3 khoản 6; Điều 3 khoản 7 [A-21]"),
        ("intervention-asked-by-the-chair", "Permit"),
        ("intervention-asked-later", "Deny 3.7/chair-invites: Điều 3 khoản 6; Điều 3 khoản 7 [A-21]"),
        ("internet-leave-by-technical-operator", "NeedsOverride 6.2/room-network: Điều 6 khoản 2 [A-22 A-32]"),
        ("internet-leave", "Permit 6.2/room-network: Điều 6 khoản 2 [A-22 A-32]"),
    ]);
}

#[test]
fn an_override_covers_what_it_was_given_for() {
    check(&[
        (
            "override-before-a-clash",
            "NeedsOverride 11.3/conflict 12.2.a/lead-urgent: Điều 11 khoản 3; Điều 12 khoản 2 điểm a [A-16 A-17 A-32]",
        ),
        ("override-of-another-clash", "NeedsOverride 11.3/conflict 11.3/conflict: Điều 11 khoản 3 [A-17 A-32]"),
        (
            "override-before-the-other-runs",
            "NeedsOverride 11.3/conflict 12.2.a/lead-urgent 12.2.b/reply: Điều 11 khoản 3; Điều 12 khoản 2 điểm a; Điều 12 khoản 2 điểm b gạch đầu dòng thứ nhất [A-08 A-16 A-17 A-32]",
        ),
        (
            "override-again-of-the-later-clash",
            "Permit 11.3/conflict 12.2.a/lead-urgent: Điều 11 khoản 3; Điều 12 khoản 2 điểm a [A-16 A-17 A-32]",
        ),
        (
            "override-before-fewer-ports",
            "NeedsOverride 11.3/capacity 12.2.a/lead-urgent: Điều 11 khoản 3; Điều 12 khoản 2 điểm a [A-16 A-17 A-32]",
        ),
        (
            "override-of-before-covers-were-kept",
            "Permit 11.3/conflict 12.2.a/lead-urgent: Điều 11 khoản 3; Điều 12 khoản 2 điểm a [A-16 A-17 A-32]",
        ),
        (
            "override-after-the-start",
            "Deny 12.2.a/lead-urgent 12.2.a/past: Điều 12 khoản 2 điểm a; Điều 12 khoản 2 điểm a gạch đầu dòng thứ ba [A-16 A-32]",
        ),
    ]);
}

#[test]
fn a_personal_terminal_is_checked_like_another() {
    check(&[
        ("personal-new-unchecked", "Deny 8.3.c/new-device: Điều 8 khoản 3 điểm c; Điều 18 khoản 5 [A-10]"),
        ("personal-new-inactive", "Deny 8.3.c/in-use: Điều 8 khoản 3 điểm c; Điều 18 khoản 5 [A-10]"),
        ("personal-repaired-unchecked", "Deny 8.3.c/in-use: Điều 18 khoản 5 [A-10]"),
        ("personal-new-checked", "Permit"),
        ("checked-by-a-company", "Deny 8.3.c/new-device: Điều 8 khoản 3 điểm c; Điều 18 khoản 5 [A-10]"),
        ("waived-by-the-department", "Deny 18.5/serviced-device: Điều 18 khoản 5 [A-10]"),
        ("personal-commissioned", "Deny 8.3.c/in-use: Điều 8 khoản 3 điểm c; Điều 18 khoản 5 [A-10]"),
        ("personal-commissioned-checked", "Permit"),
    ]);
}

#[test]
fn a_site_that_failed_its_latest_assessment_takes_no_part() {
    check(&[
        ("assessed-fail-then-resumed-joins", "Deny 9/admitted: Điều 9"),
        ("assessed-fail-resumed", "Deny 9/assessed: Điều 9 khoản 2 điểm d [A-42]"),
        ("assessed-fail-chair-commands", "Deny 5.6/grant: Điều 5 khoản 6; Điều 10 khoản 1 [A-31]"),
        ("assessed-fail-chair-asks-control", "Deny 9/admitted: Điều 9 [A-05]"),
        ("assessed-fail-joins", "Deny 9/admitted: Điều 9"),
        (
            "assessed-fail-reviewed",
            "Permit 6.5/power 9/assessed: Điều 6 khoản 5; Điều 9 khoản 2 điểm a; Điều 9 khoản 2 điểm d [A-05 A-42]",
        ),
        ("assessed-pass-resumed", "Permit"),
        ("assessed-fail-later-joins", "Permit"),
        ("assessment-later-with-a-term", "Deny 9/assessment-current: Điều 10 khoản 2 [A-35]"),
        ("assessed-without-a-record", "Deny 9/evidence: Điều 9 khoản 2 điểm d"),
        ("admitted-without-a-record", "Deny 9/assessed: Điều 9 khoản 2 điểm d [A-42]"),
    ]);
}

#[test]
fn control_goes_to_another_site_than_the_lost_one() {
    check(&[("chair-lost-to-itself", "Deny 3.6/another-site: Điều 3 khoản 6")]);
}

#[test]
fn what_the_facts_leave_out_or_put_later_does_not_count() {
    check(&[
        ("assessment-missing-with-a-term", "Deny 9/assessment-current: Điều 10 khoản 2 [A-35]"),
        ("access-names-nobody", "Deny 6.8/access: Điều 6 khoản 8"),
        ("credential-issued-later", "Deny 6.7/credential: Điều 6 khoản 7"),
    ]);
}

#[test]
fn what_is_over_or_has_begun_is_so_however_it_came_about() {
    check(&[
        ("amended-after-an-early-start", "Deny 11.2/before-start: Điều 11 khoản 2 [A-21]"),
        ("cancelled-is-not-ended", "Deny 14.1/ended: Điều 14 khoản 1"),
        ("cancelled-is-not-joined", "Deny 11.2/called-off: Điều 11 khoản 2; Điều 12 khoản 2 điểm a"),
        ("cancelled-is-not-joined-after-cancel", "Deny 11.2/called-off: Điều 11 khoản 2; Điều 12 khoản 2 điểm a"),
        (
            "cancelled-with-its-session-ready",
            "error: `facts.registrations[0].state`: facts that cannot hold: is `cancelled`, but its session 1 is not; `ended` and `cancelled` go with it",
        ),
    ]);
}

/// What a query shows at a place of its answer.
fn shown(name: &str, place: &str) -> serde_json::Value {
    match answer(name) {
        Ok(Answer::Value(value)) => value.pointer(place).cloned().unwrap_or_default(),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn secret_sessions_show_to_whoever_is_cleared_only() {
    for (name, place, uncleared, cleared) in [
        ("secret-urgency", "/normal", json!(0), json!(1)),
        ("secret-outages", "/sessions/0/session", json!(null), json!(1)),
        // A call to a number that nobody has is about no session.
        ("secret-compliance", "/tables/outcomes/0/events", json!(["#3"]), json!(["#2", "#3", "#5"])),
        ("secret-compliance", "/tables/outcomes/1/events", json!(null), json!(["#1", "#4", "#6"])),
    ] {
        assert_eq!(shown(name, place), uncleared, "{name}");
        assert_eq!(shown(&format!("{name}-cleared"), place), cleared, "{name}");
    }
    assert_eq!(shown("secret-schedule-once", "/tables/sessions"), json!([]));
    check(&[("secret-maintenance", "Permit"), ("secret-power-cut", "Permit")]);
}

#[test]
fn the_mail_of_an_oral_request_is_due_after_its_acceptance_too() {
    check(&[
        ("oral-mail-in-time", "Permit"),
        ("oral-mail-late", "Permit 12.2.a/follow-up: Điều 12 khoản 2 điểm a [A-27]"),
    ]);
    assert_eq!(shown("oral-mail-missing", "/0/finding/rule"), json!("12.2.a/follow-up"));
    assert_eq!(shown("oral-mail-there", ""), json!([]));
    assert_eq!(shown("oral-mail-missing-reported", "/breaches/0/rule"), json!("12.2.a/follow-up"));
    assert_eq!(shown("oral-mail-due", "/deadlines/0/what"), json!("follow_up"));
    assert_eq!(shown("oral-mail-due", "/deadlines/0/due"), json!("2023-06-15T07:00:00+07:00"));
    assert_eq!(shown("oral-mail-due", "/deadlines/0/duty_holder"), json!("chair"));
}

#[test]
fn a_rehearsal_is_announced_for_a_time_that_is_to_come() {
    check(&[
        (
            "rehearsal-announced-for-the-past",
            "Deny 12.2.b/rehearsal-time: Điều 12 khoản 2 điểm b gạch đầu dòng thứ hai [A-09]",
        ),
        (
            "rehearsal-announced-after-a-peers-start",
            "Deny 12.2.b/rehearsal-time: Điều 12 khoản 2 điểm b gạch đầu dòng thứ hai [A-30]",
        ),
    ]);
}

#[test]
fn what_the_rules_refuse_on_receipt_awaits_no_answer() {
    assert_eq!(shown("reply-due-refused-on-receipt", "/due"), json!(null));
}

#[test]
fn an_act_cites_what_it_stands_on() {
    check(&[
        (
            "amended-while-running-adds-a-site",
            "Deny 13.1/chair-invites: Điều 3 khoản 6; Điều 3 khoản 7; Điều 13 khoản 1 [A-21]",
        ),
        ("amended-with-a-co-chair", "Permit 3.6/co-chair: Điều 3 khoản 6 [A-21 A-40]"),
        ("suspended-twice", "Deny 13.1/turn: Điều 13 khoản 1"),
        ("materials-answered-by-the-operator", "Deny 3.8/role: Điều 14 khoản 4"),
        ("recorded-without-a-request", "Permit 14.2/not-requested: Điều 14 khoản 2 [A-34]"),
        ("closed-out-of-order", "Permit 14.1/order: Điều 14 khoản 1 [A-23]"),
    ]);
    let basis = |name: &str| match answer(name) {
        Ok(Answer::Decision(decision)) => lhtt_core::citation::join(&decision.basis, lhtt_core::Citation::key),
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(basis("secret-registered"), "Điều 5 khoản 2; Điều 12 khoản 2 điểm a");
    assert_eq!(basis("secret-accepted"), "Điều 5 khoản 2; Điều 12 khoản 2 điểm b gạch đầu dòng thứ nhất");
    let Ok(Answer::Decision(closed)) = answer("closed-out-of-order") else { panic!() };
    assert!(closed.findings[0].observed.vi.contains("“Điểm cầu da-lat”"), "{:?}", closed.findings);
    assert_eq!(shown("handed-over-when-offices-close", "/in_time"), json!(true));
}

#[test]
fn what_an_override_does_not_let_through_is_a_violation() {
    let cases = [
        ("override-by-the-technical-operator", 1),
        ("override-of-a-site-that-also-lacks-a-terminal", 1),
        ("start-overridden-before-a-gap", 2),
    ];
    for (name, overridable) in cases {
        let decision = decision(name);
        assert!(!decision.is_permit(), "{name}");
        assert!(decision.findings.iter().all(|one| one.kind != FindingKind::Breach), "{name}: {:?}", decision.findings);
        let kept = decision.findings.iter().filter(|one| one.overridable_by.is_some());
        assert_eq!(kept.count(), overridable, "{name}: {:?}", decision.findings);
    }
}

#[test]
fn a_level_that_the_profile_adds_is_its_reading() {
    check(&[
        ("grant-to-an-affiliated-unit", "Deny 10.1/grant-to: Điều 10 khoản 1 [A-04]"),
        ("control-of-an-affiliated-unit-allowed", "Permit"),
        ("control-of-a-commune-allowed", "Permit"),
    ]);
    let relied = |name: &str| decision(name).interpretations.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(relied("control-of-an-affiliated-unit-allowed"), ["A-04", "A-31"]);
    assert_eq!(relied("control-of-a-commune-allowed"), ["A-07", "A-31"]);
}

#[test]
fn a_profile_is_asked_by_the_keys_it_is_written_with() {
    let said = outcome("profile-by-its-written-key");
    assert!(said.contains(r#""value": String("deny")"#), "{said}");
}

#[test]
fn what_there_is_not_is_no_value() {
    let said = outcome("citation-of-no-clause");
    assert!(said.starts_with("error: `query.planning"), "{said}");
    assert!(said.contains("Điều 7 khoản 9") && said.contains("allowed: `Điều 7`, `Điều 7 khoản 1`"), "{said}");
    let said = outcome("profile-by-no-key");
    assert!(said.starts_with("error: `query.planning"), "{said}");
    assert!(said.contains("nonsense") && said.contains("`session.default_length`"), "{said}");
    let said = outcome("profile-lead");
    assert!(said.contains(r#""value": Number(24)"#), "{said}");
    let said = outcome("profile-length");
    assert!(said.contains(r#""source": String("A-38")"#) && said.contains(r#""status": String("chosen")"#), "{said}");
}

#[test]
fn whose_level_is_not_known_holds_nothing_that_needs_one() {
    check(&[
        ("level-not-known-arranges", "Deny 7/tier: Điều 7"),
        ("level-not-known-asks-control", "Deny 10.1/tier: Điều 10 khoản 1"),
        ("level-not-known-starts", "Deny 3.8/role: Điều 10 khoản 1; Điều 13 khoản 1 [A-07]"),
    ]);
}

/// A-20: a registration is judged by the text of its receipt, and no duty of before the regulation is kept late.
#[test]
fn what_lies_before_the_regulation_is_not_judged_by_it() {
    check(&[
        ("registered-before-the-regulation", "NotEvaluable qd.2/version: QĐ Đ2 [A-20 A-41]"),
        ("answer-due-before-the-regulation", "Permit"),
    ]);
}

/// Điều 3 khoản 10: whoever controls the MCU keeps no site.
#[test]
fn an_mcu_operator_keeps_no_site() {
    check(&[
        ("mcu-operator-withdraws", "Deny 3.8/role: Điều 18 khoản 3"),
        ("mcu-operator-applies", "Deny 3.8/role: Điều 18 khoản 3"),
        ("mcu-operator-arranges", "Deny 3.8/role: Điều 18 khoản 3"),
    ]);
}

/// Điều 3 khoản 6: nobody controls for an agency that the site is not of.
#[test]
fn the_site_that_controls_is_the_chairing_agencys() {
    check(&[
        ("commune-chairs-at-a-city-site-that-asks-control", "Deny 3.6/own-chair-site: Điều 3 khoản 6"),
        ("chair-site-of-another-agency-asks-control", "Deny 3.6/own-chair-site: Điều 3 khoản 6"),
    ]);
}
