//! Colours and patterns.

use crate::ShownOn;

/// What a shape is painted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Paint {
    None,
    Paper,
    Ink,
    Soft,
    Hair,
    Edge,
    Warn,
    /// The n-th of several things, as a plain colour.
    Plain(usize),
    /// The n-th of several things, with its pattern.
    Filled(usize),
    /// A shade, from 1 to 5; 0 is nothing.
    Shade(usize),
    /// Text on a shade.
    OnShade(usize),
    /// Land without a record.
    Land,
    /// Not reported.
    Unknown,
    /// Withheld.
    Withheld,
    /// Not reported, and withheld, inside of what is scaled.
    UnknownLand,
    WithheldLand,
    /// Paper that grows denser to the right, or to the left: over a bar whose end or start is not known.
    Fade(bool),
}

/// How many things have a colour and a pattern of their own.
pub(crate) const KINDS: usize = 6;

/// Names and fallbacks of the colours of several things: apart in lightness too, so that colour-blind readers and grey
/// prints tell neighbours apart.
const PLAIN: [(&str, &str); KINDS] = [
    ("--c1", "#0b5a6b"),
    ("--c2", "#aa5f0d"),
    ("--c3", "#968ad1"),
    ("--c4", "#7b34c5"),
    ("--c5", "#0c4226"),
    ("--c6", "#130b38"),
];

const SHADES: [(&str, &str); 6] = [
    ("--paper", "#ffffff"),
    ("--m1", "#c3dde4"),
    ("--m2", "#95c1cd"),
    ("--m3", "#5c9cae"),
    ("--m4", "#2b7588"),
    ("--m5", "#0a4a59"),
];

const ON_SHADES: [(&str, &str); 6] = [
    ("--ink", "#17212b"),
    ("--t1", "#17212b"),
    ("--t2", "#17212b"),
    ("--t3", "#17212b"),
    ("--t4", "#ffffff"),
    ("--t5", "#ffffff"),
];

impl Paint {
    /// The colour of the n-th sort of links. What comes after all that have a colour of their own is pale: of these nothing is known.
    pub(crate) fn of_link(n: usize) -> Paint {
        if n < KINDS { Paint::Plain(n) } else { Paint::Edge }
    }

