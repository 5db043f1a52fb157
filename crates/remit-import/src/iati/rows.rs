//! From an activity as published to the rows of a workspace: shares, money, signs and links worked out.

use super::activity::{Activity, ActivityReader, Plan, Transaction, Weighted};
use super::classify::{self, Reading, Recipient};
use super::money::{Converted, convert};
use super::shares::{allocate, parts};
use super::xml::preferred;
use remit_model::{Day, Model};
use remit_store::{Cell, Fact, FactOwner, Flow, Link, Problem};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// The fields that are written, in the order of the cells.
pub(crate) struct Columns;

impl Columns {
    pub(crate) const ACTIVITY: [&'static str; 47] = [
        "title",
        "titles",
        "descriptions",
        "reporter",
        "reporter_name",
        "reporter_type",
        "secondary_reporter",
        "status",
        "start_planned",
        "start_actual",
        "end_planned",
        "end_actual",
        "starts",
        "ends",
        "scope",
        "hierarchy",
        "humanitarian",
        "language",
        "currency",
        "collaboration_type",
        "flow_type",
        "finance_type",
        "aid_type",
        "tied_status",
        "last_updated",
        "coded",
        "read",
        "read_quote",
        "phrases",
        "committed_usd",
        "disbursed_usd",
        "committed_eur",
        "disbursed_eur",
        "unconverted",
        "organisations",
        "countries",
        "regions",
        "sectors",
        "locations",
        "policy_markers",
        "tags",
        "budgets",
        "planned_disbursements",
        "results",
        "documents",
        "related",
        "other_identifiers",
    ];
    pub(crate) const TRANSACTION: [&'static str; 27] = [
        "ref",
        "type",
        "date",
        "value",
        "currency",
        "value_date",
        "usd",
        "eur",
        "rate_day",
        "unconverted",
        "provider",
        "provider_name",
        "provider_activity",
        "receiver",
        "receiver_name",
        "receiver_activity",
        "description",
        "humanitarian",
        "disbursement_channel",
        "flow_type",
        "finance_type",
        "aid_type",
        "tied_status",
        "sectors",
        "countries",
        "regions",
        "split",
    ];
}

/// What an activity's bytes gave.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub(crate) row: Option<Row>,
    pub(crate) problems: Vec<Problem>,
}

/// An activity ready to be written.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) record: String,
    pub(crate) line: u64,
    pub(crate) cells: Vec<Cell>,
    pub(crate) transactions: Vec<(u64, Vec<Cell>)>,
    pub(crate) owner: FactOwner,
    pub(crate) facts: Vec<Fact>,
    pub(crate) flows: Vec<Flow>,
    pub(crate) links: Vec<Link>,
}

const NOT_UTF8: &str = "the text is not UTF-8, though the file says so or says nothing; what could not be read shows as \u{FFFD}";

/// Reads one activity from its bytes.
pub(crate) fn parse(model: &Model, bytes: &[u8], line: u64) -> Parsed {
    // Checked as a whole first: that is several times faster than looking for what is wrong.
    let text = std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), std::borrow::Cow::Borrowed);
    let mut reader = ActivityReader::new(model, &text, line);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        reader.walk.problem("iati-activity", "", "encoding", NOT_UTF8);
    }
    let (activity, broken) = reader.read();
    let problems = std::mem::take(&mut reader.walk.problems);
    let refuse = |at: u64, rule, value: &str, reason: String, mut problems: Vec<Problem>| {
        for p in &mut problems {
            p.record.clone_from(&activity.identifier);
        }
        problems.push(Problem {
            line: at,
            element: "iati-activity".into(),
            record: activity.identifier.clone(),
            value: value.chars().take(200).collect(),
            rule,
            reason,
        });
        Parsed { row: None, problems }
    };
    let title = preferred(&activity.titles).unwrap_or_default();
    if let Some(broken) = broken {
        let at = reader.walk.line();
        return refuse(
            at,
            "not_well_formed",
            title,
            format!("this activity is not well-formed XML ({}); it was left out", broken.0),
            problems,
        );
    }
    if activity.identifier.is_empty() {
        return refuse(line, "identifier", title, "this activity has no iati-identifier; it was left out".into(), problems);
    }
    from_activity(model, activity, line, problems)
}

