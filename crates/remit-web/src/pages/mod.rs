//! One folder a page: its routes, its queries, its template, and what it says in each language. A folder that is named here is
//! answered; the list of all routes is made from the folders when the program is compiled.

mod activity;
mod ask;
mod change;
mod country;
mod data;
mod decide;
mod document;
mod documents;
mod duplicates;
mod edit;
mod exchange;
mod glossary;
mod history;
mod home;
mod merge;
mod passage;
mod problems;
mod publish;
mod questions;
mod record;
mod records;
mod redact;
mod reports;
mod review;
mod search;
mod sheets;
mod story;
mod style;
mod suggest;
mod support;
mod world;

use crate::app::App;
use axum::Router;

include!(concat!(env!("OUT_DIR"), "/routes.rs"));
