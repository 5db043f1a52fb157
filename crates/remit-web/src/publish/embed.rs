//! Charts and tables as files of their own, to be placed in a page elsewhere (`<iframe src="…">`).

use super::rewrite::{Rewriting, escaped, text_of};
use crate::messages::m;
use remit_model::{Language, Model};
use std::ops::Range;

/// How what can be taken out begins and ends. A chart has its table with it.
const KINDS: [(&str, &str); 2] = [("<figure class=\"chart\">", CHART_ENDS), ("<div class=\"wide\"", "</table></div>")];

const CHART_ENDS: &str = "</figure>";

/// Where in a page its charts and tables stand.
pub(super) fn fragments(html: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 0;
    let next = |at: usize| {
        let begins = KINDS.iter().filter_map(|(begin, end)| Some((at + html[at..].find(begin)?, *end)));
        begins.min_by_key(|(begin, _)| *begin)
    };
    while let Some((begin, end)) = next(at) {
        let Some(length) = html[begin..].find(end) else { break };
        at = begin + length + end.len();
        all.push(begin..at);
    }
    all
}

/// The file of the `n`th of a page.
pub(super) fn file(page: &str, n: usize) -> String {
    let (language, rest) = page.split_once('/').unwrap_or(("", page));
    format!("{language}/embed/{}-{n}.html", rest.trim_end_matches(".html"))
}

/// A page with a link below each, within a chart that holds its place on the page, to the file that holds it alone.
pub(super) fn with_links(html: &str, fragments: &[Range<usize>], page: &str, language: Language, model: &Model) -> String {
    let words = crate::language::within(model.languages.get(language), m::embed);
    let (mut out, mut at) = (String::with_capacity(html.len() + fragments.len() * 120), 0);
    for (n, fragment) in fragments.iter().enumerate() {
        let inside = if html[fragment.clone()].ends_with(CHART_ENDS) { CHART_ENDS.len() } else { 0 };
        out.push_str(&html[at..fragment.end - inside]);
        let file = file(page, n + 1);
        out.push_str(&format!("<p class=\"embed screen\"><a href=\"site:{file}\">{}</a></p>", escaped(&words)));
        at = fragment.end - inside;
    }
    out.push_str(&html[at..]);
    out
}

/// One of them as a page: with the style of the site, and the way back.
pub(super) fn page(rewriting: &Rewriting<'_>, fragment: &str, html: &str, of: &str) -> String {
    let root = html.find("<html").and_then(|at| Some(&html[at..at + html[at..].find('>')? + 1])).unwrap_or("<html>");
    let title = html.split_once("<h1>").and_then(|(_, rest)| rest.split_once("</h1>")).map_or("", |(title, _)| title);
    let stamp =
        html.split_once("<p class=\"stamp\">").and_then(|(_, rest)| rest.split_once("</p>")).map_or("", |(stamp, _)| stamp);
    format!(
        "<!doctype html>\n{root}\n<head>\n<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<link rel=\"stylesheet\" href=\"{}\">\n</head>\n<body>\n<main>\n{}\n\
         <p class=\"note\"><a href=\"{}\" target=\"_top\">{title}</a> · {}</p>\n</main>\n</body></html>\n",
        escaped(&text_of(title)),
        rewriting.relative("remit.css"),
        rewriting.page(fragment),
        escaped(&rewriting.relative(of)),
        escaped(&text_of(stamp)),
    )
}