/// The rows of an activity that was read, from whatever kind of file.
pub(crate) fn from_activity(model: &Model, activity: Activity, line: u64, mut problems: Vec<Problem>) -> Parsed {
    let mut work = Work { model, a: activity, problems: Vec::new(), line };
    let row = work.row();
    problems.append(&mut work.problems);
    for p in &mut problems {
        p.record.clone_from(&row.record);
    }
    Parsed { row: Some(row), problems }
}

/// Where the money of some transactions goes.
struct Split {
    /// Country and region (one of them empty) with share.
    places: Vec<(String, String, f64)>,
    /// Vocabulary, code, share.
    sectors: Vec<(String, String, f64)>,
    money: Money,
}

/// Sums of a split: committed, disbursed; unknown until something is reported.
#[derive(Debug, Clone, Copy, Default)]
struct Money {
    committed_usd: Option<f64>,
    committed_eur: Option<f64>,
    disbursed_usd: Option<f64>,
    disbursed_eur: Option<f64>,
    unconverted: i64,
}

impl Money {
    fn add(&mut self, kind: &str, converted: &Converted) {
        let (usd, eur) = match kind {
            "2" => (&mut self.committed_usd, &mut self.committed_eur),
            "3" | "4" => (&mut self.disbursed_usd, &mut self.disbursed_eur),
            _ => return,
        };
        for (sum, amount) in [(usd, converted.usd), (eur, converted.eur)] {
            if let Some(amount) = amount {
                *sum = Some(sum.unwrap_or(0.0) + amount);
            }
        }
        self.unconverted += i64::from(converted.usd.is_none());
    }

    fn plus(&mut self, other: &Money) {
        let sum = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.or(b),
        };
        self.committed_usd = sum(self.committed_usd, other.committed_usd);
        self.committed_eur = sum(self.committed_eur, other.committed_eur);
        self.disbursed_usd = sum(self.disbursed_usd, other.disbursed_usd);
        self.disbursed_eur = sum(self.disbursed_eur, other.disbursed_eur);
        self.unconverted += other.unconverted;
    }

    fn parts(&self, share: f64) -> [Option<f64>; 4] {
        [self.committed_usd, self.committed_eur, self.disbursed_usd, self.disbursed_eur].map(|m| m.map(|m| m * share))
    }
}

/// What tells the facts of an activity apart: split, country, region, class, function, modality, what named them.
type FactKey = (usize, String, String, String, String, String, &'static str);

/// Dollars and euro by day, split and type.
type FlowSums<'t> = BTreeMap<(String, usize, &'t str), (Option<f64>, Option<f64>)>;

struct Work<'m> {
    model: &'m Model,
    a: Activity,
    problems: Vec<Problem>,
    line: u64,
}

