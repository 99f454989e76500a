//! Classification codes (政府收支分类科目): function, economic and unit codes, their levels and names by year.
//!
//! The names are those read in published disclosures: a part of the classification, so an unknown code is unknown, never
//! wrong. Codes are 3 digits for a class (类), 5 for a group (款), 7 for an item (项); the departmental economic
//! classification stops at 款. Unit codes look alike (209, 209001) and share a column with function codes in many
//! tables: only name and position tell them apart.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::spelling::folded;

/// How deep a code stands in its classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 类
    Class,
    /// 款
    Group,
    /// 项
    Item,
}

/// A code of the function classification (支出功能分类), 201 to 234.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FunctionCode(String);

/// A code of the departmental economic classification (部门预算支出经济分类), 301 to 399.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EconomicCode(String);

/// A department's or unit's code: 3 digits for the department, 3 more for each unit below it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitCode(String);

/// A name that a code has, and the years in which it was read so; no year for the standing name of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The official name.
    pub name: &'static str,
    /// The years, ascending.
    pub years: Vec<u16>,
}

static FUNCTION: LazyLock<BTreeMap<&'static str, Vec<Name>>> =
    LazyLock::new(|| names(include_str!("classification/function.tsv")));
static ECONOMIC: LazyLock<BTreeMap<&'static str, Vec<Name>>> =
    LazyLock::new(|| names(include_str!("classification/economic.tsv")));
/// Class codes by folded name.
static CLASSES: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let standing = FUNCTION.iter().filter(|(code, _)| code.len() == 3);
    let mut classes: BTreeMap<String, &'static str> = BTreeMap::new();
    for (code, names) in standing {
        for name in names {
            classes.insert(folded(name.name).into_owned(), code);
        }
    }
    for (name, code) in OLD_CLASS_NAMES {
        classes.insert((*name).to_owned(), code);
    }
    classes
});

/// Codes of both classifications by folded name, shortest first.
static CODES: LazyLock<BTreeMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut codes: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for (code, names) in FUNCTION.iter().chain(ECONOMIC.iter()) {
        for name in names {
            let known = codes.entry(folded(name.name).into_owned()).or_default();
            if !known.contains(code) {
                known.push(code);
            }
        }
    }
    for (name, code) in OLD_CLASS_NAMES {
        codes.entry((*name).to_owned()).or_default().push(code);
    }
    for known in codes.values_mut() {
        known.sort_by_key(|code| (code.len(), *code));
    }
    codes
});

/// Names that classes had before the reform of 2018/2019, or that tables shorten them to.
const OLD_CLASS_NAMES: &[(&str, &str)] = &[
    ("文化体育与传媒支出", "207"),
    ("医疗卫生与计划生育支出", "210"),
    ("资源勘探信息等支出", "215"),
    ("国土海洋气象等支出", "220"),
    ("资源勘探工业信息等", "215"),
    ("国有资本经营支出", "223"),
    ("灾害防治及应急管理", "224"),
    ("城乡社区事务支出", "212"),
    ("农林水事务支出", "213"),
];

fn names(table: &'static str) -> BTreeMap<&'static str, Vec<Name>> {
    let mut names: BTreeMap<&'static str, Vec<Name>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        if let (Some(code), Some(name)) = (fields.next(), fields.next()) {
            let years = fields.next().unwrap_or_default().split_whitespace().filter_map(|year| year.parse().ok());
            names.entry(code).or_default().push(Name { name, years: years.collect() });
        }
    }
    names
}

fn is_digits(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit())
}

fn level_of(code: &str) -> Option<Level> {
    match code.len() {
        3 => Some(Level::Class),
        5 => Some(Level::Group),
        7 => Some(Level::Item),
        _ => None,
    }
}

