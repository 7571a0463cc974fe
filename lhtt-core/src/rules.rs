//! The rules: one file per article in the order of the text, one small function per clause that decides something.
//!
//! A rule looks at facts and says what it found, or nothing. It never looks at another rule's finding; what they lead to
//! together is the decision's to say. What the clauses that decide nothing are for stands in `docs/regulation/`.

pub(crate) mod article_02;
pub(crate) mod article_03;
pub(crate) mod article_04;
pub(crate) mod article_05;
pub(crate) mod article_06;
pub(crate) mod article_07;
pub(crate) mod article_08;
pub(crate) mod article_09;
pub(crate) mod article_10;
pub(crate) mod article_11;
pub(crate) mod article_12;
pub(crate) mod article_13;
pub(crate) mod article_14;
pub(crate) mod article_15;
pub(crate) mod article_16;
pub(crate) mod article_18;
pub(crate) mod article_19;
pub(crate) mod article_20;
pub(crate) mod in_force;
pub(crate) mod role;
