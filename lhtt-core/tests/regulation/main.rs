//! The regulation at its boundary: requests in, decisions out. One table for each article, and the journal.
#![cfg(feature = "regulation")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod admission;
mod article_03;
mod article_05;
mod article_11;
mod article_12;
mod calendar;
mod case;
mod cases;
mod conduct;
mod conduct_properties;
mod configure;
mod control;
mod dated;
mod deadline;
mod documented;
mod estate;
mod estate_legs;
mod facts;
mod floor;
mod handover;
mod journal;
mod kept;
mod ledger;
mod matrix;
mod papers;
mod personal;
mod planning;
mod profile;
mod profile_law;
mod properties;
mod properties_floor;
mod properties_planning;
mod record;
mod registering;
mod registers;
mod render;
mod report;
mod review;
mod roles;
mod scenario;
#[cfg(feature = "schema")]
mod schema;
mod secrecy;
mod secrecy_told;
mod stage;
mod succession;
mod terminals;
mod told;
mod whose;
mod world;