impl Work<'_> {
    fn row(&mut self) -> Row {
        self.weigh();
        let mut splits = vec![Split { places: self.places(), sectors: analysed(&self.a.sectors), money: Money::default() }];
        let transactions = std::mem::take(&mut self.a.transactions);
        let (mut cells, mut converted, mut split_of) = (Vec::with_capacity(transactions.len()), Vec::new(), Vec::new());
        let mut seen: HashMap<String, usize> = HashMap::new();
        for t in &transactions {
            let money = convert(&self.model.rates, &t.amount, self.a.currency.as_deref(), t.date);
            let split = self.split_for(t, &mut splits, &mut seen);
            if let Some(kind) = &t.kind {
                splits[split].money.add(kind, &money);
            }
            cells.push((t.line, transaction_cells(t, &money, split)));
            converted.push(money);
            split_of.push(split);
        }
        let coded = splits.iter().any(|s| self.coded_share(s) > 0.0);
        let reading = classify::read(self.model, &self.a, coded);
        let sign = match (coded, reading.ssr) {
            (true, true) => Some("both"),
            (true, false) => Some("coded"),
            (false, true) => Some("read"),
            (false, false) => None,
        };
        let facts = sign.map(|sign| self.facts(&splits, sign, &reading)).unwrap_or_default();
        let flows = if sign.is_some() { flows(&transactions, &converted, &split_of) } else { Vec::new() };
        let links = if sign.is_some() { self.links(&transactions, &converted) } else { Vec::new() };
        let mut total = Money::default();
        splits.iter().for_each(|s| total.plus(&s.money));
        let starts = self.a.dates[1].or(self.a.dates[0]).map(|d| d.to_string());
        let ends = self.a.dates[3].or(self.a.dates[2]).map(|d| d.to_string());
        Row {
            record: self.a.identifier.clone(),
            line: self.line,
            transactions: cells,
            owner: FactOwner {
                supporter: self.a.reporter.clone().or_else(|| self.a.reporter_name.clone()).unwrap_or_default(),
                supporter_name: self.a.reporter_name.clone().or_else(|| self.a.reporter.clone()).unwrap_or_default(),
                starts: starts.clone(),
                ends: ends.clone(),
                status: self.a.status.clone(),
            },
            facts,
            flows,
            links,
            cells: self.activity_cells(&reading, coded, &total, starts, ends),
        }
    }

    /// Works out the shares of countries, regions and sectors, and reports what does not add up.
    fn weigh(&mut self) {
        let (countries, regions) = (&mut self.a.countries, &mut self.a.regions);
        let chosen =
            regions.iter().find(|r| r.vocabulary.as_deref() == Some("1")).or(regions.first()).and_then(|r| r.vocabulary.clone());
        let of_countries: Vec<Option<f64>> = countries.iter().map(|c| c.percentage).collect();
        let of_regions: Vec<Option<f64>> = regions.iter().filter(|r| r.vocabulary == chosen).map(|r| r.percentage).collect();
        let allocation = allocate(&of_countries, &of_regions);
        for (weighted, (share, rule)) in countries.iter_mut().zip(allocation.countries) {
            (weighted.share, weighted.rule) = (Some(share), Some(rule));
        }
        let mut shares = allocation.regions.into_iter();
        for region in regions.iter_mut() {
            let (share, rule) =
                if region.vocabulary == chosen { shares.next().unwrap_or((0.0, "stated")) } else { (0.0, "same_in_other_words") };
            (region.share, region.rule) = (Some(share), Some(rule));
        }
        if let Some(sum) = allocation.sum {
            self.report("recipient-country", &trimmed(sum), "shares", "the percentages of countries and regions do not add up to 100: less is kept as stated and the rest counted as not stated, more is scaled down");
        }
        if let Some(remark) = allocation.remark {
            self.report("recipient-country", "", "shares", remark);
        }
        let mut vocabularies: Vec<Option<String>> = self.a.sectors.iter().map(|s| s.vocabulary.clone()).collect();
        vocabularies.sort();
        vocabularies.dedup();
        for vocabulary in vocabularies {
            let group: Vec<usize> = (0..self.a.sectors.len()).filter(|i| self.a.sectors[*i].vocabulary == vocabulary).collect();
            let percentages: Vec<Option<f64>> = group.iter().map(|i| self.a.sectors[*i].percentage).collect();
            let (shares, sum) = parts(&percentages);
            let equal = shares.len() > 1 && shares.iter().all(|s| s.1 == "equal");
            for (at, (share, rule)) in group.into_iter().zip(shares) {
                (self.a.sectors[at].share, self.a.sectors[at].rule) = (Some(share), Some(rule));
            }
            let element = format!("sector[@vocabulary='{}']", vocabulary.as_deref().unwrap_or("1"));
            if let Some(sum) = sum {
                self.report(&element, &trimmed(sum), "shares", "the percentages of sectors do not add up to 100: less is kept as stated and the rest counted as not stated, more is scaled down");
            } else if equal {
                self.report(&element, "", "shares", "several sectors and no percentages: taken in equal parts");
            }
        }
    }

    fn report(&mut self, element: &str, value: &str, rule: &'static str, reason: &str) {
        self.problems.push(Problem {
            line: self.line,
            element: element.into(),
            record: String::new(),
            value: value.into(),
            rule,
            reason: reason.into(),
        });
    }

    fn places(&self) -> Vec<(String, String, f64)> {
        let countries = self.a.countries.iter().map(|c| (c.code.clone(), String::new(), c.share.unwrap_or(0.0)));
        let regions = self
            .a
            .regions
            .iter()
            .filter(|r| r.share.unwrap_or(0.0) > 0.0)
            .map(|r| (String::new(), r.code.clone(), r.share.unwrap_or(0.0)));
        with_rest(countries.chain(regions).collect())
    }

    /// The split that a transaction follows: the activity's, or one made of its own countries and sectors.
    fn split_for(&self, t: &Transaction, splits: &mut Vec<Split>, seen: &mut HashMap<String, usize>) -> usize {
        if t.sectors.is_empty() && t.countries.is_empty() && t.regions.is_empty() {
            return 0;
        }
        let key = format!(
            "{:?}",
            [&t.sectors, &t.countries, &t.regions].map(|l| l.iter().map(|w| (&w.vocabulary, &w.code)).collect::<Vec<_>>())
        );
        *seen.entry(key).or_insert_with(|| {
            let places = if t.countries.is_empty() && t.regions.is_empty() { splits[0].places.clone() } else { own_places(t) };
            let own = analysed(&weighed(&t.sectors));
            let sectors = if own.is_empty() { splits[0].sectors.clone() } else { own };
            splits.push(Split { places, sectors, money: Money::default() });
            splits.len() - 1
        })
    }

    fn coded_share(&self, split: &Split) -> f64 {
        split
            .sectors
            .iter()
            .filter(|(vocabulary, code, _)| self.model.crosswalk.sector(vocabulary, code).is_some_and(|l| l.ssr))
            .map(|(_, _, share)| share)
            .sum()
    }

    fn facts(&self, splits: &[Split], sign: &'static str, reading: &Reading) -> Vec<Fact> {
        let by_code = sign != "read";
        let modalities = self.modalities(reading);
        let own_splits = splits.len() > 1;
        let mut facts: BTreeMap<FactKey, Fact> = BTreeMap::new();
        for (number, split) in splits.iter().enumerate() {
            // The activity's own split says nothing where every transaction has its own.
            let silent =
                number == 0 && own_splits && split.money.parts(1.0).iter().all(Option::is_none) && split.money.unconverted == 0;
            if silent {
                continue;
            }
            let sectors: Vec<(&str, &str, f64)> = split.sectors.iter().map(|(v, c, s)| (v.as_str(), c.as_str(), *s)).collect();
            let recipients = classify::recipients_of(self.model, &sectors, by_code, reading);
            for ((country, region, place), Recipient { actor_class, security_function, share, sector_share, class_by }) in
                split.places.iter().flat_map(|p| recipients.iter().map(move |r| (p, r)))
            {
                for modality in &modalities {
                    let part = place * share / modalities.len() as f64;
                    let key = (
                        number,
                        country.clone(),
                        region.clone(),
                        actor_class.clone(),
                        security_function.clone(),
                        modality.clone(),
                        *class_by,
                    );
                    let fact = facts.entry(key).or_insert_with(|| Fact {
                        country: country.clone(),
                        region: region.clone(),
                        actor_class: actor_class.clone(),
                        security_function: security_function.clone(),
                        modality: modality.clone(),
                        sign,
                        class_by,
                        split: number as i64,
                        country_share: *place,
                        unconverted: split.money.unconverted,
                        ..Default::default()
                    });
                    fact.share += part;
                    fact.sector_share += sector_share / modalities.len() as f64;
                }
            }
        }
        let mut facts: Vec<Fact> = facts.into_values().collect();
        for fact in &mut facts {
            fact.money = splits[fact.split as usize].money.parts(fact.share);
        }
        facts
    }

    fn modalities(&self, reading: &Reading) -> Vec<String> {
        let mut all = reading.modalities.clone();
        if let Some(by_code) = self.a.aid.as_deref().and_then(|aid| self.model.crosswalk.modality(aid)) {
            // What a code says is as good as what the text says: both are named.
            if !all.iter().any(|m| m == by_code) && by_code != "unspecified" {
                all.push(by_code.to_owned());
            }
        }
        if all.is_empty() { vec!["unspecified".into()] } else { all }
    }

    fn links(&self, transactions: &[Transaction], converted: &[Converted]) -> Vec<Link> {
        let own = &self.a.identifier;
        let mut links: Vec<Link> = Vec::new();
        for related in &self.a.related {
            let (Some(kind), Some(target)) = (&related.kind, &related.reference) else {
                continue;
            };
            match kind.as_str() {
                "1" => links.push(Link { kind: "parent", target: target.clone(), usd: None }),
                "2" => links.push(Link { kind: "child", target: target.clone(), usd: None }),
                _ => {}
            }
        }
        let funders = self.a.organisations.iter().filter(|o| o.role.as_deref() == Some("1"));
        links.extend(funders.filter_map(|o| o.reference.clone()).map(|target| Link { kind: "funder", target, usd: None }));
        // Receipts count; promises of receipts only where no receipt is reported.
        let receipts = if transactions.iter().any(|t| t.kind.as_deref() == Some("1")) { "1" } else { "11" };
        let mut sums: BTreeMap<(&'static str, String), f64> = BTreeMap::new();
        for (t, money) in transactions.iter().zip(converted) {
            let kind = t.kind.as_deref().unwrap_or_default();
            let usd = money.usd.unwrap_or(0.0);
            if kind == receipts {
                let from = t.provider.activity.clone().filter(|a| a != own).unwrap_or_default();
                *sums.entry(("inflow", from)).or_default() += usd;
            } else if let ("3", Some(to)) = (kind, t.receiver.activity.clone().filter(|a| a != own)) {
                *sums.entry(("outflow", to)).or_default() += usd;
            }
        }
        links.extend(sums.into_iter().map(|((kind, target), usd)| Link { kind, target, usd: Some(usd) }));
        links
    }

    fn activity_cells(
        &self,
        reading: &Reading,
        coded: bool,
        total: &Money,
        starts: Option<String>,
        ends: Option<String>,
    ) -> Vec<Cell> {
        let a = &self.a;
        let day = |d: Option<Day>| Cell::from(d.map(|d| d.to_string()));
        let titles: BTreeMap<&str, &str> = a.titles.iter().rev().map(|(l, t)| (l.as_str(), t.as_str())).collect();
        let descriptions: Vec<Description<'_>> =
            a.descriptions.iter().map(|(kind, language, text)| Description { kind: kind.as_deref(), language, text }).collect();
        vec![
            preferred(&a.titles).unwrap_or_default().into(),
            if a.titles.len() > 1 { json(&titles) } else { Cell::Null },
            list(&descriptions),
            a.reporter.clone().into(),
            a.reporter_name.clone().into(),
            a.reporter_type.clone().into(),
            a.secondary.into(),
            a.status.clone().into(),
            day(a.dates[0]),
            day(a.dates[1]),
            day(a.dates[2]),
            day(a.dates[3]),
            starts.into(),
            ends.into(),
            a.scope.clone().into(),
            a.hierarchy.into(),
            a.humanitarian.into(),
            a.language.clone().into(),
            a.currency.clone().into(),
            a.collaboration.clone().into(),
            a.flow.clone().into(),
            a.finance.clone().into(),
            a.aid.clone().into(),
            a.tied.clone().into(),
            day(a.updated),
            coded.into(),
            reading.ssr.into(),
            reading.quote.clone().into(),
            list(&reading.phrases),
            total.committed_usd.into(),
            total.disbursed_usd.into(),
            total.committed_eur.into(),
            total.disbursed_eur.into(),
            total.unconverted.into(),
            list(&a.organisations),
            list(&a.countries),
            list(&a.regions),
            list(&a.sectors),
            list(&a.locations),
            list(&a.markers),
            list(&a.tags),
            self.plans(&a.budgets),
            self.plans(&a.planned),
            list(&a.results),
            list(&a.documents),
            list(&a.related),
            list(&a.other_identifiers),
        ]
    }

    fn plans(&self, plans: &[Plan]) -> Cell {
        let rows: Vec<PlanRow<'_>> = plans
            .iter()
            .map(|p| {
                let money = convert(&self.model.rates, &p.amount, self.a.currency.as_deref(), p.starts);
                PlanRow {
                    kind: p.kind.as_deref(),
                    status: p.status.as_deref(),
                    starts: p.starts.map(|d| d.to_string()),
                    ends: p.ends.map(|d| d.to_string()),
                    value: p.amount.value,
                    currency: money.currency,
                    value_date: p.amount.date.map(|d| d.to_string()),
                    usd: money.usd,
                    eur: money.eur,
                    provider: p.provider.as_deref(),
                    receiver: p.receiver.as_deref(),
                }
            })
            .collect();
        list(&rows)
    }
}

