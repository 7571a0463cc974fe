//! Papers and checks of a day to come count for nothing: Điều 6, 7 khoản 3, 9.

use crate::estate::{NOON, asked, by, check, computed, managing, of_site, one_more, over};
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
        (
            over(
                one_more("ubnd-tinh", json!("proposed")),
                &site(json!({ "room": { "k2": { "date": "2023-06-14" } } })),
            ),
            of_site("arrange", "moi"),
            "Permit",
        ),
    ]);
    let failed = asked(&assessed(json!({ "result": "fail" })), NOON, &admit());
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
        (planned("2023-06-02", "2023-06-01"), of_site("arrange", "moi"), "Deny 7.3/issuer: Điều 7 khoản 3"),
        (planned(today, tomorrow), of_site("arrange", "moi"), "Deny 7.3/approval: Điều 7 khoản 3"),
        (planned(tomorrow, today), of_site("arrange", "moi"), "Deny 7.3/approval: Điều 7 khoản 3"),
        (json!({}), plan(today), "Permit"),
        (json!({}), plan(tomorrow), "Deny 7.3/plan: Điều 7 khoản 3"),
        (planned(today, today), approve(today), "Permit"),
        (planned(today, today), approve("2023-06-13"), "Deny 7.3/plan: Điều 7 khoản 3"),
        (planned(today, today), approve(tomorrow), "Deny 7.3/plan: Điều 7 khoản 3"),
    ]);
}

/// Điều 7 khoản 3: UBND tỉnh approves what UBND cấp huyện plans, as far as the words of a paper tell.
#[test]
fn papers_for_a_commune_are_of_the_bodies_that_issue_them() {
    let arrange = |plan: &str, approval: &str| {
        let grant = json!({
            "commune": "ubnd-xa-hiep-thanh", "extra": 1, "from": "2023-06-10",
            "plan": { "number": "45/KH", "date": "2023-06-01", "issued_by": plan },
            "approval": { "number": "1500", "date": "2023-06-05", "issued_by": approval },
        });
        let more = one_more("ubnd-xa-hiep-thanh", json!("proposed"));
        over(more, &json!({ "estate": { "quota_grants": { "g": grant } } }))
    };
    let approver = json!({ "profile": { "authority": { "quota_approver": "Ủy ban nhân dân thành phố" } } });
    let (district, province, refused) = ("UBND huyện Đức Trọng", "UBND tỉnh", "Deny 7.3/issuer: Điều 7 khoản 3");
    let rows: Vec<_> = [
        (district, province, "Permit"),
        ("Ủy ban nhân dân huyện Đức Trọng, tỉnh Lâm Đồng", "Ủy ban nhân dân tỉnh Lâm Đồng", "Permit"),
        ("Uỷ ban nhân dân cấp huyện", "UBND TỈNH LÂM ĐỒNG", "Permit"),
        ("UBND Đức Trọng", "Chủ tịch UBND tỉnh", "Permit"),
        ("UBND huyện Đơn Dương", province, refused),
        ("Ủy ban nhân dân thành phố Đà Lạt", province, refused),
        ("Huyện ủy Đức Trọng", province, refused),
        ("Phòng Văn hóa và Thông tin huyện Đức Trọng", province, refused),
        ("Văn phòng UBND huyện Đức Trọng", province, refused),
        ("UBND huyện Đức Trọng và Sở Y tế", province, refused),
        ("Sở Thông tin và Truyền thông", province, refused),
        ("Ông A", province, refused),
        (district, "Văn phòng UBND tỉnh", refused),
        (district, "Sở Nội vụ tỉnh Lâm Đồng", refused),
        (district, "Hội đồng nhân dân tỉnh", refused),
        (district, "Tỉnh ủy Lâm Đồng", refused),
        (district, "UBND tỉnh Đắk Nông", refused),
        (district, district, refused),
        (district, "UBND xã Hiệp Thạnh", refused),
        (district, "UBND thành phố Đà Lạt, tỉnh Lâm Đồng", refused),
        (district, "Sở Thông tin và Truyền thông", refused),
        ("UBND xã Hiệp Thạnh, huyện Đức Trọng", province, refused),
        ("UBND thị trấn Liên Nghĩa", province, refused),
        (province, province, refused),
        (district, "Chủ tịch tỉnh Lâm Đồng", refused),
    ]
    .into_iter()
    .map(|(plan, approval, came)| (arrange(plan, approval), of_site("arrange", "moi"), came))
    .chain([(over(arrange(district, "UBND thành phố"), &approver), of_site("arrange", "moi"), "Permit")])
    .collect();
    check(&rows);
    // Of a district that the register does not know, or of a commune of which it does not know the district.
    let of_unit = |unit: Value, plan: &str| {
        let commune = json!({ "id": "ubnd-xa-hiep-thanh", "unit": unit, "parent": null });
        over(arrange(plan, province), &json!({ "organizations": [commune] }))
    };
    let rows = [
        (of_unit(json!("lam-ha"), "UBND huyện Lâm Hà"), "Permit"),
        (of_unit(json!("lam-ha"), district), refused),
        (of_unit(Value::Null, district), "Permit"),
        (of_unit(Value::Null, "UBND xã Hiệp Thạnh"), refused),
    ];
    check(&rows.map(|(facts, came)| (facts, of_site("arrange", "moi"), came)));
    // Where no district is left, the profile says who plans.
    let planner = json!({ "profile": { "commune_plan_submitter": "Ủy ban nhân dân tỉnh" } });
    let planned = |plan: &str| over(arrange(plan, province), &planner);
    let rows = [(planned(district), refused), (planned(province), "Permit"), (planned("UBND xã Hiệp Thạnh"), refused)];
    check(&rows.map(|(facts, came)| (facts, of_site("arrange", "moi"), came)));
    let none = over(planned(district), &json!({ "estate": { "quota_grants": { "g": null } } }));
    let said = asked(&none, NOON, &of_site("arrange", "moi")).render_vi();
    assert!(said.contains("UBND tỉnh lập kế hoạch và đầu tư thiết bị, UBND tỉnh chấp thuận"), "{said}");
    let by_district = json!({ "number": "1", "date": "2023-06-14", "issued_by": district });
    let approve = by(&managing(), "approve_plan", json!({ "grant": "g", "approval": by_district }));
    check(&[(arrange(district, province), approve.clone(), "Deny 7.3/plan: Điều 7 khoản 3")]);
    let said = asked(&arrange(district, province), NOON, &approve).render_vi();
    assert!(said.contains("cần: Ủy ban nhân dân tỉnh"), "{said}");
}

