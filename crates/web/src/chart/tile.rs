//! A tile for each country, where it lies among the others: no map, and so no border drawn.

use super::picture::{Across, Anchor, Mark, Picture, Tint};

/// One country.
#[derive(Clone, Debug)]
pub(crate) struct Tile {
    /// Its two letters.
    pub(crate) code: String,
    pub(crate) tint: Tint,
    /// What the tile says.
    pub(crate) says: String,
}

const COLUMNS: u32 = 5;
const HEIGHT: u32 = 56;
const GAP: u32 = 6;

/// Where countries lie: column and row.
const PLACES: [(&str, u32, u32); 12] = [
    ("CN", 2, 0),
    ("MM", 0, 1),
    ("LA", 1, 1),
    ("VN", 2, 1),
    ("PH", 4, 1),
    ("TH", 1, 2),
    ("KH", 2, 2),
    ("MY", 1, 3),
    ("SG", 2, 3),
    ("BN", 3, 3),
    ("ID", 2, 4),
    ("TL", 4, 4),
];

/// A picture of `tiles`. Countries that have no place here follow in rows below.
pub(crate) fn tiles(id: &'static str, title: &str, about: &str, tiles: &[Tile]) -> Picture {
    let mut marks = Vec::new();
    let known = |tile: &Tile| PLACES.iter().find(|(code, ..)| *code == tile.code);
    let rows = tiles.iter().filter_map(known).map(|(_, _, row)| row + 1).max().unwrap_or(0);
    let mut later = 0;
    for tile in tiles {
        let (column, row) = known(tile).map_or_else(
            || {
                later += 1;
                ((later - 1) % COLUMNS, rows + (later - 1) / COLUMNS)
            },
            |(_, column, row)| (*column, *row),
        );
        draw(&mut marks, tile, column, row);
    }
    let rows = rows + u32::div_ceil(later, COLUMNS);
    Picture { id, height: rows * (HEIGHT + GAP), marks, title: title.to_owned(), about: about.to_owned() }
}

fn draw(marks: &mut Vec<Mark>, tile: &Tile, column: u32, row: u32) {
    let step = Across::WHOLE.0 / COLUMNS;
    let (x, y) = (Across(column * step + 50), row * (HEIGHT + GAP));
    let width = Across(step - 100);
    marks.push(Mark::Surface { x, y, width, height: HEIGHT, tint: tile.tint, says: tile.says.clone() });
    let class = match tile.tint {
        Tint::First | Tint::Third => "tile-code on-dark",
        Tint::Second => "tile-code on-light on-second",
        Tint::Fourth => "tile-code on-light on-fourth",
        Tint::Blank => "tile-code",
    };
    let at = (Across(x.0 + width.0 / 2), y + HEIGHT / 2 + 5);
    marks.push(Mark::Label {
        at,
        shift: 0,
        anchor: Anchor::Middle,
        class,
        text: tile.code.clone(),
        lang: None,
    });
}
