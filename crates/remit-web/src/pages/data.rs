//! The data sets: what was imported, from where, when, under which licence.

use super::{number, table_as_data, text};
use crate::app::App;
use crate::error::PageError;
use crate::page::Page;
use crate::request::{Asked, html};
use crate::say::{date, moment, say, whole, with};
use crate::show::{Shown, marking};
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
    about: Vec<(String, Shown)>,
    shown: bool,
}

const SQL: &str = "select id, dataset, title, source, url, licence, attribution, published, recorded_at, hash, files, bytes, records, \
                   parts, problems, marking, shown from snapshot order by dataset, recorded_at desc";

pub(crate) async fn show(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.as_of.clone(), move |app, reader| respond(app, &asked, reader)).await
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
                let mut about: Vec<(&str, Shown)> =
                    vec![
                        ("data-what", Shown::text(own("title"))),
                        (
                            "data-source",
                            Shown::text(if source.is_empty() { url.clone() } else { source })
                                .link(if url.starts_with("https://") { url } else { String::new() }),
                        ),
                        ("data-licence", Shown::text(own("licence"))),
                        ("data-named", Shown::text(own("attribution"))),
                        ("data-of", Shown::text(date(&own("published")))),
                        ("data-imported", Shown::text(moment(&own("recorded_at")))),
                        (
                            "data-holds",
                            Shown::text(with(
                                "data-holds-text",
                                &["records", "parts", "files", "bytes"].map(|n| (n, number(&table, r, n).into())),
                            )),
                        ),
                        ("nav-problems", Shown::text(whole(number(&table, r, "problems")))),
                        ("data-hash", Shown::text(own("hash"))),
                        ("data-marking", Shown::text(marking(app.model(), &own("marking")))),
                    ];
                about.retain(|(_, s)| !s.text.is_empty());
                let about = about.into_iter().map(|(id, s)| (say(id), s)).collect();
                Set { name: own("dataset"), about, shown: number(&table, r, "shown") > 0.0 }
            })
            .collect();
    Ok(html(DataPage { page: Page::new(app, asked, say("nav-data"), Vec::new()), sets }.render()?))
}