#[derive(Serialize)]
struct Description<'a> {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    language: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct PlanRow<'a> {
    #[serde(rename = "type")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
    starts: Option<String>,
    ends: Option<String>,
    value: Option<f64>,
    currency: Option<String>,
    value_date: Option<String>,
    usd: Option<f64>,
    eur: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receiver: Option<&'a str>,
}

/// The places of a transaction that names its own: its countries in equal parts, else its regions.
fn own_places(t: &Transaction) -> Vec<(String, String, f64)> {
    let equal = |n: usize| 1.0 / n as f64;
    if t.countries.is_empty() {
        let vocabulary = t
            .regions
            .iter()
            .find(|r| r.vocabulary.as_deref() == Some("1"))
            .or(t.regions.first())
            .and_then(|r| r.vocabulary.clone());
        let regions: Vec<&Weighted> = t.regions.iter().filter(|r| r.vocabulary == vocabulary).collect();
        return regions.iter().map(|r| (String::new(), r.code.clone(), equal(regions.len()))).collect();
    }
    t.countries.iter().map(|c| (c.code.clone(), String::new(), equal(t.countries.len()))).collect()
}

/// A transaction's own sectors, each vocabulary by itself.
fn weighed(sectors: &[Weighted]) -> Vec<Weighted> {
    let mut all = sectors.to_vec();
    for at in 0..all.len() {
        let group: Vec<usize> = (0..all.len()).filter(|i| all[*i].vocabulary == all[at].vocabulary).collect();
        let (shares, _) = parts(&group.iter().map(|i| all[*i].percentage).collect::<Vec<_>>());
        let place = group.iter().position(|i| *i == at).unwrap_or(0);
        (all[at].share, all[at].rule) = (Some(shares[place].0), Some(shares[place].1));
    }
    all
}