impl FunctionCode {
    /// Reads 3, 5 or 7 digits that begin with 2.
    pub fn parse(code: &str) -> Option<Self> {
        (is_digits(code) && code.starts_with('2') && level_of(code).is_some()).then(|| Self(code.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// 类, 款 or 项.
    pub fn level(&self) -> Level {
        level_of(&self.0).unwrap_or(Level::Item)
    }

    /// The 款 of an 项, the 类 of a 款.
    pub fn parent(&self) -> Option<Self> {
        (self.0.len() > 3).then(|| Self(self.0[..self.0.len() - 2].to_owned()))
    }

    /// The names it is known by.
    pub fn names(&self) -> &'static [Name] {
        FUNCTION.get(self.0.as_str()).map_or(&[], Vec::as_slice)
    }
}

impl EconomicCode {
    /// Reads 3, 5 or 7 digits that begin with 3 or 5 (the governmental economic classification).
    pub fn parse(code: &str) -> Option<Self> {
        (is_digits(code) && code.starts_with(['3', '5']) && level_of(code).is_some()).then(|| Self(code.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// 类 or 款.
    pub fn level(&self) -> Level {
        level_of(&self.0).unwrap_or(Level::Item)
    }

    /// The 类 of a 款.
    pub fn parent(&self) -> Option<Self> {
        (self.0.len() > 3).then(|| Self(self.0[..self.0.len() - 2].to_owned()))
    }

    /// The names it is known by.
    pub fn names(&self) -> &'static [Name] {
        ECONOMIC.get(self.0.as_str()).map_or(&[], Vec::as_slice)
    }
}

impl UnitCode {
    /// Reads 3, 6 or 9 digits.
    pub fn parse(code: &str) -> Option<Self> {
        (is_digits(code) && matches!(code.len(), 3 | 6 | 9)).then(|| Self(code.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The department of a unit.
    pub fn parent(&self) -> Option<Self> {
        (self.0.len() > 3).then(|| Self(self.0[..self.0.len() - 3].to_owned()))
    }

    /// How many units stand above it.
    pub fn depth(&self) -> usize {
        self.0.len() / 3 - 1
    }
}

/// The function class (类) that a name belongs to, ordinals (`六、`, `（六）`) left out by the caller.
pub fn class_named(name: &str) -> Option<&'static str> {
    CLASSES.get(folded(name).as_ref()).copied()
}

/// The codes, of both classifications, that are known by this name, shortest first (其他支出: 229, 39999 …).
pub fn codes_named(name: &str) -> &'static [&'static str] {
    CODES.get(folded(name).as_ref()).map_or(&[], Vec::as_slice)
}

/// Whether `name` is a name that `code` is known by, in whichever classification.
pub fn is_name_of(code: &str, name: &str) -> bool {
    let names = FUNCTION.get(code).or_else(|| ECONOMIC.get(code));
    names.is_some_and(|names| {
        let name = folded(name);
        names.iter().any(|known| folded(known.name) == name)
    })
}

/// Whether anything is known of `code`.
pub fn is_known(code: &str) -> bool {
    FUNCTION.contains_key(code) || ECONOMIC.contains_key(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_levels_and_parents() {
        let item = FunctionCode::parse("2080505").unwrap();
        assert_eq!(item.level(), Level::Item);
        assert_eq!(item.parent().unwrap().as_str(), "20805");
        assert_eq!(FunctionCode::parse("30217"), None);
        assert_eq!(EconomicCode::parse("30217").unwrap().parent().unwrap().as_str(), "302");
        assert_eq!(UnitCode::parse("209001").unwrap().parent().unwrap().as_str(), "209");
        assert_eq!(UnitCode::parse("2080505"), None);
    }

    #[test]
    fn names_come_from_the_data() {
        assert!(is_name_of("2080505", "机关事业单位基本养老保险缴费支出"));
        assert!(is_name_of("30213", "维修（护）费") && is_name_of("30213", "维修(护)费"));
        assert!(!is_name_of("209", "某市经济和信息化局"));
        assert_eq!(class_named("社会保障和就业支出"), Some("208"));
        assert_eq!(class_named("医疗卫生与计划生育支出"), Some("210"));
        assert_eq!(class_named("项目支出"), None);
        assert!(codes_named("行政运行").len() > 1 && codes_named("行政运行").iter().all(|code| code.len() == 7));
        assert_eq!(codes_named("文化体育与传媒支出"), ["207"]);
    }

    #[test]
    fn the_data_is_sorted_and_clean() {
        for table in [include_str!("classification/function.tsv"), include_str!("classification/economic.tsv")] {
            let rows: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
            assert!(rows.is_sorted());
            assert!(rows.iter().all(|row| row.split('\t').count() == 3));
        }
    }
}
