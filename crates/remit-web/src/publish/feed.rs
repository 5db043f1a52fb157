//! What changed, as Atom: for the whole site and for each country, in each language.

use super::plan::{Address, LinkTarget, SitePlan};
use super::rewrite::escaped;
use crate::app::App;
use crate::language::within;
use crate::messages::{label, m};
use anyhow::Result;
use remit_model::Language;
use remit_store::Reader;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Changes in a feed.
const MOST: usize = 100;

/// The newest statements that stand, proposals not: who said them stays with the register.
const CHANGES: &str = "select statement, kind, record, recorded_at, coalesce(source, '') as source, withdrawn, \
                       coalesce(json_extract(fields, '$.country'), '') as country \
                       from statement where status_of_statement = 'accepted' order by recorded_at desc, seq desc limit 5000";

#[derive(Deserialize)]
struct FeedChange {
    statement: String,
    kind: String,
    record: String,
    recorded_at: String,
    source: String,
    withdrawn: i64,
    country: String,
}

/// Every feed with its file.
pub(super) async fn all(app: &App, plan: &SitePlan) -> Result<Vec<(String, String)>> {
    let read = |reader: &Reader| Ok(reader.query(CHANGES, &[])?.rows_as::<FeedChange>()?);
    let changes = app.read(app.as_of(), read).await.map_err(|e| anyhow::anyhow!("{e}"))?;
    // Only what the site shows.
    let shown: Vec<&FeedChange> =
        changes.iter().filter(|c| plan.names.contains_key(&(c.kind.clone(), c.record.clone()))).collect();
    let countries: BTreeSet<&str> = plan.countries().collect();
    let mut feeds = Vec::new();
    for language in plan.languages() {
        let locale = app.model().languages.get(*language);
        feeds.extend(within(locale, || {
            let mut feeds = vec![(format!("{language}/feed.xml"), feed(app, plan, *language, "", &shown))];
            for country in &countries {
                let own: Vec<&FeedChange> = shown.iter().filter(|c| c.country == *country).copied().collect();
                feeds.push((format!("{language}/feed/{country}.xml"), feed(app, plan, *language, country, &own)));
            }
            feeds
        }));
    }
    Ok(feeds)
}

fn feed(app: &App, plan: &SitePlan, language: Language, country: &str, changes: &[&FeedChange]) -> String {
    let workspace = &app.workspace().settings().title;
    let of = if country.is_empty() { plan.only().unwrap_or_default() } else { country };
    let name = if of.is_empty() { workspace.as_str() } else { app.model().lists.name("country", of, language) };
    let up = if country.is_empty() { "" } else { "../" };
    // The page that a reader of the feed comes to: of the country, or the first of the site, wherever that is.
    let home = match plan.target(&format!("/country/{of}"), language) {
        LinkTarget::File(file) => Some(file),
        _ => plan.first(language),
    };
    let home = home.map_or_else(String::new, |file| format!("<link href=\"{up}{}\"/>\n", escaped(below_language(&file))));
    // A reader that has the file from elsewhere resolves it from where it got it.
    let own = if country.is_empty() { "feed" } else { country };
    let entries: String = changes.iter().take(MOST).map(|c| entry(app, plan, language, up, c)).collect();
    let updated = changes.first().map_or("1970-01-01T00:00:00Z", |c| c.recorded_at.as_str());
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\n\
         <title>{}</title>\n<id>urn:remit:{}:{language}:{country}</id>\n<updated>{updated}</updated>\n\
         <author><name>{}</name></author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}.xml\"/>\n\
         {home}{entries}</feed>\n",
        told(&m::changes_of(name)),
        escaped(&workspace.replace(|c: char| !c.is_alphanumeric(), "-")),
        told(if workspace.is_empty() { "Remit" } else { workspace }),
    )
}

fn entry(app: &App, plan: &SitePlan, language: Language, up: &str, c: &FeedChange) -> String {
    let key = (c.kind.clone(), c.record.clone());
    let name = plan.names.get(&key).and_then(|names| names.first()).map_or(c.record.as_str(), String::as_str);
    let kind = app.model().kind(&c.kind).map_or_else(|| c.kind.clone(), |k| label(&k.label));
    let title = if c.withdrawn == 0 { m::pair(kind, name) } else { m::withdrawn_title(m::pair(kind, name)) };
    let address = Address { path: format!("/record/{}", c.kind), parameters: vec![("record".into(), c.record.clone())] };
    let link = match plan.target(&format!("{}?{}", address.path, plan.query(&address, language)), language) {
        LinkTarget::File(file) => format!("<link href=\"{up}{}\"/>", escaped(below_language(&file))),
        // An entry that has no page carries an empty content.
        _ => "<content/>".to_owned(),
    };
    let source = if c.source.is_empty() { String::new() } else { format!("<summary>{}</summary>", told(&c.source)) };
    format!(
        "<entry><title>{}</title><id>urn:uuid:{}</id><updated>{}</updated>{link}{source}</entry>\n",
        told(&title),
        escaped(&c.statement),
        c.recorded_at
    )
}

/// A text as XML may hold it: a sign that steers is none that it may.
fn told(text: &str) -> String {
    let may_stand = |c: &char| !(c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{fffe}' | '\u{ffff}'));
    escaped(&text.chars().filter(may_stand).collect::<String>())
}

/// A file of a language, from the folder of that language.
fn below_language(file: &str) -> &str {
    file.split_once('/').map_or(file, |(_, rest)| rest)
}
