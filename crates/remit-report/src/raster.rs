//! Pictures as points, for programs that cannot show vectors: LibreOffice before version 24, Word before 2016, previews of files.

use crate::ReportError;
use lzma_rust2::XzReader;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};
use std::io::Read as _;
use std::sync::{Arc, LazyLock};

/// Points of a pixel: what is printed shows them.
const SCALE: f32 = 2.5;

/// As wide as Word’s usual font, and Arabic; packed. The machine’s own fonts are not asked: the same report gives the same bytes.
const FONTS: [&[u8]; 4] = [
    include_bytes!("../../../fonts/RemitSans-Regular.ttf.xz"),
    include_bytes!("../../../fonts/RemitSans-Bold.ttf.xz"),
    include_bytes!("../../../fonts/NotoSansArabic-Regular.ttf.xz"),
    include_bytes!("../../../fonts/NotoSansArabic-Bold.ttf.xz"),
];

static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut all = Database::new();
    for font in FONTS {
        let mut unpacked = Vec::new();
        // A font that is part of the program can be read: a test draws with each.
        if XzReader::new(font, false).read_to_end(&mut unpacked).is_ok() {
            all.load_font_data(unpacked);
        }
    }
    all.set_sans_serif_family("Remit Sans");
    Arc::new(all)
});

/// A picture as PNG.
pub(crate) fn png(svg: &str) -> Result<Vec<u8>, ReportError> {
    let failed = |why: &dyn std::fmt::Display| ReportError::Picture(why.to_string());
    let options = Options { fontdb: DATABASE.clone(), font_family: "Remit Sans".into(), ..Options::default() };
    let tree = Tree::from_str(&crate::letters::in_their_fonts(svg), &options).map_err(|e| failed(&e))?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or_else(|| failed(&"it has no size"))?;
    let mut points = Pixmap::new(size.width(), size.height()).ok_or_else(|| failed(&"it is too large"))?;
    points.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut points.as_mut());
    points.encode_png().map_err(|e| failed(&e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> Pixmap {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"20\" viewBox=\"0 0 60 20\" font-family=\"Calibri, sans-serif\">\
             <text x=\"4\" y=\"15\" font-size=\"12\">{text}</text></svg>"
        );
        Pixmap::decode_png(&png(&svg).expect("a picture")).expect("a PNG")
    }

    #[test]
    fn a_picture_has_its_letters_whatever_fonts_the_machine_has() {
        let ink = |text: &str| drawn(text).pixels().iter().filter(|p| p.red() < 128).count();
        assert_eq!(ink(""), 0);
        assert!(ink("police") > 100 && ink("الشرطة") > 100, "{} {}", ink("police"), ink("الشرطة"));
        // What steers the direction leaves no trace.
        assert_eq!(drawn("\u{2067}الشرطة\u{2069}"), drawn("الشرطة"));
        assert_eq!((drawn("").width(), drawn("").height()), (150, 50));
    }
}
