//! The note that goes with a parcel: plain text that anybody reads, without any of the content.

use crate::parcel::AboutParcel;
use remit_model::Model;
use std::collections::BTreeMap;

/// What a note says.
pub(crate) struct ParcelNote<'a> {
    pub(crate) about: &'a AboutParcel,
    pub(crate) title: &'a str,
    /// What the content is: a workspace, a part of one, what is new.
    pub(crate) what: &'a str,
    pub(crate) kinds: &'a BTreeMap<String, u64>,
    /// How it was chosen, a line each.
    pub(crate) chosen: &'a [String],
    /// Public key of the workspace.
    pub(crate) key: &'a str,
    pub(crate) how: How,
}

/// How it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Open,
    Passphrase,
    Keys,
}

impl ParcelNote<'_> {
    pub(crate) fn text(&self, model: &Model) -> String {
        let ParcelNote { about, title, what, key, .. } = self;
        let marking = model.lists.name("marking", &about.clearance, remit_model::Language::ENGLISH).to_lowercase();
        let title = if title.is_empty() { about.name.as_str() } else { title };
        let office = if about.office.is_empty() { String::new() } else { format!("For:          {}\n", about.office) };
        let chosen: String = self.chosen.iter().map(|line| format!("              {line}\n")).collect();
        let kind = |(name, n): (&String, &u64)| {
            let label = model.kind(name).map_or(name.as_str(), |k| k.label.english());
            format!("              {label}: {n}\n")
        };
        let kinds: String = self.kinds.iter().map(kind).collect();
        let imports = if about.imports > 0 { format!("              Imports: {}\n", about.imports) } else { String::new() };
        let behind = match about.behind {
            0 => String::new(),
            n => format!(
                "Not in it:    {n} published {} of imported files (IATI), and what is said of the\n              \
                 coverage of sources that name no data set: ask for these files, or for a\n              \
                 `remit pack`. Without them nobody can tell from this file what is not\n              \
                 supported\n",
                if n == 1 { "activity" } else { "activities" }
            ),
        };
        let age = match self.how {
            How::Open => "It is not encrypted: whoever has this file can read it.\n",
            How::Passphrase => {
                "It is encrypted with a passphrase, which did not come with this file.\n\
                 Without Remit: take workspace.zip.age out of this file (it is a ZIP archive), then\n  \
                 age --decrypt --output workspace.zip workspace.zip.age\n"
            }
            How::Keys => {
                "It is encrypted for the keys of who is to read it.\n\
                 Without Remit: take workspace.zip.age out of this file (it is a ZIP archive), then\n  \
                 age --decrypt --identity KEY.txt --output workspace.zip workspace.zip.age\n"
            }
        };
        format!(
            "Remit: a register for security sector reform\n\n\
             What:         {what} “{title}”\n{office}\
             Made by:      {}\n\
             Made:         {} (UTC)\n\
             Marked:       at most {marking}\n{chosen}\
             In it:        {}\n{kinds}{imports}{behind}\
             Signed with:  {key}\n\n\
             To open it\n\n\
             {age}\
             With Remit:\n  \
             remit unpack FILE FOLDER                       makes a workspace of it\n  \
             remit merge WORKSPACE --from FILE --dry-run    says what would come into yours, and what conflicts\n  \
             remit merge WORKSPACE --from FILE              takes it in; it can be undone\n\n\
             Both check first that nothing was altered. Ask who sent it, by another way, whether the key above is theirs.\n",
            about.author,
            about.made.get(..16).unwrap_or(&about.made).replace('T', " "),
            match about.statements {
                1 => "1 statement".to_owned(),
                n => format!("{n} statements"),
            }
        )
    }
}
