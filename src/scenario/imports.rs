//! The illness of a scene: what sort it is, and the infections that the story itself
//! brings in.
//!
//! Floor 2. Reads the draft; makes cues. A forced infection in a story that follows the
//! record is an error: nothing recorded says so.

use super::draft::Draft;
use super::measures::cue;
use super::piece::Piece;
use super::raw::{RawIllness, RawImport};
use super::read::Fields;
use super::script::{Cue, StoryKind};
use crate::sim::card::Origin;
use crate::sim::command::SimCommand;

/// Most lines of imports.
const MOST: usize = 500;
/// Most people of one line.
const PEOPLE: u16 = 2000;

/// The cues of all imports, in the order of the file; none where there is no illness.
pub(super) fn read(draft: &mut Draft, fields: &Fields, story: StoryKind) -> Vec<Cue> {
    let Some(node) = fields.get("illness") else { return Vec::new() };
    let Some(raw) = RawIllness::read(draft.reader, node) else { return Vec::new() };
    draft.source("illness", raw.origin, raw.source.as_ref());
    if raw.kind == Some(StoryKind::WhatIf) && story == StoryKind::AsRecorded {
        draft.error(
            "illness.kind",
            "故事标为按记载，病却标为假设",
            "the story is marked as recorded, its illness as what if",
            "两处写成一样：AsRecorded 或 WhatIf",
            "mark both alike: AsRecorded or WhatIf",
        );
    }
    let Some(list) = raw.imports else { return Vec::new() };
    if !draft.count("illness.imports", list.written, MOST, "输入病例", "imports") {
        return Vec::new();
    }
    if raw.kind == Some(StoryKind::AsRecorded) && list.written > 0 {
        draft.error(
            "illness.imports",
            "按记载的病不能自己安排输入病例",
            "an illness as recorded has no imports of its own",
            "删去 imports，或者写 kind: WhatIf",
            "leave out `imports`, or write kind: WhatIf",
        );
    }
    let items: Vec<(usize, RawImport)> = list.items;
    items.into_iter().filter_map(|(i, raw)| import(draft, i, raw)).collect()
}

fn import(draft: &mut Draft, index: usize, raw: RawImport) -> Option<Cue> {
    let path = format!("illness.imports[{index}]");
    let source = draft.source(&path, raw.origin, raw.source.as_ref());
    let at = raw.at.and_then(|text| draft.minute(&format!("{path}.at"), &text));
    let given = ["who", "home", "count"].into_iter().filter(|name| draft.has(&path, name)).count();
    if given != 1 && !draft.has_unknown(&path, RawImport::FIELDS) {
        draft.error(
            &path,
            "输入病例须由 who、home、count 之一指定",
            "an import is given by one of who, home and count",
            "写 who: \"角色\"、home: \"H0001\" 或 count: 3，只选一个",
            "write one of who: \"a cast name\", home: \"H0001\" and count: 3",
        );
        return None;
    }
    let command = if let Some(who) = &raw.who {
        SimCommand::ImportCase(draft.person(&format!("{path}.who"), who)?)
    } else if let Some(home) = &raw.home {
        let home = draft.home(&format!("{path}.home"), home)?;
        SimCommand::ImportCase(draft.population.as_ref()?.home(home).first)
    } else {
        SimCommand::ImportCases(count(draft, &format!("{path}.count"), raw.count?)?)
    };
    let line = draft.line(&path);
    Some(cue(at?, command, raw.origin.unwrap_or(Origin::Invented), source, line))
}

/// How many are infected at once.
pub(super) fn count(draft: &mut Draft, path: &str, count: u16) -> Option<u16> {
    if (1..=PEOPLE).contains(&count) {
        return Some(count);
    }
    draft.error(
        path,
        format!("不能一次输入{count}例"),
        format!("{count} imports at once are not possible"),
        format!("写1到{PEOPLE}之间的数"),
        format!("give a number from 1 to {PEOPLE}"),
    );
    None
}

impl Draft<'_> {
    /// Something that only a story with an illness can do.
    pub(super) fn needs_illness(&mut self, path: &str) -> Option<()> {
        if self.illness {
            return Some(());
        }
        self.error(
            path,
            "这个剧本里没有传染病，不能有输入病例",
            "this scene has no illness, so nothing can be brought in",
            "加上 illness: (kind: WhatIf, origin: invented)",
            "add illness: (kind: WhatIf, origin: invented)",
        );
        None
    }
}
