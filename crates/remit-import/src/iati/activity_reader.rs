//! Reads one activity, element by element, as its publisher wrote it.
//!
//! Persons stay out: `contact-info` is never read.

use super::activity::{
    Activity, Amount, BudgetPlan, Coded, LinkedDocument, Location, Organisation, Pair, Party, ResultRow, Transaction, Weighted,
};
use super::xml::{BrokenXml, OpenElement, Walker, attr};
use remit_model::{Day, Model};

type Result<T> = std::result::Result<T, BrokenXml>;

/// Elements of which an activity has one at most, in every version.
const SINGLE: [&str; 8] = [
    "iati-identifier",
    "reporting-org",
    "activity-status",
    "activity-scope",
    "collaboration-type",
    "default-flow-type",
    "default-finance-type",
    "default-tied-status",
];

/// Countries, regions, sectors that one activity or transaction may name, of each as many.
const MOST_NAMED: usize = 500;

/// Reads one activity.
pub(crate) struct ActivityReader<'a, 'm> {
    pub(crate) walk: Walker<'a>,
    model: &'m Model,
    /// True once it was told that something names too many.
    is_full: bool,
}

impl<'a, 'm> ActivityReader<'a, 'm> {
    pub(crate) fn new(model: &'m Model, text: &'a str, line: u64) -> Self {
        ActivityReader { walk: Walker::new(text, line), model, is_full: false }
    }

    /// The activity as far as it is well-formed; what came before a break is in it.
    pub(crate) fn read(&mut self) -> (Activity, Option<BrokenXml>) {
        let mut activity = Activity::default();
        let broken = self.activity(&mut activity).err();
        (activity, broken)
    }

    fn activity(&mut self, a: &mut Activity) -> Result<()> {
        let Some(root) = self.walk.child()? else {
            return Ok(());
        };
        a.language = own(&root, "xml:lang").map(|l| l.to_lowercase());
        a.currency = self.currency(&root, "default-currency", "iati-activity");
        a.humanitarian = self.boolean(&root, "humanitarian");
        a.hierarchy = own(&root, "hierarchy").and_then(|h| h.parse().ok());
        a.updated = self.day(&root, "last-updated-datetime", "iati-activity");
        a.updated_at = own(&root, "last-updated-datetime").and_then(|text| moment(&text));
        let mut seen = [false; SINGLE.len()];
        while let Some(e) = self.walk.child()? {
            if let Some(at) = SINGLE.iter().position(|name| *name == e.name().0)
                && std::mem::replace(&mut seen[at], true)
            {
                self.walk.problem(SINGLE[at], "", "unused", "this element stands twice in one activity; the last one was read");
            }
            self.element(a, &e)?;
        }
        Ok(())
    }

    fn element(&mut self, a: &mut Activity, e: &OpenElement<'a>) -> Result<()> {
        match e.name().0 {
            "iati-identifier" => a.identifier = self.walk.text()?.into_owned(),
            "reporting-org" => {
                a.reporter = own(e, "ref");
                a.reporter_type = self.code(e, "type", "organisation_type");
                a.secondary = self.boolean(e, "secondary-reporter");
                a.reporter_name = some(self.walk.narrative()?);
            }
            // Version 1 has one title a language.
            "title" => {
                let language = own(e, "xml:lang").map(|l| l.to_lowercase());
                a.titles.extend(in_language(self.walk.narratives()?, language));
            }
            "description" => {
                let (kind, language) = (own(e, "type"), own(e, "xml:lang").map(|l| l.to_lowercase()));
                let texts = in_language(self.walk.narratives()?, language);
                a.descriptions.extend(texts.map(|(l, t)| (kind.clone(), l, t)));
            }
            "participating-org" => a.organisations.push(self.organisation(e)?),
            "activity-status" => a.status = self.code_and_close(e, "activity_status")?,
            "activity-date" => self.date(a, e)?,
            "activity-scope" => a.scope = self.code_and_close(e, "activity_scope")?,
            "recipient-country" => self.country(e, &mut a.countries)?,
            "recipient-region" => self.region(e, &mut a.regions)?,
            "sector" => self.sector(e, &mut a.sectors)?,
            "location" => a.locations.push(self.location(e)?),
            "policy-marker" => {
                let vocabulary = Some(own(e, "vocabulary").unwrap_or_else(|| "1".into()));
                let significance = self.code(e, "significance", "policy_significance");
                a.markers.push(Coded { vocabulary, significance, ..self.coded(e)? });
            }
            "tag" => a.tags.push(self.coded(e)?),
            "collaboration-type" => a.collaboration = self.code_and_close(e, "collaboration_type")?,
            "default-flow-type" => a.flow = self.code_and_close(e, "flow_type")?,
            "default-finance-type" => a.finance = self.code_and_close(e, "finance_type")?,
            "default-aid-type" => {
                if let Some(code) = self.aid_type(e)? {
                    a.aid.get_or_insert(code);
                }
            }
            "default-tied-status" => a.tied = self.code_and_close(e, "tied_status")?,
            "budget" => a.budgets.push(self.plan(e, "budget")?),
            "planned-disbursement" => a.planned.push(self.plan(e, "planned-disbursement")?),
            "transaction" => a.transactions.push(self.transaction(e)?),
            "document-link" => a.documents.push(self.document(e)?),
            "related-activity" => {
                a.related.push(Pair { kind: self.code(e, "type", "related_activity_type"), reference: own(e, "ref") });
                self.walk.skip(e)?;
            }
            "other-identifier" => {
                a.other_identifiers.push(Pair { kind: own(e, "type"), reference: own(e, "ref") });
                self.walk.skip(e)?;
            }
            "result" => self.result(e, &mut a.results)?,
            _ => self.walk.skip(e)?, // contact-info among them
        }
        Ok(())
    }

