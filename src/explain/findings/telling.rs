//! What a root cause is called in one line, and what is said of it.

use super::{Candidate, MAX_TOLD, Page, WITHHELD};
use crate::amount::Unit;
use crate::disclosure::{Anchor, Message};
use crate::explain::systematic::Swap;
use crate::explain::wording;
use crate::rules::{self, Claim, Relation};

/// More cells than this that are equally likely are counted, not told one by one.
const MAX_NAMED: usize = 4;

impl Page<'_> {
    pub(super) fn cell(&self, candidate: &Candidate, lead: usize, edits: &[usize]) -> (Message, Message) {
        let node = self.graph.nodes[candidate.node];
        let place = wording::place(self.disclosures, node.at);
        let likelier = self.likelier_unit(candidate);
        let printed_unit = likelier.and_then(|_| self.unit(node.at)).map_or("", Unit::word);
        let title = if let Some(unit) = likelier {
            let printed = self.printed(node.at).map(|a| a.to_string()).unwrap_or_default();
            Message::new(
                format!("{}印作“{printed}{printed_unit}”，单位可能应是“{}”", place.zh, unit.word()),
                format!("{} reads “{printed}{printed_unit}”: its unit may be {}", place.en, unit.word()),
            )
        } else if edits.iter().all(|&e| self.graph.edits[e].is_copy()) {
            self.differs(node.at, lead)
        } else {
            let by = wording::over_or_under(node.value.saturating_sub(candidate.fitting));
            Message::new(
                format!("{}与合计不符，{}", place.zh, by.zh),
                format!("{} does not fit the total, {}", place.en, by.en),
            )
        };
        let fits = wording::fitting(candidate.fitting);
        let printed = match self.printed(node.at) {
            Some(amount) => {
                Message::new(format!("文件所印 {amount}{printed_unit}"), format!("Printed: {amount}{printed_unit}"))
            }
            None => Message::new("文件中此格空白", "The cell is blank"),
        };
        let would = match (likelier, node.at) {
            (Some(unit), _) => {
                Message::new(format!("若单位是{}", unit.word()), format!("If its unit is {}", unit.word()))
            }
            (None, Anchor::Statement { .. }) => {
                Message::new(format!("若这个数为{}{}", gap(&fits.zh), fits.zh), format!("If it is {}", fits.en))
            }
            (None, _) => Message::new(format!("若此格为{}{}", gap(&fits.zh), fits.zh), format!("If it is {}", fits.en)),
        };
        let n = candidate.agreeing();
        let message = wording::join(&[
            Message::new(format!("{}。", printed.zh), format!("{}.", printed.en)),
            Message::new(
                format!("{}，{n} 项由不符变相符，没有别的核对被打破。", would.zh),
                if n == 1 {
                    format!("{}, one check ties and none breaks.", would.en)
                } else {
                    format!("{}, {n} checks tie and none breaks.", would.en)
                },
            ),
            wording::clue(candidate.slip, node.value, candidate.fitting),
            self.told(edits),
            wording::caveat(),
        ]);
        (title, message)
    }

    /// The unit in which the printed digits of a statement would fit.
    fn likelier_unit(&self, candidate: &Candidate) -> Option<Unit> {
        let node = self.graph.nodes[candidate.node];
        let (Anchor::Statement { .. }, Some(unit)) = (node.at, self.unit(node.at)) else {
            return None;
        };
        let fits = candidate.fitting.checked_mul(unit.in_yuan())?;
        [Unit::Yuan, Unit::Thousand, Unit::TenThousand, Unit::HundredMillion]
            .into_iter()
            .find(|u| *u != unit && node.value.checked_mul(u.in_yuan()) == Some(fits) && !fits.is_zero())
    }

    /// `“项”在表甲与表乙不同`.
    fn differs(&self, at: Anchor, lead: usize) -> Message {
        let other = self.graph.edits[lead].terms.iter().map(|&(n, _)| self.graph.nodes[n].at).find(|&a| a != at);
        let cell = wording::cell(self.disclosures, at);
        let name = |a: Anchor| wording::table(self.disclosures, a).unwrap_or_else(|| Message::new("正文", "the text"));
        let Some(other) = other else {
            return self.check(lead).label.clone();
        };
        let with_units = self.unit(at) != self.unit(other);
        let value = |a: Anchor| match self.printed(a) {
            Some(v) => {
                let unit = self.unit(a).filter(|_| with_units).map_or("", Unit::word);
                Message::new(format!("{v}{unit}"), format!("{v}{unit}"))
            }
            None => Message::new("空", "blank"),
        };
        let (a, b) = (name(at), name(other));
        let (x, y) = (value(at), value(other));
        if a == b {
            return Message::new(
                format!(
                    "{}“{}”与“{}”不同：{}／{}",
                    a.zh,
                    cell.zh,
                    wording::cell(self.disclosures, other).zh,
                    x.zh,
                    y.zh
                ),
                format!(
                    "“{}” differs from “{}” in {}: {} / {}",
                    cell.en,
                    wording::cell(self.disclosures, other).en,
                    a.en,
                    x.en,
                    y.en
                ),
            );
        }
        Message::new(
            format!("{}与{}的“{}”不同：{}／{}", a.zh, b.zh, cell.zh, x.zh, y.zh),
            format!("“{}” differs between {} and {}: {} / {}", cell.en, a.en, b.en, x.en, y.en),
        )
    }

    /// The title of an equation of which no cell is known to be wrong.
    fn mismatch(&self, lead: usize) -> Message {
        let edit = &self.graph.edits[lead];
        let check = self.check(lead);
        let Claim::Equation(equation) = &check.claim else {
            return check.label.clone();
        };
        let Some(stated) = equation.left.first() else {
            return check.label.clone();
        };
        if edit.is_copy() && equation.relation == Relation::Equal && check.rule != WITHHELD {
            return self.differs(stated.at, lead);
        }
        let place = wording::place(self.disclosures, stated.at);
        let by = wording::over_or_under(edit.sums.difference);
        match (check.rule.as_ref(), equation.relation) {
            ("T09", _) => Message::new(
                format!("{}大于所列下级之和，{}，可能有下级没有公开", place.zh, by.zh),
                format!("{} is above the codes printed below it, {}: some may be withheld", place.en, by.en),
            ),
            (_, Relation::AtLeast) => Message::new(
                format!("{}小于应包含的数，{}", place.zh, by.zh),
                format!("{} is less than what it should include, {}", place.en, by.en),
            ),
            (_, Relation::AtMost) => Message::new(
                format!("{}大于包含它的数，{}", place.zh, by.zh),
                format!("{} is more than what should include it, {}", place.en, by.en),
            ),
            _ => Message::new(
                format!("{}与各项之和不符，{}", place.zh, by.zh),
                format!("{} does not equal the sum of its parts, {}", place.en, by.en),
            ),
        }
    }

    pub(super) fn candidates(&self, all: &[Candidate], lead: usize, edits: &[usize]) -> (Message, Message) {
        let mut parts = vec![self.told(edits), Message::new("多格都可能：", "Several cells are possible: ")];
        let told = if all.len() > MAX_NAMED + 1 { MAX_NAMED } else { all.len() };
        for (at, candidate) in all.iter().take(told).enumerate() {
            let node = self.graph.nodes[candidate.node];
            let place = wording::place(self.disclosures, node.at);
            let fits = wording::fitting(candidate.fitting);
            let mark = if at + 1 == told { ("。", ".") } else { ("；", ";") };
            parts.push(Message::new(
                format!("{}若为{}{}{}", place.zh, gap(&fits.zh), fits.zh, mark.0),
                format!("{} if {}{}", place.en, fits.en, mark.1),
            ));
        }
        let rest = all.len() - told;
        if rest > 0 {
            parts.push(Message::new(format!("另有 {rest} 格同样可能。"), format!("{rest} more cells are as likely.")));
        }
        parts.push(wording::caveat());
        (self.mismatch(lead), wording::join(&parts))
    }

    pub(super) fn swap(&self, swaps: &[Swap], edits: &[usize]) -> (Message, Message) {
        let name = |swap: &Swap| {
            let place = wording::place(self.disclosures, self.graph.nodes[swap.a].at);
            let other = wording::cell(self.disclosures, self.graph.nodes[swap.b].at);
            Message::new(format!("{}与“{}”", place.zh, other.zh), format!("{} and “{}”", place.en, other.en))
        };
        let n = edits.len();
        let names: Vec<Message> = swaps.iter().map(name).collect();
        let first = names.first().cloned().unwrap_or_default();
        let others = |separator: &str, name: fn(&Message) -> &str| {
            names.iter().skip(1).map(name).collect::<Vec<_>>().join(separator)
        };
        let mut parts = vec![Message::new(
            format!("两格的数互换后，{n} 项由不符变相符，没有别的核对被打破。"),
            format!("If the two figures change places, {n} checks tie and none breaks."),
        )];
        if names.len() > 1 {
            parts.push(Message::new(
                format!("互换的也可能是{}，从合计上分不出来。", others("；", |name| &name.zh)),
                format!("It may as well be {}: the sums do not tell.", others("; ", |name| &name.en)),
            ));
        }
        parts.extend([self.told(edits), wording::caveat()]);
        (
            Message::new(format!("{}两格可能互换了", first.zh), format!("{} may have changed places", first.en)),
            wording::join(&parts),
        )
    }

    pub(super) fn shift(&self, row: Anchor, left: bool, edits: &[usize]) -> (Message, Message) {
        let table = wording::table(self.disclosures, row).unwrap_or_default();
        let name = match row {
            Anchor::Cell { disclosure, table, row, .. } => self
                .disclosures
                .get(usize::from(disclosure))
                .and_then(|d| d.tables.get(usize::from(table)))
                .and_then(|t| t.rows.get(row as usize))
                .map(rules::sight::row_name)
                .unwrap_or_default(),
            _ => Message::default(),
        };
        let (way, way_en) = if left { ("右", "right") } else { ("左", "left") };
        let n = edits.len();
        (
            Message::new(
                format!("{}“{}”一行可能向{way}错了一栏", table.zh, name.zh),
                format!("the row “{}” of {} may stand one column too far {way_en}", name.en, table.en),
            ),
            wording::join(&[
                Message::new(
                    format!("整行移回一栏后，{n} 项由不符变相符，没有别的核对被打破。"),
                    format!("If the row is moved back by one column, {n} checks tie and none breaks."),
                ),
                self.told(edits),
                wording::caveat(),
            ]),
        )
    }

    pub(super) fn unit_slip(&self, tables: (Anchor, Anchor), power: i32, n: usize) -> (Message, Message) {
        let name = |at| wording::table(self.disclosures, at).unwrap_or_default();
        let (a, b) = (name(tables.0), name(tables.1));
        let factor = 10_u64.checked_pow(power.unsigned_abs()).unwrap_or_default();
        let (zh, en) = if power > 0 { ("大", "larger") } else { ("小", "smaller") };
        (
            Message::new(
                format!("{}的数都{zh} {factor} 倍，金额单位可能印错", a.zh),
                format!("the figures of {} are {factor} times {en}: its unit may be misprinted", a.en),
            ),
            wording::join(&[
                Message::new(
                    format!("与{}对照，有 {n} 项数字相同、只差 {factor} 倍。", b.zh),
                    format!("Against {}, {n} figures are the same but for the factor {factor}.", b.en),
                ),
                wording::caveat(),
            ]),
        )
    }

    pub(super) fn open(&self, lead: usize, edits: &[usize]) -> (Message, Message) {
        let mut parts = vec![self.told(edits)];
        if edits.len() > 1 {
            parts.push(Message::new("没有哪一格单独改了就都能对上。", "No single cell makes them all tie."));
        } else {
            parts.push(Message::new(
                "多格都可能，无法断定是哪一格。",
                "Several cells are possible; which one cannot be told.",
            ));
        }
        if edits.iter().all(|&e| self.check(e).rule == WITHHELD) {
            parts.push(Message::new(
                "依法不公开的科目不会列出，这时上级大于所列下级之和是正常的。",
                "Codes that are lawfully withheld are not printed; a class above its printed parts is then as it should be.",
            ));
        }
        parts.push(wording::caveat());
        (self.mismatch(lead), wording::join(&parts))
    }

    pub(super) fn rounding(&self, lead: usize, edits: &[usize]) -> (Message, Message) {
        let largest = edits.iter().map(|&e| self.graph.edits[e].sums.difference.abs()).max().unwrap_or_default();
        let stated = |edit: usize| match &self.check(edit).claim {
            Claim::Equation(equation) => equation.left.first().map(|t| t.at),
            _ => None,
        };
        // The row, whichever its column is; a figure of the text stands for itself.
        let row = |edit: usize| match stated(edit) {
            Some(Anchor::Cell { disclosure, table, row, .. }) => {
                Some(Anchor::Cell { disclosure, table, row, column: 0 })
            }
            at => at,
        };
        let one_row = edits.iter().all(|&e| row(e) == row(lead));
        let place = stated(lead).map_or_else(Message::default, |at| match at {
            _ if one_row => wording::place(self.disclosures, at),
            Anchor::Statement { .. } => Message::new("正文", "the text"),
            _ => wording::table(self.disclosures, at).unwrap_or_default(),
        });
        let (n, by) = (edits.len(), wording::figure(largest));
        let title = if one_row {
            Message::new(format!("{}差 {by}，属舍入", place.zh), format!("{}: off by {by}, rounding", place.en))
        } else {
            Message::new(
                format!("{}有 {n} 处相差不超过 {by}，属舍入", place.zh),
                format!("{}: {n} sums off by at most {by}, rounding", place.en),
            )
        };
        let message = wording::join(&[
            self.told(edits),
            Message::new(
                "每个数都按末位四舍五入，加起来会有这样的尾差。",
                "Each figure is rounded to its last digit, and sums of such figures differ by so much.",
            ),
        ]);
        (title, message)
    }

    /// The sums that do not come out, the first few of them.
    fn told(&self, edits: &[usize]) -> Message {
        let mut lines: Vec<Message> = edits
            .iter()
            .take(MAX_TOLD)
            .map(|&e| {
                let sum = wording::sum(self.check(e));
                Message::new(format!("{}。", sum.zh), format!("{}.", sum.en))
            })
            .collect();
        if edits.len() > MAX_TOLD {
            let rest = edits.len() - MAX_TOLD;
            lines.push(Message::new(format!("另有 {rest} 项同样。"), format!("{rest} more in the same way.")));
        }
        wording::join(&lines)
    }
}

/// A space between Chinese and a figure.
fn gap(text: &str) -> &'static str {
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '−') { " " } else { "" }
}
