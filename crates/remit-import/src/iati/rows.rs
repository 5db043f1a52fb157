//! From an activity as published to the rows of a workspace: shares, money, signs and links worked out.

use super::activity::{Activity, Transaction};
use super::activity_reader::ActivityReader;
use super::cells;
use super::classify::{self, ActivityReading, ReceivingPart};
use super::money::{Converted, convert};
use super::shares::{allocate, parts};
use super::splits::{Money, Split, analysed, flows, own_places, place_of, weighed, with_rest, within};
use super::xml::preferred;
use remit_model::Model;
use remit_store::{ActivityLink, Cell, Fact, FactOwner, Flow, Problem};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What an activity's bytes gave.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub(crate) row: Option<ActivityRow>,
    pub(crate) problems: Vec<Problem>,
}

/// An activity ready to be written.
#[derive(Debug)]
pub(crate) struct ActivityRow {
    pub(crate) record: String,
    /// When its publisher updated it last.
    pub(crate) updated_at: Option<String>,
    pub(crate) line: u64,
    pub(crate) cells: Vec<Cell>,
    pub(crate) transactions: Vec<(u64, Vec<Cell>)>,
    pub(crate) owner: FactOwner,
    pub(crate) facts: Vec<Fact>,
    pub(crate) flows: Vec<Flow>,
    pub(crate) links: Vec<ActivityLink>,
}

const IS_UTF8: &str = "the text is UTF-8, though the file says that it is windows-1252 or Latin-1; it was read as UTF-8";

