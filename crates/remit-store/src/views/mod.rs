//! The views that a reader sees, as SQL made from the model and the as-of.
//!
//! Every condition of the as-of is written into the view as a literal: the planner sees constants, and nothing that a
//! reader can change decides what is shown. Parts that an as-of does not need (no statements, no exceptions, nothing
//! dated later) are left out of the SQL, so that they cost nothing. What becomes of them on a connection is for `made` to say.

mod called;
mod conflicts;
mod days;
mod envelope;
mod history;
mod imports;
mod merged;
mod model;
mod money;
mod parts;
mod phase;
mod records;
mod view;

pub(crate) use conflicts::{conflicts_sql, replaced_sql};
pub(crate) use envelope::{grade, seen, stands};
pub(crate) use view::{CALLED, CODES, COMPARED, CONFLICTS, KeptRows, REPLACED, SHARED, Scope};
pub use view::{View, ViewColumn};

use crate::as_of::AsOf;
use conflicts::{conflict, disagreement};
use history::{entry, look, redaction, statement_view, waiting};
use imports::{left_out, problem, snapshot};
use merged::merged_view;
use model::{code, kind_field, stage};
use money::support;
use parts::{list_view, part_view};
use records::{kind_view, same_view, with_computed};
use remit_model::{Model, Time};
use view::ViewSource;

/// The SQL of all views for an as-of.
pub(crate) fn all(model: &Model, as_of: &AsOf, scope: &Scope) -> Vec<View> {
    let source = ViewSource { model, as_of, scope };
    let needing = |view: View, table: &str| View { needs: vec![table.to_owned()], ..view };
    let mut views = vec![needing(code(model), CODES), stage(model), kind_field(model)];
    views.extend([snapshot(as_of, scope), problem(scope), left_out(scope)]);
    views.extend([support(model, as_of, scope), needing(statement_view(&source), CALLED), needing(conflict(as_of), CONFLICTS)]);
    let disagreement = View { needs: vec![COMPARED.to_owned(), REPLACED.to_owned()], ..disagreement(&source) };
    views.extend([disagreement, entry(as_of, scope), look(as_of, scope)]);
    views.extend([redaction(as_of, scope), waiting(as_of)]);
    for kind in &model.kinds {
        match &kind.part_of {
            Some(_) if scope.table(kind).is_none() => continue,
            Some(parent) => views.push(part_view(kind, parent, scope)),
            None => {
                let statements = format!("{}_statement", kind.view);
                // A record with an identifier of its own (an activity) is told once; all others by what each source says.
                let told = kind.record.is_none() && (kind.time == Time::State || scope.stated.contains(&kind.name));
                let (of_statements, stated) = kind_view(kind, &statements, &source);
                let records =
                    if told { merged_view(kind, &stated, &source) } else { same_view(kind, &of_statements, as_of.valid_on) };
                views.push(of_statements);
                views.extend(with_computed(kind, records, as_of));
            }
        }
        for field in kind.fields.iter().filter(|f| f.view.is_some()) {
            views.extend(list_view(kind, field, &source));
        }
    }
    views
}

#[cfg(test)]
mod tests {
    use super::*;
    use remit_model::{Day, VIEWS};
    use std::collections::HashSet;

    #[test]
    fn no_view_has_the_name_of_another() {
        let model = Model::load(None).expect("the model");
        let as_of = AsOf::public(Day::parse("2021-06-30").expect("a day"));
        let all = super::all(&model, &as_of, &Scope::default());
        let names: HashSet<&str> = all.iter().map(|v| v.name.as_str()).collect();
        assert_eq!(names.len(), all.len());
        let of_kind = |name: &str| model.kinds.iter().any(|k| name == k.view || name.strip_suffix("_statement") == Some(&k.view));
        let of_field = |name: &str| model.kinds.iter().flat_map(|k| &k.fields).any(|f| f.view.as_deref() == Some(name));
        let own: Vec<&str> = all.iter().filter(|v| !v.hidden).map(|v| v.name.as_str()).collect();
        let mut own: Vec<&str> = own.into_iter().filter(|name| !of_kind(name) && !of_field(name)).collect();
        own.sort_unstable();
        assert_eq!(own, VIEWS, "a kind that a workspace adds may not be called so");
    }
}
