//! The colours of the stylesheet, as it says them itself, and how well they can be told apart.

/// The stylesheet of all pages.
pub(crate) const STYLESHEET: &str = include_str!("../assets/remit.css");

/// Colours of text and of grounds that it stands on, which the stylesheet pairs.
pub(crate) const TEXTS: [(&str, &str); 17] = [
    ("ink", "paper"),
    ("ink", "wash"),
    ("soft", "paper"),
    ("soft", "wash"),
    ("accent", "paper"),
    ("accent", "wash"),
    ("on", "accent"),
    ("warn", "paper"),
    ("warn", "wash"),
    ("good", "paper"),
    ("paper", "ink"),
    ("t1", "m1"),
    ("t2", "m2"),
    ("t3", "m3"),
    ("t4", "m4"),
    ("t5", "m5"),
    ("ink", "mn"),
];

/// Colours of lines, marks and fills on the ground that they are drawn on.
pub(crate) const GRAPHICS: [(&str, &str); 9] = [
    ("edge", "paper"),
    ("rule", "paper"),
    ("focus", "paper"),
    ("c1", "paper"),
    ("c2", "paper"),
    ("c3", "paper"),
    ("c4", "paper"),
    ("c5", "paper"),
    ("c6", "paper"),
];

/// Where colours are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
    Print,
}

impl Scheme {
    pub(crate) const ALL: [Scheme; 3] = [Scheme::Light, Scheme::Dark, Scheme::Print];

    /// The rule of the stylesheet that sets its colours over those of light pages.
    fn media(self) -> Option<&'static str> {
        match self {
            Scheme::Light => None,
            Scheme::Dark => Some("@media screen and (prefers-color-scheme: dark)"),
            Scheme::Print => Some("@media print"),
        }
    }

    /// The value of a custom property, `#rrggbb`.
    pub(crate) fn colour(self, name: &str) -> Option<&'static str> {
        let own = self.media().and_then(|media| STYLESHEET.split_once(media)).and_then(|(_, rest)| value(rest, name));
        own.or_else(|| value(STYLESHEET, name))
    }

    /// The contrast of two of its colours (WCAG 2.2): 1 for the same, 21 for black and white.
    pub(crate) fn contrast(self, one: &str, other: &str) -> Option<f64> {
        let (a, b) = (luminance(self.colour(one)?)?, luminance(self.colour(other)?)?);
        Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
    }
}

/// The value of a custom property in the first rule of `:root`.
fn value(css: &'static str, name: &str) -> Option<&'static str> {
    let rule = css.split_once(":root {")?.1.split_once('}')?.0;
    let found = rule.split(';').find_map(|line| line.trim().strip_prefix("--")?.strip_prefix(name)?.strip_prefix(':'));
    found.map(str::trim)
}

/// Relative luminance of `#rrggbb`.
fn luminance(hex: &str) -> Option<f64> {
    let part = |i: usize| -> Option<f64> {
        let c = f64::from(u8::from_str_radix(hex.strip_prefix('#')?.get(i..i + 2)?, 16).ok()?) / 255.0;
        Some(if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_can_be_read_and_lines_be_seen_in_light_dark_and_print() {
        for scheme in Scheme::ALL {
            for (pairs, least) in [(&TEXTS[..], 4.5), (&GRAPHICS[..], 3.0)] {
                for (one, ground) in pairs {
                    let contrast = scheme.contrast(one, ground).unwrap_or_else(|| panic!("{one} or {ground} is no colour"));
                    assert!(contrast >= least, "{scheme:?}: --{one} on --{ground} has {contrast:.2}");
                }
            }
        }
        assert_eq!(Scheme::Light.contrast("paper", "paper"), Some(1.0));
    }

    #[test]
    fn no_cell_has_a_pattern_on_paper() {
        let screen = STYLESHEET.lines().any(|line| line.starts_with("td.unknown { background-image: radial-gradient"));
        let paper = STYLESHEET.lines().any(|line| line == "  td.unknown { background-image: none; }");
        assert!(screen && paper, "a browser prints the pattern of each cell as a picture: a page of tables is then 80 MB");
    }

    #[test]
    fn every_side_is_a_logical_one_so_that_pages_mirror_by_themselves() {
        let css: String = STYLESHEET.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest)).collect();
        for line in css.lines() {
            for physical in ["margin-left", "margin-right", "padding-left", "padding-right", "border-left", "border-right"] {
                assert!(!line.contains(physical), "{line}");
            }
            for declaration in line.split(['{', ';', '}']).map(str::trim) {
                let (name, value) = declaration.split_once(':').unwrap_or_default();
                let sides =
                    ["left", "right", "width", "height", "min-width", "max-width", "min-height", "max-height", "top", "bottom"];
                assert!(!sides.contains(&name), "{declaration}");
                let sided = ["text-align", "float", "clear"].contains(&name) && ["left", "right"].contains(&value.trim());
                assert!(!sided, "{declaration}");
            }
        }
    }

    #[test]
    fn pictures_have_the_same_colours_as_pages() {
        for line in remit_draw::STYLE.split([';', '{']) {
            let Some((name, _)) = line.trim().strip_prefix("--").and_then(|l| l.split_once(':')) else { continue };
            for scheme in [Scheme::Light, Scheme::Dark] {
                assert_eq!(scheme.colour(name), in_pictures(scheme, name), "{scheme:?}: --{name}");
            }
        }
    }

    /// A colour as the stylesheet of the pictures has it.
    fn in_pictures(scheme: Scheme, name: &str) -> Option<&'static str> {
        let css = remit_draw::STYLE;
        match scheme.media() {
            Some(media) => value(css.split_once(media)?.1, name),
            None => value(css, name),
        }
    }
}
