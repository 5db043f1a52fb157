//! Lists, and answers with what they were asked for, that are kept under a name in the workspace.

use crate::context::Context;
use crate::error::PageError;
use crate::frame::Choice;
use crate::post::PostedForm;
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, see_other};
use remit_store::SavedView;
use remit_store::saved::LISTS;
use serde::Deserialize;

/// The lists that are kept, and what this one would be kept as.
#[derive(Default)]
pub(crate) struct Saved {
    pub(crate) views: Vec<Choice>,
    /// This list, without its day.
    pub(crate) address: String,
    /// The name of the list that is shown, where it is kept.
    pub(crate) name: String,
    /// The name that is offered for the list: one that no other list has.
    pub(crate) suggested: String,
}

/// A list that is kept under a name, or the name that is given up.
#[derive(Deserialize)]
pub(crate) struct ViewForm {
    name: String,
    address: String,
    #[serde(default)]
    remove: String,
}

/// The lists that are kept; or, of a question, what is kept of it. `title` is what this one is called on its page.
pub(crate) fn of(cx: &Context, title: &str) -> Result<Saved, PageError> {
    let address = address(cx);
    let is_here = |v: &SavedView| match cx.request.path.starts_with(LISTS) {
        true => v.address.starts_with(LISTS),
        false => v.address.split('?').next() == Some(&cx.request.path),
    };
    let all = cx.app().workspace().saved_views(cx.app().clearance())?;
    let numbered = (2..).map(|n| format!("{title} {n}"));
    let is_free = |name: &String| !all.iter().any(|v| v.name == *name);
    let free = std::iter::once(title.to_owned()).chain(numbered).find(is_free).unwrap_or_default();
    let views: Vec<SavedView> = all.iter().filter(|v| is_here(v)).cloned().collect();
    let choice = |v: &SavedView| {
        let (path, query) = v.address.split_once('?').unwrap_or((&v.address, ""));
        let parameters: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let given: Vec<(&str, &str)> = parameters.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        Choice::new(cx.link(path, &given), &v.name, v.address == address)
    };
    let name = views.iter().find(|v| v.address == address).map(|v| v.name.clone()).unwrap_or_default();
    let suggested = if name.is_empty() { free } else { name.clone() };
    Ok(Saved { views: views.iter().map(choice).collect(), address, name, suggested })
}

/// This list without its day and its page: it is shown as at the day of who opens it.
fn address(cx: &Context) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let parameters = cx.request.parameters.iter().filter(|(name, _)| name != "page").map(|(n, v)| (n.as_str(), v.as_str()));
    query.extend_pairs(parameters.chain([("sort", cx.request.sort.as_str())]).filter(|(_, v)| !v.is_empty()));
    match query.finish() {
        query if query.is_empty() => cx.request.path.clone(),
        query => format!("{}?{query}", cx.request.path),
    }
}

/// Keeps a list, or gives up a name.
pub(crate) async fn keep(request: PageRequest, Author(_): Author, PostedForm(form): PostedForm<ViewForm>) -> PageResult {
    let work = move |cx: &Context| {
        let view = SavedView { name: form.name.trim().to_owned(), address: form.address, clearance: String::new() };
        let (workspace, clearance) = (cx.app().workspace(), cx.app().clearance());
        let back = if view.is_valid() { view.address.clone() } else { "/".to_owned() };
        match form.remove.is_empty() {
            true => workspace.save_view(view, clearance)?,
            false => workspace.remove_view(&view.name, clearance)?,
        }
        Ok(see_other(&back))
    };
    request.read(work).await
}
