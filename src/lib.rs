//! 战疫图 / *The Fuxiang Map*: the hand-made board with which nineteen community
//! workers of old Beijing kept track of about 2,000 households in early 2020,
//! alive on a deterministic simulation of the community.
//!
//! This page is the plan of the house. Each `mod.rs` and each file opens with a
//! door plate: what it is, its floor, what it reads, writes and owns.
//!
//! # What makes it what it is
//!
//! - **The board shows what the office knows.** What is true is another room, and
//!   `sim::senses` is the only door between the two.
//! - **Work is finite.** Survey, calls, visits, gates and deliveries draw on the
//!   same hours of the same people; what could not be done shows as overdue.
//! - **Same seed, same world.** Every random draw is a pure function of its key,
//!   so a story can be replayed, rewound, branched and compared.
//! - **Stories are files.** A curator edits them; mistakes are told with line,
//!   column and a hint.
//!
//! # How a story goes through the house
//!
//! ```text
//! scenes/fuxiang_2020.ron                 a scene, with its map
//!    │ bytes
//!    ▼ scenario::compile ─────▶ problems  all at once, line:column, both languages
//!    │ Scenario                           place, people, numbers, seed, script
//!    ▼ session::Moment                    the community at one minute, and its script
//!    │   sim::SimState                    truth │ board │ work, and the agenda
//!    │      ▲ SimCommand                  the one door: check, then apply
//!    │      ▼ SimEvent, DayCounts         for narration, tables, charts
//!    ▼ history::Timeline                  log, keyframes, undo, branches, saves
//!    ▼ headless                           run, check, describe, replay, export, new;
//!    │                                    stories opened, reloaded, kept for a window
//!    ▼ app                                Live, and Submit / Steer / Look
//!    ▼ map, panels, timeline              what is seen of session::frame::Frame
//!    ▼ window                             on the screen, or in a picture
//! ```
//!
//! # Floors
//!
//! A room may use the rooms of lower floors and its own neighbours below; a test
//! (`tests/headless/architecture.rs`) reads every file and holds it to this.
//!
//! | floor | room | what it is | may use |
//! | --- | --- | --- | --- |
//! | 0 | `base` | ids, time, places, two languages, colours by meaning | — |
//! | 1 | `sim` | the model: truth, senses, board, work, and the door | `base` |
//! | 2 | `scenario` | what files say, everything wrong with it, what runs | `base` `sim` |
//! | 2 | `history` | log, keyframes, branches, saves | `base` `sim` |
//! | 2 | `ensemble` | many runs of one question, and what may be said | `base` `sim` `scenario` |
//! | 3 | `anchors` | exact and published results that judge the engine | `base` `sim` `scenario` `ensemble` `session` |
//! | 3 | `session` | one running story, and one run of a study | `base` `sim` `scenario` `history` `ensemble` |
//! | 4 | `cli` | what can be asked on the command line | `base` `sim` `scenario` |
//! | 4 | `settings` | what an operator sets for a screen | `base` `scenario` |
//! | 4 | `layout` | where everything stands on the board and on the plan | `base` `sim` |
//! | 4 | `headless` | the program without a window | everything above |
//! | 5 | `app` | the running story, its three doors, the bridge | core, `headless` |
//! | 6 | `charts` | days and numbers in, pixels out | `base` |
//! | 6 | `theme` | type, icons, words, controls | `base` `headless` `app` |
//! | 7 | `input` | fingers, mouse and keys | `base` `session` `app` `theme` |
//! | 8 | `map` | homes, ground, camera, labels | core, `layout`, floors 5 to 7 |
//! | 8 | `panels` | header, legend, card, tiles, log, figures, sheets | core, `headless` `app` `charts` `theme` |
//! | 8 | `timeline` | play, speeds, days and hours | core, `app` `theme` |
//! | 9 | `kiosk` | a screen in a hall: it calls, asks, begins anew | `settings`, floors 5 to 7 |
//! | 9 | `window` | the composition, the window, pictures | everything |
//!
//! Rooms from floor 5 on know the engine (feature `gui`) and nothing below does.
//! Inside `sim`, `board` may not use `truth`, and `truth` may not use `board`.
//! Floors 0 to 3 know no files, no clock, no environment, no threads, no hash
//! maps and no floating point in their state; tables of the model are computed with
//! arithmetic that is the same on every platform. One file, `ensemble/workers.rs`, may
//! start threads, and sees to it that nothing depends on them; statistics, which are
//! no state, are floating point.
//!
//! # Glossary
//!
//! One thing, one word, in both languages.
//!
//! | English | 中文 | what it is |
//! | --- | --- | --- |
//! | household, home | 户 | one square on the board |
//! | compound | 院、楼 | a courtyard or a building: one block on the board |
//! | way | 胡同、大街 | a lane or street: one section of the board |
//! | mouth | 胡同口 | where a lane meets a street; open, staffed or sealed |
//! | worker | 社工 | one of the office's staff |
//! | volunteer | 志愿者 | a resident who joined |
//! | mark | 重点标注 | lives alone, empty nest, disabled, low income, Party member's home |
//! | colour | 颜色 | what the office knows of journeys and fevers; never an infection |
//! | legend | 图例 | which marker stands for what is known |
//! | observation | 居家观察 | the fourteen days after a return, with a check a day |
//! | round | 一轮 | the day's calls to every marked elder |
//! | ladder, rung | 阶梯、一级 | what is done when a call is not answered |
//! | case | 没接的电话 | a call that was not answered, until all is well |
//! | errand | 出一趟 | what a worker is busy with at a home, with the walk to it |
//! | slip | 留的条 | what hangs at a door that stayed shut, until the home is known |
//! | talk | 通话 | a short conversation on the phone that a visitor can have |
//! | scene | 剧本 | a story as a file; `Scenario` when it runs |
//! | guide | 讲解 | leads through a story, beat by beat, and yields to a visitor's hand |
//! | beat | 一步 | a step of a chapter: a cue, how long it takes, where one looks |
//! | cut | 简版、全本 | which beats are told: express, full, or the show of an empty hall |
//! | cue | 条目 | one line of a script: when, and what then |
//! | claim | 预期 | what a scene says must come true |
//! | infection | 感染 | who, by whom, where and when: a line of the outbreak's log |
//! | occasion | 接触机会 | a contact that would infect if nothing hindered it |
//! | permit | 放行比例 | the share of a contact that measures leave |
//! | import | 输入 | an infection from outside |
//! | observation at home, central observation | 居家隔离、集中观察 | where whoever is in observation stays |
//! | closure | 封闭管理 | everybody stays within the lanes |
//! | anchor | 锚点 | a published or exact result that the engine must meet |
//! | measure | 措施 | what the community does, with a strength |
//! | card | 参数卡 | a number with its unit, range and source |
//! | ensemble | 多次运行 | one question asked of many seeds |
//! | pair | 一对 | the same seed without a measure and with it |
//! | arm | 一组 | one of the ways in which a seed is run |
//! | cause | 所比的措施 | what one arm has and the other has not |
//! | study | 比较研究 | many runs of one question, on the command line |
//! | debrief | 对照实情 | board and truth side by side, once a story is over |
//! | die out | 平息 | fewer than ten cases in a run, at least one, and over at its end |

pub mod anchors;
#[cfg(feature = "gui")]
pub mod app;
pub mod base;
pub mod charts;
pub mod cli;
pub mod ensemble;
pub mod headless;
pub mod history;
#[cfg(feature = "gui")]
pub mod input;
#[cfg(feature = "gui")]
pub mod kiosk;
pub mod layout;
#[cfg(feature = "gui")]
pub mod map;
#[cfg(feature = "gui")]
pub mod panels;
pub mod scenario;
pub mod session;
pub mod settings;
pub mod sim;
#[cfg(feature = "gui")]
pub mod theme;
#[cfg(feature = "gui")]
pub mod timeline;
#[cfg(feature = "gui")]
pub mod window;
