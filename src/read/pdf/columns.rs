//! The columns, rows and header of a table without lines down, from where its text stands. What comes out are the lines
//! that the table would have had.

use crate::amount::Amount;

use super::bands::goes_on;
use super::cells::Pieces;
use super::rules::Line;
use super::text::{Piece, is_amount, is_dash, is_dash_mark};
use super::unruled::Row;

/// A stretch of text without a gap that could part columns.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) text: String,
    /// An amount, a percentage or a dash in the place of one.
    pub(super) figure: bool,
    /// Holds the marks of a sentence, or the dots of a table of contents.
    pub(super) sentence: bool,
    /// Names the unit of money, the department or the date.
    pub(super) unit_mark: bool,
    /// Where a dash in front of its amount ends and the amount begins, if the two were painted apart.
    pub(super) sign: Option<(i32, i32)>,
}

/// The lines that a table would have had.
pub(super) struct Layout {
    pub(super) across: Vec<Line>,
    pub(super) down: Vec<Line>,
    /// Whether the edges of all columns are drawn, if only by the ends of rules.
    pub(super) sure: bool,
}

/// Gaps up to this part of the font size (in hundredths) do not part columns: Chinese beside figures has 25.
const GLUE: i32 = 30;

/// Lines of text nearer than this (in hundredths of the font size, middle to middle) are one row, unless rows
/// themselves stand as close.
const ROW_PITCH: i32 = 142;

/// The lines of text that no table took, cut in segments.
pub(super) fn rows(pieces: &Pieces<'_>) -> Vec<Row> {
    let mut free: Vec<&Piece> = pieces.free().map(|(_, piece)| piece).collect();
    free.sort_by_key(|piece| (piece.area.centre().y, piece.area.left));
    let mut lines: Vec<(i32, Vec<&Piece>)> = Vec::new();
    for piece in free {
        let middle = piece.area.centre().y;
        match lines.last_mut() {
            Some((y, line)) if (middle - *y) * 10 < piece.size * 3 => line.push(piece),
            _ => lines.push((middle, vec![piece])),
        }
    }
    lines.into_iter().map(|(_, line)| row(line, pieces)).collect()
}

fn row(mut line: Vec<&Piece>, pieces: &Pieces<'_>) -> Row {
    line.sort_by_key(|piece| piece.area.left);
    let size = line.iter().map(|piece| piece.size).max().unwrap_or(0);
    let mut parts: Vec<(i32, i32, String)> = Vec::new();
    for piece in &line {
        let text = pieces.text_of(piece);
        match parts.last_mut() {
            Some((_, right, whole))
                if (piece.area.left - *right) * 100 < size * GLUE
                    && !ends_a_column(whole, &text)
                    && !(are_dash_and_amount(whole, &text) && piece.area.left < *right - size / 20) =>
            {
                *right = (*right).max(piece.area.right);
                whole.push_str(&text);
            }
            _ => parts.push((piece.area.left, piece.area.right, text)),
        }
    }
    let parts = close_labels(&parts, size);
    let sign = |left: i32, text: &str| {
        let at = line.iter().position(|piece| piece.area.left == left)?;
        let (dash, figure) = (line.get(at)?, line.get(at + 1)?);
        let apart = text.chars().count() > 1 && is_dash(&pieces.text_of(dash)) && is_amount(&pieces.text_of(figure));
        apart.then_some((dash.area.right, figure.area.left))
    };
    let segments = parts.into_iter().map(|(left, right, text)| Segment {
        left,
        right,
        sign: sign(left, &text),
        figure: Amount::parse(text.trim_end_matches('%')).is_some(),
        sentence: text.contains(['，', '。', '；', '…']) || text.contains("...") || text.contains("···"),
        unit_mark: ["单位：", "单位:", "部门：", "部门:", "日期：", "日期:"].iter().any(|mark| text.contains(mark)),
        text,
    });
    Row {
        top: line.iter().map(|piece| piece.area.top).min().unwrap_or(0),
        bottom: line.iter().map(|piece| piece.area.bottom).max().unwrap_or(0),
        size,
        segments: segments.collect(),
    }
}

