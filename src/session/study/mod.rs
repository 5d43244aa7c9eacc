//! Studies: a story as one run among many.
//!
//! Floor 3. Reads a scene's bytes; makes outcomes for `ensemble`; owns [`Study`].
//! A run goes the way of every story, with its cues, its script and its session's
//! [`Moment`]; it only keeps nothing that a study does not ask for: no events, no
//! keyframes, no pictures. Figures are asked for by name, so whatever a day counts
//! can be studied.
//!
//! Another seed is another world, the one that `run --seed` shows: the scene is
//! compiled for it, and a pair shares it. The two runs of a pair are one run as far as
//! the first minute at which they could differ, and two from there.

pub mod cause;
pub mod figure;
pub mod ranges;

use std::sync::Arc;

use crate::base::text::Bilingual;
use crate::base::time::{DAY_MINUTES, Minute};
use crate::ensemble::pairs::Pair;
use crate::ensemble::{Outcome, Shape};
use crate::scenario::compile::{Compiled, Overrides, Stock, compile_from};
use crate::scenario::outline::Limits;
use crate::scenario::problem::Problem;
use crate::scenario::read::Reader;
use crate::scenario::script::Scenario;
use crate::session::moment::{Moment, StoryEvent};
use crate::sim::counts::DayCounts;
use crate::sim::event::EventKind;

pub use cause::{Cause, UnknownCause};
pub use figure::{Figure, UnknownFigure};

/// The figure that a study of an outbreak is about unless another is named.
pub const INFECTIONS: &str = "infections";
/// What stands beside any benefit: days that people were kept in, the hours of workers,
/// how long those who fell waited for help, elders whom nobody spoke to. Care for other
/// illnesses that is put off, lost wages and lost schooling are not in the model.
pub const COSTS: [&str; 4] = ["confined_days", "minutes_used", "waited_minutes", "lonely"];
/// What tells whether a small outbreak is over at the end of a run: it stands behind the
/// figures that were named, wherever cases are counted.
const COMPANION: &str = crate::ensemble::stats::endings::INFECTIOUS;
/// The section of a scene that gives it an outbreak.
const OUTBREAK: &str = "illness";
/// The event by which the first infection of a home is told.
const INFECTED: &str = "Infected";

/// A scene and its map as they were read: enough to make any world of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    /// The scene's file, for people.
    pub file: String,
    /// Its bytes.
    pub scene: Vec<u8>,
    /// The map's file, for people, and its bytes; none if there is none.
    pub map: Option<(String, Vec<u8>)>,
}

/// One question, ready to be asked of any seed.
#[derive(Debug)]
pub struct Study {
    material: Material,
    set: Vec<(String, u32)>,
    figures: Vec<Figure>,
    shape: Shape,
    story: Scenario,
    stock: Stock,
    reached_by: Option<EventKind>,
    named: usize,
}

/// Why a study cannot be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StudyError {
    /// What is wrong with the scene.
    Problems(Vec<Problem>),
    /// There is no such figure.
    Figure(UnknownFigure),
    /// Nothing was named, and the scene has no outbreak.
    NothingNamed,
}

impl StudyError {
    /// What to say, where it is not about places in the scene.
    pub fn sentence(&self) -> Option<Bilingual> {
        match self {
            Self::Problems(_) => None,
            Self::Figure(unknown) => Some(unknown.sentence()),
            Self::NothingNamed => Some(Bilingual::fixed(
                "这个剧本里没有疫情，请用 --of 指明要看的数字，如 --of overdue；全部名称见 zhanyitu describe figures",
                "this scene has no outbreak; name a figure, as in --of overdue (all of them: zhanyitu describe figures)",
            )),
        }
    }
}

impl Material {
    /// The world of a seed, with these parameters set after the scene's own.
    ///
    /// # Errors
    /// Everything that is wrong with the scene.
    pub fn compile(
        &self,
        seed: Option<u64>,
        set: &[(String, u32)],
    ) -> Result<Compiled, Vec<Problem>> {
        self.compile_from(&Stock::default(), seed, set)
    }

