//! The money of activities by the day, and of the security sector.

use super::phase::phase_sql;
use super::view::{Scope, View, fixed, of_parent, plain};
use crate::as_of::AsOf;
use remit_model::{Day, Model};

/// The sum of an activity's transactions up to a day; none for a field that is no such sum. What is dated later is promised or
/// planned, never spent.
pub(super) fn so_far(field: &str, day: Day) -> Option<String> {
    let (types, currency) = flow_of(field)?;
    Some(format!(
        "(select sum(d.{currency}) from main.row_transaction d where d.parent = r.id and d.type in ({types}) \
         and coalesce(d.date, d.value_date, '') <= '{day}')"
    ))
}

/// The types of transactions of which a sum is, and its currency; none for a field that is no such sum.
fn flow_of(money: &str) -> Option<(&'static str, &str)> {
    let (flow, currency) = money.split_once('_').filter(|(_, currency)| matches!(*currency, "usd" | "eur"))?;
    match flow {
        "committed" => Some(("'2'", currency)),
        "disbursed" => Some(("'3', '4'", currency)),
        _ => None,
    }
}

/// The money of a fact without what is dated after the day. Where all of it is, nothing was reported by then, which is not zero.
fn by_the_day(money: &str, day: Day) -> String {
    let rest = format!("f.{money} - coalesce(l.{money}, 0) * f.share");
    let Some((types, currency)) = flow_of(money) else { return format!("({rest})") };
    format!(
        "(case when l.{money} is not null and abs({rest}) < 0.005 and not exists (select 1 from main.row_transaction d where d.parent = f.activity \
         and d.split = f.split and d.type in ({types}) and d.{currency} is not null and coalesce(d.date, d.value_date, '') <= '{day}') \
         then null else {rest} end)"
    )
}

/// The condition under which the money of a fact is told apart and not added.
fn set_apart(model: &Model) -> String {
    format!("{} in ({})", finance_type(model), codes_set_apart(model))
}

fn codes_set_apart(model: &Model) -> String {
    model.set_apart().map(|c| format!("'{}'", c.code)).collect::<Vec<_>>().join(", ")
}

/// How the money of a fact is given: by the type of each transaction, else by the activity's default. What is not given as the activity
/// says has a split of its own, so that of the first split the default is enough. Where transactions of one split are given in both ways
/// (an older version imported them), the default says it. Where several are given as gifts of different types, none is said.
fn finance_type(model: &Model) -> String {
    let (own, apart) = ("coalesce(t.finance_type, p.finance_type)", codes_set_apart(model));
    format!(
        "(select case when f.split = 0 and p.finance_type is not null then p.finance_type else (\
           select case when min({own}) = max({own}) or min({own} in ({apart})) then min({own}) \
             when max({own} in ({apart})) = 0 then null else p.finance_type end \
           from main.row_transaction t where t.parent = p.id and t.split = f.split) end \
         from main.row_activity p where p.id = f.activity)"
    )
}

/// How low and how high what was only read may be, by what it counts with. A workspace that an older version wrote has no estimates: it counts
/// there as it was written.
fn of_estimates(scope: &Scope) -> [String; 2] {
    let estimates = scope.tables.get("row_activity").is_some_and(|columns| columns.contains("estimated_share"));
    ["estimated_from", "estimated_up_to"].map(|bound| match estimates {
        true => format!("coalesce({}, 1.0)", of_parent("activity", "f.activity", &format!("{bound} / p.estimated_share"))),
        false => "1.0".to_owned(),
    })
}

