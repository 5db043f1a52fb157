//! What is asked of what a sheet has brought in, by the command line and by the page alike.

use crate::parts::{Parts, before};

/// How many projects of an entry (`:entry`) are in each country, by the rule of the answers that count them; the country is empty of those
/// that are in none.
pub fn projects_by_country() -> String {
    before(BY_COUNTRY, Parts::built_in(&["called", "own_projects"]).iter())
}

const BY_COUNTRY: &str = "select coalesce(country, '') as country, count(distinct record) as n from own_projects \
                          where record in (select record from statement where entry = :entry and kind = 'project') \
                          group by 1 order by n desc, 1";
