//! Intervals that hold the true value in 19 of 20 samples.

/// Of the normal distribution, with 2.5 per cent beyond.
const Z: f64 = 1.959_963_984_540_054;

/// The distance from the middle, in standard errors, beyond which lie 2.5 per cent of Student's distribution with so many degrees of
/// freedom; not a number where there are none.
fn quantile(freedom: f64) -> f64 {
    if freedom <= 0.0 || freedom.is_nan() {
        return f64::NAN;
    }
    // The tail grows thinner the further out: halve until no number lies between. With one degree of freedom it is 12.7.
    let (mut low, mut high) = (Z, 13.0);
    loop {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if tail(middle, freedom) > 0.025 { low = middle } else { high = middle }
    }
}

/// The part of Student's distribution beyond `t`, for whole degrees of freedom: the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4.
fn tail(t: f64, freedom: f64) -> f64 {
    let angle = (t / freedom.sqrt()).atan();
    let (sine, cosine) = angle.sin_cos();
    let is_odd = freedom % 2.0 == 1.0;
    let mut term = if is_odd { cosine } else { 1.0 };
    let mut sum = if freedom > 1.0 { term } else { 0.0 };
    let mut n = if is_odd { 3.0 } else { 2.0 };
    while n < freedom && term > f64::MIN_POSITIVE {
        term *= (n - 1.0) / n * cosine * cosine;
        sum += term;
        n += 2.0;
    }
    let within = if is_odd { (angle + sine * sum) * std::f64::consts::FRAC_2_PI } else { sine * sum };
    (1.0 - within) / 2.0
}

/// Of a mean.
pub(crate) fn of_mean(mean: f64, error: f64, freedom: f64) -> (f64, f64) {
    let reach = quantile(freedom) * error;
    (mean - reach, mean + reach)
}

/// Of a share: on the scale of log-odds, so that it stays between 0 and 1 and is wider towards the middle, where a share near the
/// end can only come from. At 0 and 1 there are no odds: there it is Wilson's, of as many respondents as the weights leave.
pub(crate) fn of_share(share: f64, error: f64, freedom: f64, effective: f64) -> (f64, f64) {
    if share <= 0.0 {
        return (0.0, wilson(0.0, effective).1);
    }
    if share >= 1.0 {
        return (wilson(1.0, effective).0, 1.0);
    }
    let odds = (share / (1.0 - share)).ln();
    let reach = quantile(freedom) * error / (share * (1.0 - share));
    let back = |odds: f64| 1.0 / (1.0 + (-odds).exp());
    (back(odds - reach), back(odds + reach))
}

fn wilson(share: f64, n: f64) -> (f64, f64) {
    let (z2, middle) = (Z * Z / n, share + Z * Z / n / 2.0);
    let reach = Z * (share * (1.0 - share) / n + z2 / n / 4.0).sqrt();
    ((middle - reach) / (1.0 + z2), (middle + reach) / (1.0 + z2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_answer_of_a_hundred_may_still_be_four_in_a_hundred() {
        let (low, high) = of_share(0.0, 0.0, 99.0, 100.0);
        assert_eq!((low, (high * 1e6).round() / 1e6), (0.0, 0.036993));
        let (low, high) = of_share(1.0, 0.0, 99.0, 100.0);
        assert_eq!(((low * 1e6).round() / 1e6, high), (0.963007, 1.0));
    }

    #[test]
    fn quantiles_are_those_of_r() {
        // qt(0.975, c(1, 2, 3, 10, 119, 1000, 49000))
        let expected = [
            (1.0, 12.706204736174694),
            (2.0, 4.302652729749462),
            (3.0, 3.182446305283708),
            (10.0, 2.228138851986274),
            (119.0, 1.98009987645692),
            (1000.0, 1.962339080826408),
            (49_000.0, 1.960012399414204),
        ];
        for (freedom, theirs) in expected {
            assert!((quantile(freedom) - theirs).abs() < 1e-9, "{freedom}: {}", quantile(freedom));
        }
    }

    #[test]
    fn without_a_second_cluster_there_is_no_interval() {
        assert!(of_share(0.5, 0.1, 0.0, 10.0).0.is_nan());
    }
}
