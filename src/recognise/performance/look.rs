//! How well a text fits a column: what the columns ask of it, kept up to date while it grows word by word.
//!
//! The forms are filled in by many hands, so nothing here is a closed list that decides alone: every column gives a
//! cost, and the cheapest reading of all cells together wins (see [`super::flow`] and [`super::shifted`]).

use super::Slot;
use super::vocabulary::{
    LONGEST_LEVEL, SENSELESS, STEP, cost_of_figure, figure_at, is_dash, is_frame, is_goal, is_quality,
    starts_with_unit, stem,
};
use super::words::{
    BASES, BASIS, FIRST_LEVELS, LEVEL_1, LEVEL_2, LONGEST_SHORT_WORD, LONGEST_WORD, QUALITY, SECOND_LEVELS, Words,
};
use crate::amount::Amount;
use crate::spelling::ends;

/// Whether two characters are a word that the sources of targets are made of.
fn is_basis_part(first: char, second: char) -> bool {
    match second {
        '准' => first == '标',
        '据' => matches!(first, '数' | '依'),
        '划' => matches!(first, '规' | '计'),
        '件' => first == '文',
        '求' => first == '要',
        '案' => first == '方',
        '史' => first == '历',
        '业' => first == '行',
        '定' => first == '规',
        '策' => first == '政',
        '同' => first == '合',
        '知' => first == '通',
        _ => false,
    }
}

/// A text without spaces that may be a cell, and what is known of it. Facts that a scan of the text would tell are kept
/// as it grows, so that trying every length of a cell costs no more than its longest.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of one text, each kept as it grows")]
pub(super) struct Look<'a> {
    /// The text and what it may still grow by.
    tail: &'a str,
    /// How many bytes of `tail` are the text.
    end: usize,
    /// How many characters they are.
    length: u32,
    /// Where in `tail` the digits of a figure begin, if it begins like one.
    figure_at: Option<usize>,
    /// What it costs to take the whole for one figure.
    figure: Option<u32>,
    /// Whether there is nothing but dashes and strokes.
    dash: bool,
    /// Whether there is a digit.
    digit: bool,
    /// Whether there is 指标.
    indicator: bool,
    /// How many labels of levels there are (`…产出指标数量指标…`).
    labels: u32,
    /// Whether there is 满意度.
    satisfaction: bool,
    /// Whether there is a word that sources are made of.
    basis_part: bool,
    /// Whether there is a full stop.
    stop: bool,
    /// Whether there is a colon, or a full stop with something after it.
    sentence: bool,
    /// The last character.
    last: char,
    /// Whether the whole is a word of the first level, of the second level, for a source, for a quality.
    level_1: bool,
    level_2: bool,
    basis: bool,
    quality: bool,
}

impl<'a> Look<'a> {
    /// Nothing yet of the text that `tail` begins with.
    pub(super) fn before(tail: &'a str) -> Self {
        Self {
            tail,
            end: 0,
            length: 0,
            figure_at: figure_at(tail),
            figure: None,
            dash: true,
            digit: false,
            indicator: false,
            labels: 0,
            satisfaction: false,
            basis_part: false,
            stop: false,
            sentence: false,
            last: ' ',
            level_1: false,
            level_2: false,
            basis: false,
            quality: false,
        }
    }

    /// The whole text.
    pub(super) fn of(text: &'a str) -> Self {
        let mut look = Self::before(text);
        look.grow(text.len());
        look
    }

    /// Takes the next `bytes` of the tail into the text.
    pub(super) fn grow(&mut self, bytes: usize) {
        let from = self.end;
        let Some(word) = self.tail.get(from..from.saturating_add(bytes)) else { return };
        for (at, c) in word.char_indices() {
            self.take(c, from + at);
        }
        self.end = from + word.len();
        let text = self.text();
        self.figure = self.figure_at.and_then(|at| text.get(at..)).filter(|t| !t.is_empty()).and_then(cost_of_figure);
        let stem = if text.len() <= LONGEST_LEVEL { stem(text) } else { text };
        let level = stem.len() <= LONGEST_WORD;
        self.level_1 = level && FIRST_LEVELS.contain(stem);
        self.level_2 = level && SECOND_LEVELS.contain(stem);
        let short = text.len() <= LONGEST_SHORT_WORD;
        self.basis = short && BASIS.contain(text);
        self.quality = short && QUALITY.contain(text);
    }

