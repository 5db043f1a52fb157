//! What a mission's page has besides its record: its people by year, and the activities that name it.

use super::text;
use crate::app::App;
use crate::error::PageError;
use crate::request::Asked;
use crate::show::{Drawn, Shown, draw, plain, whole};
use remit_store::{Cell, Reader, Table};

const PEOPLE: &str = "select year, service, sum(women) as women, sum(men) as men, sum(total) as total from strength \
     where mission = :mission group by year, service order by year desc, service";
const ACTIVITIES: &str = "select identifier, title, supporter_name, supporter, phase, starts, ends from support \
     where ' ' || replace(replace(upper(title), '-', ' '), ',', ' ') || ' ' like '% ' || upper(:mission) || ' %' \
     group by activity order by coalesce(ends, '9999') desc limit 50";

/// Tables for a mission that is called so; none where nothing is on record.
pub(super) fn tables(app: &App, asked: &Asked, reader: &Reader, acronym: &str) -> Result<Vec<Drawn>, PageError> {
    if acronym.is_empty() {
        return Ok(Vec::new());
    }
    let mission = [("mission", Cell::Text(acronym.to_owned()))];
    let people = reader.query(PEOPLE, &mission)?;
    let activities = reader.query(ACTIVITIES, &mission)?;
    let caption = format!("Activities of the security sector that name {acronym}");
    let drawn = [strength(&people), draw(asked, app.model(), app.columns(), &activities, "m2", &caption)];
    Ok(drawn.into_iter().filter(|t| !t.rows.is_empty()).collect())
}

/// People by year and service, with the share of women.
fn strength(people: &Table) -> Drawn {
    let number = |r: usize, column: &str| people.get(r, column).number();
    let shown = |n: Option<f64>| n.map_or_else(|| Shown::unknown("not reported"), |n| Shown::number(whole(n)));
    let rows = (0..people.rows.len()).map(|r| {
        let share = match (number(r, "women"), number(r, "total")) {
            (Some(women), Some(total)) if total > 0.0 => Shown::number(format!("{} %", plain(100.0 * women / total, 1))),
            _ => Shown::unknown("not reported"),
        };
        let year = number(r, "year").map_or_else(|| text(people, r, "year").to_owned(), |y| plain(y, 0));
        vec![
            Shown::text(year),
            Shown::text(text(people, r, "service")),
            shown(number(r, "women")),
            shown(number(r, "men")),
            shown(number(r, "total")),
            share,
        ]
    });
    let head = |text: &str, class| Shown { text: text.into(), class, ..Shown::default() };
    Drawn {
        id: "m1".into(),
        caption: "People".into(),
        unit: "averages of months".into(),
        heads: vec![
            head("Year", ""),
            head("Service", ""),
            head("Women", "num"),
            head("Men", "num"),
            head("All", "num"),
            head("Share of women", "num"),
        ],
        rows: rows.collect(),
        ..Drawn::default()
    }
}
