//! The data sets: what was imported, from where, when, under which licence.

use super::{number, table_as_data, text};
use crate::app::App;
use crate::error::PageError;
use crate::page::Page;
use crate::request::{Asked, html};
use crate::show::{Shown, date, whole};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use remit_store::Reader;

#[derive(Template)]
#[template(path = "data.html")]
struct DataPage {
    page: Page,
    sets: Vec<Set>,
}

struct Set {
    name: String,
    about: Vec<(&'static str, Shown)>,
    shown: bool,
}

const SQL: &str = "select id, dataset, title, source, url, licence, attribution, published, recorded_at, hash, files, bytes, records, \
                   parts, problems, marking, shown from snapshot order by dataset, recorded_at desc";

pub(crate) async fn show(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.cut.clone(), move |app, reader| respond(app, &asked, reader)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader) -> Result<Response, PageError> {
    let table = reader.query(SQL, &[])?;
    if let Some(data) = table_as_data(asked, "data", &table) {
        return Ok(data);
    }
    let sets =
        (0..table.rows.len())
            .map(|r| {
                let own = |name: &str| text(&table, r, name).to_owned();
                let (source, url) = (own("source"), own("url"));
                let mut about: Vec<(&'static str, Shown)> =
                    vec![
                        ("What", Shown::text(own("title"))),
                        (
                            "Source",
                            Shown::text(if source.is_empty() { url.clone() } else { source })
                                .link(if url.starts_with("https://") { url } else { String::new() }),
                        ),
                        ("Licence", Shown::text(own("licence"))),
                        ("Named", Shown::text(own("attribution"))),
                        ("Of", Shown::text(date(&own("published")))),
                        (
                            "Imported",
                            Shown::text(format!(
                                "{}, {} UTC",
                                date(&own("recorded_at")),
                                own("recorded_at").get(11..16).unwrap_or_default()
                            )),
                        ),
                        (
                            "Holds",
                            Shown::text(format!(
                                "{} records, {} parts, in {} files of {} bytes",
                                whole(number(&table, r, "records")),
                                whole(number(&table, r, "parts")),
                                whole(number(&table, r, "files")),
                                whole(number(&table, r, "bytes"))
                            )),
                        ),
                        ("Problems", Shown::text(whole(number(&table, r, "problems")))),
                        ("SHA-256", Shown::text(own("hash"))),
                        ("Marking", Shown::text(own("marking").replace('_', " "))),
                    ];
                about.retain(|(_, s)| !s.text.is_empty());
                Set { name: own("dataset"), about, shown: number(&table, r, "shown") > 0.0 }
            })
            .collect();
    Ok(html(DataPage { page: Page::new(app, asked, "Data", Vec::new()), sets }.render()?))
}