/// Whether a string that is an amount and nothing else ends a column, so that the string close behind it begins the next:
/// a name, or another amount.
fn ends_a_column(before: &str, after: &str) -> bool {
    const UNITS: [&str; 8] = ["元", "万", "亿", "%", "％", "个", "人", "年"];
    let name = after.chars().count() >= 2
        && after.starts_with(|c: char| !c.is_ascii() && c.is_alphanumeric() || matches!(c, '（' | '('))
        && !UNITS.iter().any(|unit| after.starts_with(unit));
    (is_amount(before) || is_dash(before)) && name || is_amount(before) && is_amount(after)
}

/// An amount and a dash: where the two lie over one another the dash is no sign but stands for nothing, in a column of its
/// own.
fn are_dash_and_amount(a: &str, b: &str) -> bool {
    is_dash(a) && is_amount(b) || is_amount(a) && is_dash(b)
}

/// Parts a dash from the amount behind it where amounts of other rows end with the dash: it stands for nothing, in the column
/// of these.
pub(super) fn signs_apart(region: &[Row]) -> Vec<Row> {
    /// How far the ends of one column's figures are from one another.
    const FLUSH: i32 = 60;
    let ends: Vec<i32> =
        region.iter().flat_map(|row| &row.segments).filter(|s| is_amount(&s.text)).map(|s| s.right).collect();
    let flush = |end: i32| ends.iter().filter(|&&other| (other - end).abs() <= FLUSH).take(2).count() == 2;
    let mut rows = region.to_vec();
    for row in &mut rows {
        let parted = row.segments.drain(..).flat_map(|mut segment| match segment.sign.take() {
            Some((end, left)) if flush(end) => {
                let figure: String = segment.text.chars().skip(1).collect();
                let dash = Segment {
                    right: end,
                    text: segment.text.chars().take(1).collect(),
                    figure: false,
                    ..segment.clone()
                };
                vec![dash, Segment { left, text: figure, ..segment }]
            }
            _ => vec![segment],
        });
        row.segments = parted.collect();
    }
    rows
}

/// Puts labels together whose characters are set far apart (`支  出  总  计`), where the whole is one that tables have.
fn close_labels(parts: &[(i32, i32, String)], size: i32) -> Vec<(i32, i32, String)> {
    const LABELS: [&str; 18] = [
        "收入总计",
        "支出总计",
        "收支总计",
        "本年收入合计",
        "本年支出合计",
        "收入合计",
        "支出合计",
        "本年收入",
        "本年支出",
        "总计",
        "合计",
        "小计",
        "收入",
        "支出",
        "项目",
        "科目",
        "金额",
        "备注",
    ];
    /// The longest of them, in characters.
    const LONGEST: usize = 6;
    /// The widest gap, in font sizes.
    const WIDEST: i32 = 5;
    let letter = |part: &(i32, i32, String)| part.2.chars().count() == 1;
    let mut closed: Vec<(i32, i32, String)> = Vec::with_capacity(parts.len());
    let mut at = 0;
    while let Some(first) = parts.get(at) {
        let run = parts[at..].iter().take(LONGEST).take_while(|part| letter(part)).count();
        let near = parts[at..at + run].windows(2).take_while(|pair| pair[1].0 - pair[0].1 <= size * WIDEST).count();
        let length = (2..=near + 1).rev().find(|&length| {
            let label: String = parts[at..].iter().take(length).map(|part| part.2.as_str()).collect();
            length <= run && LABELS.contains(&label.as_str())
        });
        let length = length.unwrap_or(1);
        let own = parts.get(at..at + length).unwrap_or_default();
        let right = own.last().map_or(first.1, |last| last.1);
        closed.push((first.0, right, own.iter().map(|part| part.2.as_str()).collect()));
        at += length;
    }
    closed
}

