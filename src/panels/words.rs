//! The words of the panels.
//!
//! Floor 8. Reads `text.ron`, compiled in; owns [`SAID`].

use std::sync::LazyLock;

use serde::Deserialize;

use crate::app::known::words;
use crate::base::text::Bilingual;

/// A line of the help: what one does, and what happens.
pub type Use = (Bilingual, Bilingual);

/// The words of this room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each name says what its words are about; see text.ron")]
pub struct Said {
    pub title: Bilingual,
    pub as_recorded: Bilingual,
    pub what_if: Bilingual,
    pub caveat: Bilingual,
    pub day: Bilingual,
    pub known: Bilingual,
    pub known_of: Bilingual,
    pub calls: Bilingual,
    pub calls_left: Bilingual,
    pub calls_done: Bilingual,
    pub hours: Bilingual,
    pub hours_of: Bilingual,
    pub board: Bilingual,
    pub plan: Bilingual,
    pub language: Bilingual,
    pub large: Bilingual,
    pub palette: Bilingual,
    pub still: Bilingual,
    pub help: Bilingual,
    pub story: Bilingual,
    pub close: Bilingual,
    pub legend: Bilingual,
    pub legend_of: Bilingual,
    pub stale: Bilingual,
    pub figure: Bilingual,
    pub star: Bilingual,
    pub hands: Bilingual,
    pub hands_count: Bilingual,
    pub count: Bilingual,
    pub tab_card: Bilingual,
    pub tab_today: Bilingual,
    pub tab_feed: Bilingual,
    pub tab_trends: Bilingual,
    pub tale_left: Bilingual,
    pub tale_told: Bilingual,
    pub tale_source: Bilingual,
    pub tale_back: Bilingual,
    pub tale_next: Bilingual,
    pub tale_hold: Bilingual,
    pub tale_go_on: Bilingual,
    pub tale_join: Bilingual,
    pub tale_again: Bilingual,
    pub tale_explore: Bilingual,
    pub tale_chapters: Bilingual,
    pub chapters_head: Bilingual,
    pub express: Bilingual,
    pub full: Bilingual,
    pub chapter: Bilingual,
    pub nobody: Bilingual,
    pub why: Bilingual,
    pub marks: Bilingual,
    pub written: Bilingual,
    pub days_left: Bilingual,
    pub call: Bilingual,
    pub visit: Bilingual,
    pub deliver: Bilingual,
    pub register: Bilingual,
    pub note: Bilingual,
    pub note_head: Bilingual,
    pub notes: Vec<Bilingual>,
    pub asked_call: Bilingual,
    pub asked_visit: Bilingual,
    pub asked_deliver: Bilingual,
    pub asked_register: Bilingual,
    pub asked_note: Bilingual,
    pub tiles: Bilingual,
    pub nearer: Bilingual,
    pub page: Bilingual,
    pub earlier: Bilingual,
    pub later: Bilingual,
    pub zoom_in: Bilingual,
    pub zoom_out: Bilingual,
    pub community: Bilingual,
    pub lane: Bilingual,
    pub compound: Bilingual,
    pub home: Bilingual,
    pub story_head: Bilingual,
    pub seed: Bilingual,
    pub reseed: Bilingual,
    pub restart: Bilingual,
    pub branches: Bilingual,
    pub trunk: Bilingual,
    pub branch: Bilingual,
    pub branch_here: Bilingual,
    pub save: Bilingual,
    pub load: Bilingual,
    pub other_legends: Bilingual,
    pub display: Bilingual,
    pub help_head: Bilingual,
    pub help_touch: Bilingual,
    pub help_keys: Bilingual,
    pub touches: Vec<Use>,
    pub keys: Vec<Use>,
}

/// The words of this room.
pub static SAID: LazyLock<Said> = LazyLock::new(|| words(include_str!("text.ron")));