    fn organisation(&mut self, e: &OpenElement<'a>) -> Result<Organisation> {
        Ok(Organisation {
            role: self.code(e, "role", "organisation_role"),
            reference: own(e, "ref"),
            kind: self.code(e, "type", "organisation_type"),
            activity_id: own(e, "activity-id"),
            name: some(self.walk.narrative()?),
        })
    }

    fn date(&mut self, a: &mut Activity, e: &OpenElement<'a>) -> Result<()> {
        let kind = own(e, "type");
        let kind = kind.map(|t| self.model.crosswalk.code_since_2("activity_date_type", &t).map_or(t, str::to_owned));
        let kind = kind.and_then(|t| t.parse::<usize>().ok()).filter(|t| (1..=4).contains(t));
        let day = self.day(e, "iso-date", "activity-date");
        match kind {
            Some(kind) => a.dates[kind - 1] = day,
            None => self.walk.problem(
                "activity-date/@type",
                &own(e, "type").unwrap_or_default(),
                "code",
                "this is no activity date type (1 to 4); the date was left out",
            ),
        }
        self.walk.skip(e)
    }

    /// A code of a vocabulary, with its name.
    fn coded(&mut self, e: &OpenElement<'a>) -> Result<Coded> {
        let (vocabulary, code) = (own(e, "vocabulary"), own(e, "code"));
        Ok(Coded { vocabulary, code, significance: None, name: some(self.walk.narrative()?) })
    }

    fn transaction(&mut self, e: &OpenElement<'a>) -> Result<Transaction> {
        let mut t = Transaction {
            line: self.walk.line(),
            reference: own(e, "ref"),
            humanitarian: self.boolean(e, "humanitarian"),
            ..Default::default()
        };
        while let Some(e) = self.walk.child()? {
            match e.name().0 {
                "transaction-type" => t.kind = self.code_and_close(&e, "transaction_type")?,
                "transaction-date" => {
                    t.date = self.day(&e, "iso-date", "transaction-date");
                    self.walk.skip(&e)?;
                }
                "value" => t.amount = self.amount(&e, "transaction/value")?,
                "description" => t.description = some(self.walk.narrative()?),
                "provider-org" => t.provider = self.party(&e, "provider-activity-id")?,
                "receiver-org" => t.receiver = self.party(&e, "receiver-activity-id")?,
                "disbursement-channel" => t.channel = self.code_and_close(&e, "disbursement_channel")?,
                "sector" => self.sector(&e, &mut t.sectors)?,
                "recipient-country" => self.country(&e, &mut t.countries)?,
                "recipient-region" => self.region(&e, &mut t.regions)?,
                "flow-type" => t.flow = self.code_and_close(&e, "flow_type")?,
                "finance-type" => t.finance = self.code_and_close(&e, "finance_type")?,
                "aid-type" => {
                    if let Some(code) = self.aid_type(&e)? {
                        t.aid.get_or_insert(code);
                    }
                }
                "tied-status" => t.tied = self.code_and_close(&e, "tied_status")?,
                _ => self.walk.skip(&e)?,
            }
        }
        if t.kind.is_none() {
            self.walk.problem(
                "transaction-type",
                "",
                "transaction_type",
                "the transaction has no type; it is kept, but counts neither as committed nor as disbursed",
            );
        }
        if t.date.is_none() {
            let reason = match t.amount.date {
                Some(_) => "the transaction has no usable date; its value date stands in for it",
                None => "neither the transaction nor its value has a usable date; it belongs to no year",
            };
            self.walk.problem("transaction-date", "", "transaction_date", reason);
        }
        Ok(t)
    }