/// Reads one activity from its bytes.
pub(crate) fn parse(model: &Model, bytes: &[u8], line: u64) -> Parsed {
    let (text, contradiction) = as_text(model, bytes);
    let mut reader = ActivityReader::new(model, &text, line);
    if let Some(reason) = contradiction {
        reader.walk.problem("iati-activity", "", "encoding", &reason);
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

/// The bytes as text, and what they contradict of what the file declares. Both ways round are told by the bytes alone: hardly
/// any text in a code page is, by chance, UTF-8; which code page it is, is told by the words and letters that it makes.
fn as_text<'b>(model: &Model, bytes: &'b [u8]) -> (Cow<'b, str>, Option<String>) {
    // Checked as a whole first: that is several times faster than looking for what is wrong.
    let Ok(text) = std::str::from_utf8(bytes) else {
        let page = remit_sheet::code_page(bytes, &model.languages);
        let reason = format!(
            "the text is not UTF-8, though the file says so or says nothing; it was read as {}, in which it makes most sense",
            page.name().to_lowercase()
        );
        return (page.decode_without_bom_handling(bytes).0, Some(reason));
    };
    // UTF-8 that was read as windows-1252 has these letters wherever there was an accent.
    if memchr::memmem::find(bytes, "Ã".as_bytes()).is_some() || memchr::memmem::find(bytes, "â€".as_bytes()).is_some() {
        let (back, _, lossy) = encoding_rs::WINDOWS_1252.encode(text);
        if let (false, Ok(meant)) = (lossy, std::str::from_utf8(&back)) {
            return (Cow::Owned(meant.to_owned()), Some(IS_UTF8.to_owned()));
        }
    }
    (Cow::Borrowed(text), None)
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

/// What tells the facts of an activity apart: split, country, region, class, function, modality, what named them.
type FactKey = (usize, String, String, String, String, String, &'static str);

struct Work<'m> {
    model: &'m Model,
    a: Activity,
    problems: Vec<Problem>,
    line: u64,
}

impl Work<'_> {
    fn row(&mut self) -> ActivityRow {
        self.weigh();
        let mut splits = vec![Split { places: self.places(), sectors: analysed(&self.a.sectors), money: Money::default() }];
        let transactions = std::mem::take(&mut self.a.transactions);
        self.report_no_currency(&transactions);
        let (mut rows, mut converted, mut split_of) = (Vec::with_capacity(transactions.len()), Vec::new(), Vec::new());
        let own: Vec<Option<String>> = transactions.iter().map(|t| own_split(t, self.own_finance(t))).collect();
        let is_too_fine = is_too_fine(&transactions, &own, &splits[0]);
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (t, own) in transactions.iter().zip(own) {
            let money = convert(self.model.rates(), &t.amount, self.a.currency.as_deref(), t.date);
            let split = if is_too_fine { 0 } else { self.split_for(t, own, &mut splits, &mut seen) };
            if let Some(kind) = &t.kind {
                splits[split].money.add(kind, &money);
            }
            rows.push((t.line, cells::transaction(t, &money, split)));
            converted.push(money);
            split_of.push(split);
        }
        self.report_apart(&splits);
        let coded = splits.iter().any(|s| self.coded_share(s) > 0.0);
        let reading = classify::read(self.model, &self.a, coded);
        let doubted = coded && reading.of_else && !self.has_weighed() && splits.iter().all(|s| self.only_wide(s));
        let coded = coded && !doubted;
        let sign = match (coded, reading.ssr) {
            (true, true) => Some("both"),
            (true, false) => Some("coded"),
            (false, true) => Some("read"),
            (false, false) => None,
        };
        let facts = sign.map(|sign| self.facts(&splits, sign, &reading)).unwrap_or_default();
        if is_too_fine || facts.len() == MOST_FACTS {
            self.report("transaction", "", "shares", "its transactions name more countries and sectors than can be told apart; all of its money is shared out as the activity says");
        }
        let flows = if sign.is_some() { flows(&transactions, &converted, &split_of) } else { Vec::new() };
        let links = if sign.is_some() { self.links(&transactions, &converted) } else { Vec::new() };
        let mut total = Money::default();
        splits.iter().for_each(|s| total.plus(&s.money));
        let starts = self.a.dates[1].or(self.a.dates[0]).map(|d| d.to_string());
        let ends = self.a.dates[3].or(self.a.dates[2]).map(|d| d.to_string());
        ActivityRow {
            record: self.a.identifier.clone(),
            updated_at: self.a.updated_at.clone(),
            line: self.line,
            transactions: rows,
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
            cells: cells::activity(self.model, &self.a, &reading, (coded, doubted), &total, starts, ends),
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

    /// Tells of amounts for which neither they nor their activity name a currency.
    fn report_no_currency(&mut self, transactions: &[Transaction]) {
        if self.a.currency.is_some() {
            return;
        }
        let plans = self.a.budgets.iter().chain(&self.a.planned).map(|plan| &plan.amount);
        let amounts = transactions.iter().map(|t| &t.amount).chain(plans);
        let count = amounts.filter(|amount| amount.value.is_some() && amount.currency.is_none()).count();
        if count > 0 {
            let reason = format!("amounts without a currency: {count}; the activity names none either, and they are in no sum");
            self.report("value/@currency", "", "currency", &reason);
        }
    }

    /// Tells of transactions whose own sector is none of the purpose codes of their activity, and holds none of them either: not both can
    /// be so. Where neither is of the security sector, no answer depends on it.
    fn report_apart(&mut self, splits: &[Split]) {
        // Most activities have no split but the first.
        let Some((whole, own)) = splits.split_first().filter(|(_, own)| !own.is_empty()) else { return };
        let has_codes = whole.sectors.iter().any(|(vocabulary, ..)| vocabulary == "1");
        if !has_codes || splits.iter().all(|s| self.coded_share(s) <= 0.0) {
            return;
        }
        // What holds some of them has been divided among them.
        let is_of_activity = |code: &str| whole.sectors.iter().any(|(_, known, _)| known == code);
        let apart = own.iter().flat_map(|s| &s.sectors).filter(|(_, code, _)| !is_of_activity(code));
        let codes: BTreeSet<String> = apart.map(|(_, code, _)| code.clone()).collect();
        for code in codes {
            let reason = "the transaction’s own sector holds no purpose code of its activity; its money counts by that sector alone, and for no \
                          institution where that is too wide or not of the security sector";
            self.report("transaction/sector", &code, "shares", reason);
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
        let regions = self.a.regions.iter().filter(|r| r.share.unwrap_or(0.0) > 0.0);
        let known =
            self.a.countries.iter().chain(regions).filter_map(|w| Some((place_of(self.model, w)?, w.share.unwrap_or(0.0))));
        with_rest(known.map(|((country, region), share)| (country, region, share)).collect())
    }

    /// The split that a transaction follows: the activity's, or one made of its own countries, sectors and finance type.
    fn split_for(
        &self,
        t: &Transaction,
        own: Option<String>,
        splits: &mut Vec<Split>,
        seen: &mut HashMap<String, usize>,
    ) -> usize {
        let Some(key) = own else { return 0 };
        *seen.entry(key).or_insert_with(|| {
            let places =
                if t.countries.is_empty() && t.regions.is_empty() { splits[0].places.clone() } else { own_places(self.model, t) };
            let own = within(analysed(&weighed(&t.sectors)), &splits[0].sectors);
            let sectors = if own.is_empty() { splits[0].sectors.clone() } else { own };
            splits.push(Split { places, sectors, money: Money::default() });
            splits.len() - 1
        })
    }

    /// The finance type of a transaction, where that is a gift and the activity's is not, or the other way round: so that what is lent
    /// and what is given are never one sum.
    fn own_finance<'t>(&self, t: &'t Transaction) -> Option<&'t str> {
        let (own, default) = (t.finance.as_deref()?, self.a.finance.as_deref().unwrap_or_default());
        let is_apart = own != default && (self.model.is_set_apart(own) || self.model.is_set_apart(default));
        is_apart.then_some(own)
    }

    fn coded_share(&self, split: &Split) -> f64 {
        split
            .sectors
            .iter()
            .filter(|(vocabulary, code, _)| self.model.crosswalk.sector(vocabulary, code).is_some_and(|l| l.ssr))
            .map(|(_, _, share)| share)
            .sum()
    }

    /// True where no code of the security sector is other than wide.
    fn only_wide(&self, split: &Split) -> bool {
        let lines = split.sectors.iter().filter_map(|(vocabulary, code, _)| self.model.crosswalk.sector(vocabulary, code));
        lines.filter(|l| l.ssr).all(|l| l.wide)
    }

    /// True where the publisher has given a wide code a part of its own, not all of the money and not as much as every other
    /// code: who does so has thought about it.
    fn has_weighed(&self) -> bool {
        let codes = self.a.sectors.iter().filter(|s| s.vocabulary.as_deref() == Some("1"));
        let equal = 100.0 / codes.clone().count().max(1) as f64;
        let is_part = |p: f64| p > 0.0 && p < 100.0 && (p - equal).abs() > 1.0;
        let is_wide = |code: &str| self.model.crosswalk.sector("1", code).is_some_and(|l| l.ssr && l.wide);
        codes.filter(|s| is_wide(&s.code)).any(|s| s.percentage.is_some_and(is_part))
    }

    fn facts(&self, splits: &[Split], sign: &'static str, reading: &ActivityReading) -> Vec<Fact> {
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
            for ((country, region, place), ReceivingPart { actor_class, security_function, share, sector_share, class_by }) in
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
                    if facts.len() == MOST_FACTS && !facts.contains_key(&key) {
                        continue;
                    }
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

    fn modalities(&self, reading: &ActivityReading) -> Vec<String> {
        let mut all = reading.modalities.clone();
        if let Some(by_code) = self.a.aid.as_deref().and_then(|aid| self.model.crosswalk.modality(aid)) {
            // What a code says is as good as what the text says: both are named.
            if !all.iter().any(|m| m == by_code) && by_code != "unspecified" {
                all.push(by_code.to_owned());
            }
        }
        if all.is_empty() { vec!["unspecified".into()] } else { all }
    }

    fn links(&self, transactions: &[Transaction], converted: &[Converted]) -> Vec<ActivityLink> {
        let own = &self.a.identifier;
        let mut links: Vec<ActivityLink> = Vec::new();
        for related in &self.a.related {
            let (Some(kind), Some(target)) = (&related.kind, &related.reference) else {
                continue;
            };
            match kind.as_str() {
                "1" => links.push(ActivityLink { kind: "parent", target: target.clone(), usd: None }),
                "2" => links.push(ActivityLink { kind: "child", target: target.clone(), usd: None }),
                _ => {}
            }
        }
        // Who is named as a funder, or as the one from whom money came in without the activity that gave it.
        let funders = self.a.organisations.iter().filter(|o| o.role.as_deref() == Some("1")).map(|o| &o.reference);
        let came_in = transactions.iter().filter(|t| t.kind.as_deref() == Some("1") && t.provider.activity.is_none());
        let givers: BTreeSet<&String> = funders.chain(came_in.map(|t| &t.provider.reference)).flatten().collect();
        links.extend(givers.into_iter().map(|target| ActivityLink { kind: "funder", target: target.clone(), usd: None }));
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
        links.extend(sums.into_iter().map(|((kind, target), usd)| ActivityLink { kind, target, usd: Some(usd) }));
        links
    }
}

/// Parts into which the transactions of an activity may divide its money, and what is kept of one activity at most: some hundred times
/// what any publisher has.
const MOST_PARTS: usize = 20_000;
const MOST_FACTS: usize = 50_000;

/// What tells the split of a transaction that has one of its own from those of others: its shares, and how it is given; none where it
/// follows the activity in both.
fn own_split(t: &Transaction, finance: Option<&str>) -> Option<String> {
    let all = [&t.sectors, &t.countries, &t.regions];
    let is_own = finance.is_some() || all.iter().any(|list| !list.is_empty());
    is_own.then(|| format!("{finance:?} {:?}", all.map(|l| l.iter().map(|w| (&w.vocabulary, &w.code)).collect::<Vec<_>>())))
}

/// True where transactions with shares of their own divide the money into more parts than can be kept.
fn is_too_fine(transactions: &[Transaction], own: &[Option<String>], whole: &Split) -> bool {
    let (mut seen, mut parts) = (HashSet::new(), 0);
    for (t, key) in transactions.iter().zip(own) {
        if key.as_ref().is_some_and(|key| seen.insert(key)) {
            let own = |own: usize, whole: usize| if own == 0 { whole.max(1) } else { own };
            parts += own(t.countries.len() + t.regions.len(), whole.places.len()) * own(t.sectors.len(), whole.sectors.len());
        }
        if parts > MOST_PARTS {
            return true;
        }
    }
    false
}

fn trimmed(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
