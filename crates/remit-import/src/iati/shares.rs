//! From published percentages to shares of the money.
//!
//! The standard wants the percentages of all recipient countries and regions of an activity to add up to 100, and those
//! of the sectors of each vocabulary. Where they do:
//!
//! - they are taken as they are: 11 % in a country and 89 % in a region stay 11 % in the country, and 0 % stays 0.
//!
//! Where they do not, the sum is reported, and:
//!
//! - *less than 100*: shares stay as stated; the rest is counted as not stated.
//! - *more than 100*: shares are scaled down to 100, so that no money is counted twice.
//! - *none stated*: one recipient or sector gets all; several get equal parts.
//! - *some stated*: those without a percentage share what is left.
//! - *countries and regions that each add up to 100*: the countries stand; the regions say the same in other words.
//! - *countries without percentages beside regions*: countries share what the regions leave, and all where they leave
//!   nothing stated.

/// How a share came about; kept beside it, so that a page can explain it.
pub(crate) type ShareRule = &'static str;

/// A share of the money, 0 to 1, and the rule that gave it.
pub type Shares = Vec<(f64, &'static str)>;

/// Sums within this of 100 are taken as 100.
const TOLERANCE: f64 = 0.05;

/// The shares of a list of percentages that belong together, and the sum where it is not 100.
pub fn parts(percentages: &[Option<f64>]) -> (Shares, Option<f64>) {
    let stated: f64 = percentages.iter().flatten().sum();
    let open = percentages.iter().filter(|p| p.is_none()).count();
    if percentages.is_empty() {
        return (Vec::new(), None);
    }
    if open == percentages.len() {
        let rule = if open == 1 { "only" } else { "equal" };
        return (vec![(1.0 / open as f64, rule); open], None);
    }
    let scale = if stated > 100.0 + TOLERANCE { 100.0 / stated } else { 1.0 };
    let rest = (100.0 - stated).max(0.0);
    let shares = percentages
        .iter()
        .map(|p| match p {
            Some(p) if scale < 1.0 => (p * scale / 100.0, "scaled"),
            Some(p) => (p / 100.0, "stated"),
            None => (rest / open as f64 / 100.0, "remainder"),
        })
        .collect();
    let total = if open > 0 { stated.max(100.0) } else { stated };
    (shares, ((total - 100.0).abs() > TOLERANCE).then_some(stated))
}

/// Shares of countries and regions together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Allocation {
    /// One a country.
    pub countries: Shares,
    /// One a region.
    pub regions: Shares,
    /// The sum of percentages, where it is not 100.
    pub sum: Option<f64>,
    /// What is wrong with it, in words.
    pub remark: Option<&'static str>,
}

