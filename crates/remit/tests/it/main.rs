//! Remit as a user meets it: the binary, its answers, its pages in a real browser.
//!
//! Everything in these files is made up, and says so; the demo's data is real.

mod as_of;
mod browser;
mod crawl;
mod cut;
mod desk;
mod dirt;
mod door;
mod edit;
mod envelope;
mod field;
mod guide;
mod house;
mod languages;
mod learning;
mod looks;
mod money;
mod overlay;
mod pages;
mod paper;
mod reading;
mod register;
mod sector;
mod shell;
mod snapshots;
mod start;
mod update;
mod walls;
mod who;