    /// As [`Material::compile`], with what an earlier world has in stock.
    fn compile_from(
        &self,
        stock: &Stock,
        seed: Option<u64>,
        set: &[(String, u32)],
    ) -> Result<Compiled, Vec<Problem>> {
        let overrides = Overrides { seed, params: set.to_vec(), ..Overrides::default() };
        compile_from(stock, &self.file, &self.scene, &|_| self.map.clone(), &overrides)
    }

    /// Whether the scene brings an outbreak along that can be counted.
    fn has_outbreak(&self) -> bool {
        let mut reader = Reader::new(&self.file, &self.scene, Limits::default());
        let named = reader.root().map(|root| reader.fields(root, &[], &[OUTBREAK]));
        let counted = DayCounts::CARDS.iter().any(|card| card.0 == INFECTIONS);
        counted && named.is_some_and(|fields| fields.get(OUTBREAK).is_some())
    }
}

impl Study {
    /// Asks for figures by name, the first being what the study is about:
    /// `overdue` is a figure of every day, summed over the days, and `peak_overdue`
    /// its largest day. Without a name it is about infections. `set` are parameters
    /// by path.
    ///
    /// # Errors
    /// [`StudyError`].
    pub fn new(
        material: Material,
        set: &[(String, u32)],
        names: &[String],
    ) -> Result<Self, StudyError> {
        let first = material.compile(None, set).map_err(StudyError::Problems)?;
        let Compiled { scenario: story, stock, .. } = first;
        let mut figures = names
            .iter()
            .map(|name| Figure::named(name))
            .collect::<Result<Vec<_>, _>>()
            .map_err(StudyError::Figure)?;
        let infections = Figure::named(INFECTIONS).ok().filter(|_| material.has_outbreak());
        if let Some(infections) = infections
            && !figures.contains(&infections)
        {
            figures.push(infections);
        }
        if figures.is_empty() {
            return Err(StudyError::NothingNamed);
        }
        let named = figures.len();
        if let Ok(companion) = Figure::named(COMPANION)
            && infections.is_some()
            && !figures.contains(&companion)
        {
            figures.push(companion);
        }
        let quantities: Vec<_> = figures.iter().map(Figure::quantity).collect();
        let reached_by = EventKind::named(INFECTED).filter(|_| infections.is_some());
        let mut study = Self {
            shape: Shape {
                days: days(&story),
                series: figures.iter().map(Figure::by_day).collect(),
                totals: quantities,
                cases: figures.iter().position(|figure| Some(*figure) == infections),
                homes: 0,
            },
            material,
            set: set.to_vec(),
            named,
            figures,
            story,
            stock,
            reached_by: None,
        };
        if let Some(kind) = reached_by {
            study = study.reached_by(kind);
        }
        Ok(study)
    }

    /// Counts what a measure costs besides: behind the figures that were named.
    #[must_use]
    pub fn with_costs(mut self) -> Self {
        for figure in COSTS.iter().filter_map(|name| Figure::named(name).ok()) {
            if !self.figures.contains(&figure) {
                self.shape.series.push(figure.by_day());
                self.shape.totals.push(figure.quantity());
                self.figures.push(figure);
            }
        }
        self
    }

    /// How many figures were asked for; behind them stand who is infectious, and costs.
    pub fn named(&self) -> usize {
        self.named
    }

    /// Tells homes apart by the day of their first event of a kind; without it, by
    /// the day of the first infection where there is an outbreak.
    #[must_use]
    pub fn reached_by(mut self, kind: EventKind) -> Self {
        self.reached_by = Some(kind);
        self.shape.homes = self.story.setup.core_homes;
        self
    }

    /// What every outcome looks like.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The scene as it stands, with its own seed.
    pub fn story(&self) -> &Scenario {
        &self.story
    }

    /// Parameters that were set besides the scene's own.
    pub fn set(&self) -> &[(String, u32)] {
        &self.set
    }

    /// The world of a seed; `more` are parameters to set besides.
    ///
    /// # Errors
    /// Another seed has other people, and a part of the story may find nobody who
    /// could play it.
    pub fn world(&self, seed: u64, more: &[(String, u32)]) -> Result<Scenario, Vec<Problem>> {
        let set = [&self.set, more].concat();
        let compiled = self.material.compile_from(&self.stock, Some(seed), &set)?;
        let mut world = compiled.scenario;
        Arc::make_mut(&mut world.setup).foresee();
        Ok(world)
    }

