//! Papers and checks of a day to come count for nothing: Điều 6, 7 khoản 3, 9.

use crate::estate::{by, check, managing, of_site, one_more, over};
use serde_json::{Value, json};

fn site(fields: Value) -> Value {
    json!({ "estate": { "sites": { "moi": fields } } })
}

/// Điều 9: an assessment on file counts for a site that has applied; what is dated after the day of the act does not.
#[test]
fn a_site_is_admitted_by_what_was_there_by_the_day() {
    let existing = |state: Value| one_more("ubnd-tinh", state);
    let new = |fields: Value| over(one_more("ubnd-phuong-1", json!({ "assessed": "pass" })), &site(fields));
    let assessed = |fields: Value| over(existing(json!("applied")), &site(json!({ "assessment": fields })));
    let admit = || of_site("admit", "moi");
    let not_assessed = "Deny 9/assessed: Điều 9 khoản 1 điểm c";
    check(&[
        (existing(json!("applied")), admit(), "Permit"),
        (assessed(json!({ "result": "fail" })), admit(), not_assessed),
        (assessed(json!({ "date": "2023-06-14" })), admit(), "Permit"),
        (assessed(json!({ "date": "2023-06-15" })), admit(), not_assessed),
        (assessed(Value::Null), admit(), not_assessed),
        (existing(json!("arranged")), admit(), not_assessed),
        (
            new(json!({ "network_approval": { "date": "2023-06-15" } })),
            admit(),
            "Deny 9.2.c/network: Điều 9 khoản 2 điểm c [A-18]",
        ),
        (
            new(json!({ "room": { "k2": { "date": "2023-06-15" } } })),
            admit(),
            "Deny 6.2/line: Điều 6 khoản 2; Điều 9 khoản 2 điểm a [A-05]",
        ),
        (
            over(
                one_more("ubnd-tinh", json!("proposed")),
                &site(json!({ "room": { "k2": { "date": "2023-06-15" } } })),
            ),
            of_site("arrange", "moi"),
            "Deny 6.2/line: Điều 6 khoản 2; Điều 7 [A-05]",
        ),
    ]);
    let failed = crate::estate::asked(&assessed(json!({ "result": "fail" })), crate::estate::NOON, &admit());
    assert!(failed.render_en().contains("not meeting"), "{}", failed.render_en());
}

/// Điều 7 khoản 3: so do the plan for a commune and its approval.
#[test]
fn a_commune_has_further_sites_by_papers_of_the_day() {
    let planned = |plan: &str, approval: &str| {
        let grant = json!({
            "commune": "ubnd-xa-hiep-thanh", "extra": 1, "from": "2023-06-10",
            "plan": { "number": "45/KH-UBND", "date": plan, "issued_by": "UBND huyện Đức Trọng" },
            "approval": { "number": "1500/UBND", "date": approval, "issued_by": "UBND tỉnh" },
        });
        let more = one_more("ubnd-xa-hiep-thanh", json!("proposed"));
        over(more, &json!({ "estate": { "quota_grants": { "g": grant } } }))
    };
    let plan = |date: &str| {
        let plan = json!({ "number": "46/KH-UBND", "date": date, "issued_by": "UBND huyện Đức Trọng" });
        let fields =
            json!({ "grant": "h", "commune": "ubnd-xa-hiep-thanh", "extra": 1, "from": "2023-07-01", "plan": plan });
        by(&managing(), "plan_sites", fields)
    };
    let approve = |date: &str| {
        let approval = json!({ "number": "1500/UBND", "date": date, "issued_by": "UBND tỉnh" });
        by(&managing(), "approve_plan", json!({ "grant": "g", "approval": approval }))
    };
    let (today, tomorrow) = ("2023-06-14", "2023-06-15");
    check(&[
        (planned(today, today), of_site("arrange", "moi"), "Permit"),
        (planned(today, tomorrow), of_site("arrange", "moi"), "Deny 7.3/approval: Điều 7 khoản 3"),
        (planned(tomorrow, today), of_site("arrange", "moi"), "Deny 7.3/approval: Điều 7 khoản 3"),
        (json!({}), plan(today), "Permit"),
        (json!({}), plan(tomorrow), "Deny 7.3/plan: Điều 7 khoản 3"),
        (planned(today, today), approve(today), "Permit"),
        (planned(today, today), approve(tomorrow), "Deny 7.3/plan: Điều 7 khoản 3"),
    ]);
}
