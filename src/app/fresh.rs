//! How everything begins, and begins anew: one way for both, so that nothing of a
//! visit can be forgotten.
//!
//! Floor 5, with Bevy. Owns [`Start`]; `bridge` begins anew on [`TimeCommand::Anew`].
//! The story is kept in memory: a file that somebody edits just then is not read.
//!
//! [`TimeCommand::Anew`]: super::TimeCommand::Anew

use std::sync::Arc;

use bevy::prelude::*;

use super::live::Live;
use super::view::View;
use crate::headless::opened::{self, Opened, Source};
use crate::scenario::script::Scenario;

/// What the first visitor finds.
#[derive(Resource, Debug, Clone)]
pub struct Start {
    view: View,
    scenario: Arc<Scenario>,
    source: Source,
}

impl Start {
    /// Remembers what an app begins with, and begins.
    pub fn begin(app: &mut App, opened: Opened, view: View) {
        let start = Self {
            view: view.clone(),
            scenario: Arc::clone(&opened.scenario),
            source: opened.source.clone(),
        };
        app.insert_resource(start).insert_resource(view).insert_resource(Live::new(opened));
    }

    /// How it is looked at to begin with.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The story at its first minute.
    pub(super) fn opened(&self) -> Opened {
        opened::begin(Arc::clone(&self.scenario), self.source.clone())
    }

    /// An edited scene takes the place of the same one; another story does not.
    pub(super) fn follow(&mut self, edited: &Opened) {
        if self.source.scene == edited.source.scene {
            self.scenario = Arc::clone(&edited.scenario);
            self.source = edited.source.clone();
        }
    }
}
