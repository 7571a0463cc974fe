//! Decisions in words, as regulation.md 8.6 shows them.

use crate::world::*;
use lhtt_core::case::{Answer, Case};
use lhtt_core::{Request, Submission};

const TITLE: &str = "Quy chế ban hành kèm theo Quyết định số 1095/QĐ-UBND ngày 05 tháng 6 năm 2023 \
                     của Ủy ban nhân dân tỉnh Lâm Đồng";

#[test]
fn a_late_registration_is_told_by_how_much_and_what_to_do() {
    let decision = World::new().ask(Request::Submit(Box::new(submission())), "2023-06-14T08:00:01");
    assert_eq!(
        decision.render_vi(),
        format!(
            "TỪ CHỐI — điểm a khoản 2 Điều 12: tiếp nhận 08:00:01 ngày 14/6/2023, muộn 1 giây so với hạn 08:00:00 \
             (trước 24 giờ, họp thông thường, bắt đầu 08:00 ngày 15/6/2023).\n\
             Cách khắc phục: lùi giờ bắt đầu từ 08:00:01 ngày 15/6/2023 trở đi, hoặc đăng ký theo diện đột xuất, \
             khẩn cấp nếu đúng khoản 3 Điều 11.\n\
             Căn cứ: điểm a khoản 2 Điều 12 {TITLE}. Cách hiểu áp dụng: A-01."
        )
    );
    assert_eq!(
        decision.render_en(),
        "REFUSED — Điều 12 khoản 2 điểm a: received at 2023-06-14T08:00:01+07:00, 1 s after the deadline \
         2023-06-14T08:00:00+07:00 (24 hours before, normal session, start 2023-06-15T08:00:00+07:00).\n\
         Remedy: start at 2023-06-15T08:00:01+07:00 or later, or register it as urgent if Điều 11 khoản 3 applies.\n\
         Basis: Article 12, clause 2, point a of the Regulation issued with Decision 1095/QĐ-UBND of Lâm Đồng province. \
         Readings applied: A-01."
    );
    assert_eq!(decision.ascii(), "Dieu 12 khoan 2 diem a");
}

#[test]
fn a_late_urgent_registration_is_told_who_may_override() {
    let decision = World::new().ask(Request::Submit(Box::new(urgent("lũ quét"))), "2023-06-15T05:00");
    assert_eq!(
        decision.render_vi(),
        format!(
            "CẦN PHÊ DUYỆT NGOẠI LỆ — điểm a khoản 2 Điều 12: tiếp nhận 05:00:00 ngày 15/6/2023, muộn 3 giờ so với hạn \
             02:00:00 (trước 6 giờ, họp đột xuất, khẩn cấp: lũ quét, bắt đầu 08:00 ngày 15/6/2023). \
             Người có quyền: Thủ trưởng đơn vị vận hành kỹ thuật.\n\
             Căn cứ: điểm a khoản 2 Điều 12 {TITLE}. Cách hiểu áp dụng: A-16, A-32."
        )
    );
}

#[test]
fn a_call_to_nowhere_names_both_articles() {
    let decision = World::new().call(1, at_peer("chinh-phu"), "2023-06-15T08:30");
    assert_eq!(decision.ascii(), "Dieu 11 khoan 2; Dieu 12 khoan 2 diem a");
    assert_eq!(decision.told_ascii().as_deref(), Some("Dieu 11 khoan 2; Dieu 12 khoan 2 diem a"));
    assert_eq!(
        decision.render_vi(),
        format!(
            "TỪ CHỐI — khoản 2 Điều 11; điểm a khoản 2 Điều 12: không có phiên họp nào đăng ký với số 1001.\n\
             Cách khắc phục: đăng ký họp theo khoản 2 Điều 12.\n\
             Căn cứ: khoản 2 Điều 11 {TITLE}; điểm a khoản 2 Điều 12 {TITLE}. Cách hiểu áp dụng: không."
        )
    );
}

/// What a permit stands on is told to whoever reads the text, and nothing of it goes to the other side.
#[test]
fn a_permit_says_so_and_what_it_stands_on() {
    let decision = World::new().ask(Request::Submit(Box::new(submission())), "2023-06-13T08:00");
    assert_eq!(
        decision.render_vi(),
        format!("CHẤP THUẬN.\nCăn cứ: điểm a khoản 2 Điều 12 {TITLE}. Cách hiểu áp dụng: A-01.")
    );
    assert_eq!(
        decision.render_en(),
        "PERMITTED.\nBasis: Article 12, clause 2, point a of the Regulation issued with Decision 1095/QĐ-UBND of Lâm Đồng \
         province. Readings applied: A-01."
    );
    assert_eq!((decision.ascii().as_str(), decision.told_ascii()), ("", None));
}

/// A permit with findings is told to be one, by its own clauses beside those of its findings.
#[test]
fn a_permit_with_findings_is_told_to_be_one() {
    let case = r#"{ "at": "2023-06-15T08:00:00+07:00",
        "facts": { "conduct": { "sessions": { "1": { "duty": { "mcu_operator": null }, "start_overrides": [{
            "at": "2023-06-15T07:50:00+07:00", "reason": "mưa lũ", "rules": ["13.1/mcu-operator"],
            "by": { "name": "Phạm Thị Hoa", "role": "managing_authority" } }] } } } },
        "request": { "conduct": { "session": 1, "do": "start",
            "actor": { "name": "Nguyễn Văn A", "role": "mcu_operator" } } } }"#;
    let Ok(Answer::Decision(decision)) = Case::from_json(case).and_then(|case| case.answer()) else {
        panic!("it is decided")
    };
    let text = decision.render_vi();
    assert!(text.starts_with("CHẤP THUẬN.\nGHI NHẬN VI PHẠM — khoản 1 Điều 13: "), "{text}");
    assert!(text.ends_with(&format!("Căn cứ: khoản 1 Điều 13 {TITLE}. Cách hiểu áp dụng: A-32.")), "{text}");
    let text = decision.render_en();
    assert!(text.starts_with("PERMITTED.\nBREACH RECORDED — Điều 13 khoản 1: "), "{text}");
    assert!(text.ends_with("Readings applied: A-32."), "{text}");
}

/// Lines that a header can carry: no control characters, nothing but ASCII.
#[test]
fn every_line_fits_its_place() {
    let bad = Submission { sent_to: "x\r\ny".to_owned(), ..Submission::default() };
    let decision = World::new().ask(Request::Submit(Box::new(bad)), "2023-06-14T08:00:01");
    assert!(decision.ascii().bytes().all(|octet| (0x20..0x7f).contains(&octet)));
}
