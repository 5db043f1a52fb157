//! Remit as a user meets it: the binary, its answers, its pages in a real browser.
//!
//! Everything in these files is made up, and says so; the demo's data is real.

mod as_of;
mod browser;
mod crawl;
mod cut;
mod day;
mod desk;
mod dirt;
mod documents;
mod door;
mod duplicates;
mod edit;
mod envelope;
mod exchange;
mod field;
mod going_out;
mod guide;
mod handover;
mod house;
mod iati_out;
mod interchange;
mod judged;
mod languages;
mod learning;
mod looks;
mod money;
mod offices;
mod overlay;
mod pages;
mod paper;
mod pdf;
mod people;
mod reading;
mod register;
mod relied;
mod sector;
mod shell;
mod renewed;
mod site;
mod snapshots;
mod start;
mod update;
mod walls;
mod ways;
mod who;