    fn party(&mut self, e: &OpenElement<'a>, activity: &str) -> Result<Party> {
        Ok(Party { reference: own(e, "ref"), activity: own(e, activity), name: some(self.walk.narrative()?) })
    }

    fn plan(&mut self, e: &OpenElement<'a>, name: &str) -> Result<BudgetPlan> {
        let mut plan = BudgetPlan {
            kind: self.code(e, "type", "budget_type"),
            status: self.code(e, "status", "budget_status"),
            ..Default::default()
        };
        while let Some(e) = self.walk.child()? {
            match e.name().0 {
                "period-start" => {
                    plan.starts = self.day(&e, "iso-date", "period-start");
                    self.walk.skip(&e)?;
                }
                "period-end" => {
                    plan.ends = self.day(&e, "iso-date", "period-end");
                    self.walk.skip(&e)?;
                }
                "value" => plan.amount = self.amount(&e, &format!("{name}/value"))?,
                "provider-org" => plan.provider = self.party(&e, "provider-activity-id")?.name,
                "receiver-org" => plan.receiver = self.party(&e, "receiver-activity-id")?.name,
                _ => self.walk.skip(&e)?,
            }
        }
        Ok(plan)
    }

    fn amount(&mut self, e: &OpenElement<'a>, element: &str) -> Result<Amount> {
        let currency = self.currency(e, "currency", element);
        let date = self.day(e, "value-date", element);
        let text = self.walk.text()?;
        let value = number(&text);
        if value.is_none() {
            self.walk.problem(element, &text, "number", "this is no number; the amount is unknown");
        }
        Ok(Amount { value, currency, date })
    }

    /// A currency; of what is none, the one that it is a name of, else it is kept. Both are reported.
    fn currency(&mut self, e: &OpenElement<'a>, name: &str, element: &str) -> Option<String> {
        let code = own(e, name)?.to_uppercase();
        if self.model.lists.has("currency", &code) {
            return Some(code);
        }
        let meant = self.model.lists.means("currency", &code).map(str::to_owned);
        let told = match &meant {
            Some(meant) => format!("it was taken as {meant}, of which it is a name"),
            None => "the amount is kept as it stands and not converted".to_owned(),
        };
        self.walk.problem(&format!("{element}/@{name}"), &code, "code", format!("this is no ISO 4217 currency; {told}"));
        meant.or(Some(code))
    }

    /// Keeps one of what money is shared among. Each stands with each other in what is worked out of an activity, and none that is meant
    /// for people names so many.
    fn keep(&mut self, one: Weighted, among: &mut Vec<Weighted>, element: &str) {
        if among.len() < MOST_NAMED {
            among.push(one);
        } else if !self.is_full {
            self.is_full = true;
            self.walk.problem(
                element,
                &one.code,
                "shares",
                format!("no more than {MOST_NAMED} of these are read; the rest of it was left out"),
            );
        }
    }

    fn country(&mut self, e: &OpenElement<'a>, among: &mut Vec<Weighted>) -> Result<()> {
        let written = own(e, "code").unwrap_or_default();
        let upper = written.to_uppercase();
        let percentage = self.percentage(e, "recipient-country/@percentage");
        let code = if self.model.lists.has("country", &upper) { upper } else { written };
        let code = self.place(e, "country", code)?;
        self.keep(Weighted { code, percentage, ..Default::default() }, among, "recipient-country");
        Ok(())
    }

    fn region(&mut self, e: &OpenElement<'a>, among: &mut Vec<Weighted>) -> Result<()> {
        let vocabulary = own(e, "vocabulary").unwrap_or_else(|| "1".into());
        let written = own(e, "code").unwrap_or_default();
        let percentage = self.percentage(e, "recipient-region/@percentage");
        let code = if vocabulary == "1" {
            self.place(e, "region", written)?
        } else {
            self.walk.skip(e)?;
            written
        };
        self.keep(Weighted { vocabulary: Some(vocabulary), code, percentage, ..Default::default() }, among, "recipient-region");
        Ok(())
    }