    /// Nothing at all happened.
    pub fn nothing(&self) -> Outcome {
        let Shape { days, series, totals, homes, .. } = &self.shape;
        Outcome {
            series: vec![vec![0; *days as usize]; series.len()],
            totals: vec![0; totals.len()],
            homes: vec![None; *homes as usize],
        }
    }

    /// One run of a world.
    pub fn run(&self, world: &Scenario) -> Outcome {
        let mut running = self.begin(world);
        running.to(world, world.setup.ends);
        self.outcome(world, running)
    }

    /// One world with some causes left out.
    pub fn run_without(&self, world: &Scenario, causes: &[&Cause]) -> Outcome {
        if causes.is_empty() { self.run(world) } else { self.run(&cause::without(world, causes)) }
    }

    /// The same world without the causes and with them. Byte for byte what two runs
    /// give; as far as the first minute at which a cause acts they are one.
    pub fn pair(&self, world: &Scenario, causes: &[&Cause]) -> Pair {
        let other = cause::without(world, causes);
        let (setup, acts) = (&world.setup, cause::first_minute(world, causes));
        // Nothing to leave out: the two are the same.
        let Some(acts) = acts else {
            let outcome = self.run(world);
            return Pair { without: outcome.clone(), with: outcome };
        };
        if acts <= setup.starts {
            return Pair { without: self.run(&other), with: self.run(world) };
        }
        let mut with = self.begin(world);
        with.to(world, Minute(acts.0 - 1));
        let mut without = with.clone();
        with.to(world, setup.ends);
        without.to(&other, setup.ends);
        Pair { without: self.outcome(&other, without), with: self.outcome(world, with) }
    }

    fn begin(&self, world: &Scenario) -> Running {
        let mut told = Vec::new();
        let mut moment = Moment::start(world, &mut told);
        moment.close_diary();
        let homes = vec![None; self.shape.homes as usize];
        let mut running = Running { moment, told, homes, reached_by: self.reached_by };
        running.hear();
        running
    }

    fn outcome(&self, world: &Scenario, running: Running) -> Outcome {
        let sim = running.moment.sim();
        let mut days = sim.days().to_vec();
        if !sim.now().is_midnight() {
            days.push(sim.today(&world.setup));
        }
        let mut outcome = self.nothing();
        outcome.homes = running.homes;
        for (at, figure) in self.figures.iter().enumerate() {
            let series = &mut outcome.series[at];
            for (cell, day) in series.iter_mut().zip(&days) {
                *cell = u32::try_from(figure.of(day)).unwrap_or(u32::MAX);
            }
            outcome.totals[at] = figure.total(series);
        }
        outcome
    }
}

/// A run under way.
#[derive(Debug, Clone)]
struct Running {
    moment: Moment,
    /// Nobody listens, so what was told is let go every day.
    told: Vec<StoryEvent>,
    homes: Vec<Option<u16>>,
    reached_by: Option<EventKind>,
}

impl Running {
    fn to(&mut self, world: &Scenario, to: Minute) {
        while self.moment.sim().now() < to {
            let midnight = self.moment.sim().now().day().end();
            self.moment.advance(world, midnight.min(to), &mut self.told);
            self.hear();
        }
    }

    /// Notes which homes were reached, and lets go of the rest.
    fn hear(&mut self) {
        if let Some(kind) = self.reached_by {
            for event in &self.told {
                let StoryEvent::Sim(event) = event else { continue };
                if event.what.kind() != kind {
                    continue;
                }
                let home = event.what.household();
                if let Some(day) = home.and_then(|home| self.homes.get_mut(home.index())) {
                    day.get_or_insert(event.at.day().0 as u16);
                }
            }
        }
        self.told.clear();
    }
}

/// Days of a story, the unfinished last one included.
fn days(story: &Scenario) -> u32 {
    let from = story.setup.starts.day().start();
    (story.setup.ends.0 - from.0).div_ceil(DAY_MINUTES)
}
