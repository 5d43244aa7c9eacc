//! Short conversations on the phone that a visitor can have, and what comes of them.
//!
//! Floor 2. Reads the draft; makes [`Talk`]s. What a visitor says may set something
//! going, by the same commands that anybody can ask for; what only a story brings
//! about, a fall or a fever, is refused here.

use super::actions::{action, command_name};
use super::draft::Draft;
use super::piece::{Listed, listed};
use super::raw::{RawAction, RawChoice, RawExchange, RawTalk};
use super::read::Fields;
use super::script::{Action, Choice, Exchange, Talk};
use crate::base::text::Bilingual;
use crate::sim::card::Origin;

/// Most conversations of a scene.
const TALKS: usize = 24;
/// Most exchanges of one: it takes half a minute.
const EXCHANGES: usize = 3;
/// Fewest and most things one can say.
const CHOICES: [usize; 2] = [2, 3];
/// Most things that one choice sets going.
const ACTIONS: usize = 4;
/// Longest line, characters: one or two lines of a bubble.
const LINE_CHARS: usize = 160;
/// Longest text of a choice, characters: one line of a button.
const SAY_CHARS: usize = 60;
/// What is longer in Chinese does not stand on one button.
const SAY_ZH_GOOD: usize = 22;
/// Chinese characters that are read in half a minute, calmly.
const TALK_ZH_GOOD: usize = 200;

/// Reads the conversations.
pub(super) fn read(draft: &mut Draft, fields: &Fields, workers: u32) -> Vec<Talk> {
    let raws: Listed<RawTalk> = listed(draft.reader, fields, "talks");
    if !draft.count("talks", raws.written, TALKS, "通话", "talks") {
        return Vec::new();
    }
    let mut talks: Vec<Talk> = Vec::new();
    for (i, raw) in raws.items {
        let path = format!("talks[{i}]");
        if let Some(id) = &raw.id {
            draft.name(&format!("{path}.id"), id, talks.iter().any(|t| t.id == *id));
        }
        if let Some(talk) = read_talk(draft, &path, raw, workers) {
            talks.push(talk);
        }
    }
    talks
}

fn read_talk(draft: &mut Draft, path: &str, raw: RawTalk, workers: u32) -> Option<Talk> {
    let source = draft.source(path, raw.origin, raw.source.as_ref());
    let home = raw.home.as_ref().map(|home| draft.home(&format!("{path}.home"), home));
    for (name, text) in [("opens", &raw.opens), ("closes", &raw.closes)] {
        if let Some(text) = text {
            draft.text(&format!("{path}.{name}"), text, LINE_CHARS);
        }
    }
    let listing = format!("{path}.exchanges");
    let raws = raw.exchanges?;
    if raws.written == 0 {
        draft.error(
            &listing,
            "这通电话一句话也没有",
            "nothing is said in this talk",
            format!("写1至{EXCHANGES}个来回，每个来回有2至3句可选的话"),
            format!("give 1 to {EXCHANGES} exchanges, each with 2 or 3 choices"),
        );
    }
    draft.count(&listing, raws.written, EXCHANGES, "来回", "exchanges");
    let exchanges: Vec<Exchange> = raws
        .items
        .into_iter()
        .map(|(k, raw)| read_exchange(draft, &format!("{listing}[{k}]"), raw, workers))
        .collect();
    let talk = Talk {
        id: raw.id?,
        home: home??,
        opens: raw.opens?,
        exchanges,
        closes: raw.closes?,
        origin: raw.origin.unwrap_or(Origin::Invented),
        source,
        line: draft.line(path),
    };
    let longest = talk.longest_zh();
    if longest > TALK_ZH_GOOD {
        draft.warn(
            path,
            format!("这通电话偏长：最长的一路有{longest}个汉字"),
            format!("a long talk: {longest} Chinese characters on the longest way through it"),
            format!("{TALK_ZH_GOOD}字以内，半分钟读得完"),
            format!("{TALK_ZH_GOOD} characters are read in half a minute"),
        );
    }
    Some(talk)
}

fn read_exchange(draft: &mut Draft, path: &str, raw: RawExchange, workers: u32) -> Exchange {
    let Some(choices) = raw.choices else { return Exchange { choices: Vec::new() } };
    let [least, most] = CHOICES;
    let listing = format!("{path}.choices");
    if !(least..=most).contains(&choices.written) {
        draft.error(
            &listing,
            format!("这里有{}句可选的话", choices.written),
            format!("the number of choices here is {}", choices.written),
            format!("每个来回写{least}至{most}句"),
            format!("give {least} or {most} for each exchange"),
        );
    }
    let read = choices.items.into_iter();
    let read = read
        .filter_map(|(k, raw)| read_choice(draft, &format!("{listing}[{k}]"), raw, workers))
        .collect();
    Exchange { choices: read }
}

fn read_choice(draft: &mut Draft, path: &str, raw: RawChoice, workers: u32) -> Option<Choice> {
    if let Some(say) = &raw.say {
        let path = format!("{path}.say");
        draft.text(&path, say, SAY_CHARS);
        if say.zh.chars().count() > SAY_ZH_GOOD {
            draft.warn(
                &format!("{path}.zh"),
                "按钮上的话偏长",
                "a long text for a button",
                format!("宜在{SAY_ZH_GOOD}字以内"),
                format!("{SAY_ZH_GOOD} Chinese characters fit on one line"),
            );
        }
    }
    if let Some(hear) = &raw.hear {
        draft.text(&format!("{path}.hear"), hear, LINE_CHARS);
    }
    let mut actions = Vec::new();
    if let Some(list) = raw.r#do {
        let listing = format!("{path}.do");
        draft.count(&listing, list.written, ACTIONS, "要做的事", "actions");
        for (k, raw) in &list.items {
            actions.extend(read_action(draft, &format!("{listing}[{k}]"), raw, workers));
        }
    }
    Some(Choice { say: raw.say?, hear: raw.hear?, actions })
}

/// What a visitor may ask for, and nothing else.
fn read_action(draft: &mut Draft, path: &str, raw: &RawAction, workers: u32) -> Option<Action> {
    let read = action(draft, path, raw, workers)?;
    if let Action::Command(command) = &read
        && command_name(command).is_none()
    {
        draft.error(
            path,
            "这件事只有故事能做，打电话做不到",
            "only a story brings this about, not a call",
            "用 Deliver、Visit、Note、Call 等；跌倒、发热、离京、回来写在 script 里",
            "use Deliver, Visit, Note, Call and such; falls, fevers and journeys belong in the script",
        );
        return None;
    }
    Some(read)
}

impl Talk {
    /// Chinese characters on the longest way through it.
    fn longest_zh(&self) -> usize {
        let count = |text: &Bilingual| text.zh.chars().count();
        let longest = |exchange: &Exchange| {
            exchange.choices.iter().map(|c| count(&c.say) + count(&c.hear)).max().unwrap_or(0)
        };
        count(&self.opens) + self.exchanges.iter().map(longest).sum::<usize>() + count(&self.closes)
    }
}