    /// The code of a country or region, to the end of its element. One that no list has is kept as published; it counts as no place
    /// (see [`super::splits::place_of`]).
    fn place(&mut self, e: &OpenElement<'a>, list: &str, written: String) -> Result<String> {
        if let Some(known) = self.model.lists.get(list).and_then(|l| l.get(&written)) {
            if known.status == "withdrawn" {
                let reason = format!("this code was withdrawn from the list {list}; it counts as what it stood for");
                self.walk.problem(&format!("recipient-{list}/@code"), &written, "code", reason);
            }
            self.walk.skip(e)?;
            return Ok(written);
        }
        let line = self.walk.line();
        let name = self.walk.narrative()?;
        let (code, reason) = meant(self.model, list, &written, &name);
        self.walk.problem(&format!("recipient-{list}/@code"), &written, "code", reason);
        // Its name may end lines below.
        if let Some(problem) = self.walk.problems.last_mut() {
            problem.line = line;
        }
        Ok(code)
    }

    fn sector(&mut self, e: &OpenElement<'a>, among: &mut Vec<Weighted>) -> Result<()> {
        let vocabulary = own(e, "vocabulary").unwrap_or_else(|| "1".into());
        let vocabulary = self.model.crosswalk.code_since_2("sector_vocabulary", &vocabulary).map_or(vocabulary, str::to_owned);
        let code = own(e, "code").unwrap_or_default();
        let list = match vocabulary.as_str() {
            "1" => Some("sector"),
            "2" => Some("sector_category"),
            _ => None,
        };
        if list.is_some_and(|list| !self.model.lists.has(list, &code)) {
            self.walk.problem("sector/@code", &code, "code", "this is no DAC purpose code; it is kept as it stands");
        }
        let percentage = self.percentage(e, "sector/@percentage");
        let name = some(self.walk.narrative()?);
        self.keep(Weighted { vocabulary: Some(vocabulary), code, name, percentage, ..Default::default() }, among, "sector");
        Ok(())
    }

    fn percentage(&mut self, e: &OpenElement<'a>, element: &str) -> Option<f64> {
        let text = own(e, "percentage")?;
        // People write “33,3” and “50 %” too; no percentage has thousands.
        let plain = text.trim_end_matches([' ', '\u{a0}', '\u{202f}', '%']).replace(',', ".");
        let value = number(&plain).filter(|p| *p >= 0.0);
        if value.is_none() {
            self.walk.problem(element, &text, "percentage", "this is no percentage; it counts as not stated");
        }
        value
    }

    fn location(&mut self, e: &OpenElement<'a>) -> Result<Location> {
        let mut l = Location { reference: own(e, "ref"), ..Default::default() };
        while let Some(e) = self.walk.child()? {
            match e.name().0 {
                "name" => l.name = some(self.walk.narrative()?),
                "point" => {
                    while let Some(e) = self.walk.child()? {
                        if e.name().0 == "pos" {
                            self.position(&mut l)?;
                        } else {
                            self.walk.skip(&e)?;
                        }
                    }
                }
                "location-id" => {
                    l.code_vocabulary = own(&e, "vocabulary");
                    l.code = own(&e, "code");
                    self.walk.skip(&e)?;
                }
                "administrative" => {
                    l.administrative = own(&e, "code");
                    self.walk.skip(&e)?;
                }
                "exactness" => l.exactness = self.code_and_close(&e, "geographic_exactness")?,
                "location-class" => l.class = self.code_and_close(&e, "geographic_location_class")?,
                "location-reach" => l.reach = self.code_and_close(&e, "geographic_location_reach")?,
                "feature-designation" => l.feature = self.code_and_close(&e, "location_type")?,
                _ => self.walk.skip(&e)?,
            }
        }
        Ok(l)
    }

    fn position(&mut self, l: &mut Location) -> Result<()> {
        let text = self.walk.text()?;
        let mut numbers = text.split_whitespace().map(|n| n.trim_end_matches(','));
        let (latitude, longitude) = (numbers.next().and_then(number), numbers.next().and_then(number));
        match (latitude, longitude) {
            (Some(lat), Some(lon)) if (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon) => {
                (l.latitude, l.longitude) = (Some(lat), Some(lon));
            }
            _ => self.walk.problem(
                "location/point/pos",
                &text,
                "position",
                "this is no latitude and longitude; the point was left out",
            ),
        }
        Ok(())
    }