    /// The custom property and its fallback; patterns and gradients have none.
    fn colour(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Paint::Paper => ("--paper", "#ffffff"),
            Paint::Ink => ("--ink", "#17212b"),
            Paint::Soft => ("--soft", "#52606b"),
            Paint::Hair => ("--hair", "#d5dbdf"),
            Paint::Edge => ("--edge", "#7b8892"),
            Paint::Warn => ("--warn", "#96340f"),
            Paint::Plain(n) => PLAIN[n % KINDS],
            Paint::Shade(n) => SHADES[n.min(5)],
            Paint::OnShade(n) => ON_SHADES[n.min(5)],
            Paint::Land => ("--mn", "#e7e5e1"),
            Paint::None | Paint::Filled(_) | Paint::Unknown | Paint::Withheld | Paint::Fade(_) => return None,
            Paint::UnknownLand | Paint::WithheldLand => return None,
        })
    }

    /// The name of its pattern or gradient, where it is painted with one.
    fn pattern(self) -> Option<String> {
        match self {
            Paint::Filled(n) if n % KINDS > 0 => Some(format!("p{}", n % KINDS + 1)),
            Paint::Unknown => Some("unknown".into()),
            Paint::Withheld => Some("withheld".into()),
            Paint::UnknownLand => Some("unknown-land".into()),
            Paint::WithheldLand => Some("withheld-land".into()),
            Paint::Fade(right) => Some(if right { "fade-end" } else { "fade-start" }.into()),
            _ => None,
        }
    }

    /// The value of `fill` or `stroke`.
    pub(crate) fn value(self, id: &str, look: ShownOn) -> String {
        if let Some(name) = self.pattern() {
            return format!("url(#{id}-{name})");
        }
        let plain = if let Paint::Filled(n) = self { Paint::Plain(n) } else { self };
        match (plain.colour(), look) {
            (Some((name, fallback)), ShownOn::Page) => format!("var({name}, {fallback})"),
            (Some((_, fallback)), ShownOn::Document) => fallback.to_owned(),
            (None, _) => "none".to_owned(),
        }
    }

    /// The definition that it needs; empty for a plain colour. `scale` undoes the scaling of land.
    pub(crate) fn definition(self, id: &str, look: ShownOn, scale: f64) -> String {
        let Some(name) = self.pattern() else { return String::new() };
        let colour = |p: Paint| p.value(id, look);
        let (paper, edge) = (colour(Paint::Paper), colour(Paint::Edge));
        if let Paint::Fade(right) = self {
            let (from, to) = if right { (0, 1) } else { (1, 0) };
            return format!(
                "<linearGradient id=\"{id}-{name}\"><stop offset=\"0\" stop-color=\"{paper}\" stop-opacity=\"{from}\"/>\
                 <stop offset=\"1\" stop-color=\"{paper}\" stop-opacity=\"{to}\"/></linearGradient>"
            );
        }
        let ground = match self {
            Paint::Filled(n) => colour(Paint::Plain(n)),
            _ => paper.clone(),
        };
        let texture = match self {
            Paint::Unknown | Paint::UnknownLand => {
                format!("<path d=\"M-1 1 1-1M-1 7 7-1M5 7 7 5\" stroke=\"{edge}\" stroke-width=\"1\"/>")
            }
            Paint::Withheld | Paint::WithheldLand => format!("<path d=\"M0 3H6M3 0V6\" stroke=\"{edge}\" stroke-width=\".8\"/>"),
            Paint::Filled(n) => match n % KINDS {
                1 => format!("<circle cx=\"3\" cy=\"3\" r=\".9\" fill=\"{paper}\" fill-opacity=\".75\"/>"),
                2 => format!("<path d=\"M0 3H6\" stroke=\"{paper}\" stroke-width=\".7\" stroke-opacity=\".75\"/>"),
                3 => format!("<path d=\"M3 0V6\" stroke=\"{paper}\" stroke-width=\".7\" stroke-opacity=\".6\"/>"),
                4 => format!("<path d=\"M0 0H3V3H0ZM3 3H6V6H3Z\" fill=\"{paper}\" fill-opacity=\".35\"/>"),
                _ => format!("<path d=\"M0 3H6M3 0V6\" stroke=\"{paper}\" stroke-width=\".6\" stroke-opacity=\".7\"/>"),
            },
            _ => String::new(),
        };
        let turned = match self {
            Paint::UnknownLand | Paint::WithheldLand => format!(" patternTransform=\"scale({scale:.4})\""),
            _ => String::new(),
        };
        format!(
            "<pattern id=\"{id}-{name}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"{turned}>\
             <rect width=\"6\" height=\"6\" fill=\"{ground}\"/>{texture}</pattern>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linear(hex: &str) -> [f64; 3] {
        let part = |i: usize| {
            let c = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        [part(1), part(3), part(5)]
    }

    /// How somebody without red or green cones sees a colour (Machado, Oliveira and Fernandes 2009, severity 1).
    fn seen(rgb: [f64; 3], by: [[f64; 3]; 3]) -> [f64; 3] {
        by.map(|row| row.iter().zip(rgb).map(|(m, c)| m * c).sum::<f64>().clamp(0.0, 1.0))
    }

    fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
        let f = |t: f64| if t > 0.008856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        let x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
        let y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
        let z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
        ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        ("no red", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
        ("no green", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
        ("grey", [[0.2126, 0.7152, 0.0722]; 3]),
    ];

    /// The custom properties of the stylesheet for dark pages.
    fn dark(name: &str) -> &'static str {
        let (_, dark) = crate::STYLE.split_once("prefers-color-scheme: dark").unwrap();
        let (_, rest) = dark.split_once(&format!("{name}: ")).unwrap();
        rest.split(';').next().unwrap()
    }

    #[test]
    fn colours_differ_for_colour_blind_readers_on_light_and_dark_pages() {
        let light: Vec<&str> = PLAIN.iter().map(|c| c.1).collect();
        let dark: Vec<&str> = PLAIN.iter().map(|c| dark(c.0)).collect();
        for colours in [light, dark] {
            for (sight, by) in SIGHTS {
                // A grey print keeps apart what is drawn side by side; patterns do the rest.
                let (least, neighbours) = if sight == "grey" { (8.0, true) } else { (16.0, false) };
                for (i, a) in colours.iter().enumerate() {
                    for (j, b) in colours.iter().enumerate().skip(i + 1) {
                        if neighbours && j > i + 1 {
                            continue;
                        }
                        let (a, b) = (lab(seen(linear(a), by)), lab(seen(linear(b), by)));
                        let apart = a.iter().zip(b).map(|(p, q)| (p - q).powi(2)).sum::<f64>().sqrt();
                        assert!(apart > least, "{sight}: c{} and c{} differ by {apart:.1}", i + 1, j + 1);
                    }
                }
            }
        }
    }

    #[test]
    fn text_can_be_read_on_every_shade() {
        let light = |c: [(&'static str, &'static str); 6]| c.map(|c| c.1);
        let darkened = |c: [(&'static str, &'static str); 6]| c.map(|c| dark(c.0));
        let luminance = |hex: &str| linear(hex).iter().zip([0.2126, 0.7152, 0.0722]).map(|(c, w)| c * w).sum::<f64>();
        for (shades, texts) in [(light(SHADES), light(ON_SHADES)), (darkened(SHADES), darkened(ON_SHADES))] {
            for (shade, text) in shades.iter().zip(texts) {
                let (a, b) = (luminance(shade), luminance(text));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 4.5, "{text} on {shade}: {contrast:.2}");
            }
        }
    }
}
