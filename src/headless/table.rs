//! Tables of figures for a terminal, where a Chinese letter is two columns wide.
//!
//! Floor 4. Reads text; makes lines.

use unicode_width::UnicodeWidthStr;

/// A column: its heading and whether figures stand right.
pub struct Column {
    heading: String,
    right: bool,
    width: usize,
}

impl Column {
    /// A column of figures, at least so wide.
    pub fn figures(heading: &str, width: usize) -> Self {
        Self { heading: heading.to_owned(), right: true, width: width.max(heading.width()) }
    }

    /// A column of words, at least so wide.
    pub fn words(heading: &str, width: usize) -> Self {
        Self { heading: heading.to_owned(), right: false, width: width.max(heading.width()) }
    }
}

/// The line of headings.
pub fn headings(columns: &[Column]) -> String {
    let cells: Vec<String> = columns.iter().map(|c| c.heading.clone()).collect();
    row(columns, &cells)
}

/// One line.
pub fn row(columns: &[Column], cells: &[String]) -> String {
    let mut line = String::new();
    for (column, cell) in columns.iter().zip(cells) {
        let blank = " ".repeat(column.width.saturating_sub(cell.width()));
        if !line.is_empty() {
            line.push_str("  ");
        }
        if column.right {
            line.push_str(&blank);
            line.push_str(cell);
        } else {
            line.push_str(cell);
            line.push_str(&blank);
        }
    }
    line.trim_end().to_owned()
}

/// Headings and lines, every column as wide as its widest cell.
pub fn whole(mut columns: Vec<Column>, rows: &[Vec<String>]) -> Vec<String> {
    for row in rows {
        for (column, cell) in columns.iter_mut().zip(row) {
            column.width = column.width.max(cell.width());
        }
    }
    let lines = rows.iter().map(|cells| row(&columns, cells));
    std::iter::once(headings(&columns)).chain(lines).collect()
}

/// A word with blanks after it, up to a width.
pub fn padded(word: &str, width: usize) -> String {
    format!("{word}{}", " ".repeat(width.saturating_sub(word.width())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_and_latin_cells_stand_under_each_other() {
        let columns = [Column::words("日", 6), Column::figures("绿", 5)];
        assert_eq!(headings(&columns), "日         绿");
        assert_eq!(row(&columns, &["1.24".to_owned(), "812".to_owned()]), "1.24      812");
        let rows =
            [["中位数", "7"], ["half", "10,888到15,141"]].map(|r| r.map(str::to_owned).to_vec());
        let lines = whole(columns.into(), &rows);
        let ends: Vec<usize> = lines.iter().map(|line| line.width()).collect();
        assert_eq!(ends, [22; 3], "{lines:?}");
    }
}