/// The sectors of the vocabulary that says most precisely what the money is for: DAC 5 digits, else DAC 3 digits.
fn analysed(sectors: &[Weighted]) -> Vec<(String, String, f64)> {
    let of = |wanted: &str| -> Vec<(String, String, f64)> {
        sectors
            .iter()
            .filter(|s| s.vocabulary.as_deref() == Some(wanted))
            .map(|s| (wanted.to_owned(), s.code.clone(), s.share.unwrap_or(0.0)))
            .collect()
    };
    let five = of("1");
    if five.is_empty() { of("2") } else { five }
}

/// What is not stated of the whole goes to no country.
fn with_rest(mut places: Vec<(String, String, f64)>) -> Vec<(String, String, f64)> {
    let rest = 1.0 - places.iter().map(|p| p.2).sum::<f64>();
    if rest > 0.0005 || places.is_empty() {
        places.push((String::new(), String::new(), rest));
    }
    places
}

fn flows(transactions: &[Transaction], converted: &[Converted], split_of: &[usize]) -> Vec<Flow> {
    let mut sums: FlowSums<'_> = BTreeMap::new();
    for ((t, money), split) in transactions.iter().zip(converted).zip(split_of) {
        let Some(kind @ ("2" | "3" | "4")) = t.kind.as_deref() else {
            continue;
        };
        let Some(date) = t.date.or(t.amount.date) else {
            continue;
        };
        let sum = sums.entry((date.to_string(), *split, kind)).or_default();
        for (sum, amount) in [(&mut sum.0, money.usd), (&mut sum.1, money.eur)] {
            if let Some(amount) = amount {
                *sum = Some(sum.unwrap_or(0.0) + amount);
            }
        }
    }
    sums.into_iter()
        .map(|((date, split, kind), (usd, eur))| Flow { date, split: split as i64, kind: kind.into(), usd, eur })
        .collect()
}

