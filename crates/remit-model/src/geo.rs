//! Shapes for maps, from Natural Earth, projected when the model was made: `model/geo/`.

use crate::csv_table::{NamedColumns, rows};
use crate::{Label, Languages, ModelError, ModelFiles};

/// A country on the world map.
#[derive(Debug, Clone)]
pub struct Shape {
    /// ISO 3166 alpha-2 code.
    pub code: String,
    /// A point inside, for a label, in the map's units.
    pub point: (i32, i32),
    /// SVG path; empty for a country too small to draw.
    pub path: String,
}

/// A first-level area of a country.
#[derive(Debug, Clone)]
pub struct Region {
    /// ISO 3166 alpha-2 code of the country.
    pub country: String,
    /// Code of the area (ISO 3166-2 where Natural Earth has it).
    pub code: String,
    /// Name.
    pub label: Label,
    /// A point inside.
    pub point: (i32, i32),
    /// SVG path in the country's [`Frame`].
    pub path: String,
}

/// How longitude and latitude become a point of a country's map: `x = (lon − lon0)·scale_x`, `y = (lat0 − lat)·scale_y`.
#[derive(Debug, Clone)]
pub struct Frame {
    /// ISO 3166 alpha-2 code.
    pub country: String,
    /// Longitude of the left edge, in degrees.
    pub lon0: f64,
    /// Latitude of the upper edge, in degrees.
    pub lat0: f64,
    /// Units a degree of longitude.
    pub scale_x: f64,
    /// Units a degree of latitude.
    pub scale_y: f64,
    /// Width of the map.
    pub width: f64,
    /// Height of the map.
    pub height: f64,
}

impl Frame {
    /// A point on the map, or `None` where it lies outside.
    pub fn point(&self, latitude: f64, longitude: f64) -> Option<(f64, f64)> {
        let (x, y) = ((longitude - self.lon0) * self.scale_x, (self.lat0 - latitude) * self.scale_y);
        ((0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y)).then_some((x, y))
    }
}

/// Everything that maps are drawn from.
#[derive(Debug, Default)]
pub struct Geography {
    /// Countries on the world map (Equal Earth projection).
    pub world: Vec<Shape>,
    /// First-level areas of the countries that have them.
    pub regions: Vec<Region>,
    /// Frames of the countries that have areas.
    pub frames: Vec<Frame>,
}

impl Geography {
    /// Width and height of the world map, in its own units.
    pub const WORLD: (f64, f64) = (1000.0, 453.0);

    pub(crate) fn load(files: &ModelFiles, languages: &Languages) -> Result<Geography, ModelError> {
        let mut geo = Geography::default();
        for file in files.texts("geo/", ".csv") {
            let (key, shown, text) = file?;
            let number = |line: usize, cell: &str| {
                cell.parse::<f64>().map_err(|_| ModelError::new(shown, line, format!("`{cell}` is not a number")))
            };
            match key {
                "geo/world.csv" => {
                    for row in rows(shown, text, &["code", "x", "y", "width", "height", "path"])? {
                        let (line, row) = row?;
                        let point = (number(line, &row[1])? as i32, number(line, &row[2])? as i32);
                        geo.world.push(Shape { code: row[0].clone(), point, path: row[5].clone() });
                    }
                }
                "geo/admin1.csv" => {
                    let table = NamedColumns::read(shown, text, languages, "", &["country", "code", "x", "y", "path"])?;
                    for (line, row) in table.rows()? {
                        let own = |column| table.cell(&row, column);
                        geo.regions.push(Region {
                            country: own("country").to_owned(),
                            code: own("code").to_owned(),
                            label: table.label(&row),
                            point: (number(line, own("x"))? as i32, number(line, own("y"))? as i32),
                            path: own("path").to_owned(),
                        });
                    }
                }
                "geo/frames.csv" => {
                    for row in rows(shown, text, &["country", "lon0", "lat0", "scale_x", "scale_y", "width", "height"])? {
                        let (line, row) = row?;
                        geo.frames.push(Frame {
                            country: row[0].clone(),
                            lon0: number(line, &row[1])?,
                            lat0: number(line, &row[2])?,
                            scale_x: number(line, &row[3])?,
                            scale_y: number(line, &row[4])?,
                            width: number(line, &row[5])?,
                            height: number(line, &row[6])?,
                        });
                    }
                }
                _ => {}
            }
        }
        Ok(geo)
    }

    /// The frame of a country's map.
    pub fn frame(&self, country: &str) -> Option<&Frame> {
        self.frames.iter().find(|f| f.country == country)
    }
}
