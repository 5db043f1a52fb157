//! What a mission's page has besides its record: its tasks by mandate, what was done of them and the money beside, what its
//! documents speak of, its people by year, and the activities that name it.

use super::{ask, text};
use crate::app::App;
use crate::chart::{Chart, charts};
use crate::error::PageError;
use crate::request::Asked;
use crate::say::{percent, plain, say, whole, with_one};
use crate::show::{Drawn, Shown, draw};
use remit_store::{Cell, Reader, Table};

/// Kinds that these tables tell of.
pub(super) const TOLD: [&str; 3] = ["mandated_task", "engagement", "document"];

const PEOPLE: &str = "select year, service, sum(women) as women, sum(men) as men, sum(total) as total from strength \
     where mission = :mission group by year, service order by year desc, service";
const ACTIVITIES: &str = "select identifier, title, supporter_name, supporter, phase, starts, ends from support \
     where ' ' || replace(replace(upper(title), '-', ' '), ',', ' ') || ' ' like '% ' || upper(:mission) || ' %' \
     group by activity order by coalesce(ends, '9999') desc limit 50";

const DOCUMENTS: &str = "select d.record, d.title as document_title, d.symbol, d.date, \
     (select count(*) from statement s where s.status_of_statement = 'proposed' and s.withdrawn = 0 \
      and json_extract(s.fields, '$.document') = d.record and not exists (select 1 from statement n \
      where n.supersedes = s.statement and n.status_of_statement <> 'proposed')) as waiting from document d where d.mission = :mission order by d.date desc";

/// Tables for a mission: its record, and what it is called; none where nothing is on record.
pub(super) fn tables(app: &App, asked: &Asked, reader: &Reader, record: &str, acronym: &str) -> Result<Vec<Drawn>, PageError> {
    let mut all = Vec::new();
    for (id, question, caption) in [("m3", "mandate", "m-tasks"), ("m4", "tasks", "m-done"), ("m5", "priorities", "m-speak-of")] {
        let mut table = ask(app, reader, question, &[("mission", record)])?.table;
        // Whose they are, the page says.
        without(&mut table, &["actor", "actor_name"]);
        all.push(draw(asked, app.model(), app.columns(), &table, id, &say(caption)));
    }
    let documents = reader.query(DOCUMENTS, &[("mission", Cell::Text(record.to_owned()))])?;
    all.push(draw(asked, app.model(), app.columns(), &documents, "m6", &say("m-documents")));
    all.extend(by_name(app, asked, reader, acronym)?);
    all.retain(|t| !t.rows.is_empty());
    Ok(all)
}

/// Pictures for a mission: its record, and what it is called.
pub(super) fn pictures(app: &App, asked: &Asked, reader: &Reader, record: &str, acronym: &str) -> Result<Vec<Chart>, PageError> {
    let mut all = Vec::new();
    let called = if acronym.is_empty() { record } else { acronym };
    for (question, mission) in [("mandated", called), ("priorities", called), ("women", acronym)] {
        if !mission.is_empty() {
            all.extend(charts(app, asked, &ask(app, reader, question, &[("mission", mission)])?));
        }
    }
    Ok(all)
}

/// Takes columns out of a table.
fn without(table: &mut Table, names: &[&str]) {
    for name in names {
        if let Some(at) = table.column(name) {
            table.columns.remove(at);
            for row in &mut table.rows {
                row.remove(at);
            }
        }
    }
}

/// People and activities, which name a mission by its acronym.
fn by_name(app: &App, asked: &Asked, reader: &Reader, acronym: &str) -> Result<Vec<Drawn>, PageError> {
    if acronym.is_empty() {
        return Ok(Vec::new());
    }
    let mission = [("mission", Cell::Text(acronym.to_owned()))];
    let people = reader.query(PEOPLE, &mission)?;
    let activities = reader.query(ACTIVITIES, &mission)?;
    let caption = with_one("m-activities", "name", acronym);
    Ok(vec![strength(&people), draw(asked, app.model(), app.columns(), &activities, "m2", &caption)])
}

/// People by year and service, with the share of women.
fn strength(people: &Table) -> Drawn {
    let number = |r: usize, column: &str| people.get(r, column).number();
    let shown = |n: Option<f64>| n.map_or_else(Shown::unknown, |n| Shown::number(whole(n)));
    let rows = (0..people.rows.len()).map(|r| {
        let share = match (number(r, "women"), number(r, "total")) {
            (Some(women), Some(total)) if total > 0.0 => Shown::number(percent(100.0 * women / total, 1)),
            _ => Shown::unknown(),
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
    Drawn {
        id: "m1".into(),
        caption: say("m-people"),
        unit: say("m-averages"),
        heads: vec![
            Shown::head("m-year", ""),
            Shown::head("m-service", ""),
            Shown::head("m-women", "num"),
            Shown::head("m-men", "num"),
            Shown::head("m-all", "num"),
            Shown::head("m-share-women", "num"),
        ],
        rows: rows.collect(),
        ..Drawn::default()
    }
}