/// Finds columns, rows and header of a region. `stack` are horizontal rules through it, if any.
pub(super) fn layout(region: &[Row], stack: &[Line]) -> Option<Layout> {
    let blocks = blocks(region, stack);
    let body = blocks.iter().position(|block| block.iter().any(|row| row.figures() > 0)).unwrap_or(1).max(1);
    let header = blocks.get(..body)?;
    let pitch = pitch(region, header);
    let columns = columns(header, blocks.get(body..)?, pitch);
    let least = if stack.is_empty() && !is_right_side(blocks.get(body..)?) { 3 } else { 2 };
    if columns.len() < least || blocks.len() < 2 {
        return None;
    }
    let left = stack.iter().map(|line| line.from).min().unwrap_or(i32::MAX).min(columns.first()?.0 - 100);
    let right = stack.iter().map(|line| line.to).max().unwrap_or(i32::MIN).max(columns.last()?.1 + 100);
    let mut xs = vec![left];
    xs.extend(
        columns.windows(2).map(|pair| pair.iter().fold(0, |end, c| if end == 0 { c.1 } else { end.midpoint(c.0) })),
    );
    xs.push(right);
    let mut layout = Layout { across: Vec::new(), down: Vec::new(), sure: false };
    let ys = row_edges(&blocks, stack);
    let top = *ys.get(body)?;
    // Where rules part the rows, the header has as many rows as there are rules in it.
    for &y in ys.get(body..)? {
        layout.across.push(Line { at: y, from: left, to: right });
    }
    let bottom = *ys.last()?;
    layout.down.extend(xs.iter().map(|&x| Line { at: x, from: top, to: bottom }));
    let start = *ys.first()?;
    layout.across.push(Line { at: start, from: left, to: right });
    head(header, &xs, (start, top), pitch, &mut layout);
    Some(layout)
}

/// Whether lines hold amounts and nothing else, as the right side of a sheet that was too wide for one page does.
fn is_right_side(body: &[Vec<&Row>]) -> bool {
    /// Fewer lines of figures may be anything.
    const FEWEST: usize = 4;
    let amount = |text: &str| is_amount(text) || is_dash(text);
    body.len() >= FEWEST && body.iter().flatten().flat_map(|row| &row.segments).all(|s| amount(&s.text))
}

/// Whether an amount stands under another: two rows, and no figure that its cell wrapped.
fn amounts_below(upper: &Row, lower: &Row) -> bool {
    let amounts = |row: &Row| -> Vec<(i32, i32)> {
        let own = row.segments.iter().filter(|segment| segment.figure && segment.text.contains('.'));
        own.map(|segment| (segment.left, segment.right)).collect()
    };
    amounts(upper).iter().any(|a| amounts(lower).iter().any(|b| a.0.max(b.0) < a.1.min(b.1)))
}

/// How far apart rows stand at least: those with figures from one another, and from the header.
fn pitch(region: &[Row], header: &[Vec<&Row>]) -> i32 {
    let floor = header.last().and_then(|block| block.last()).map(|row| row.middle());
    let first = region.iter().find(|row| row.figures() > 0).map(Row::middle);
    let rows = region.windows(2).filter_map(|pair| match pair {
        [a, b] if amounts_below(a, b) => Some(b.middle() - a.middle()),
        _ => None,
    });
    rows.chain(floor.zip(first).map(|(floor, first)| first - floor)).filter(|&gap| gap > 0).min().unwrap_or(i32::MAX)
}

/// Rows: lines of text close to one another, or between two rules.
fn blocks<'r>(region: &'r [Row], stack: &[Line]) -> Vec<Vec<&'r Row>> {
    // Where rows with figures stand closer than wrapped lines usually do, only closer lines are one row.
    let anchors = region.windows(2).filter_map(|pair| match pair {
        [a, b] if a.figures() >= 2 && b.figures() >= 2 => Some((b.middle() - a.middle()) * 100 / b.size.max(1)),
        _ => None,
    });
    let mut pitches: Vec<i32> = anchors.collect();
    pitches.sort_unstable();
    let dense = pitches.get(pitches.len() / 10).map_or(ROW_PITCH, |pitch| pitch * 9 / 10).min(ROW_PITCH);
    let ruled = is_fully_ruled(region, stack);
    let mut blocks: Vec<Vec<&Row>> = Vec::new();
    for row in region {
        let goes_on = blocks.last().and_then(|block| block.last()).is_some_and(|last| {
            let parted = stack.iter().any(|line| (last.middle()..row.middle()).contains(&line.at));
            let near = (row.middle() - last.middle()) * 100 < row.size.max(last.size) * dense;
            !parted && (ruled || near || is_rest(last, row))
        });
        match blocks.last_mut() {
            Some(block) if goes_on => block.push(row),
            _ => blocks.push(vec![row]),
        }
    }
    blocks
}

