//! A call that a visitor makes: what was said so far, and what came of it.
//!
//! Floor 5, with Bevy. Reads the story's talks; owns [`Conversation`]. `bridge` lets
//! it ask the community through the one door; closing it at any time leaves what was
//! asked as it is, and nothing else.

use super::Live;
use crate::base::text::Bilingual;
use crate::scenario::script::Talk;
use crate::sim::command::SimCommand;
use crate::sim::work::{Job, Site, TaskKind};

/// Why nothing more is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The call could not be made.
    Refused(Bilingual),
    /// Nobody answers.
    NoAnswer,
    /// Everything is said.
    Said,
}

/// A conversation under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Which of the story's talks.
    pub talk: usize,
    /// What was chosen, exchange by exchange.
    pub said: Vec<usize>,
    /// What was set going and accepted, in order, the call itself apart.
    pub done: Vec<SimCommand>,
    /// Why something that was asked for could not be done.
    pub refused: Vec<Bilingual>,
    /// Why nothing more is said.
    pub end: Option<End>,
}

impl Conversation {
    /// Rings the home. `None` where the story has no such talk.
    pub(super) fn begin(live: &mut Live, talk: usize) -> Option<Self> {
        let home = live.story().talks.get(talk)?.home;
        let rung = live.submit(SimCommand::Call(home));
        let end = match rung {
            Err(why) => Some(End::Refused(why)),
            Ok(()) => call(live, talk).filter(|job| !job.answered).map(|_| End::NoAnswer),
        };
        Some(Self { talk, said: Vec::new(), done: Vec::new(), refused: Vec::new(), end })
    }

    /// Says something in an exchange, and sets going what belongs to it. An exchange
    /// that is over stays as it is.
    pub(super) fn say(&mut self, live: &mut Live, exchange: usize, choice: usize) {
        let talk = live.story().talks.get(self.talk);
        let (None, Some(talk)) = (&self.end, talk) else { return };
        let here = talk.exchanges.get(exchange).filter(|_| exchange == self.said.len());
        let Some(chosen) = here.and_then(|e| e.choices.get(choice)) else { return };
        let (now, last) = (live.now(), self.said.len() + 1 == talk.exchanges.len());
        let commands: Vec<SimCommand> = chosen.actions.iter().map(|a| a.command(now)).collect();
        self.said.push(choice);
        for command in commands {
            match live.submit(command.clone()) {
                Ok(()) => self.done.push(command),
                Err(why) => self.refused.push(why),
            }
        }
        if last {
            self.end = Some(End::Said);
            // Talking takes its minutes: when they are over, the board knows.
            if let Some(job) = call(live, self.talk) {
                live.go_on(job.until);
            }
        }
    }

    /// The talk it is, if the story still has it.
    pub fn of<'a>(&self, live: &'a Live) -> Option<&'a Talk> {
        live.story().talks.get(self.talk)
    }
}

/// The call that is being made to the home of a talk.
fn call(live: &Live, talk: usize) -> Option<Job> {
    let home = live.story().talks.get(talk)?.home;
    let jobs = live.sim().work().workers.iter().filter_map(|worker| worker.job);
    { jobs }.find(|j| j.task.kind == TaskKind::Calls && j.task.site == Site::Home(home))
}
