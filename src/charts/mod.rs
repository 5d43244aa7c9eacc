//! Charts: series of days in, pixels out.
//!
//! Floor 6. Reads numbers; makes [`Pixels`]; knows neither stories nor the engine.
//! A day is a column of even width, so a touch of a chart means the same day as a
//! touch of the track of days. Days that have not been lived stay empty. Axes and
//! words stand around a chart, not in it: they are texts that change language.
//!
//! ```
//! use zhanyitu::base::palette;
//! use zhanyitu::charts::{Days, Size, bars};
//!
//! let days = Days { all: 98, unfinished: true };
//! let size = Size { width: 392, height: 60, pen: 2 };
//! let picture = bars(size, days, &[310, 328, 120], palette::FOCUS);
//! assert_eq!(picture.rgba.len(), 392 * 60 * 4);
//! ```

mod area;
mod canvas;
mod series;

pub use area::{Band, Hatch, stacked};
pub use canvas::{Pixels, Size};
pub use series::{Days, bars, bars_of, line};
