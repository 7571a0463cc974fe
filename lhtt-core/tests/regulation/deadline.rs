//! What is due next, and breaches found by time alone.

use crate::world::*;
use lhtt_core::Request;
use lhtt_core::deadline::{Deadline, breaches, next_deadlines};
use lhtt_core::registry::Configuration;

fn line(deadline: &Deadline) -> String {
    let of = serde_json::to_value(&deadline.of).unwrap();
    let (kind, name) = of.as_object().unwrap().iter().next().unwrap();
    let flags = if deadline.flags.is_empty() { String::new() } else { format!(" {}", deadline.flags.join(" ")) };
    format!("{} {:?} {kind} {name} {}{flags}", deadline.due, deadline.what, deadline.citation)
}

fn due(world: &World, now: &str) -> Vec<String> {
    next_deadlines(&world.registry, at(now)).iter().map(line).collect()
}

#[test]
fn what_is_due_next_is_found_by_time_alone() {
    let with = |configuration: &mut Configuration| {
        configuration.profile.reporting =
            serde_json::from_str(r#"{"due_working_days": 3, "plan_reminder": {"month": 9, "day": 30}}"#).unwrap();
    };
    let mut world = World::with(with);
    world.ask(Request::Submit(Box::new(submission())), "2023-06-13T16:40");
    let yearly = [
        "2023-12-18T00:00:00+07:00 YearlyData named \"2023/commune\" Điều 18 khoản 6 not_a_working_day",
        "2023-12-20T00:00:00+07:00 YearlyData named \"2023/district\" Điều 18 khoản 6",
        "2023-12-23T00:00:00+07:00 YearlyData named \"2023/province\" Điều 18 khoản 6",
    ];
    let reply = "2023-06-13T18:40:00+07:00 Reply registration 1 Điều 12 khoản 2 điểm b gạch đầu dòng thứ nhất";
    let half = "2023-06-20T00:00:00+07:00 HalfYearReport named \"6 tháng đầu năm 2023\" Điều 15 khoản 2 điểm đ";
    let plans = "2023-10-01T00:00:00+07:00 Plans named \"2024\" Điều 15 khoản 2 điểm e";
    // At the due moment itself the answer is still in time; a millisecond later it is not.
    assert_eq!(due(&world, "2023-06-13T18:40:00"), [&[reply, half, plans], &yearly[..]].concat());
    assert_eq!(due(&world, "2023-06-13T18:40:00.001"), [&[half, plans], &yearly[..]].concat());
    assert_eq!(due(&world, "2023-06-19T23:59:59.999").first().unwrap(), half);
    assert_eq!(due(&world, "2023-06-20T00:00:00").first().unwrap(), plans);
    let next_year = due(&world, "2023-12-18T00:00:00");
    assert!(next_year.iter().any(|line| line.contains("2024/commune")), "{next_year:?}");
}

#[test]
fn a_registration_without_an_answer_is_the_operators_breach_until_it_is_answered() {
    let mut world = World::new();
    world.ask(Request::Submit(Box::new(submission())), "2023-06-13T16:40");
    let found = |world: &World, now| {
        let found = breaches(&world.registry, at(now));
        found.iter().map(|finding| format!("{} {:?}", finding.rule, finding.duty_holder.unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(found(&world, "2023-06-13T18:40:00"), Vec::<String>::new());
    assert_eq!(found(&world, "2023-06-13T18:40:01"), ["12.2.b/overdue TrungTam"]);
    world.ask(world.accept("1001"), "2023-06-13T19:00");
    assert_eq!(found(&world, "2023-06-13T19:00:01"), Vec::<String>::new());
}
