//! The store as its users see it: what is recorded, what a reader sees of it, what holds when somebody alters it.

mod altered;
mod dates;
mod desk;
mod erasing;
mod made_one;
mod merging;
mod redacting;
mod renewing;
mod small_counts;
mod statements;
mod trust;