    fn document(&mut self, e: &OpenElement<'a>) -> Result<LinkedDocument> {
        let mut d = LinkedDocument { url: own(e, "url"), format: own(e, "format"), ..Default::default() };
        while let Some(e) = self.walk.child()? {
            match e.name().0 {
                "title" => d.title = some(self.walk.narrative()?),
                "category" => d.category = self.code_and_close(&e, "document_category")?,
                "language" => {
                    d.language = own(&e, "code");
                    self.walk.skip(&e)?;
                }
                "document-date" => {
                    d.date = self.day(&e, "iso-date", "document-date").map(|d| d.to_string());
                    self.walk.skip(&e)?;
                }
                _ => self.walk.skip(&e)?,
            }
        }
        Ok(d)
    }

    fn result(&mut self, e: &OpenElement<'a>, rows: &mut Vec<ResultRow>) -> Result<()> {
        let mut base = ResultRow { kind: self.code(e, "type", "result_type"), ..Default::default() };
        let before = rows.len();
        while let Some(e) = self.walk.child()? {
            match e.name().0 {
                "title" => base.result = some(self.walk.narrative()?),
                "description" => base.description = some(self.walk.narrative()?),
                "indicator" => self.indicator(&e, &base, rows)?,
                _ => self.walk.skip(&e)?,
            }
        }
        if rows.len() == before {
            rows.push(base);
        }
        Ok(())
    }

    fn indicator(&mut self, e: &OpenElement<'a>, base: &ResultRow, rows: &mut Vec<ResultRow>) -> Result<()> {
        let mut row = ResultRow { description: None, measure: self.code(e, "measure", "indicator_measure"), ..base.clone() };
        let before = rows.len();
        while let Some(e) = self.walk.child()? {
            match e.name().0 {
                "title" => row.indicator = some(self.walk.narrative()?),
                "baseline" => {
                    row.baseline_year = own(&e, "year");
                    row.baseline = own(&e, "value");
                    self.walk.skip(&e)?;
                }
                "period" => {
                    let mut row = row.clone();
                    while let Some(e) = self.walk.child()? {
                        match e.name().0 {
                            "period-start" => row.starts = self.day(&e, "iso-date", "period-start").map(|d| d.to_string()),
                            "period-end" => row.ends = self.day(&e, "iso-date", "period-end").map(|d| d.to_string()),
                            "target" => row.target = own(&e, "value"),
                            "actual" => row.actual = own(&e, "value"),
                            _ => {}
                        }
                        self.walk.skip(&e)?;
                    }
                    rows.push(row);
                }
                _ => self.walk.skip(&e)?,
            }
        }
        if rows.len() == before {
            rows.push(row);
        }
        Ok(())
    }

    /// Vocabulary 1 is the DAC's; earmarking and cash vocabularies say something else.
    fn aid_type(&mut self, e: &OpenElement<'a>) -> Result<Option<String>> {
        let dac = own(e, "vocabulary").is_none_or(|v| v == "1");
        let code = if dac { self.code(e, "code", "aid_type") } else { None };
        self.walk.skip(e)?;
        Ok(code)
    }

    fn code_and_close(&mut self, e: &OpenElement<'a>, list: &str) -> Result<Option<String>> {
        let code = self.code(e, "code", list);
        self.walk.skip(e)?;
        Ok(code)
    }

    /// A code; one that its list does not have is kept and reported.
    fn code(&mut self, e: &OpenElement<'a>, name: &str, list: &str) -> Option<String> {
        let code = own(e, name)?;
        if let Some(now) = self.model.crosswalk.code_since_2(list, &code) {
            return Some(now.to_owned());
        }
        if !self.model.lists.has(list, &code) {
            let reason = format!("this is no code of the list {list}; it is kept as it stands");
            self.walk.problem(&format!("{}/@{name}", e.name().0), &code, "code", reason);
        }
        Some(code)
    }

    fn boolean(&mut self, e: &OpenElement<'a>, name: &str) -> Option<bool> {
        match own(e, name)?.as_str() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            other => {
                self.walk.problem(
                    &format!("{}/@{name}", e.name().0),
                    other,
                    "boolean",
                    "this is neither 1 nor 0; it counts as not said",
                );
                None
            }
        }
    }

    fn day(&mut self, e: &OpenElement<'a>, name: &str, element: &str) -> Option<Day> {
        let text = own(e, name)?;
        // The year 0020 is a slip for 2020 as often as for 1920, and 2102 for 2012.
        let day = Day::parse(&text).filter(|day| (1900..2100).contains(&day.year()));
        if day.is_none() {
            self.walk.problem(&format!("{element}/@{name}"), &text, "date", "this is no date; it counts as not said");
        }
        day
    }
}

