//! Writes pages with every picture, from made-up data: `cargo run -p remit-draw --example gallery -- FOLDER`.

mod samples;

use remit_draw::{DrawnTable, STYLE};
use remit_model::Model;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "target/gallery".into()));
    std::fs::create_dir_all(&folder)?;
    let model = Model::load(None)?;
    for (name, arabic) in [("gallery.html", false), ("gallery-rtl.html", true)] {
        std::fs::write(folder.join(name), page(&model, arabic))?;
        println!("{}", folder.join(name).display());
    }
    Ok(())
}

fn page(model: &Model, arabic: bool) -> String {
    let setting = samples::setting(arabic);
    let figures: String = samples::pictures(arabic, Some(model))
        .iter()
        .map(|(_, p)| format!("<figure>{}{}</figure>\n", p.svg(&setting), table(&p.rows(&setting.words))))
        .collect();
    let (language, direction) = if arabic { ("ar", "rtl") } else { ("en", "ltr") };
    format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Gallery</title>\n<style>\n{STYLE}\
         :root {{ color-scheme: light dark; --sans: \"Noto Sans\", \"Noto Sans Arabic\", sans-serif; }}\n\
         body {{ margin: 1rem; background: var(--paper); color: var(--ink); font: 13px/1.4 var(--sans); \
         columns: 27.5rem; column-gap: 2.5rem; }}\n\
         figure {{ margin: 0 0 2.2rem; break-inside: avoid; overflow-x: auto; }}\n\
         summary {{ color: var(--soft); }} td {{ padding: 0 .5rem; }}\n</style>\n{figures}</html>\n"
    )
}

/// The data behind a picture, one click away.
fn table(rows: &DrawnTable) -> String {
    let row = |cells: Vec<&str>| format!("<tr>{}</tr>", cells.iter().map(|c| format!("<td>{c}</td>")).collect::<String>());
    let head = row(rows.head.iter().map(String::as_str).collect());
    let body: String = rows.rows.iter().map(|r| row(r.iter().map(|c| c.text.as_str()).collect())).collect();
    format!("<details><summary>…</summary><table>{head}{body}</table></details>")
}
