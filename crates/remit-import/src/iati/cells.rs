//! The cells of an activity and its transactions, in the order of their columns.

use super::activity::{Activity, BudgetPlan, Transaction};
use super::classify::ActivityReading;
use super::money::{Converted, convert};
use super::splits::Money;
use super::xml::preferred;
use remit_model::{Day, Model};
use remit_store::Cell;
use serde::Serialize;
use std::collections::BTreeMap;

/// The fields that are written, in the order of the cells.
pub(crate) struct CellOrder;

impl CellOrder {
    pub(crate) const ACTIVITY: [&'static str; 52] = [
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
        "updated_at",
        "coded",
        "code_doubted",
        "read",
        "read_quote",
        "estimated_share",
        "estimated_from",
        "estimated_up_to",
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

/// The cells of [`CellOrder::ACTIVITY`].
pub(super) fn activity(
    model: &Model,
    a: &Activity,
    reading: &ActivityReading,
    (coded, doubted): (bool, bool),
    total: &Money,
    starts: Option<String>,
    ends: Option<String>,
) -> Vec<Cell> {
    let day = |d: Option<Day>| Cell::from(d.map(|d| d.to_string()));
    // A code says which share; only where none does is it estimated.
    let estimate = reading.estimate.filter(|_| !coded);
    let titles: BTreeMap<&str, &str> = a.titles.iter().rev().map(|(l, t)| (l.as_str(), t.as_str())).collect();
    let descriptions: Vec<Description<'_>> =
        a.descriptions.iter().map(|(kind, language, text)| Description { kind: kind.as_deref(), language, text }).collect();
    let mut cells = vec![
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
        a.updated_at.clone().into(),
        coded.into(),
        doubted.into(),
        reading.ssr.into(),
        reading.quote.clone().into(),
        estimate.map(|e| e.1).into(),
        estimate.map(|e| e.0).into(),
        estimate.map(|e| e.2).into(),
        list(&reading.phrases),
        total.committed_usd.into(),
        total.disbursed_usd.into(),
        total.committed_eur.into(),
        total.disbursed_eur.into(),
        total.unconverted.into(),
    ];
    cells.extend(lists(model, a));
    cells
}

/// The last cells of an activity: what it may say several times.
fn lists(model: &Model, a: &Activity) -> [Cell; 13] {
    [
        list(&a.organisations),
        list(&a.countries),
        list(&a.regions),
        list(&a.sectors),
        list(&a.locations),
        list(&a.markers),
        list(&a.tags),
        plans(model, a, &a.budgets),
        plans(model, a, &a.planned),
        list(&a.results),
        list(&a.documents),
        list(&a.related),
        list(&a.other_identifiers),
    ]
}

fn plans(model: &Model, a: &Activity, plans: &[BudgetPlan]) -> Cell {
    let rows: Vec<PlanRow<'_>> = plans
        .iter()
        .map(|p| {
            let money = convert(model.rates(), &p.amount, a.currency.as_deref(), p.starts);
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

/// The cells of [`CellOrder::TRANSACTION`].
pub(super) fn transaction(t: &Transaction, money: &Converted, split: usize) -> Vec<Cell> {
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
