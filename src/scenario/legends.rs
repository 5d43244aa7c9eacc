//! Colour codes and the ladder of a silent phone.
//!
//! Floor 2. Reads the draft; makes legends and rungs. A legend must have an
//! entry for every home, and no entry that no home can ever reach.

use super::draft::Draft;
use super::piece::{Listed, Piece, listed};
use super::raw::{RawLadder, RawLegend, RawLegendEntry};
use super::read::Fields;
use crate::base::text::Bilingual;
use crate::sim::board::{Legend, LegendEntry};
use crate::sim::card::Origin;
use crate::sim::work::Rung;

const RUNGS: usize = 8;
const WAIT_MINUTES: u32 = 24 * 60;
const LEGENDS: usize = 12;
const ENTRIES: usize = 12;
/// Longest name of a legend, and longest label of an entry, in characters.
const LABEL_CHARS: usize = 60;

/// Reads the ladder; the usual one where the scene has none.
pub(super) fn read_ladder(draft: &mut Draft, fields: &Fields) -> Vec<Rung> {
    let raw = fields.get("ladder").and_then(|node| RawLadder::read(draft.reader, node));
    let Some(raw) = raw else { return Rung::DEFAULT.to_vec() };
    draft.source("ladder", raw.origin, raw.source.as_deref());
    let Some(rungs) = raw.rungs else { return Rung::DEFAULT.to_vec() };
    draft.count("ladder.rungs", rungs.written, RUNGS, "梯级", "rungs");
    if rungs.is_whole() && !rungs.values().any(|r| matches!(r, Rung::Door { .. })) {
        draft.warn(
            "ladder.rungs",
            "没有“上门”这一级，无人接听就不会有人去看",
            "without the rung `Door` nobody will ever go and look",
            "加上 Door(after: 0)",
            "add Door(after: 0)",
        );
    }
    for (i, rung) in &rungs.items {
        if rung.after() > WAIT_MINUTES {
            draft.error(
                &format!("ladder.rungs[{i}].after"),
                format!("等待{}分钟太久", rung.after()),
                format!("a wait of {} minutes is too long", rung.after()),
                "等待以分钟计，最多1440分钟，也就是一天",
                "a wait is given in minutes, at most 1440, which is a day",
            );
        }
    }
    rungs.items.into_iter().map(|(_, rung)| rung).collect()
}

/// Reads the legends; Fuxiang's own where the scene has none.
pub(super) fn read_legends(draft: &mut Draft, fields: &Fields) -> Vec<Legend> {
    let raws: Listed<RawLegend> = listed(draft.reader, fields, "legends");
    draft.count("legends", raws.written, LEGENDS, "图例", "legends");
    let mut legends: Vec<Legend> = Vec::new();
    for (i, raw) in raws.items {
        let path = format!("legends[{i}]");
        let source = draft.source(&path, raw.origin, raw.source.as_deref());
        if let Some(name) = &raw.name {
            draft.text(&format!("{path}.name"), name, LABEL_CHARS);
        }
        if let Some(id) = &raw.id {
            draft.name(&format!("{path}.id"), id, legends.iter().any(|l| l.id == *id));
        }
        let entries = raw.entries.map(|list| read_entries(draft, &path, list));
        legends.push(Legend {
            id: raw.id.unwrap_or_default(),
            name: raw.name.unwrap_or_default(),
            entries: entries.unwrap_or_default(),
            origin: raw.origin.unwrap_or(Origin::Invented),
            source,
        });
    }
    if legends.is_empty() { vec![Legend::fuxiang()] } else { legends }
}

fn read_entries(draft: &mut Draft, path: &str, list: Listed<RawLegendEntry>) -> Vec<LegendEntry> {
    let count = list.written;
    let listing = format!("{path}.entries");
    if count == 0 {
        draft.error(
            &listing,
            "这个图例一项也没有",
            "this legend has no entry",
            "至少写一项，最后一项写 when: []",
            "give at least one, the last with when: []",
        );
    }
    draft.count(&listing, count, ENTRIES, "图例的项", "entries of a legend");
    for (k, entry) in &list.items {
        let path = format!("{listing}[{k}]");
        if let Some(label) = &entry.label {
            draft.text(&format!("{path}.label"), label, LABEL_CHARS);
        }
        let Some(when) = &entry.when else { continue };
        let catch_all = k + 1 == count;
        if catch_all && when.written > 0 {
            draft.error(
                &format!("{path}.when"),
                "有的住户不属于任何一项",
                "some homes would fit no entry",
                "最后一项写 when: []，其余的住户都归它",
                "let the last entry have when: [], for all other homes",
            );
        } else if !catch_all && when.written == 0 {
            draft.error(
                &format!("{path}.when"),
                "这一项适合所有住户，后面的项永远用不上",
                "this entry fits every home: those after it can never apply",
                "把它移到最后，或者写上条件",
                "move it to the end, or give it a condition",
            );
        }
    }
    let entries = list.items.into_iter().map(|(_, entry)| LegendEntry {
        when: entry.when.map(|w| w.items.into_iter().map(|(_, s)| s).collect()).unwrap_or_default(),
        marker: entry.marker.unwrap_or(crate::base::palette::Marker::White),
        label: entry.label.unwrap_or_else(Bilingual::default),
    });
    entries.collect()
}
