//! A workspace as a site of files, for readers who have no Remit: the same pages, asked of the same router, with links from file to
//! file. It works from a folder, a memory stick or any web server.
//!
//! - `plan` says which pages there are, and which file each becomes.
//! - `rewrite` makes a page one that needs no server: its links lead to files, its forms are gone.
//! - `embed` takes charts and tables out of pages, to be placed elsewhere.
//! - `search` and `feed` write what no page shows: the index of names, and what changed.
//! - `site` writes files: only those that differ, with their hashes and a signature.
//! - `unchanged` knows which pages need not be made again.

mod embed;
mod feed;
mod plan;
mod rewrite;
mod search;
mod site;
mod unchanged;

use plan::SitePlan;
pub(crate) use site::pages_in;

use crate::app::{App, Serving};
use crate::assets::ASSETS;
use crate::door::Door;
use crate::format::{Format, with_ending};
use crate::making::{LinkFact, PageMaking, noting};
use anyhow::{Context as _, Result, bail};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use plan::{Address, short_hash};
use remit_model::{Day, Language, Marking};
use remit_store::{HeldBack, Workspace};
use rewrite::Rewriting;
use search::FoundPage;
use site::Site;
use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tower::ServiceExt as _;
use unchanged::Unchanged;

/// What is published of a workspace.
#[derive(Debug, Clone)]
pub struct Publishing {
    /// The day that pages are about; the workspace's own, or else today, where it is not set.
    pub valid_on: Option<Day>,
    /// The moment as known at which pages are shown; now where it is not set.
    pub known_on: Option<String>,
    /// What is marked at most so.
    pub clearance: Marking,
    /// Only these countries; all where there is none.
    pub countries: Vec<String>,
    /// True where counts of few people go out too, which are held back otherwise.
    pub small_counts: bool,
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// Pages, counted once for all languages.
    pub pages: usize,
    /// Those that were made: all others would be the same as they are there.
    pub made: usize,
    /// All files of the site.
    pub files: usize,
    /// Files that were new or differed.
    pub written: usize,
    /// Files that are no longer part of it, and were taken away.
    pub removed: usize,
    /// Counts of few people that are held back.
    pub held_back: usize,
}

/// What answers all pages for who makes files of them. It is handed in, since one of the pages makes a site.
#[derive(Clone, Copy)]
pub(crate) struct SitePages(pub(crate) fn(App) -> Router);

/// What all pages are made with.
struct Press {
    app: App,
    plan: Arc<SitePlan>,
    router: Router,
    site: Site,
    entries: Mutex<Vec<FoundPage>>,
    unchanged: Unchanged,
    /// Which pages there are.
    facts: HashSet<LinkFact>,
    made: AtomicUsize,
}

/// See [`crate::publish()`].
pub(crate) async fn publish(workspace: Workspace, publishing: Publishing, folder: &Path, pages: SitePages) -> Result<Published> {
    let serving = Serving {
        port: None,
        valid_on: publishing.valid_on,
        known_on: publishing.known_on.clone(),
        clearance: publishing.clearance,
        author: None,
        is_early: false,
    };
    let held = HeldBack::unless(publishing.small_counts, &workspace, publishing.clearance)?;
    let frame = site::frame(&workspace, &publishing)?;
    let state = site::state(&workspace, &frame);
    let (site, published) = Site::open(folder, &state)?;
    if let Some(published) = published {
        return Ok(Published { held_back: held.counts(), ..published });
    }
    let app = App::new(workspace.clone(), serving, Door::new("", 0)?)?;
    // What goes out is whole.
    if !app.left_out().is_empty() {
        bail!("{}", app.left_out().join("\n"));
    }
    let name = short_hash(&folder.canonicalize()?.to_string_lossy());
    let unchanged = Unchanged::open(&app, &name, &frame, site.listed());
    let plan = Arc::new(SitePlan::of(&app, &publishing).await?);
    let app = app.published(plan.clone(), held.clone());
    let (router, facts) = ((pages.0)(app.clone()), plan.facts());
    let (entries, made) = (Mutex::default(), AtomicUsize::new(0));
    let press = Arc::new(Press { app, plan, router, site, entries, unchanged, facts, made });
    press.assets()?;
    press.pages().await?;
    press.indexes().await?;
    let press = Arc::into_inner(press).context("a page is still being made")?;
    let (pages, made) = (press.plan.pages().len(), press.made.into_inner());
    let (published, listed) = press.site.finish(&workspace, &state)?;
    // Where it cannot be noted, as on a medium that cannot be written, all pages are made the next time.
    let _ = press.unchanged.end(&press.app, listed).await;
    Ok(Published { pages, made, held_back: held.counts(), ..published })
}

impl Press {
    fn assets(&self) -> Result<()> {
        for (name, _, text) in ASSETS {
            self.site.put(name, text.as_bytes())?;
        }
        self.site.put("index.html", self.languages_page().as_bytes())
    }

