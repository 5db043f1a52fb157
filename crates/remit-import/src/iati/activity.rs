//! One activity as its publisher wrote it: every element that an SSR desk uses, nothing worked out yet.

use remit_model::Day;
use serde::Serialize;

/// Text by language.
pub(crate) type Texts = Vec<(String, String)>;

#[derive(Debug, Default, Serialize)]
pub(crate) struct Organisation {
    pub(crate) role: Option<String>,
    #[serde(rename = "ref")]
    pub(crate) reference: Option<String>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) activity_id: Option<String>,
}

/// A country, region or sector with its percentage as published; share and rule are worked out later.
#[derive(Debug, Default, Clone, Serialize)]
pub(crate) struct Weighted {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) vocabulary: Option<String>,
    pub(crate) code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) percentage: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) share: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<&'static str>,
}

/// A code of some vocabulary: policy marker, tag.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Coded {
    pub(crate) vocabulary: Option<String>,
    pub(crate) code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) significance: Option<String>,
    pub(crate) name: Option<String>,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct Location {
    #[serde(rename = "ref")]
    pub(crate) reference: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) latitude: Option<f64>,
    pub(crate) longitude: Option<f64>,
    pub(crate) code_vocabulary: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) administrative: Option<String>,
    pub(crate) exactness: Option<String>,
    pub(crate) class: Option<String>,
    pub(crate) reach: Option<String>,
    pub(crate) feature: Option<String>,
}

/// An amount as published.
#[derive(Debug, Default, Clone)]
pub(crate) struct Amount {
    pub(crate) value: Option<f64>,
    pub(crate) currency: Option<String>,
    pub(crate) date: Option<Day>,
}

#[derive(Debug, Default)]
pub(crate) struct BudgetPlan {
    pub(crate) kind: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) starts: Option<Day>,
    pub(crate) ends: Option<Day>,
    pub(crate) amount: Amount,
    pub(crate) provider: Option<String>,
    pub(crate) receiver: Option<String>,
}

#[derive(Debug, Default, Clone, Serialize)]
pub(crate) struct ResultRow {
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) result: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    pub(crate) indicator: Option<String>,
    pub(crate) measure: Option<String>,
    pub(crate) baseline_year: Option<String>,
    pub(crate) baseline: Option<String>,
    pub(crate) starts: Option<String>,
    pub(crate) ends: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) actual: Option<String>,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct LinkedDocument {
    pub(crate) url: Option<String>,
    pub(crate) format: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) category: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) date: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Pair {
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    #[serde(rename = "ref")]
    pub(crate) reference: Option<String>,
}

/// Provider or receiver of money.
#[derive(Debug, Default)]
pub(crate) struct Party {
    pub(crate) reference: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) activity: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Transaction {
    pub(crate) line: u64,
    pub(crate) reference: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) date: Option<Day>,
    pub(crate) amount: Amount,
    pub(crate) provider: Party,
    pub(crate) receiver: Party,
    pub(crate) description: Option<String>,
    pub(crate) humanitarian: Option<bool>,
    pub(crate) channel: Option<String>,
    pub(crate) flow: Option<String>,
    pub(crate) finance: Option<String>,
    pub(crate) aid: Option<String>,
    pub(crate) tied: Option<String>,
    pub(crate) sectors: Vec<Weighted>,
    pub(crate) countries: Vec<Weighted>,
    pub(crate) regions: Vec<Weighted>,
}

#[derive(Debug, Default)]
pub(crate) struct Activity {
    pub(crate) identifier: String,
    pub(crate) titles: Texts,
    pub(crate) descriptions: Vec<(Option<String>, String, String)>,
    pub(crate) reporter: Option<String>,
    pub(crate) reporter_name: Option<String>,
    pub(crate) reporter_type: Option<String>,
    pub(crate) secondary: Option<bool>,
    pub(crate) status: Option<String>,
    /// Planned start, actual start, planned end, actual end: IATI activity date types 1 to 4.
    pub(crate) dates: [Option<Day>; 4],
    pub(crate) scope: Option<String>,
    pub(crate) hierarchy: Option<i64>,
    pub(crate) humanitarian: Option<bool>,
    pub(crate) language: Option<String>,
    pub(crate) currency: Option<String>,
    pub(crate) updated: Option<Day>,
    /// The same to the second, in UTC: of two versions the newer one counts.
    pub(crate) updated_at: Option<String>,
    pub(crate) collaboration: Option<String>,
    pub(crate) flow: Option<String>,
    pub(crate) finance: Option<String>,
    pub(crate) aid: Option<String>,
    pub(crate) tied: Option<String>,
    pub(crate) organisations: Vec<Organisation>,
    pub(crate) countries: Vec<Weighted>,
    pub(crate) regions: Vec<Weighted>,
    pub(crate) sectors: Vec<Weighted>,
    pub(crate) locations: Vec<Location>,
    pub(crate) markers: Vec<Coded>,
    pub(crate) tags: Vec<Coded>,
    pub(crate) budgets: Vec<BudgetPlan>,
    pub(crate) planned: Vec<BudgetPlan>,
    pub(crate) results: Vec<ResultRow>,
    pub(crate) documents: Vec<LinkedDocument>,
    pub(crate) related: Vec<Pair>,
    pub(crate) other_identifiers: Vec<Pair>,
    pub(crate) transactions: Vec<Transaction>,
}
