//! Every home has its square, inside the board and apart from all others.

use super::*;
use crate::headless::page::fonts::{Font, width_mm};
use crate::layout::samples::fuxiang;

const SIZE: (f32, f32) = (SCREEN_WIDTH, SCREEN_HEIGHT);

/// The board's hand.
fn em(words: &str) -> f32 {
    width_mm(Font::Hand, 1.0, words) as f32
}

fn board(place: &Place) -> Board {
    Board::new(place, place.household_count() as u32, &em, SIZE)
}

fn holds(outer: &Rect, inner: &Rect) -> bool {
    const SLIP: f32 = 0.01;
    inner.x >= outer.x - SLIP
        && inner.y >= outer.y - SLIP
        && inner.x + inner.w <= outer.x + outer.w + SLIP
        && inner.y + inner.h <= outer.y + outer.h + SLIP
}

/// Squares are disjoint, in their blocks, in their sections, on the board.
fn assert_sound(place: &Place, board: &Board) {
    assert_eq!(board.sections.len(), place.ways.len());
    assert_eq!(board.blocks.len(), place.compounds.len());
    assert_eq!(board.homes.len(), place.household_count());
    let whole = Rect { x: 0.0, y: 0.0, w: board.size.0, h: board.size.1 };
    for section in &board.sections {
        assert!(holds(&whole, &section.area), "{section:?}");
    }
    for (compound, block) in place.compounds.iter().zip(&board.blocks) {
        let section = &board.sections[compound.way.index()];
        assert!(holds(&section.area, &block.area), "{compound:?} {block:?}");
        assert!(block.name_at.1 <= block.area.y && block.name_at.1 > section.name_at.1);
        assert_eq!(
            (block.homes, block.rows),
            (compound.homes as usize, block.homes.div_ceil(block.columns))
        );
        for home in compound.households() {
            let Square { centre: (x, y), half } = *board.home(home).unwrap();
            let square = Rect { x: x - half, y: y - half, w: half * 2.0, h: half * 2.0 };
            assert!(holds(&block.area, &square), "{compound:?} {square:?}");
        }
    }
    // By columns of one side, so that only near ones are compared.
    let mut order: Vec<&Square> = board.homes.iter().collect();
    order.sort_by(|a, b| a.centre.0.total_cmp(&b.centre.0));
    let least = board.side * 0.999;
    for (k, a) in order.iter().enumerate() {
        for b in order[k + 1..].iter().take_while(|b| b.centre.0 - a.centre.0 < least) {
            assert!((a.centre.1 - b.centre.1).abs() >= least, "{a:?} {b:?}");
        }
    }
}

#[test]
fn fuxiang_fills_a_screen() {
    let place = fuxiang(1);
    let board = board(&place);
    assert_sound(&place, &board);
    assert!(board.side >= 20.0, "{}", board.side);
    assert!((24.0..=30.0).contains(&board.header_size), "{}", board.header_size);
}

#[test]
fn a_hundred_thousand_homes_fit() {
    let place = fuxiang(50);
    let board = board(&place);
    assert_sound(&place, &board);
    assert!(board.side > 2.0);
}

#[test]
fn copies_are_recognised_and_communities_are_not() {
    let count = |copies: u32| {
        let place = fuxiang(copies);
        super::copies(&place, place.household_count() as u32)
    };
    assert_eq!((count(1), count(2), count(7)), (1, 2, 7));
    let mut place = fuxiang(3);
    place.ways[21].name = Bilingual::fixed("别处", "elsewhere");
    assert_eq!(super::copies(&place, place.household_count() as u32), 1);
}

/// More than the search has ever been asked for: names in the way everywhere.
#[test]
fn a_place_that_is_no_copy_fits_too() {
    let mut place = fuxiang(4);
    place.ways[0].name = Bilingual::fixed("别处", "somewhere else altogether");
    assert_sound(&place, &board(&place));
}

#[test]
fn only_homes_of_the_office_have_a_square() {
    let place = fuxiang(1);
    let board = Board::new(&place, 150, &em, SIZE);
    assert_eq!((board.homes.len(), board.blocks.len()), (150, place.compounds.len()));
    assert_eq!(board.blocks.last().map(|b| b.homes), Some(0));
    assert_eq!(board.home(HouseholdId(150)), None);
}

#[test]
fn a_building_stands_on_its_first_floor() {
    let place = fuxiang(1);
    let board = board(&place);
    let (id, compound) =
        place.compounds.iter().enumerate().find(|(_, c)| c.kind == CompoundKind::Building).unwrap();
    let block = &board.blocks[id];
    assert!(block.is_building && block.columns == 8);
    let at = |k: u32| board.homes[compound.first.index() + k as usize].centre;
    assert!(at(8).1 < at(0).1 && (at(8).0 - at(0).0).abs() < 1e-3 && at(0).0 < at(1).0);
    let corners = board.outline(CompoundId::from_index(id), 1.0);
    let low = corners.iter().map(|c| c.1).fold(f32::MIN, f32::max);
    assert!((low - (block.area.y + block.area.h + 1.0)).abs() < 0.01 && corners.len() == 6);
}

#[test]
fn a_point_on_a_square_lies_on_its_compound() {
    use crate::layout::pick::GroundPicker;
    let place = fuxiang(1);
    let board = board(&place);
    let picker = GroundPicker::new(board.grounds(), 80.0);
    for home in place.households() {
        let at = board.homes[home.index()].centre;
        assert_eq!(picker.compound_at(at, 0.0), Some(place.compound_of(home)));
    }
}
