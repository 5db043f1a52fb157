//! Web pages: the text of the page itself, without menus, banners, forms and scripts. Nothing is loaded or run.

use crate::docx::roman;
use crate::rows::row;
use crate::{Block, Raw, tidy};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, ScriptData};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::borrow::Cow;
use std::cell::RefCell;

pub(crate) fn read(bytes: &[u8]) -> Raw {
    let (text, notes) = decode(bytes);
    let page = Tokenizer::new(HtmlSink(RefCell::new(HtmlPage::default())), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(&*remit_files::with_few_attributes(&text)));
    let _ = page.feed(&input);
    page.end();
    let mut page = page.sink.0.into_inner();
    page.flush();
    page.end_row();
    let article: usize = page.main.iter().map(|b| b.text.len()).sum();
    let blocks = if article > 200 { page.main } else { page.all };
    let title = [page.named_title, page.title].into_iter().find(|t| !t.is_empty()).unwrap_or_default();
    Raw {
        blocks,
        title: tidy(&title),
        date: page.date,
        language: page.language,
        publisher: tidy(&page.site),
        notes,
        ..Raw::default()
    }
}

/// Text of bytes, by its mark or by what the page says of itself.
fn decode(bytes: &[u8]) -> (Cow<'_, str>, Vec<String>) {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let said = head.split("charset=").nth(1).map(|s| s.trim_start_matches(['"', '\'']));
    let label = said.map(|s| s.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next().unwrap_or_default());
    match label.and_then(|l| encoding_rs::Encoding::for_label(l.as_bytes())) {
        Some(encoding) if encoding != encoding_rs::UTF_8 => (encoding.decode(bytes).0, Vec::new()),
        _ => crate::plain::decode(bytes),
    }
}

/// Parts of a page that are not its text.
const ASIDE: [&str; 17] = [
    "nav", "footer", "aside", "form", "template", "svg", "button", "select", "noscript", "iframe", "object", "dialog", "menu",
    "audio", "video", "canvas", "figure",
];

/// Words in the class or name of a part that is not its text.
const ASIDE_WORDS: [&str; 17] = [
    "cookie",
    "breadcrumb",
    "navbar",
    "menu",
    "sidebar",
    "share",
    "social",
    "banner",
    "skip",
    "pagination",
    "related",
    "newsletter",
    "footer",
    "consent",
    "lang-switch",
    "language-switch",
    "search",
];

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 28] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "section",
    "article",
    "main",
    "header",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "caption",
    "figcaption",
    "details",
    "summary",
];

#[derive(Debug, Default)]
struct HtmlPage {
    all: Vec<Block>,
    main: Vec<Block>,
    text: String,
    level: u8,
    /// Open elements that are not the page's text, by name.
    aside: Vec<String>,
    /// Open `main` and `article` elements.
    within: usize,
    /// Open lists: the next number of an ordered one, 0 for the others, and how it counts.
    lists: Vec<(u32, String)>,
    /// The number or bullet of an item whose text is still to come.
    label: String,
    /// Tables that are open, one in another.
    tables: usize,
    /// The cells of the open row of the outermost of them, and whether another table stands in it: then it only places what is in it.
    row: Vec<Vec<Block>>,
    has_table: bool,
    in_title: bool,
    title: String,
    named_title: String,
    site: String,
    date: String,
    language: String,
}

struct HtmlSink(RefCell<HtmlPage>);