    /// All pages in all languages, and their data, on all cores.
    async fn pages(self: &Arc<Press>) -> Result<()> {
        let next = Arc::new(AtomicUsize::new(0));
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let mut workers = tokio::task::JoinSet::new();
        for _ in 0..cores {
            let (press, next) = (self.clone(), next.clone());
            workers.spawn(async move {
                while let Some(address) = press.plan.pages().get(next.fetch_add(1, Ordering::Relaxed)) {
                    press.page(address).await.with_context(|| format!("the page {address} could not be made"))?;
                }
                Ok::<(), anyhow::Error>(())
            });
        }
        while let Some(done) = workers.join_next().await {
            done.context("a page could not be made")??;
        }
        Ok(())
    }

    /// A page in all languages, and its data, where they would not be as they are there.
    async fn page(&self, address: &Address) -> Result<()> {
        if let Some(page) = self.unchanged.find(&self.app, &self.site, &self.facts, address).await {
            page.files().iter().for_each(|file| self.site.keep(file));
            self.entries.lock().expect("no page panicked").extend(page.found(address, &self.plan));
            self.unchanged.keep(address, &page);
            return Ok(());
        }
        let making = Arc::new(PageMaking::default());
        let (files, found) = noting(making.clone(), self.make(address)).await?;
        self.made.fetch_add(1, Ordering::Relaxed);
        self.unchanged.note(address, &making, files, &found);
        self.entries.lock().expect("no page panicked").extend(found);
        Ok(())
    }

    /// Makes a page in all languages, and its data; returns its files, and how it is found.
    async fn make(&self, address: &Address) -> Result<(Vec<String>, Vec<FoundPage>)> {
        let (mut files, mut found) = (Vec::new(), Vec::new());
        let mut put = |file: String, bytes: &[u8]| {
            self.site.put(&file, bytes)?;
            files.push(file);
            Ok::<(), anyhow::Error>(())
        };
        for language in self.plan.languages() {
            let html = self.ask(address, Format::Html, *language).await?;
            let html = String::from_utf8(html).context("a page is no text")?;
            found.push(FoundPage::of(address, *language, &html));
            let fragments = if address.has_fragments() { embed::fragments(&html) } else { Vec::new() };
            let file = self.plan.file(address, *language);
            for (n, fragment) in fragments.iter().enumerate() {
                let place = embed::file(&file, n + 1);
                let rewriting = Rewriting { plan: &self.plan, from: &place, language: *language };
                let page = embed::page(&rewriting, &html[fragment.clone()], &html, &file);
                put(place, page.as_bytes())?;
            }
            let html = embed::with_links(&html, &fragments, &file, *language, self.app.model());
            let rewriting = Rewriting { plan: &self.plan, from: &file, language: *language };
            let html = rewriting.page(&html);
            put(file, html.as_bytes())?;
        }
        for format in address.formats() {
            let data = self.ask(address, *format, Language::ENGLISH).await?;
            put(self.plan.data_file(address, *format), &data)?;
        }
        Ok((files, found))
    }

    /// What the router answers.
    async fn ask(&self, address: &Address, format: Format, language: Language) -> Result<Vec<u8>> {
        let path = with_ending(&address.path, format);
        let uri = format!("{path}?{}", self.plan.query(address, language));
        let request = Request::get(&uri).extension(format).body(Body::empty())?;
        let response = self.router.clone().oneshot(crate::format::take_ending(request)).await?;
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await?;
        if !status.is_success() {
            bail!("{uri} answers {status}");
        }
        Ok(body.into())
    }

    /// What no page shows: the index of names in each language, and what changed.
    async fn indexes(&self) -> Result<()> {
        let entries = std::mem::take(&mut *self.entries.lock().expect("no page panicked"));
        for language in self.plan.languages() {
            let index = search::index(&self.plan, &entries, *language);
            self.site.put(&format!("{language}/search.js"), index.as_bytes())?;
        }
        for (file, feed) in feed::all(&self.app, &self.plan).await? {
            self.site.put(&file, feed.as_bytes())?;
        }
        Ok(())
    }

    /// The first page: the site in each of its languages.
    fn languages_page(&self) -> String {
        let title = &self.app.workspace().settings().title;
        let title = if title.is_empty() { "Remit" } else { title };
        let country = self.plan.only().map(|country| crate::cells::country_name(self.app.model(), country));
        let title = rewrite::escaped(&country.into_iter().chain([title]).collect::<Vec<_>>().join(" · "));
        let all = &self.app.model().languages;
        let link = |l: &Language| {
            let locale = all.get(*l);
            let (code, name, direction) = (l.code(), rewrite::escaped(&locale.name), locale.direction.code());
            let file = rewrite::escaped(&self.plan.first(*l).unwrap_or_default());
            format!("<li><a href=\"{file}\" lang=\"{code}\" hreflang=\"{code}\" dir=\"{direction}\">{name}</a></li>\n")
        };
        let links: String = self.plan.languages().iter().map(link).collect();
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, \
             initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
             <link rel=\"icon\" href=\"favicon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"remit.css\">\n</head>\n\
             <body>\n<main>\n<h1>{title}</h1>\n<ul class=\"doing\">\n{links}</ul>\n</main>\n</body></html>\n"
        )
    }
}
