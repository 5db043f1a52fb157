//! The few words and signs that pictures write themselves.

/// Words and signs of a language.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// A value that nobody reported.
    pub not_reported: String,
    /// Nothing is on record.
    pub no_record: String,
    /// A value that the reader may not see.
    pub withheld: String,
    /// Before the source.
    pub source: String,
    /// An end that has not come yet.
    pub open: String,
    /// A start or an end that is not known.
    pub unknown_end: String,
    /// What stands for all parts together.
    pub total: String,
    /// After the start of the last class of a scale: `500 and more`.
    pub and_more: String,
    /// Head of the column of starts.
    pub start: String,
    /// Head of the column of ends.
    pub end: String,
    /// Head of the column where a link starts.
    pub from: String,
    /// Head of the column where a link ends.
    pub to: String,
    /// Head of the column of kinds.
    pub kind: String,
    /// A link that nobody confirmed for the day.
    pub not_confirmed: String,
    /// A link that leads back to where it came from.
    pub circular: String,
    /// Between groups of three digits.
    pub group: char,
    /// Before decimals.
    pub decimal: char,
    /// After millions, and after thousand millions.
    pub magnitudes: [String; 2],
}

impl Words {
    /// English.
    pub fn english() -> Words {
        Words {
            not_reported: "not reported".into(),
            no_record: "none on record".into(),
            withheld: "withheld".into(),
            source: "Source".into(),
            open: "goes on".into(),
            unknown_end: "not known".into(),
            total: "Total".into(),
            and_more: "and more".into(),
            start: "Start".into(),
            end: "End".into(),
            from: "From".into(),
            to: "To".into(),
            kind: "Kind".into(),
            not_confirmed: "not confirmed".into(),
            circular: "makes a circle".into(),
            group: ',',
            decimal: '.',
            magnitudes: ["m", "bn"].map(str::to_owned),
        }
    }

    /// French.
    pub fn french() -> Words {
        Words {
            not_reported: "non communiqué".into(),
            no_record: "rien d’enregistré".into(),
            withheld: "non divulgué".into(),
            source: "Source".into(),
            open: "en cours".into(),
            unknown_end: "inconnu".into(),
            total: "Total".into(),
            and_more: "et plus".into(),
            start: "Début".into(),
            end: "Fin".into(),
            from: "De".into(),
            to: "Vers".into(),
            kind: "Type".into(),
            not_confirmed: "non confirmé".into(),
            circular: "forme un cercle".into(),
            group: '\u{202f}',
            decimal: ',',
            magnitudes: ["M", "Md"].map(str::to_owned),
        }
    }

    /// Arabic, with Western digits.
    pub fn arabic() -> Words {
        Words {
            not_reported: "غير مبلَّغ عنه".into(),
            no_record: "لا شيء مسجَّل".into(),
            withheld: "محجوب".into(),
            source: "المصدر".into(),
            open: "مستمر".into(),
            unknown_end: "غير معروف".into(),
            total: "المجموع".into(),
            and_more: "فأكثر".into(),
            start: "البداية".into(),
            end: "النهاية".into(),
            from: "من".into(),
            to: "إلى".into(),
            kind: "النوع".into(),
            not_confirmed: "غير مؤكَّد".into(),
            circular: "يشكِّل حلقة".into(),
            group: ',',
            decimal: '.',
            magnitudes: ["مليون", "مليار"].map(str::to_owned),
        }
    }
}
