//! What all supporters give together, in words, and what is in no sum of it.

use super::matrix::{LEAST, Supporter};
use crate::context::Context;
use crate::figures::{clauses, dollars, money, total};
use crate::language::locale;
use crate::m;

/// What is not counted so that nothing is counted twice, in a sentence.
pub(in crate::pages) fn left_out(supporters: &[Supporter]) -> Option<String> {
    let sum = |of: fn(&Supporter) -> Option<f64>| total(supporters.iter().map(of)).unwrap_or_default();
    let (committed, disbursed) = (sum(|s| s.committed_usd_left_out), sum(|s| s.disbursed_usd_left_out));
    let lent = [sum(|s| s.committed_usd_set_apart), sum(|s| s.disbursed_usd_set_apart)];
    let doubtful: f64 = supporters.iter().map(|s| s.doubtful).sum();
    let unconverted: f64 = supporters.iter().map(|s| s.with_unconverted).sum();
    let mut parts = Vec::new();
    if committed.abs() + disbursed.abs() >= LEAST {
        parts.push(m::left_out_money(money(committed), money(disbursed)));
    }
    if lent.iter().any(|n| n.abs() >= LEAST) {
        parts.push(m::left_out_lent(money(lent[0]), money(lent[1])));
    }
    if doubtful > 0.0 {
        parts.push(m::left_out_doubtful(doubtful));
    }
    if unconverted > 0.0 {
        parts.push(m::left_out_unconverted(unconverted));
    }
    (!parts.is_empty()).then(|| format!("{}.", clauses(&parts)))
}

/// What they commit and disburse: with a mark where some of it is left out of the sum, and in words where all of it is, so that it never
/// looks like nothing.
pub(in crate::pages) fn said_sums(cx: &Context, supporters: &[Supporter]) -> [String; 2] {
    let sum = |of: fn(&Supporter) -> Option<f64>| total(supporters.iter().map(of));
    let word = |code: &str| cx.model().word(&locale(), code);
    let is_unconverted = supporters.iter().any(|s| s.with_unconverted > 0.0);
    let sign = if is_unconverted { "*" } else { "" };
    let said = |counted: Option<f64>, beside: [Option<f64>; 2]| {
        let is_part = beside.into_iter().flatten().any(|n| n.abs() >= LEAST);
        match counted.filter(|n| n.abs() >= LEAST || !is_part) {
            Some(n) if is_part => format!("{}†{sign}", dollars(n)),
            Some(n) => format!("{}{sign}", dollars(n)),
            None if is_part => format!("{}†", word("left_out")),
            None if is_unconverted => word("not_converted"),
            None => m::unreported_figure(),
        }
    };
    [
        said(sum(|s| s.committed_usd), [sum(|s| s.committed_usd_set_apart), sum(|s| s.committed_usd_left_out)]),
        said(sum(|s| s.disbursed_usd), [sum(|s| s.disbursed_usd_set_apart), sum(|s| s.disbursed_usd_left_out)]),
    ]
}