/// What is recorded has happened, each cited where it is asked for.
#[test]
fn nothing_is_recorded_of_a_day_to_come() {
    let room = |date: &str| {
        let fields = json!({ "site": "moi", "condition": "k2", "result": "pass", "assessed_by": "A", "date": date, "evidence": "7" });
        by(&managing(), "check_room", fields)
    };
    let assess = |date: &str| {
        by(&managing(), "assess", json!({ "site": "moi", "result": "pass", "date": date, "evidence": "12" }))
    };
    let leave = |until: &str| {
        let fields = json!({ "site": "da-lat", "reason": "đứt cáp", "from": "2023-06-14", "until": until });
        by(&managing(), "allow_internet", fields)
    };
    let applied = |agency: &str| one_more(agency, json!("applied"));
    check(&[
        (applied("ubnd-tinh"), room("2023-06-14"), "Permit"),
        (applied("ubnd-tinh"), room("2023-06-15"), "Deny 6/dated: Điều 6 khoản 2"),
        (applied("ubnd-tinh"), assess("2023-06-14"), "Permit"),
        (applied("ubnd-tinh"), assess("2023-06-15"), "Deny 9/dated: Điều 9 khoản 1 điểm c"),
        (applied("ubnd-phuong-1"), assess("2023-06-15"), "Deny 9/dated: Điều 9 khoản 2 điểm d"),
        (json!({}), leave("2023-06-14"), "Permit"),
        (json!({}), leave("2023-06-13"), "Deny 6.2/leave-dated: Điều 6 khoản 2 [A-22]"),
    ]);
}

/// backup power is not needed to arrange a site; where it is missing, that is what the permit relies on.
#[test]
fn a_site_without_backup_power_is_arranged_by_a_reading() {
    let relied_on = |k5: &str| {
        let facts =
            over(one_more("ubnd-tinh", json!("proposed")), &site(json!({ "room": { "k5": { "result": k5 } } })));
        let decision = asked(&facts, NOON, &of_site("arrange", "moi"));
        assert!(decision.is_permit());
        decision.interpretations.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(relied_on("pass"), Vec::<String>::new());
    assert_eq!(relied_on("fail"), ["A-05"]);
}

#[test]
fn the_quota_of_an_unknown_organisation_says_so() {
    let answer = computed(&json!({}), &json!({ "estate": { "quota": { "organization": "so-la" } } }));
    assert_eq!(answer["allowed"], Value::Null);
    assert_eq!(answer["finding"]["rule"], "2/known-organization");
}