impl TokenSink for HtmlSink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => page.characters(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                page.start(&tag);
                match &*tag.name {
                    "script" if !tag.self_closing => return TokenSinkResult::RawData(ScriptData),
                    "style" | "xmp" | "noembed" | "noframes" => return TokenSinkResult::RawData(Rawtext),
                    _ => {}
                }
            }
            Token::TagToken(tag) => page.end(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The most of open elements that are remembered: pages that nest deeper are made to hurt.
const DEEPEST: usize = 512;

impl HtmlPage {
    fn characters(&mut self, text: &str) {
        if self.in_title {
            self.title.push_str(text);
        } else if self.aside.is_empty() && self.text.len() < crate::limit::TEXT {
            self.text.push_str(text);
        }
    }

    fn start(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        let attribute = |wanted: &str| tag.attrs.iter().find(|a| &*a.name.local == wanted).map(|a| a.value.to_string());
        match name {
            "html" => self.language = attribute("lang").unwrap_or_default(),
            "meta" => self.meta(&attribute),
            "title" => self.in_title = self.title.is_empty() && self.aside.is_empty(),
            "time" if self.date.is_empty() => self.date = attribute("datetime").unwrap_or_default(),
            "br" => self.text.push('\n'),
            _ => {}
        }
        let raw = matches!(name, "script" | "style" | "xmp" | "noembed" | "noframes");
        let void = matches!(
            name,
            "br" | "img" | "input" | "meta" | "link" | "hr" | "source" | "track" | "wbr" | "area" | "col" | "base" | "embed"
        );
        let named = || {
            let words =
                ["class", "id", "role", "aria-label"].map(|a| attribute(a).unwrap_or_default().to_ascii_lowercase()).join(" ");
            let roles = ["navigation", "contentinfo", "complementary"];
            ASIDE_WORDS.iter().chain(&roles).any(|w| words.contains(w)) && !matches!(name, "body" | "html" | "main" | "article")
        };
        let hidden = || attribute("hidden").is_some() || attribute("aria-hidden").is_some_and(|v| v == "true");
        if raw || (!void && !self.aside.is_empty() && self.aside.last().is_some_and(|n| n == name)) {
            self.push_aside(name, tag.self_closing);
        } else if !void && (ASIDE.contains(&name) || (BLOCKS.contains(&name) && (named() || hidden()))) {
            self.flush();
            self.push_aside(name, tag.self_closing);
        }
        if BLOCKS.contains(&name) {
            self.flush();
            self.level = name.strip_prefix('h').and_then(|n| n.parse().ok()).unwrap_or(0);
        }
        match name {
            "main" | "article" => self.within += 1,
            "table" => {
                self.has_table |= self.tables > 0;
                self.tables += 1;
            }
            "tr" if self.tables == 1 => self.end_row(),
            "td" | "th" if self.tables == 1 => self.row.push(Vec::new()),
            "ol" => {
                let first = attribute("start").and_then(|s| s.parse().ok()).unwrap_or(1);
                self.lists.push((first, attribute("type").unwrap_or_default()));
            }
            "ul" => self.lists.push((0, String::new())),
            "li" => {
                self.label = self.next_label();
                self.text = format!("{} ", self.label);
            }
            _ => {}
        }
    }

    /// What the next item of the innermost list is called; one within another is an item of it.
    fn next_label(&mut self) -> String {
        let within = self.lists.iter().filter(|(n, _)| *n > 0).count() > 1;
        let Some((next, kind)) = self.lists.last_mut().filter(|(n, _)| *n > 0) else { return "•".to_owned() };
        let n = *next;
        *next = next.saturating_add(1);
        match (kind.as_str(), within) {
            ("a" | "A", _) if n <= 26 => format!("({})", char::from(b'a' + (n - 1) as u8)),
            ("i" | "I", _) => format!("({})", roman(n).to_lowercase()),
            (_, true) => format!("({n})"),
            (_, false) => format!("{n}."),
        }
    }

    fn push_aside(&mut self, name: &str, self_closing: bool) {
        if !self_closing && self.aside.len() < DEEPEST {
            self.aside.push(name.to_owned());
        }
    }

    fn end(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        if name == "title" {
            self.in_title = false;
        }
        if BLOCKS.contains(&name) {
            self.flush();
            self.level = 0;
        }
        match name {
            "main" | "article" => self.within = self.within.saturating_sub(1),
            "tr" if self.tables == 1 => self.end_row(),
            "table" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.end_row();
                }
            }
            "li" => self.text.clear(),
            "ol" | "ul" => {
                self.text.clear();
                self.lists.pop();
            }
            _ => {}
        }
        if let Some(at) = self.aside.iter().rposition(|n| n == name) {
            self.aside.truncate(at);
        }
    }

    fn meta(&mut self, attribute: &dyn Fn(&str) -> Option<String>) {
        let name = attribute("property").or_else(|| attribute("name")).unwrap_or_default().to_ascii_lowercase();
        let content = attribute("content").unwrap_or_default();
        match name.as_str() {
            "og:title" | "dc.title" => self.named_title = content,
            "og:site_name" | "dc.publisher" => self.site = content,
            "article:published_time" | "article:modified_time" | "dc.date" | "dcterms.date" | "date" => self.date = content,
            _ => {}
        }
    }

    fn flush(&mut self) {
        let text = tidy(&std::mem::take(&mut self.text));
        if !text.is_empty() && text == self.label {
            // The text of the item is still to come, in a block of its own.
            self.text = text + " ";
            return;
        }
        if text.is_empty() {
            return;
        }
        let block = Block { level: self.level, text, ..Block::default() };
        match self.row.last_mut() {
            Some(cell) => cell.push(block),
            None => self.keep(vec![block]),
        }
    }

    /// Ends the row of a table.
    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.row);
        let blocks = if std::mem::take(&mut self.has_table) { cells.concat() } else { row(cells) };
        self.keep(blocks);
    }

    fn keep(&mut self, blocks: Vec<Block>) {
        if self.within > 0 {
            self.main.extend(blocks.iter().cloned());
        }
        self.all.extend(blocks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_text_of_a_page_without_what_is_around_it() {
        let page = "<!doctype html><html lang=fr><title>A mission | Site</title><nav><a>Menu</a></nav><script>var x='<p>no</p>'</script>\
            <main><h1>The mission</h1><p>It advises the ministry<br>of justice.<ol><li>Police <li>Courts</ol><div class='cookie-box'>We use cookies</div></main>";
        let raw = read(page.as_bytes());
        let texts: Vec<(u8, &str)> = raw.blocks.iter().map(|b| (b.level, b.text.as_str())).collect();
        // Too short for its main part to stand alone: all of the page's text counts.
        assert_eq!(texts, [(1, "The mission"), (0, "It advises the ministry of justice."), (0, "1. Police"), (0, "2. Courts")]);
        assert_eq!((raw.title.as_str(), raw.language.as_str()), ("A mission | Site", "fr"));
    }

    #[test]
    fn a_page_made_of_attributes_is_read_at_once() {
        let attributes: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
        let page = format!("<html><body><p{attributes}>It advises the police.</p><p class='b' {attributes} It trains judges.");
        let begun = std::time::Instant::now();
        assert_eq!(read(page.as_bytes()).blocks[0].text, "It advises the police.");
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }

    #[test]
    fn items_of_a_list_belong_to_what_introduces_them() {
        let page = "<main><p>It shall:<ul><li>advise the police</li><li><p>train judges</p></li><li></li></ul><p>It is in Kyiv.\
            <ol><li><p>First</ol>";
        let blocks: Vec<String> = read(page.as_bytes()).blocks.into_iter().map(|b| b.text).collect();
        assert_eq!(blocks, ["It shall:", "• advise the police", "• train judges", "It is in Kyiv.", "1. First"]);
        let nested = "<main><ol><li>Police:<ol type=a><li>Train<li>Equip</ol><li>Courts:<ol><li>Build</ol></ol>";
        let blocks: Vec<String> = read(nested.as_bytes()).blocks.into_iter().map(|b| b.text).collect();
        assert_eq!(blocks, ["1. Police:", "(a) Train", "(b) Equip", "2. Courts:", "(1) Build"]);
    }

    #[test]
    fn rows_of_a_table_are_blocks_and_what_only_places_a_page_is_none() {
        let page =
            "<main><table><tr><th>Measure<th>State<tr><td><p>Made-up<p>vetting</td><td>Done</td></tr></table><p>End</main>";
        let texts = |page: &str| read(page.as_bytes()).blocks.into_iter().map(|b| b.text).collect::<Vec<_>>();
        assert_eq!(texts(page), ["Measure | State", "Made-up vetting | Done", "End"]);
        let placed = "<table><tr><td>Left<td><table><tr><td>a<td>b</table><p>Text</table>";
        assert_eq!(texts(placed), ["Left", "a", "b", "Text"]);
    }

    proptest! {
        #[test]
        fn any_page_is_read(page in "(<(/)?(div|p|ul|li|nav|script|main|table|svg)( class=menu)?>|[a-z <>&;\"]{0,8}){0,60}") {
            read(page.as_bytes());
        }
    }
}