/// Allocates an activity's money to its countries and the regions of one vocabulary.
pub fn allocate(countries: &[Option<f64>], regions: &[Option<f64>]) -> Allocation {
    let none = |n: usize, rule: ShareRule| vec![(0.0, rule); n];
    if countries.is_empty() || regions.is_empty() {
        let (shares, sum) = parts(if countries.is_empty() { regions } else { countries });
        let several = shares.len() > 1 && shares.iter().all(|s| s.1 == "equal");
        let remark = several.then_some("several recipients and no percentages: taken in equal parts");
        return match countries.is_empty() {
            true => Allocation { countries: Vec::new(), regions: shares, sum, remark },
            false => Allocation { countries: shares, regions: Vec::new(), sum, remark },
        };
    }
    let of_countries: f64 = countries.iter().flatten().sum();
    let of_regions: f64 = regions.iter().flatten().sum();
    let countries_silent = countries.iter().all(Option::is_none);
    let regions_silent = regions.iter().all(Option::is_none);
    let open = countries.iter().any(Option::is_none);

    let countries_stand = (of_countries >= 100.0 - TOLERANCE && !countries_silent && of_regions > TOLERANCE)
        || (countries_silent && (regions_silent || of_regions >= 100.0 - TOLERANCE))
        || of_countries > 100.0 + TOLERANCE;
    if countries_stand {
        let (shares, sum) = parts(countries);
        let remark = (!countries_silent && (of_regions - 100.0).abs() > TOLERANCE && of_regions > 0.0)
            .then_some("the countries add up to 100 by themselves; the regions were not counted");
        let remark = remark
            .or((countries_silent && countries.len() > 1)
                .then_some("several recipients and no percentages: taken in equal parts"));
        return Allocation { countries: shares, regions: none(regions.len(), "same_in_other_words"), sum, remark };
    }
    let total = of_countries + of_regions;
    if total > 100.0 + TOLERANCE {
        // The countries are the more precise statement: the regions keep what they leave.
        let (shares, _) = parts(countries);
        let shares =
            shares.into_iter().map(|(s, rule)| if rule == "remainder" { (0.0, "nothing_left") } else { (s, rule) }).collect();
        let scale = (100.0 - of_countries) / of_regions;
        let regions = regions.iter().map(|p| (p.unwrap_or(0.0) * scale / 100.0, "scaled")).collect();
        return Allocation { countries: shares, regions, sum: Some(total), remark: None };
    }
    // As stated; whoever has no percentage shares what is left, countries before regions.
    let rest = (100.0 - total).max(0.0) / 100.0;
    let open_countries = countries.iter().filter(|p| p.is_none()).count();
    let open_regions = if open { 0 } else { regions.iter().filter(|p| p.is_none()).count() };
    let share = |p: &Option<f64>, open: usize| match p {
        Some(p) => (p / 100.0, "stated"),
        None if open == 0 => (0.0, "nothing_left"),
        None => (rest / open as f64, "remainder"),
    };
    let left_over = open_countries == 0 && open_regions == 0 && (total - 100.0).abs() > TOLERANCE;
    Allocation {
        countries: countries.iter().map(|p| share(p, open_countries)).collect(),
        regions: regions.iter().map(|p| share(p, open_regions)).collect(),
        sum: left_over.then_some(total),
        remark: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shares(list: &Shares) -> Vec<f64> {
        list.iter().map(|s| (s.0 * 1e6).round() / 1e6).collect()
    }

    #[test]
    fn a_country_beside_a_region_keeps_its_percentage() {
        let a = allocate(&[Some(11.0)], &[Some(89.0)]);
        assert_eq!((shares(&a.countries), shares(&a.regions), a.sum), (vec![0.11], vec![0.89], None));
        let zero = allocate(&[Some(0.0)], &[Some(100.0)]);
        assert_eq!((shares(&zero.countries), shares(&zero.regions), zero.sum), (vec![0.0], vec![1.0], None));
    }

    #[test]
    fn countries_and_regions_that_each_add_up_count_once() {
        let a = allocate(&[Some(60.0), Some(40.0)], &[Some(100.0)]);
        assert_eq!((shares(&a.countries), shares(&a.regions), a.sum), (vec![0.6, 0.4], vec![0.0], None));
    }

    #[test]
    fn what_does_not_add_up_is_reported() {
        assert_eq!(
            allocate(&[Some(11.0)], &[]),
            Allocation { countries: vec![(0.11, "stated")], sum: Some(11.0), ..Default::default() }
        );
        let twice = allocate(&[Some(100.0), Some(100.0)], &[]);
        assert_eq!((shares(&twice.countries), twice.sum), (vec![0.5, 0.5], Some(200.0)));
        let over = allocate(&[Some(50.0)], &[Some(100.0)]);
        assert_eq!((shares(&over.countries), shares(&over.regions), over.sum), (vec![0.5], vec![0.5], Some(150.0)));
    }

    #[test]
    fn who_has_no_percentage_takes_what_is_left() {
        assert_eq!(shares(&allocate(&[None], &[]).countries), [1.0]);
        assert_eq!(shares(&allocate(&[None, None], &[]).countries), [0.5, 0.5]);
        assert_eq!(shares(&allocate(&[Some(70.0), None, None], &[]).countries), [0.7, 0.15, 0.15]);
        assert_eq!(shares(&allocate(&[None], &[Some(89.0)]).countries), [0.11]);
        assert_eq!(shares(&allocate(&[None], &[Some(100.0)]).countries), [1.0]);
        assert_eq!(shares(&allocate(&[None], &[None]).countries), [1.0]);
        assert_eq!(shares(&allocate(&[Some(30.0)], &[None]).regions), [0.7]);
    }

    fn percentages() -> impl Strategy<Value = Vec<Option<f64>>> {
        prop::collection::vec(prop::option::of(0.0..150.0), 0..5)
    }

    proptest! {
        #[test]
        fn no_money_is_counted_twice(countries in percentages(), regions in percentages()) {
            let a = allocate(&countries, &regions);
            prop_assert_eq!(a.countries.len(), countries.len());
            prop_assert_eq!(a.regions.len(), regions.len());
            let all: Vec<f64> = a.countries.iter().chain(&a.regions).map(|s| s.0).collect();
            prop_assert!(all.iter().all(|s| (0.0..=1.0 + 1e-3).contains(s)), "{:?}", a);
            prop_assert!(all.iter().sum::<f64>() <= 1.0 + 1e-3, "{:?}", a);
        }

        #[test]
        fn percentages_that_add_up_stay(parts_of in prop::collection::vec(1u32..50, 1..5), regions in prop::collection::vec(1u32..50, 0..4)) {
            let total: u32 = parts_of.iter().chain(&regions).sum();
            let percent = |list: &[u32]| list.iter().map(|p| Some(f64::from(*p) * 100.0 / f64::from(total))).collect::<Vec<_>>();
            let (countries, regions) = (percent(&parts_of), percent(&regions));
            let a = allocate(&countries, &regions);
            prop_assert_eq!(a.sum, None);
            for (p, s) in countries.iter().chain(&regions).zip(a.countries.iter().chain(&a.regions)) {
                prop_assert!((p.unwrap() / 100.0 - s.0).abs() < 1e-9);
            }
        }
    }
}