/// Whether a line holds nothing but what is left of the figures above it.
fn is_rest(last: &Row, row: &Row) -> bool {
    let of = |segment: &Segment| {
        last.segments.iter().any(|upper| {
            upper.left.max(segment.left) < upper.right.min(segment.right)
                && goes_on(&upper.text, segment.text.trim_end_matches('%'))
        })
    };
    (row.middle() - last.middle()) * 100 < row.size * 170 && row.segments.iter().all(of)
}

/// Whether there is a rule for most lines of text that hold figures.
fn is_fully_ruled(region: &[Row], stack: &[Line]) -> bool {
    let rows = region.iter().filter(|row| row.figures() > 0).count();
    stack.len() >= 4 && stack.len() * 10 > rows * 6
}

/// The edges of rows: a rule between two rows, or the middle of the white.
fn row_edges(blocks: &[Vec<&Row>], stack: &[Line]) -> Vec<i32> {
    let span = |block: &[&Row]| {
        let top = block.iter().map(|row| row.top).min().unwrap_or(0);
        (top, block.iter().map(|row| row.bottom).max().unwrap_or(top))
    };
    let mut edges = Vec::new();
    let mut end: Option<i32> = None;
    for block in blocks {
        let (top, bottom) = span(block);
        edges.push(match end {
            None => stack.first().map_or(top - 200, |line| line.at.min(top)),
            Some(end) => {
                let between = stack.iter().find(|line| (end - 200..=top + 200).contains(&line.at));
                between.map_or(end.midpoint(top), |line| line.at)
            }
        });
        end = Some(bottom);
    }
    edges.extend(end.map(|end| stack.last().map_or(end + 200, |line| line.at.max(end))));
    edges
}

/// The columns: stretches of text of the body, and of the header's lowest cells where the body is blank.
pub(super) fn columns(header: &[Vec<&Row>], body: &[Vec<&Row>], pitch: i32) -> Vec<(i32, i32)> {
    let mut columns = stretches(body);
    // From below: a heading that stands over no column has one of its own; one that stands over several is their parent.
    let mut headings = headings(header, pitch);
    let parents = parents(&headings);
    headings.retain(|heading| !parents.contains(&(heading.left, heading.top)));
    headings.sort_by_key(|heading| std::cmp::Reverse((heading.bottom, heading.left)));
    let mut own: Vec<(i32, i32)> = Vec::new();
    for heading in headings {
        let over = columns.iter().filter(|c| c.0.max(heading.left) < c.1.min(heading.right)).count();
        match over {
            0 => {
                columns.push((heading.left, heading.right));
                columns.sort_unstable();
            }
            // A heading wider than its figures widens its column, as far as the neighbours leave room.
            1 => widen(&mut columns, &heading),
            _ => {}
        }
        own.push((heading.left, heading.right));
    }
    merge_alternating(columns, &own, body)
}

/// The headings, by their upper left corner, that stand on the upper of two levels. A heading over both levels stands
/// between them.
fn parents(headings: &[Heading]) -> Vec<(i32, i32)> {
    let top = headings.iter().map(|heading| heading.top).min().unwrap_or(0);
    let bottom = headings.iter().map(|heading| heading.bottom).max().unwrap_or(0);
    let middle = top.midpoint(bottom);
    let above = |heading: &&Heading| (middle - heading.middle().1) * 10 > heading.size * 4;
    let below = |heading: &Heading| (heading.middle().1 - middle) * 10 > heading.size * 4;
    if headings.iter().filter(|heading| below(heading)).count() < 2 {
        return Vec::new();
    }
    headings.iter().filter(above).map(|heading| (heading.left, heading.top)).collect()
}

fn widen(columns: &mut [(i32, i32)], segment: &Heading) {
    let Some(index) = columns.iter().position(|c| c.0.max(segment.left) < c.1.min(segment.right)) else { return };
    let before = index.checked_sub(1).and_then(|i| columns.get(i)).map_or(i32::MIN, |c| c.1);
    let after = columns.get(index + 1).map_or(i32::MAX, |c| c.0);
    if let Some(column) = columns.get_mut(index)
        && segment.left > before
        && segment.right < after
    {
        *column = (column.0.min(segment.left), column.1.max(segment.right));
    }
}

