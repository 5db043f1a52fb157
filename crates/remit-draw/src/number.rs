//! Numbers as they are read.

use crate::PictureWords;

/// How the numbers of one picture are written: all with the same decimals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Decimals {
    decimals: usize,
}

impl Decimals {
    /// As many decimals as tell the numbers apart: none for whole or large ones.
    pub(crate) fn of(numbers: impl IntoIterator<Item = f64>) -> Decimals {
        let (mut most, mut whole) = (0.0_f64, true);
        for n in numbers {
            most = most.max(n.abs());
            whole &= n.fract() == 0.0;
        }
        let decimals = match most {
            _ if whole => 0,
            m if m >= 1000.0 => 0,
            m if m >= 1.0 => 1,
            m if m >= 0.1 => 2,
            _ => 3,
        };
        Decimals { decimals }
    }

    /// The number in full.
    pub(crate) fn full(self, n: f64, words: &PictureWords) -> String {
        if n.abs() >= 1e15 {
            return words.locale.scientific(n);
        }
        words.locale.decimals(n, self.decimals)
    }

    /// True where the number is written as what it is, and not rounded to another.
    pub(crate) fn tells(self, n: f64) -> bool {
        let scaled = n * 10f64.powi(i32::try_from(self.decimals).unwrap_or_default());
        (scaled - scaled.round()).abs() <= 1e-6 * scaled.abs().max(1.0)
    }

    /// The number, shortened where it is long: 24.6 m.
    pub(crate) fn short(self, n: f64, words: &PictureWords) -> String {
        let (scaled, magnitude) = match n.abs() {
            s if s >= 1e15 => return self.full(n, words),
            s if s >= 999_500_000.0 => (n / 1e9, 2),
            s if s >= 999_500.0 => (n / 1e6, 1),
            _ => return self.full(n, words),
        };
        let digits = usize::from(scaled.abs() < 99.95 && (scaled * 10.0).round() % 10.0 != 0.0);
        format!("{}\u{a0}{}", words.locale.decimals(scaled, digits), words.locale.magnitude(magnitude))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use remit_language::Languages;

    #[test]
    fn numbers_read_as_in_a_yearbook() {
        let words = |code: &str| PictureWords::new(Languages::built_in().find(code).unwrap(), str::to_owned);
        let (en, fr) = (words("en"), words("fr"));
        let whole = Decimals::of([1200.0, 3.0]);
        assert_eq!(whole.full(1234567.0, &en), "1,234,567");
        assert_eq!(whole.full(-1234.0, &fr), "−1\u{202f}234");
        assert_eq!(whole.short(24_600_000.0, &en), "24.6\u{a0}m");
        assert_eq!(whole.short(2_000_000_000.0, &en), "2\u{a0}bn");
        assert_eq!(whole.short(99_999.0, &en), "99,999");
        let one = Decimals::of([12.34, 0.5]);
        assert_eq!(one.full(12.34, &fr), "12,3");
        assert_eq!(one.full(-0.01, &en), "0.0");
        assert_eq!(Decimals::of([0.02]).full(0.02, &en), "0.020");
        assert_eq!(one.full(-1e300, &en), "−1.0e300");
    }
}
