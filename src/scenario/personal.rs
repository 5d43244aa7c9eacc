//! Telephone and identity numbers that must not stand in a story.
//!
//! Floor 2. Reads one string; writes and owns nothing. Households are made up;
//! a real person's number in a scene is a mistake, and a leak. The finding never
//! repeats the number, so it cannot leak through a log either.

use std::ops::RangeInclusive;

use super::outline::Span;
use super::read::Reader;
use crate::base::text::Bilingual;

/// Digits of a mobile number; the first is 1, the second 3 to 9 (MIIT numbering plan).
const MOBILE_DIGITS: usize = 11;
/// Digits of a resident identity number (GB 11643-1999).
const IDENTITY_DIGITS: usize = 18;
/// Weights of its first seventeen digits (GB 11643-1999, ISO 7064 MOD 11-2).
const IDENTITY_WEIGHTS: [u32; IDENTITY_DIGITS - 1] =
    [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// Its check signs, by the weighted sum modulo 11.
const IDENTITY_CHECKS: &[u8; 11] = b"10X98765432";
/// Years in which a person alive in 2020 may have been born.
const BIRTH_YEARS: RangeInclusive<u32> = 1900..=2020;
/// The country code, with the signs that may stand before it.
const COUNTRY_CODES: [&str; 3] = ["86", "086", "0086"];
/// How people break up a mobile number.
const MOBILE_GROUPS: [&[usize]; 5] = [&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[4, 7]];
/// How people break up an identity number.
const IDENTITY_GROUPS: [&[usize]; 4] = [&[18], &[6, 8, 4], &[6, 4, 4, 4], &[3, 3, 8, 4]];
/// How people break up a local number of eight digits behind its area code.
const LOCAL_GROUPS: [&[usize]; 2] = [&[8], &[4, 4]];
/// Digits of a local number in a large city.
const LOCAL_DIGITS: usize = 8;
/// Digits of the area codes 010 and 02x.
const SHORT_AREA: usize = 3;
/// Digits of all other area codes.
const LONG_AREA: usize = 4;
/// No number is written in more groups than this, country code included.
const MOST_GROUPS: usize = 5;

/// Which sort of number it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonalKind {
    /// A mobile number of the mainland.
    Mobile,
    /// A landline number with area code.
    Landline,
    /// A resident identity number.
    Identity,
}

impl PersonalKind {
    /// What it is called.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::Mobile => Bilingual::fixed("手机号码", "a mobile telephone number"),
            Self::Landline => Bilingual::fixed("固定电话号码", "a landline telephone number"),
            Self::Identity => Bilingual::fixed("居民身份证号码", "a resident identity number"),
        }
    }
}

/// Something in a text that looks like a real person's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonalData {
    /// Which sort.
    pub kind: PersonalKind,
    /// Where in the text, in bytes.
    pub span: Span,
}

impl PersonalData {
    /// The sentence for the author; it does not repeat the number.
    pub fn message(&self) -> Bilingual {
        let label = self.kind.label();
        Bilingual::new(
            format!("这段文字里像是有{}，故事里不能出现", label.zh),
            format!("this text seems to hold {}, which no story may contain", label.en),
        )
    }
}

/// Reports every such number in the strings and the comments of a file.
pub(super) fn check(reader: &mut Reader) {
    let hint = || {
        Some(Bilingual::fixed(
            "这里的人都是虚构的：删去号码",
            "everybody here is invented: remove the number",
        ))
    };
    for (node, text) in reader.strings() {
        if let Some(found) = find_personal_data(&text) {
            reader.problem(node, found.message(), hint());
            reader.mask_digits();
        }
    }
    // A telephone number noted down beside a line leaks as well as one in it.
    for (start, text) in reader.comments() {
        if let Some(found) = find_personal_data(&text) {
            let span = Span { start: start + found.span.start, end: start + found.span.end };
            reader.problem_at(span, found.message(), hint());
            reader.mask_digits();
        }
    }
}