/// The code of the country or region that is meant by what is no code of its list, also by its name where that tells it; and what to
/// say of it.
fn meant(model: &Model, list: &str, written: &str, name: &str) -> (String, String) {
    let (other, no_code, is_other, is_none) = if list == "country" {
        let is_region = "this is a region and no country; it counts as a region";
        ("region", "this is no ISO 3166 country code", is_region, "it counts as no country")
    } else {
        let is_country = "this is a country and no region; it counts as a country";
        ("country", "this is no DAC region code", is_country, "it counts as no region")
    };
    let named = |list: &str| {
        let list = model.lists.get(list)?;
        [written, name].into_iter().filter(|text| !text.is_empty()).find_map(|text| list.find(text)).map(|c| c.code.clone())
    };
    let is_code = model.lists.has(other, written);
    if let Some(code) = named(list).filter(|_| !is_code) {
        let reason = format!("{no_code}; it was taken as {code}, which its name tells");
        (code, reason)
    } else if let Some(code) = named(other) {
        (code, is_other.to_owned())
    } else {
        (written.to_owned(), format!("{no_code}; {is_none}"))
    }
}

/// Texts with the language that their element names, where they name none.
fn in_language(texts: Vec<(String, String)>, language: Option<String>) -> impl Iterator<Item = (String, String)> {
    let language = language.unwrap_or_default();
    texts.into_iter().map(move |(own, text)| (if own.is_empty() { language.clone() } else { own }, text))
}

/// A moment in UTC, so that the later of two is the greater text; where no zone is given, it is UTC.
fn moment(text: &str) -> Option<String> {
    let text = text.trim();
    let zoned = text.parse::<jiff::Timestamp>().ok();
    let local = || jiff::tz::TimeZone::UTC.to_timestamp(text.parse::<jiff::civil::DateTime>().ok()?).ok();
    Some(zoned.or_else(local)?.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn own(e: &OpenElement<'_>, name: &str) -> Option<String> {
    attr(e, name).map(|v| v.into_owned())
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// A decimal number as XML Schema writes it; also as people write it, where that can mean one number only.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = |t: &str| t.parse::<f64>().ok().filter(|n| n.is_finite());
    if text.is_empty() || text.bytes().any(|b| b.is_ascii_alphabetic() && b != b'e' && b != b'E') {
        return None;
    }
    plain(text).or_else(|| plain(&ungrouped(text)?))
}

/// What stands between groups of three digits, and before decimals.
const GROUPED: [(char, char); 4] = [(',', '.'), (' ', '.'), (' ', ','), ('.', ',')];

/// A number without what stands between its groups of three digits, and with a point before its decimals: “1 234,5” and “1.234,5” as
/// “1234.5”. A comma before three digits stands between groups, but for “0,125”.
fn ungrouped(text: &str) -> Option<String> {
    let text: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    GROUPED.into_iter().find_map(|(between, point)| {
        let (whole, decimals) = digits.split_once(point).map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let groups: Vec<&str> = whole.split(between).collect();
        let in_groups = groups.len() > 1
            && !whole.starts_with('0')
            && (1..=3).contains(&groups[0].len())
            && groups[1..].iter().all(|g| g.len() == 3);
        let in_one = groups.len() == 1 && point == ',' && decimals.is_some_and(|d| d.len() != 3 || whole == "0");
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let all_numbers = groups.iter().copied().chain(decimals).all(is_number);
        ((in_groups || in_one) && all_numbers).then(|| format!("{sign}{}.{}", groups.concat(), decimals.unwrap_or("0")))
    })
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_is_read_where_it_can_mean_one_only() {
        for (text, value) in [
            ("1000.5", 1000.5),
            ("1e3", 1000.0),
            ("-1,000.50", -1000.5),
            ("12,345", 12_345.0),
            ("1 000", 1000.0),
            ("1\u{a0}234\u{202f}567,5", 1_234_567.5),
            ("1.000,50", 1000.5),
            ("1.234.567", 1_234_567.0),
            ("1000,50", 1000.5),
            ("0,125", 0.125),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in ["", "USD 5", "1,23,456", "1 00", "1000,500", "2025 123", "1.000.50", "12-5", ",5", "nan"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
