//! What a sheet that was brought in lacks to be counted, which the command line and the browser tell alike.

/// Institutions without a class that an entry (`:entry`) says something of, or that its projects are of: who pays, and who is supported.
pub const UNCLASSED: &str = include_str!("unclassed.sql");

/// How many projects of an entry (`:entry`) are in each country, by the rule of the questions; an empty code where nothing tells one.
pub const PROJECTS_BY_COUNTRY: &str = concat!(
    "with ",
    include_str!("../../../questions/parts/called.sql"),
    ", ",
    include_str!("../../../questions/parts/own_projects.sql"),
    "select coalesce(country, '') as country, count(distinct record) as n from own_projects
    where record in (select record from statement where entry = :entry and kind = 'project') group by 1 order by n desc, 1"
);
