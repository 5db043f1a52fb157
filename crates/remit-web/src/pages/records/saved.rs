//! Lists that are kept under a name in the workspace.

use crate::context::Context;
use crate::error::PageError;
use crate::frame::Choice;
use crate::post::PostedForm;
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, see_other};
use remit_store::SavedView;
use serde::Deserialize;

/// The lists that are kept, and what this one would be kept as.
#[derive(Default)]
pub(super) struct Saved {
    pub(super) views: Vec<Choice>,
    /// This list, without its day.
    pub(super) address: String,
    /// What it is called, where it is kept.
    pub(super) name: String,
}

/// A list that is kept under a name, or the name that is given up.
#[derive(Deserialize)]
pub(super) struct ViewForm {
    name: String,
    address: String,
    #[serde(default)]
    remove: String,
}

/// The lists that are kept.
pub(super) fn of(cx: &Context) -> Result<Saved, PageError> {
    let address = address(cx);
    let views = cx.app().workspace().saved_views()?;
    let choice = |v: &SavedView| {
        let (path, query) = v.address.split_once('?').unwrap_or((&v.address, ""));
        let parameters: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let given: Vec<(&str, &str)> = parameters.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        Choice::new(cx.link(path, &given), &v.name, v.address == address)
    };
    let name = views.iter().find(|v| v.address == address).map(|v| v.name.clone()).unwrap_or_default();
    Ok(Saved { views: views.iter().map(choice).collect(), address, name })
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
pub(super) async fn keep(request: PageRequest, Author(_): Author, PostedForm(form): PostedForm<ViewForm>) -> PageResult {
    let work = move |cx: &Context| {
        let (workspace, address) = (cx.app().workspace(), form.address.clone());
        match form.remove.is_empty() {
            true => workspace.save_view(SavedView { name: form.name.trim().to_owned(), address: form.address })?,
            false => workspace.remove_view(form.name.trim())?,
        }
        let is_list = address.starts_with("/records/") && !address.contains(|c: char| c == '\\' || c.is_control());
        Ok(see_other(if is_list { &address } else { "/" }))
    };
    request.read(work).await
}