    fn take(&mut self, c: char, at: usize) {
        self.length = self.length.saturating_add(1);
        if self.dash {
            self.dash = is_dash(c);
        }
        if self.stop {
            self.sentence |= c != '。';
        }
        // Most characters are none of these.
        match c {
            '0'..='9' => self.digit = true,
            '。' => self.stop = true,
            '：' => self.sentence = true,
            '标' if self.last == '指' => {
                self.indicator = true;
                let before = &self.tail[..at - self.last.len_utf8()];
                let label = |word: &str| ends(before, word);
                let labelled = LEVEL_1.iter().any(|word| label(word)) || LEVEL_2.iter().any(|(word, _)| label(word));
                self.labels = self.labels.saturating_add(u32::from(labelled));
            }
            '度' => self.satisfaction |= self.tail[..at].ends_with("满意"),
            '准' | '据' | '划' | '件' | '求' | '案' | '史' | '业' | '定' | '策' | '同' | '知' => {
                self.basis_part |= is_basis_part(self.last, c);
            }
            _ => {}
        }
        self.last = c;
    }

    /// The text.
    pub(super) fn text(&self) -> &'a str {
        &self.tail[..self.end]
    }

    /// How many characters it has.
    pub(super) fn length(&self) -> u32 {
        self.length
    }

    /// The last character.
    pub(super) fn last(&self) -> char {
        self.last
    }

    /// Whether the whole is one figure with what belongs to it.
    pub(super) fn is_figure(&self) -> bool {
        self.figure.is_some()
    }

    /// Whether the whole is a known word for the source of a target.
    pub(super) fn is_basis(&self) -> bool {
        self.basis
    }

    /// Whether a target is complete with this text, so that nothing that follows in the next line belongs to it.
    pub(super) fn is_complete(&self) -> bool {
        !matches!(self.last, '.' | ',' | '，' | '．')
            && (self.is_dash() || self.basis || self.quality || self.figure == Some(0))
    }

    fn is_dash(&self) -> bool {
        self.dash && self.end > 0
    }

    fn is_level(&self) -> bool {
        self.level_1 || self.level_2
    }

    fn is_amount(&self) -> bool {
        Amount::is_one(self.text())
    }

    /// How badly the text fits a column: 0 for a perfect fit. `None` where it can never stand there.
    pub(super) fn fit(&self, slot: Slot) -> Option<u32> {
        let text = self.text();
        if text.is_empty() {
            return None;
        }
        match slot {
            Slot::Goal => Some(if is_goal(text) {
                0
            } else {
                let level = if self.is_level() { 6 * STEP } else { 0 };
                2 * STEP + self.length / 24 + self.labels_inside() + level
            }),
            Slot::Frame => is_frame(text).then_some(0),
            Slot::Group => matches!(
                text,
                "收入构成" | "支出构成" | "收入" | "支出" | "收入预算" | "支出预算" | "资金来源" | "资金结构"
            )
            .then(|| u32::from(!text.ends_with("构成"))),
            Slot::Level1 => self.level_1.then(|| match stem(text) {
                // 成本 is a first level in newer forms, a second level in older ones.
                "产出" | "效益" | "满意度" | "成本" => 0,
                _ => 2,
            }),
            Slot::Level2 => self.level_2_cost(),
            Slot::Name => Some(self.name_cost()),
            Slot::Value => Some(self.value_cost()),
            Slot::Symbol => Some(symbol_cost(text)),
            Slot::Unit => Some(if self.length > 8 || self.indicator || self.is_figure() {
                SENSELESS
            } else if starts_with_unit(text) {
                0
            } else {
                3 * STEP
            }),
            Slot::Weight => {
                let number = text.trim_end_matches(['%', '分']);
                Some(if Amount::is_one(number) { 0 } else { SENSELESS })
            }
            Slot::Basis => Some(self.basis_cost()),
            Slot::Note => {
                let level = if self.is_level() { 6 * STEP } else { 0 };
                Some(2 * STEP + self.length / 6 + self.labels_inside() + level)
            }
            Slot::Amount => Some(if self.is_dash() || self.is_amount() {
                0
            } else if text.starts_with(|c: char| c.is_ascii_digit()) {
                2 * STEP
            } else {
                SENSELESS
            }),
            Slot::Percent => {
                let number = text.trim_end_matches(['%', '％']);
                Some(if self.is_dash() || Amount::is_one(number) { 0 } else { SENSELESS })
            }
            Slot::Quantity => Some(if self.is_dash() || self.is_figure() { 0 } else { 3 * STEP }),
            Slot::Kind => {
                let kind = text.contains("项目") || text.ends_with('类') || text.ends_with('性');
                Some(if self.length <= 14 && kind {
                    0
                } else if self.is_figure() {
                    SENSELESS
                } else {
                    2 * STEP
                })
            }
            Slot::Text => Some(if self.is_amount() { 2 * STEP } else { 1 }),
        }
    }

    fn level_2_cost(&self) -> Option<u32> {
        let text = self.text();
        if self.level_2 {
            return Some(if self.level_1 && !text.starts_with("成本") { 3 } else { 0 });
        }
        if self.length > 16 || self.basis || self.level_1 || self.is_figure() {
            return None;
        }
        let stem = stem(text);
        if stem.is_empty() || stem.contains("指标") {
            return None;
        }
        if text.ends_with("指标") {
            if stem.ends_with("满意度") {
                return Some(1);
            }
            // With something before the label that belongs to another cell it is dearer.
            let labelled = LEVEL_2.iter().any(|(word, _)| ends(stem, word));
            return Some(if labelled { 4 * STEP } else { STEP });
        }
        ["满意度", "效益", "成本", "影响"].iter().any(|word| stem.ends_with(word)).then_some(3 * STEP)
    }

    fn name_cost(&self) -> u32 {
        let text = self.text();
        let mut cost = match self.length {
            1 => 3 * STEP,
            2..=60 => 0,
            length => (length - 60) / 8,
        };
        if self.basis || self.is_dash() {
            cost += 3 * STEP;
        } else if self.is_figure() {
            cost += 5 * STEP / 2;
        } else if self.is_level() {
            // 满意度 and 时效 are also names that people write; with 指标 they are levels.
            cost += if text.ends_with("指标") { 3 * STEP } else { 2 };
        } else if self.quality {
            cost += STEP;
        }
        cost += label_before(text) + self.labels_inside();
        if matches!(self.last, '：' | ':' | '≥' | '≧' | '≤') {
            cost += 3 * STEP;
        }
        if text.starts_with(['，', '、', '。', '；', ')', '）', '”', '》']) || text.starts_with("以上") {
            cost += 2 * STEP;
        }
        // Sentences are no names.
        if self.sentence {
            cost += 2 * STEP;
        }
        cost
    }

    /// What it costs that a text has the labels of levels in it (`…产出指标数量指标…`), other than being one.
    fn labels_inside(&self) -> u32 {
        self.labels.saturating_sub(u32::from(self.is_level())).saturating_mul(4 * STEP)
    }

    fn value_cost(&self) -> u32 {
        let text = self.text();
        if self.is_dash() {
            return 0;
        }
        if let Some(cost) = self.figure {
            return cost;
        }
        if self.basis {
            return 4 * STEP;
        }
        if self.is_level() {
            // Some forms have 满意度 for a target; none has 满意度指标.
            return if text.ends_with("指标") { 5 * STEP } else { 2 * STEP + 2 };
        }
        if text.starts_with("以上")
            || text.starts_with(['/', '，', '、', '）', ')', '。', '%'])
            || matches!(text, "上" | "下")
        {
            return 4 * STEP;
        }
        if text == "定性" || text == "定量" || self.quality {
            return 1;
        }
        let strange = if self.indicator || self.satisfaction { 3 * STEP } else { 0 }
            + if matches!(self.last, '：' | ':') { 4 * STEP } else { 0 }
            + if self.last == '。' { 2 * STEP } else { 0 };
        if self.digit {
            return STEP + self.length / 6 + strange;
        }
        if is_quality(text) {
            return strange + 2;
        }
        strange
            + match self.length {
                1 => 3 * STEP,
                2..=5 => STEP,
                6..=8 => STEP + 2,
                length => STEP + 2 + length / 6,
            }
    }

    fn basis_cost(&self) -> u32 {
        let text = self.text();
        if self.basis {
            return 0;
        }
        if self.is_dash() || self.quality || self.is_figure() {
            return 6 * STEP;
        }
        if self.is_level() && text.ends_with("指标") {
            return 8 * STEP;
        }
        if BASIS.begin(text) || BASES.iter().any(|word| ends(text, word)) {
            return 3 * STEP + self.length / 8;
        }
        match self.length {
            1 => 5 * STEP,
            2..=14 if self.basis_part => STEP,
            length if self.basis_part => STEP + length / 8,
            2..=10 => 3 * STEP,
            length => 4 * STEP + length / 8,
        }
    }
}

/// What it costs that a name begins with the label of the cells before it: 数量指标… is no name, 社会效益… may be one.
fn label_before(text: &str) -> u32 {
    let before = |word: &str| text.len() > word.len() && text.starts_with(word);
    let level = |words: &Words| words.beginning(text).any(|word| text.len() > word.len());
    if text.starts_with("指标") || text.starts_with("构成") {
        4 * STEP
    } else if ["收入构成", "支出构成"].into_iter().any(before) {
        3 * STEP
    } else if level(&FIRST_LEVELS) || level(&SECOND_LEVELS) {
        STEP
    } else {
        0
    }
}

fn symbol_cost(text: &str) -> u32 {
    const SYMBOLS: &[&str] = &[
        "≥",
        "≤",
        "≧",
        "≦",
        ">",
        "<",
        "=",
        "＞",
        "＜",
        "＝",
        "定性",
        "定量",
        "大于",
        "小于",
        "等于",
        "大于等于",
        "小于等于",
        "正向",
        "反向",
        "正向指标",
        "反向指标",
        "其他",
    ];
    if SYMBOLS.contains(&text) { 0 } else { SENSELESS }
}