/// A run of digits that belong together.
struct Group {
    digits: String,
    span: Span,
    /// True when only one blank, dash or bracket stands between it and the group before.
    joined: bool,
}

/// The first thing in a text that looks like a mobile number, a landline number
/// with area code or a resident identity number. Dates, counts and times are
/// none of these. Full-width digits count as digits.
///
/// ```
/// # use zhanyitu::scenario::personal::{PersonalKind, find_personal_data};
/// let found = find_personal_data("请打 138-1234-5678").map(|found| found.kind);
/// assert_eq!(found, Some(PersonalKind::Mobile));
/// assert_eq!(find_personal_data("2020-01-24 起，共 2000 户"), None);
/// ```
pub fn find_personal_data(text: &str) -> Option<PersonalData> {
    let groups = groups(text);
    for first in 0..groups.len() {
        let mut digits = String::new();
        let mut lengths = Vec::new();
        for (index, group) in groups.iter().enumerate().skip(first).take(MOST_GROUPS) {
            if index > first && !group.joined {
                break;
            }
            digits.push_str(&group.digits);
            lengths.push(group.digits.len());
            if let Some(kind) = recognise(&digits, &lengths) {
                let span = Span { start: groups[first].span.start, end: group.span.end };
                return Some(PersonalData { kind, span });
            }
        }
    }
    None
}

fn recognise(digits: &str, lengths: &[usize]) -> Option<PersonalKind> {
    if IDENTITY_GROUPS.contains(&lengths) && is_identity(digits) {
        return Some(PersonalKind::Identity);
    }
    if is_mobile(digits, lengths) {
        return Some(PersonalKind::Mobile);
    }
    is_landline(digits, lengths).then_some(PersonalKind::Landline)
}

fn is_mobile(digits: &str, lengths: &[usize]) -> bool {
    if let Some(number) = COUNTRY_CODES.iter().find_map(|code| digits.strip_prefix(code)) {
        let prefix = digits.len() - number.len();
        let attached = lengths.len() == 1;
        if mobile_digits(number)
            && (attached || lengths[0] == prefix && MOBILE_GROUPS.contains(&&lengths[1..]))
        {
            return true;
        }
    }
    MOBILE_GROUPS.contains(&lengths) && mobile_digits(digits)
}

fn mobile_digits(digits: &str) -> bool {
    let mut bytes = digits.bytes();
    digits.len() == MOBILE_DIGITS
        && bytes.next() == Some(b'1')
        && matches!(bytes.next(), Some(b'3'..=b'9'))
        && bytes.all(|byte| byte.is_ascii_digit())
}

fn is_landline(digits: &str, lengths: &[usize]) -> bool {
    let bytes = digits.as_bytes();
    let area = match bytes {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => SHORT_AREA,
        [b'0', b'3'..=b'9', ..] => LONG_AREA,
        _ => return false,
    };
    // Local numbers start with 2 to 8; this keeps runs of zeros and most counters out.
    let local = bytes.get(area..).unwrap_or_default();
    if local.len() != LOCAL_DIGITS || !matches!(local[0], b'2'..=b'8') || !local.is_ascii() {
        return false;
    }
    match lengths {
        [_] => true,
        [first, rest @ ..] => *first == area && LOCAL_GROUPS.contains(&rest),
        [] => false,
    }
}

/// Eighteen signs with a date of birth that can be, or with the right check sign.
fn is_identity(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let (head, check) = match bytes.split_last() {
        Some((check, head)) if bytes.len() == IDENTITY_DIGITS => (head, check.to_ascii_uppercase()),
        _ => return false,
    };
    if !head.iter().all(u8::is_ascii_digit) || !matches!(head[0], b'1'..=b'9') {
        return false;
    }
    let value = |from: usize, to: usize| digits[from..to].parse::<u32>().unwrap_or_default();
    let (year, month, day) = (value(6, 10), value(10, 12), value(12, 14));
    let born = BIRTH_YEARS.contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let sum: u32 = head
        .iter()
        .zip(IDENTITY_WEIGHTS)
        .map(|(&byte, weight)| u32::from(byte - b'0') * weight)
        .sum();
    let right = IDENTITY_CHECKS[sum as usize % IDENTITY_CHECKS.len()] == check;
    born || right
}

