//! Pages that need not be made again: all that was asked for them is answered as it was, their links lead where they led, and their files are
//! whole. By which answers that is known stands in the workspace, and not in the site: a question of an office's own may be nobody's business.

use super::plan::{Address, SitePlan};
use super::search::FoundPage;
use super::site::Site;
use crate::app::App;
use crate::making::{LinkFact, PageMaking};
use anyhow::{Result, anyhow};
use remit_model::Language;
use remit_store::{AskedAgain, Notebook, State};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that notes may have: a larger file is none of ours.
const LONGEST: u64 = 1 << 30;

/// What is noted of a site.
#[derive(Default, Serialize, Deserialize)]
struct SiteNotes {
    /// What all pages depend on besides what is on record.
    frame: String,
    /// A hash of the list of its files: of another site nothing is noted here.
    listed: String,
    asked: Notebook,
    links: Vec<LinkFact>,
    pages: BTreeMap<String, PageNotes>,
    #[serde(skip)]
    known_links: HashMap<LinkFact, usize>,
}

/// What is noted of a page.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct PageNotes {
    /// What was asked, and which pages were looked for: by their places.
    asked: Vec<usize>,
    links: Vec<usize>,
    files: Vec<String>,
    /// How it is found in each language.
    found: Vec<(String, String, String)>,
}

impl SiteNotes {
    fn link(&mut self, link: LinkFact) -> usize {
        if let Some(place) = self.known_links.get(&link) {
            return *place;
        }
        self.links.push(link);
        self.known_links.insert(link, self.links.len() - 1);
        self.links.len() - 1
    }
}

/// What was noted when the site was made last, and what is noted now.
pub(super) struct Unchanged {
    path: PathBuf,
    /// How the workspace was when the first page was made.
    state: State,
    links: Vec<LinkFact>,
    before: BTreeMap<String, PageNotes>,
    again: Arc<AskedAgain>,
    now: Mutex<SiteNotes>,
}

impl Unchanged {
    /// Reads what was noted of the site in a folder, where it is of this frame and of these files. `name` is that of the site.
    pub(super) fn open(app: &App, name: &str, frame: &str, listed: Option<&str>) -> Unchanged {
        let path = app.workspace().notes_of_site(name);
        let noted = remit_files::read(&path, LONGEST).ok().and_then(|bytes| serde_json::from_slice::<SiteNotes>(&bytes).ok());
        let noted = noted.filter(|n| n.frame == frame && listed == Some(n.listed.as_str())).unwrap_or_default();
        let now = SiteNotes { frame: frame.to_owned(), ..SiteNotes::default() };
        Unchanged {
            path,
            state: app.state(),
            links: noted.links,
            before: noted.pages,
            again: Arc::new(AskedAgain::of(noted.asked)),
            now: Mutex::new(now),
        }
    }

    /// What was noted of a page, where it would be made the same again.
    pub(super) async fn find(&self, app: &App, site: &Site, facts: &HashSet<LinkFact>, address: &Address) -> Option<PageNotes> {
        let page = self.before.get(&address.to_string())?;
        let holds = |place: &usize| {
            let is_there = |link: &LinkFact| matches!(link, LinkFact::There(_));
            self.links.get(*place).is_some_and(|link| facts.contains(link) == is_there(link))
        };
        if !page.files.iter().all(|file| site.holds(file)) || !page.links.iter().all(holds) {
            return None;
        }
        let (again, asked) = (self.again.clone(), page.asked.clone());
        let same = app.read(app.as_of(), move |reader| {
            // What cannot be asked again is taken for another answer.
            Ok(asked.iter().all(|number| again.is_the_same(reader, *number).unwrap_or(false)))
        });
        same.await.unwrap_or(false).then(|| page.clone())
    }

    /// Keeps what was noted of a page that was not made again.
    pub(super) fn keep(&self, address: &Address, page: &PageNotes) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = page.asked.iter().filter_map(|number| self.again.hand_on(*number, &mut now.asked)).collect();
        let links = page.links.iter().filter_map(|place| self.links.get(*place)).map(|link| now.link(*link)).collect();
        now.pages.insert(address.to_string(), PageNotes { asked, links, ..page.clone() });
    }

    /// Notes what a page was made of.
    pub(super) fn note(&self, address: &Address, making: &PageMaking, files: Vec<String>, found: &[FoundPage]) {
        let (asked, links) = making.all();
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let mut asked: Vec<usize> = asked.iter().map(|query| now.asked.note(query)).collect();
        asked.sort_unstable();
        asked.dedup();
        let links = links.into_iter().map(|link| now.link(link)).collect();
        let found = found.iter().map(FoundPage::noted).collect();
        now.pages.insert(address.to_string(), PageNotes { asked, links, files, found });
    }

    /// Writes down what was noted, where nothing was recorded meanwhile: a page would show more, or less, than it is noted to.
    pub(super) async fn end(self, app: &App, listed: String) -> Result<()> {
        let (again, mut notes) = (self.again, self.now.into_inner().unwrap_or_else(PoisonError::into_inner));
        notes.listed = listed;
        let noted = app.read(app.as_of(), move |reader| {
            again.end(reader, &mut notes.asked)?;
            Ok(notes)
        });
        let notes = noted.await.map_err(|e| anyhow!("{e}"))?;
        if app.state() == self.state {
            remit_files::write_whole(&self.path, &serde_json::to_vec(&notes)?)?;
        }
        Ok(())
    }
}

impl PageNotes {
    pub(super) fn files(&self) -> &[String] {
        &self.files
    }

    /// How the page is found in the languages of the site.
    pub(super) fn found(&self, address: &Address, plan: &SitePlan) -> Vec<FoundPage> {
        let language = |code: &str| plan.languages().iter().find(|l| l.code() == code).copied();
        let one = |(code, title, about): &(String, String, String)| {
            let language: Language = language(code)?;
            Some(FoundPage::of_noted(address, language, title.clone(), about.clone()))
        };
        self.found.iter().filter_map(one).collect()
    }
}
