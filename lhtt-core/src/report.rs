//! What the managing authority reports (Điều 15 khoản 2 điểm b, c, đ, 18 khoản 6, 20 khoản 2 and 3; Thông tư
//! 01/2020/TT-VPCP Điều 11): figures as data, as CSV and as Markdown, Vietnamese headings first.
//!
//! A report is a pure fold of facts: the same journal gives the same octets. Each figure stands beside the events it counts,
//! as sessions (`S12`), registrations (`R7`), journal entries (`#42`) or register entries. Leaves out: layout, and who may read it.
//!
//! ```
//! use lhtt_core::report::{Cycle, Half, Period, Scope, usage};
//! use lhtt_core::{Moment, Registry};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The first half of 2024 as Nghị định 09/2019/NĐ-CP cuts it: 15 December 2023 to 14 June 2024.
//! let window = Period::Half { year: 2024, half: Half::First }.window(Cycle::Nd09);
//! let scope = Scope { window, now: Moment::parse("2024-06-20T08:00:00+07:00")?, cleared: false };
//! let report = usage(&Registry::default(), scope);
//! assert!(report.markdown().contains("Kỳ / Period: 15/12/2023 – 14/6/2024"));
//! assert!(report.csv().contains("Số phiên họp / Sessions,0,"));
//! assert_eq!(report.json()["tables"]["totals"][0]["value"], 0);
//! # Ok(())
//! # }
//! ```
//!
//! `examples/report.rs` makes one of a journal.

mod compliance;
mod difficulties;
mod estate;
mod overrides;
mod period;
mod schedule;
mod sites;
mod table;
mod tt01;
mod usage;

pub use compliance::{About, Counted, Tally, compliance, tally};
pub use difficulties::difficulties;
pub use estate::{device_checks, quota, roster_gaps};
pub use period::{Cycle, Half, Period, Window};
pub use schedule::public_schedule;
pub use sites::{utilisation, yearly_data};
pub use table::{Cell, Column, Counts, EventId, Report, Table};
pub use tt01::{DeadlineOfYear, Reporting, Tt01Due, Weekend, YearlyDue, tt01_dues};
pub use usage::{Scope, usage};