/// The columns of money: as far as it was given by the day, with what is not counted twice left out and what is no gift set apart, and how
/// high an estimate may be.
fn counted_money(scope: &Scope, day: Day, most: &str, set_apart: &str) -> Vec<(&'static str, String)> {
    let mut items = Vec::new();
    for money in ["committed_usd", "committed_eur", "disbursed_usd", "disbursed_eur"] {
        let flow = &money[..9];
        let so_far = if scope.later { by_the_day(money, day) } else { format!("f.{money}") };
        let counted = if scope.exceptions { format!("{so_far} * coalesce(x.{flow}, 1.0)") } else { so_far.clone() };
        // Only of what there is does one look up how it is given.
        let is_apart = format!("{counted} <> 0 and {set_apart}");
        let given = format!("case when {is_apart} then null else {counted} end");
        let apart = format!("case when {is_apart} then {counted} when {counted} is not null then 0.0 end");
        if let Some(name) = [("committed_usd", "committed_usd_up_to"), ("disbursed_usd", "disbursed_usd_up_to")]
            .iter()
            .find_map(|(of, name)| (*of == money).then_some(*name))
        {
            items.push((name, format!("({given}) * {most}")));
        }
        items.push((money, given));
        if money.ends_with("usd") {
            let committed = flow == "committed";
            items.push((if committed { "committed_usd_set_apart" } else { "disbursed_usd_set_apart" }, apart));
            let name = if committed { "committed_usd_left_out" } else { "disbursed_usd_left_out" };
            let sql = if scope.exceptions { format!("{so_far} * (1.0 - coalesce(x.{flow}, 1.0))") } else { "0.0".into() };
            items.push((name, sql));
        }
    }
    items
}

/// The money of the security sector: one row an activity, split, country, class, function and modality.
pub(super) fn support(model: &Model, as_of: &AsOf, scope: &Scope) -> View {
    let mut items = vec![
        ("activity", "f.activity".to_owned()),
        ("identifier", of_parent("activity", "f.activity", "record")),
        ("title", of_parent("activity", "f.activity", "title")),
    ];
    items.extend(plain(
        "f",
        &[
            "supporter",
            "supporter_name",
            "country",
            "region",
            "actor_class",
            "security_function",
            "modality",
            "sign",
            "class_by",
            "split",
            "share",
            "country_share",
            "sector_share",
            "starts",
            "ends",
        ],
    ));
    let [least, most] = of_estimates(scope);
    items.push(("share_from", format!("f.share * {least}")));
    items.push(("share_up_to", format!("f.share * {most}")));
    items.push(("finance_type", finance_type(model)));
    let [began, ended] = ["start_actual", "end_actual"].map(|name| of_parent("activity", "f.activity", name));
    items.push(("phase", phase_sql(as_of.valid_on, ["f.starts", &began], ["f.ends", &ended], "f.status")));
    let set_apart = set_apart(model);
    items.extend(counted_money(scope, as_of.valid_on, &most, &set_apart));
    items.push(("unconverted", "f.unconverted".into()));
    for (name, flow) in [("committed_counted", "committed"), ("disbursed_counted", "disbursed")] {
        let part = if scope.exceptions { format!("coalesce(x.{flow}, 1.0)") } else { "1.0".into() };
        items.push((name, format!("case when {set_apart} then 0.0 else {part} end")));
    }
    let (reason, doubtful) = if scope.exceptions { ("x.reason", "coalesce(x.doubtful, 0)") } else { ("null", "0") };
    items.push(("left_out_reason", format!("coalesce({reason}, case when {set_apart} then 'not_a_grant' end)")));
    items.push(("doubtful", doubtful.into()));
    let mut rest = "from main.support_fact f".to_owned();
    if scope.exceptions {
        rest.push_str(" left join temp.as_of_exception x on x.activity = f.activity");
    }
    if scope.later {
        rest.push_str(" left join temp.as_of_later l on l.activity = f.activity and l.split = f.split");
    }
    rest.push_str(&format!(" where f.snapshot in ({})", scope.live_list()));
    if scope.exceptions {
        rest.push_str(" and coalesce(x.hidden, 0) = 0");
    }
    fixed(
        "support",
        "Support to the security sector: what each activity gives to which class, function and country.",
        &items,
        rest,
    )
}
