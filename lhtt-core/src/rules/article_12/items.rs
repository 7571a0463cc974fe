//! Điều 12 khoản 2 điểm a, dashes 1 to 6: what a registration states. The sixth is asked for "if any" and never missing.

use super::{POINT_A, TIME};
use crate::finding::{DutyHolder, Finding};
use crate::submission::{Contact, Submission};

/// Dashes 1 to 5: each mandatory item that is missing, by itself.
pub(crate) fn mandatory(submission: &Submission) -> impl Iterator<Item = Finding> {
    let contact = submission.contact.as_ref();
    let items = [
        (submission.agency.is_none(), 1, "12.2.a/agency", "tên cơ quan chủ trì họp", "the chairing agency"),
        (!submission.has_members(), 2, "12.2.a/members", "danh sách điểm cầu thành phần", "the list of member sites"),
        (submission.start.is_none(), 3, "12.2.a/time", "thời gian đăng ký họp", "the time of the session"),
        (blank(submission.content.as_deref()), 4, "12.2.a/content", "nội dung họp", "what the session is about"),
        (contact.is_none(), 5, "12.2.a/contact", "thông tin đầu mối liên hệ", "the contact"),
        (contact.is_some_and(no_name), 5, "12.2.a/contact-name", "họ và tên đầu mối liên hệ", "the contact's name"),
        (
            contact.is_some_and(no_phone),
            5,
            "12.2.a/contact-phone",
            "số điện thoại đầu mối liên hệ",
            "the contact's telephone number",
        ),
    ];
    items.into_iter().filter(|(missing, ..)| *missing).map(|(_, dash, rule, vi, en)| {
        Finding::incomplete(rule, &[POINT_A.dash(dash)])
            .observed(format!("đăng ký thiếu {vi}"), format!("the registration lacks {en}"))
            .required("đủ năm nội dung bắt buộc", "all five mandatory items")
            .remedy(format!("bổ sung {vi} rồi gửi lại"), format!("add {en} and hand it in again"))
            .duty_of(DutyHolder::Chair)
    })
}

/// Dash 3: a session that ends before it starts has no time.
pub(crate) fn end_after_start(submission: &Submission) -> Option<Finding> {
    let (start, end) = submission.start.zip(submission.end)?;
    if end > start {
        return None;
    }
    let finding = Finding::violation("12.2.a/end", &[TIME])
        .observed(
            format!("kết thúc {} không sau bắt đầu {}", end.vi(), start.vi()),
            format!("the end, {end}, is not after the start, {start}"),
        )
        .required("thời gian kết thúc sau thời gian bắt đầu", "an end after the start")
        .remedy("sửa thời gian kết thúc, hoặc bỏ trống", "mend the end, or leave it out")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

fn no_name(contact: &Contact) -> bool {
    blank(Some(&contact.name))
}

fn no_phone(contact: &Contact) -> bool {
    !contact.phone.chars().any(|character| character.is_ascii_digit())
}

fn blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}