/// The runs of digits in a text, and which of them stand together.
fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut chars = text.char_indices().peekable();
    // Blanks, dashes and brackets since the last group; anything else parts the groups.
    let mut between = usize::MAX;
    let mut decimal = false;
    while let Some((start, first)) = chars.next() {
        let Some(digit) = digit(first) else {
            let joins =
                matches!(first, ' ' | '-' | '(' | ')' | '（' | '）' | '－' | '\u{3000}' | '·');
            between = if joins { between.saturating_add(1) } else { usize::MAX };
            decimal = first == '.';
            continue;
        };
        let mut digits = String::from(digit);
        let mut end = start + first.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            let last = digits.len() + 1 == IDENTITY_DIGITS || digits.len() == 3;
            let Some(digit) = self::digit(c).or((last && matches!(c, 'x' | 'X')).then_some('X'))
            else {
                break;
            };
            digits.push(digit);
            end = at + c.len_utf8();
            chars.next();
            if digit == 'X' {
                break;
            }
        }
        // The digits behind a decimal point are a fraction, not a number to call.
        if !(decimal && groups.last().is_some_and(|group| group.span.end + 1 == start)) {
            let joined = between <= 2;
            groups.push(Group { digits, span: Span { start, end }, joined });
        }
        between = 0;
        decimal = false;
    }
    groups
}

/// A digit of normal or full width as a normal one.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<PersonalKind> {
        find_personal_data(text).map(|found| found.kind)
    }

    #[test]
    fn mobile_numbers_are_found_however_they_are_broken_up() {
        for text in [
            "13812345678",
            "电话：138 1234 5678。",
            "138-1234-5678",
            "138-12345678",
            "+8613812345678",
            "+86 138 1234 5678",
            "0086-13812345678",
            "(+86) 13812345678",
            "１３８１２３４５６７８",
            "第 2 组 13812345678",
        ] {
            assert_eq!(kind(text), Some(PersonalKind::Mobile), "{text}");
        }
    }

    #[test]
    fn landline_numbers_with_area_code_are_found() {
        for text in
            ["010-65123456", "01065123456", "(010) 6512 3456", "（021）65123456", "0755-26123456"]
        {
            assert_eq!(kind(text), Some(PersonalKind::Landline), "{text}");
        }
    }

    #[test]
    fn identity_numbers_are_found_by_date_or_by_check_sign() {
        for text in [
            "11010519491231002X",
            "11010519491231002x",
            "110105194912310021",
            "身份证 110105 19491231 002X",
            "440524188001010014",
        ] {
            assert_eq!(kind(text), Some(PersonalKind::Identity), "{text}");
        }
    }

    #[test]
    fn dates_counts_times_and_seeds_are_not_personal() {
        for text in [
            "2020-01-24",
            "2020-01-24 08:00",
            "2020-01-24 2020-02-10",
            "2020年1月24日，2000户，4940人",
            "2,000",
            "20200124",
            "202001240800",
            "种子 20200124 18446744073709551615",
            "0800-1600",
            "1 2 3 4 5 6 7 8 9 10 11",
            "12345",
            "110",
            "H0417-H0423",
            "0.13812345678",
            "100 000 000 000",
            "000000000000000000",
            "",
        ] {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn the_place_of_the_number_is_told_but_not_the_number() {
        let text = "请打 138-1234-5678 找我";
        let found = find_personal_data(text).unwrap();
        assert_eq!(&text[found.span.start..found.span.end], "138-1234-5678");
        assert!(!found.message().en.contains("1234"));
    }
}
