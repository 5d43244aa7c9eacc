//! Charts as pictures of exactly as many pixels as they have on the screen.
//!
//! Floor 8, with Bevy. Reads figures and sizes; writes the pictures and the words
//! beside them, each only where it changes.

use bevy::prelude::*;

use super::series::{self, BANDS, Chart};
use super::{CountOf, Figures, ValueOf};
use crate::app::view::Stage;
use crate::app::{Live, View};
use crate::base::palette::{self, PaletteChoice};
use crate::charts::{self, Days, Pixels, Size};
use crate::theme::controls::say;
use crate::theme::{Words, panel_image};

/// Of which chart a picture is, and what was drawn last.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
pub(super) struct Sheet {
    chart: Chart,
    drawn: Option<(Size, PaletteChoice)>,
}

impl Sheet {
    pub(super) const fn of(chart: Chart) -> Self {
        Self { chart, drawn: None }
    }
}

/// Draws what is new, has another size, or has other figures.
pub(super) fn draw(
    live: Res<Live>,
    view: Res<View>,
    stage: Res<Stage>,
    figures: Res<Figures>,
    mut images: ResMut<Assets<Image>>,
    mut sheets: Query<(&mut Sheet, &mut ImageNode, &ComputedNode)>,
) {
    let days = Days { all: live.setup().ends.day().0, unfinished: figures.unfinished };
    for (mut sheet, mut node, laid_out) in &mut sheets {
        let pixels = laid_out.size.round().as_uvec2();
        if pixels.min_element() == 0 {
            continue;
        }
        let pen = (stage.unit * stage.scale).round().max(1.0) as u32;
        let size = Size { width: pixels.x, height: pixels.y, pen };
        let now = Some((size, view.palette));
        if sheet.drawn == now && !figures.is_changed() {
            continue;
        }
        sheet.drawn = now;
        // The picture before goes with its handle.
        let picture = picture(sheet.chart, size, days, &figures, view.palette);
        node.image = images.add(panel_image(picture.width, picture.height, picture.rgba));
    }
}

fn picture(
    chart: Chart,
    size: Size,
    days: Days,
    figures: &Figures,
    palette: PaletteChoice,
) -> Pixels {
    let ink = palette::FOCUS;
    let values = chart.series(&figures.days);
    match chart {
        Chart::Homes => charts::stacked(size, days, &series::bands(&figures.days, palette)),
        Chart::Hours => {
            let all: Vec<u64> = figures.days.iter().map(series::available).collect();
            charts::bars_of(size, days, &values, &all, ink)
        }
        Chart::Calls | Chart::Overdue => charts::bars(size, days, &values, ink),
        Chart::Volunteers => charts::line(Size { pen: size.pen * 2, ..size }, days, &values, ink),
    }
}

/// The last value of each chart.
pub(super) fn say_values(
    live: Res<Live>,
    figures: Res<Figures>,
    mut values: Query<(Ref<ValueOf>, &mut Words), Without<CountOf>>,
    mut counts: Query<(Ref<CountOf>, &mut Words), Without<ValueOf>>,
) {
    let Some(last) = figures.days.last() else { return };
    for (of, mut words) in &mut values {
        if of.is_added() || figures.is_changed() {
            say(&mut words, of.0.words(&live, last));
        }
    }
    for (of, mut words) in &mut counts {
        if of.is_added() || figures.is_changed() {
            let band = BANDS[of.0];
            say(&mut words, series::band_label(band, series::of_band(last, band)));
        }
    }
}
