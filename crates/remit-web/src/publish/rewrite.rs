//! A page that needs no server. Our own templates make it, so a tag ends at the first `>` outside of quotes, and attributes stand in
//! double quotes.

use super::plan::{LinkTarget, SitePlan};
use remit_model::Language;

/// Where what is rewritten stands.
pub(super) struct Rewriting<'a> {
    pub(super) plan: &'a SitePlan,
    /// The file, from the root of the site.
    pub(super) from: &'a str,
    pub(super) language: Language,
}

/// The attributes that lead somewhere.
const LEADING: [&str; 4] = ["href", "src", "data-index", "data-root"];

/// Lists of what can be done: what leads nowhere is left out of them, where elsewhere it is told without a link.
const OFFERS: [&str; 2] = ["<ul class=\"doing", "<ul class=\"files"];

/// A line under a table that only leads on.
const LEADING_ON: &str = "<p class=\"screen\"><a ";

/// The attribute by which the script asks the server for the rest of a table.
const SERVED: &str = "data-downloaded";

impl Rewriting<'_> {
    /// A page with links to files, without forms.
    pub(super) fn page(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let (mut rest, mut is_offered, mut is_told) = (html, false, false);
        while let Some(at) = rest.find('<') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            is_offered = OFFERS.iter().any(|list| rest.starts_with(list)) || is_offered && !rest.starts_with("</ul>");
            if is_offered && rest.starts_with("<li>") {
                let end = rest.find("</li>").map_or(rest.len(), |end| end + "</li>".len());
                if self.leads_nowhere(&rest[..end]) {
                    rest = &rest[end..];
                    continue;
                }
            }
            if let Some(after) = self.after_left_out(rest) {
                rest = after;
                continue;
            }
            let end = tag_end(rest);
            // What looks like a link and leads nowhere is a dead end: its words stand alone.
            match &rest[..end] {
                "</a>" if is_told => is_told = false,
                tag if tag.starts_with("<a ") && self.leads_nowhere(tag) => is_told = true,
                tag => self.tag(tag, &mut out),
            }
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// What stands behind a form, or behind a line that only leads to what is not published.
    fn after_left_out<'h>(&self, rest: &'h str) -> Option<&'h str> {
        let behind = |end: &str| rest.find(end).map_or("", |at| &rest[at + end.len()..]);
        if rest.starts_with("<form") {
            return Some(behind("</form>"));
        }
        if !rest.starts_with(LEADING_ON) {
            return None;
        }
        let after = behind("</p>");
        self.leads_nowhere(&rest[..rest.len() - after.len()]).then_some(after)
    }

    /// True where there are links, and none of them leads to a file or out of the site.
    fn leads_nowhere(&self, html: &str) -> bool {
        let links = html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let mut targets = links.map(|link| self.plan.target(&unescaped(link), self.language)).peekable();
        targets.peek().is_some() && targets.all(|target| target == LinkTarget::Nowhere)
    }

    /// A tag with its attributes.
    fn tag(&self, tag: &str, out: &mut String) {
        // Half of all tags close something.
        if tag.starts_with("</") || !LEADING.iter().any(|name| tag.contains(name)) && !tag.contains(SERVED) {
            return out.push_str(tag);
        }
        let mut rest = tag;
        // Up to each attribute with a value.
        while let Some(equals) = rest.find("=\"") {
            let begun = rest[..equals].rfind([' ', '\n']).unwrap_or(0);
            let name = rest[begun..equals].trim();
            let value = &rest[equals + 2..];
            let Some(end) = value.find('"') else { break };
            let (value, after) = (&value[..end], &value[end + 1..]);
            out.push_str(&rest[..begun]);
            self.attribute(&rest[begun..equals], name, value, out);
            rest = after;
        }
        out.push_str(&rest.replace(&format!(" {SERVED}"), ""));
    }

    fn attribute(&self, as_written: &str, name: &str, value: &str, out: &mut String) {
        if name == SERVED {
            return;
        }
        // A flag without a value may stand before it.
        let as_written = as_written.replace(&format!(" {SERVED}"), "");
        if !LEADING.contains(&name) {
            return out.push_str(&format!("{as_written}=\"{value}\""));
        }
        match self.plan.target(&unescaped(value), self.language) {
            LinkTarget::Elsewhere => out.push_str(&format!("{as_written}=\"{value}\"")),
            LinkTarget::File(file) => out.push_str(&format!("{as_written}=\"{}\"", escaped(&self.relative(&file)))),
            // What is not published is told all the same, without a link.
            LinkTarget::Nowhere => {}
        }
    }

    /// The way from this file to another.
    pub(super) fn relative(&self, file: &str) -> String {
        let (mut from, mut to) = (self.from, file);
        while let (Some((a, from_rest)), Some((b, to_rest))) = (from.split_once('/'), to.split_once('/')) {
            if a != b {
                break;
            }
            (from, to) = (from_rest, to_rest);
        }
        format!("{}{to}", "../".repeat(from.matches('/').count()))
    }
}

/// Where a tag ends.
fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    let end = tag.bytes().position(|b| {
        quoted ^= b == b'"';
        b == b'>' && !quoted
    });
    end.map_or(tag.len(), |end| end + 1)
}

/// A text as HTML writes it.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text as it is meant.
pub(super) fn unescaped(text: &str) -> String {
    const MARKS: [(&str, &str); 11] = [
        ("&#60;", "<"),
        ("&lt;", "<"),
        ("&#62;", ">"),
        ("&gt;", ">"),
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    // Each once and in one go: a page has thousands of links.
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (mark, meant) = MARKS.iter().find(|(mark, _)| rest.starts_with(mark)).copied().unwrap_or(("&", "&"));
        out.push_str(meant);
        rest = &rest[mark.len()..];
    }
    out.push_str(rest);
    out
}

/// The text of a piece of HTML.
pub(super) fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at + tag_end(&rest[at..])..];
    }
    text.push_str(rest);
    unescaped(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_meant_as_it_was_before_it_was_escaped() {
        let text = "a < b > \"c\" & d, 'e' \u{a0}&lt;&";
        let escaped =
            text.replace('&', "&#38;").replace('<', "&lt;").replace('>', "&#62;").replace('"', "&quot;").replace('\'', "&#39;");
        assert_eq!(unescaped(&escaped), text);
        assert_eq!(unescaped("&x; &amp;lt; &"), "&x; &lt; &");
        assert_eq!(tag_end("<a title=\"x > é\" href=\"/\">b"), "<a title=\"x > é\" href=\"/\">".len());
    }
}
