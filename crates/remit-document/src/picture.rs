//! What the pictures of a page show, in grey: enough to recognise the text of a scan, which is one picture or a few on each page.

use crate::ReadError;
use crate::opened::opened;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache,
    InterpreterSettings, LumaData, SoftMask, interpret_page,
};

/// Dots an inch.
const DPI: f64 = 300.0;

/// Dots of a page, as many as a sheet of A3 has: larger ones are drawn coarser, since programs for scans write a dot of a picture as a
/// point of the page.
const MOST_DOTS: f64 = 17.5e6;

/// A page in grey, row by row.
#[derive(Debug, Clone)]
pub(crate) struct GreyPicture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Dots an inch.
    pub(crate) dpi: f64,
    dots: Vec<u8>,
}

impl GreyPicture {
    /// As a file that programs for pictures read.
    pub(crate) fn as_pgm(&self) -> Vec<u8> {
        let mut out = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        out.extend_from_slice(&self.dots);
        out
    }

    /// Lays a picture over what is there. `sample` tells of a dot of it how bright it is and how much it hides.
    fn lay(&mut self, place: Affine, size: (u32, u32), sample: impl Fn(usize) -> (u8, u8)) {
        let (width, height) = (f64::from(size.0), f64::from(size.1));
        let extent = place.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        if !(extent.x0.is_finite() && extent.x1.is_finite() && extent.y0.is_finite() && extent.y1.is_finite()) {
            return;
        }
        let inverse = place.inverse();
        let rows = extent.y0.max(0.0) as usize..(extent.y1.ceil().max(0.0) as usize).min(self.height);
        let columns = extent.x0.max(0.0) as usize..(extent.x1.ceil().max(0.0) as usize).min(self.width);
        for y in rows {
            for x in columns.clone() {
                // Four samples a dot: a picture with more dots than the page does not lose its thin strokes.
                let (mut grey, mut hides) = (0_u32, 0_u32);
                for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                    let at = inverse * Point::new(x as f64 + dx, y as f64 + dy);
                    if at.x >= 0.0 && at.y >= 0.0 && at.x < width && at.y < height {
                        let (g, h) = sample(at.y as usize * size.0 as usize + at.x as usize);
                        grey += u32::from(g) * u32::from(h);
                        hides += u32::from(h);
                    }
                }
                let dot = &mut self.dots[y * self.width + x];
                *dot = ((grey + u32::from(*dot) * (4 * 255 - hides)) / (4 * 255)) as u8;
            }
        }
    }
}

/// Draws the pictures of a page, from 1.
///
/// # Errors
/// When the file cannot be followed, or has no such page.
pub(crate) fn of_page(bytes: &[u8], n: u32) -> Result<GreyPicture, ReadError> {
    let pdf = opened(bytes)?;
    let page = (n as usize).checked_sub(1).and_then(|n| pdf.pages().get(n));
    let page = page.ok_or_else(|| ReadError::Broken(format!("it has no page {n}")))?;
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let dpi = DPI.min(72.0 * (MOST_DOTS / (width * height)).sqrt());
    let scale = dpi / 72.0;
    let (width, height) = ((width * scale).ceil(), (height * scale).ceil());
    if !(1.0..2.0 * MOST_DOTS).contains(&(width * height)) {
        return Err(ReadError::TooLarge("a page of this size is not drawn".into()));
    }
    let (w, h) = (width as usize, height as usize);
    let mut picture = GreyPicture { width: w, height: h, dpi, dots: vec![255; w * h] };
    let start = Affine::scale(scale) * Affine::new(page.initial_transform(true).as_coeffs());
    let cache = InterpreterCache::new();
    let bounds = Rect::new(0.0, 0.0, width, height);
    let mut context = Context::new(start, bounds, &cache, pdf.xref(), InterpreterSettings::default());
    interpret_page(page, &mut context, &mut picture);
    Ok(picture)
}

/// Where the dots of a decoded picture stand: it may have fewer than the file says.
fn scaled(place: Affine, factors: (f32, f32)) -> Affine {
    place * Affine::scale_non_uniform(f64::from(factors.0), f64::from(factors.1))
}

impl Device<'_> for GreyPicture {
    fn draw_image(&mut self, image: Image<'_, '_>, props: ImageDrawProps<'_>) {
        let place = props.transform;
        match image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |LumaData { data, width, height, scale_factors, .. }, _| {
                    self.lay(scaled(place, scale_factors), (width, height), |at| (0, data.get(at).copied().unwrap_or(0)));
                },
                None,
            ),
            Image::Raster(raster) => raster.with_rgba(
                |image, alpha| {
                    let place = scaled(place, image.scale_factors());
                    let size = (image.width(), image.height());
                    let same = alpha.filter(|a| (a.width, a.height) == size);
                    let hides = |at: usize| same.as_ref().map_or(255, |a| a.data.get(at).copied().unwrap_or(0));
                    match image {
                        ImageData::Luma(luma) => {
                            self.lay(place, size, |at| (luma.data.get(at).copied().unwrap_or(255), hides(at)));
                        }
                        ImageData::Rgb(rgb) => self.lay(place, size, |at| {
                            let of = |n: usize| u32::from(rgb.data.get(3 * at + n).copied().unwrap_or(255));
                            (((2 * of(0) + 5 * of(1) + of(2)) / 8) as u8, hides(at))
                        }),
                    }
                },
                None,
            ),
        }
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, '_>, _: DrawProps<'_>, _: &DrawMode) {}
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