/// Stretches of x that text covers; in long tables a stretch that only one row in twenty crosses is a gap.
fn stretches(body: &[Vec<&Row>]) -> Vec<(i32, i32)> {
    let allowed = if body.len() >= 20 { body.len() / 20 } else { 0 };
    let mut ends: Vec<(i32, i32)> = Vec::new();
    for block in body {
        // A row that wraps counts once.
        let mut own: Vec<(i32, i32)> =
            block.iter().flat_map(|row| &row.segments).map(|segment| (segment.left, segment.right)).collect();
        own.sort_unstable();
        let mut joined: Vec<(i32, i32)> = Vec::new();
        for (left, right) in own {
            match joined.last_mut() {
                Some(last) if left <= last.1 => last.1 = last.1.max(right),
                _ => joined.push((left, right)),
            }
        }
        ends.extend(joined.into_iter().flat_map(|(left, right)| [(left, 1), (right, -1)]));
    }
    ends.sort_unstable();
    let mut columns: Vec<(i32, i32)> = Vec::new();
    let (mut cover, mut from) = (0i32, None);
    let allowed = i32::try_from(allowed).unwrap_or(0);
    for (at, step) in ends {
        cover += step;
        match from {
            None if cover > allowed => from = Some(at),
            Some(start) if cover <= allowed => {
                columns.push((start, at));
                from = None;
            }
            _ => {}
        }
    }
    // Less than a point of white is no gap, unless figures end and names begin there one below the other.
    let lined_up = |right: i32, left: i32| {
        let segments = || body.iter().flatten().flat_map(|row| &row.segments);
        let ends = segments().filter(|s| (s.figure || is_dash(&s.text)) && (s.right - right).abs() < 60).count();
        let begins = segments().filter(|s| (s.left - left).abs() < 60).count();
        left > right && ends >= 2 && begins >= 2
    };
    columns.dedup_by(|next, column| {
        let joins = next.0 - column.1 < 100 && !lined_up(column.1, next.0);
        if joins {
            column.1 = column.1.max(next.1);
        }
        joins
    });
    columns.into_iter().flat_map(|column| parted(column, body)).collect()
}