fn transaction_cells(t: &Transaction, money: &Converted, split: usize) -> Vec<Cell> {
    let day = |d: Option<Day>| Cell::from(d.map(|d| d.to_string()));
    vec![
        t.reference.clone().into(),
        t.kind.clone().into(),
        day(t.date.or(t.amount.date)),
        t.amount.value.into(),
        money.currency.clone().into(),
        day(t.amount.date),
        money.usd.into(),
        money.eur.into(),
        day(money.rate_day),
        money.unconverted.map_or(Cell::Null, Cell::from),
        t.provider.reference.clone().into(),
        t.provider.name.clone().into(),
        t.provider.activity.clone().into(),
        t.receiver.reference.clone().into(),
        t.receiver.name.clone().into(),
        t.receiver.activity.clone().into(),
        t.description.clone().into(),
        t.humanitarian.into(),
        t.channel.clone().into(),
        t.flow.clone().into(),
        t.finance.clone().into(),
        t.aid.clone().into(),
        t.tied.clone().into(),
        list(&t.sectors),
        list(&t.countries),
        list(&t.regions),
        (split as i64).into(),
    ]
}

fn list<T: Serialize>(items: &[T]) -> Cell {
    if items.is_empty() { Cell::Null } else { json(items) }
}

fn json<T: Serialize + ?Sized>(value: &T) -> Cell {
    // Strings, numbers and lists of them always serialise.
    serde_json::to_string(value).map_or(Cell::Null, Cell::Text)
}

fn trimmed(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