/// Parts a stretch of amounts that reach over one another: each ends at the right of its column, so the columns are told by
/// where amounts end. Every two neighbours stand side by side in some row, and none has two amounts of a row.
fn parted((left, right): (i32, i32), body: &[Vec<&Row>]) -> Vec<(i32, i32)> {
    /// How far the ends of one column's amounts are from one another.
    const FLUSH: i32 = 100;
    let whole = vec![(left, right)];
    let inside = |segment: &&Segment| (left..right).contains(&segment.left.midpoint(segment.right));
    let rows: Vec<Vec<&Segment>> = body
        .iter()
        .flatten()
        .map(|row| row.segments.iter().filter(inside).filter(|segment| !is_dash(&segment.text)).collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect();
    let certain = |segment: &&Segment| is_amount(&segment.text);
    if rows.iter().all(|row| row.len() < 2) || !rows.iter().flatten().all(certain) {
        return whole;
    }
    let mut amounts: Vec<(i32, i32)> = rows.iter().flatten().map(|segment| (segment.right, segment.left)).collect();
    amounts.sort_unstable();
    let ends: Vec<&[(i32, i32)]> = amounts.chunk_by(|a, b| b.0 - a.0 <= FLUSH).collect();
    let column_of =
        |segment: &Segment| ends.iter().position(|end| end.last().is_some_and(|last| segment.right <= last.0));
    let mut together = vec![false; ends.len().saturating_sub(1)];
    for row in &rows {
        let columns: Vec<usize> = row.iter().filter_map(|segment| column_of(segment)).collect();
        if !columns.is_sorted_by(|a, b| a < b) {
            return whole;
        }
        for pair in columns.windows(2) {
            if let (&[a, b], Some(slot)) = (pair, together.get_mut(pair[0])) {
                *slot |= b == a + 1;
            }
        }
    }
    if ends.len() < 2 || ends.iter().any(|end| end.len() < 2) || together.contains(&false) {
        return whole;
    }
    let spans = ends.iter().filter_map(|end| Some((end.iter().map(|amount| amount.1).min()?, end.last()?.0)));
    let spans: Vec<(i32, i32)> = spans.collect();
    let mut edges = vec![left];
    // Short figures and dashes stand at the very end of their column.
    edges.extend(spans.windows(2).map(|pair| pair[0].1.midpoint(pair[1].0).max(pair[0].1)));
    edges.push(right);
    // No amount may lie to the greater part in another column.
    let own = |(at, end): (usize, &&[(i32, i32)])| {
        let edge = edges.get(at).copied().unwrap_or(left);
        end.iter().all(|&(to, from)| to.midpoint(from) > edge)
    };
    if !edges.is_sorted_by(|a, b| a < b) || !ends.iter().enumerate().all(own) {
        return whole;
    }
    edges.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Joins neighbours that no row fills both: a centred word beside figures set to the right, a name that is indented.
/// `headings` are those of single columns.
fn merge_alternating(mut columns: Vec<(i32, i32)>, headings: &[(i32, i32)], body: &[Vec<&Row>]) -> Vec<(i32, i32)> {
    let meets = |(left, right): (i32, i32), column: (i32, i32)| right.min(column.1) - left.max(column.0) > 100;
    let fills =
        |block: &[&Row], column| block.iter().flat_map(|row| &row.segments).any(|s| meets((s.left, s.right), column));
    let figures = |column| {
        let segments = body.iter().flatten().flat_map(|row| &row.segments).filter(|s| meets((s.left, s.right), column));
        let (figures, all) = segments.fold((0, 0), |(figures, all), s| (figures + usize::from(s.figure), all + 1));
        figures * 2 > all
    };
    let dashes = |column| {
        let mut segments =
            body.iter().flatten().flat_map(|row| &row.segments).filter(|s| meets((s.left, s.right), column)).peekable();
        segments.peek().is_some() && segments.all(|s| s.text.chars().all(|c| is_dash_mark(c) || c == '/'))
    };
    let mut index = 0;
    while let (Some(&a), Some(&b)) = (columns.get(index), columns.get(index + 1)) {
        let count = |column| body.iter().filter(|block| fills(block, column)).count();
        // A long name that reaches over both speaks for one column.
        let both = body.iter().any(|block| {
            let segments = || block.iter().flat_map(|row| &row.segments).map(|s| (s.left, s.right));
            segments().any(|s| meets(s, a) && !meets(s, b)) && segments().any(|s| meets(s, b) && !meets(s, a))
        });
        let headed = |column| headings.iter().any(|&heading| meets(heading, column));
        let alone = |of, other| headings.iter().any(|&heading| meets(heading, of) && !meets(heading, other));
        let fewer = count(a).min(count(b));
        // A heading alone, then words without one, then a heading alone: words begin at the left of their column, so
        // theirs is the second; a figure ends at the right of its column.
        let next = columns.get(index + 2).copied();
        let of_next = count(a) == 0
            && headed(a)
            && !headed(b)
            && next.is_some_and(|next| headed(next) && count(next) == 0)
            && !figures(b);
        // Dashes in the place of figures stand in the middle or at the left of their column.
        let dashed = !both && (dashes(a) || dashes(b)) && (figures(a) || figures(b));
        let apart = both || alone(a, b) && alone(b, a) && !dashed || of_next;
        if !apart && (dashed || fewer <= 2 || fewer * 5 <= body.len()) {
            columns.remove(index + 1);
            if let Some(column) = columns.get_mut(index) {
                *column = (a.0.min(b.0), a.1.max(b.1));
            }
        } else {
            index += 1;
        }
    }
    columns
}

/// A heading: lines of text above one another.
#[derive(Debug)]
pub(super) struct Heading {
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
    /// The middle of its last line.
    last: i32,
    pub(super) size: i32,
}

impl Heading {
    pub(super) fn middle(&self) -> (i32, i32) {
        (self.left.midpoint(self.right), self.top.midpoint(self.bottom))
    }
}

/// The lines of a header of one or two levels. Headings of the upper level stand over the middle of their columns; columns
/// whose heading stands between the levels have one cell over both.
pub(super) fn head(header: &[Vec<&Row>], xs: &[i32], (top, bottom): (i32, i32), pitch: i32, layout: &mut Layout) {
    let count = xs.len().saturating_sub(1);
    let headings = headings(header, pitch);
    let column_of = |x: i32| xs.partition_point(|&edge| edge <= x).saturating_sub(1).min(count.saturating_sub(1));
    // The lowest heading of each column.
    let mut lowest: Vec<Option<usize>> = vec![None; count];
    for (index, heading) in headings.iter().enumerate() {
        let column = column_of(heading.middle().0);
        let covers = column_of(heading.right - 1) - column_of(heading.left.min(heading.right - 1));
        if let Some(slot) = lowest.get_mut(column) {
            let lower = slot.and_then(|i| headings.get(i)).is_none_or(|other| heading.bottom > other.bottom);
            if covers == 0 && lower {
                *slot = Some(index);
            }
        }
    }
    let floor = lowest.iter().flatten().filter_map(|&i| headings.get(i)).map(|h| h.middle().1).max();
    let Some(floor) = floor else {
        layout.down.extend(xs.iter().map(|&x| Line { at: x, from: top, to: bottom }));
        return;
    };
    // A heading well above the floor that has others beneath its sides is a parent, even over one column's heading.
    let on_floor = |column: usize| {
        let heading = lowest.get(column).copied().flatten().and_then(|i| headings.get(i));
        heading.is_some_and(|h| (h.middle().1 - floor).abs() * 10 < h.size * 4)
    };
    let mut parents: Vec<&Heading> = headings
        .iter()
        .enumerate()
        .filter(|&(index, heading)| {
            let column = column_of(heading.middle().0);
            let is_lowest = lowest.get(column).copied().flatten() == Some(index);
            heading.middle().1 + heading.size * 6 / 10 < floor && (!is_lowest || on_floor(column))
        })
        .map(|(_, heading)| heading)
        .collect();
    parents.sort_by_key(|heading| heading.left);
    let under: Vec<bool> = (0..count).map(|column| !parents.is_empty() && on_floor(column)).collect();
    let split = split_level(&parents, &headings, floor);
    // Each run of columns under parents is shared out among the parents over it.
    let mut inner: Vec<bool> = vec![false; xs.len()];
    let mut column = 0;
    while column < count {
        let run = under.iter().skip(column).take_while(|&&u| u).count();
        if run == 0 {
            column += 1;
            continue;
        }
        let edges = xs.get(column..=column + run).unwrap_or_default();
        let (low, high) = (edges.first().copied().unwrap_or(0), edges.last().copied().unwrap_or(0));
        let over: Vec<i32> =
            parents.iter().map(|heading| heading.middle().0).filter(|x| (low..high).contains(x)).collect();
        let centres: Vec<i32> = (column..column + run)
            .filter_map(|at| lowest.get(at).copied().flatten().and_then(|i| headings.get(i)))
            .map(|heading| heading.middle().0)
            .collect();
        let cuts = shares_of(edges, &centres, &over);
        for edge in 1..run {
            if !cuts.contains(&edge)
                && let Some(slot) = inner.get_mut(column + edge)
            {
                *slot = !over.is_empty();
            }
        }
        if !over.is_empty() {
            layout.across.push(Line { at: split, from: low, to: high });
        }
        column += run;
    }
    for (&x, inner) in xs.iter().zip(inner) {
        layout.down.push(Line { at: x, from: if inner { split } else { top }, to: bottom });
    }
}

/// The level between parents and the headings on the floor.
fn split_level(parents: &[&Heading], headings: &[Heading], floor: i32) -> i32 {
    let end = parents.iter().map(|heading| heading.bottom).max().unwrap_or(floor);
    let start = headings.iter().filter(|h| (h.middle().1 - floor).abs() * 10 < h.size * 4).map(|h| h.top).min();
    end.midpoint(start.unwrap_or(floor))
}

/// Whether a line of a header is a level of its own: one of its parts has nothing above it that it could be the rest of.
fn is_level(above: &[&Row], row: &Row) -> bool {
    let near = |upper: &&&Row| row.top - upper.bottom < row.size * 65 / 100;
    row.segments.len() >= 2
        && row.segments.iter().any(|segment| {
            let over = |other: &Segment| other.left.max(segment.left) < other.right.min(segment.right);
            !above.iter().rev().take_while(near).any(|upper| upper.segments.iter().any(over))
        })
}

/// Stacks the segments of the header into headings; lines a `pitch` apart are rows of their own.
pub(super) fn headings(header: &[Vec<&Row>], pitch: i32) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let rows: Vec<&Row> = header.iter().flatten().copied().collect();
    for (at, row) in rows.iter().enumerate() {
        let level = is_level(rows.get(..at).unwrap_or_default(), row);
        for segment in &row.segments {
            let above = headings.iter_mut().rev().find(|heading| {
                let overlap = heading.right.min(segment.right) - heading.left.max(segment.left);
                let narrow = (heading.right - heading.left).min(segment.right - segment.left);
                let centred = (heading.left + heading.right - segment.left - segment.right).abs() < row.size * 2;
                let flush = (heading.left - segment.left).abs() < row.size / 2;
                let wrapped = !level || i64::from(row.middle() - heading.last) * 100 < i64::from(pitch) * 96;
                overlap * 2 > narrow && (centred || flush) && row.top - heading.bottom < row.size * 65 / 100 && wrapped
            });
            match above {
                Some(heading) => {
                    heading.left = heading.left.min(segment.left);
                    heading.right = heading.right.max(segment.right);
                    heading.bottom = row.bottom;
                    heading.last = row.middle();
                }
                None => headings.push(Heading {
                    left: segment.left,
                    right: segment.right,
                    top: row.top,
                    bottom: row.bottom,
                    last: row.middle(),
                    size: row.size,
                }),
            }
        }
    }
    headings
}

/// Shares columns with these edges out among parents that stand at `middles`, so that each stands nearest to the middle
/// of its columns. The result are the edges (by index) where one parent's columns end.
pub(super) fn shares(edges: &[i32], middles: &[i32]) -> Vec<usize> {
    shares_of(edges, &[], middles)
}

/// The same where the middles of the columns' own headings are known, too: edges that are guessed from white say less of
/// the middle of several columns than these.
fn shares_of(edges: &[i32], centres: &[i32], middles: &[i32]) -> Vec<usize> {
    let columns = edges.len().saturating_sub(1);
    if middles.is_empty() || middles.len() > columns {
        return Vec::new();
    }
    let at = |index: usize| i64::from(edges.get(index).copied().unwrap_or(0));
    // best[k][e]: least cost of giving the columns before edge e to the first k parents, and where the last began.
    let mut best: Vec<Vec<Option<(i64, usize)>>> = vec![vec![None; columns + 1]; middles.len() + 1];
    if let Some(slot) = best.first_mut().and_then(|row| row.first_mut()) {
        *slot = Some((0, 0));
    }
    for (parent, &middle) in middles.iter().enumerate() {
        for end in parent + 1..=columns {
            let candidates = (parent..end).filter_map(|start| {
                let (cost, _) = best.get(parent)?.get(start).copied().flatten()?;
                let off = (at(start).midpoint(at(end)) - i64::from(middle)).abs();
                let known = centres.len() == columns;
                let ends = centres.get(start).zip(centres.get(end - 1)).filter(|_| known);
                let between = ends.map(|(a, b)| i64::from((a.midpoint(*b) - middle).abs()));
                Some((cost + between.map_or(off, |between| between.min(off)), start))
            });
            let least = candidates.min();
            if let Some(slot) = best.get_mut(parent + 1).and_then(|row| row.get_mut(end)) {
                *slot = least;
            }
        }
    }
    let mut cuts = Vec::new();
    let mut end = columns;
    for parent in (1..=middles.len()).rev() {
        let Some((_, start)) = best.get(parent).and_then(|row| row.get(end)).copied().flatten() else { break };
        cuts.push(start);
        end = start;
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_take_the_columns_that_they_stand_over() {
        // Five columns of 100, parents over the middle of two and of three.
        assert_eq!(shares(&[0, 100, 200, 300, 400, 500], &[100, 350]), [2, 0]);
        assert_eq!(shares(&[0, 100, 200], &[100]), [0]);
        assert!(shares(&[0, 100], &[10, 20]).is_empty());
    }
}
