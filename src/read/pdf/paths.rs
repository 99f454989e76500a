//! Paths as they are painted: ruling lines and filled boxes. Curves, pictures and everything else that is not a line
//! along an axis is left out.

use super::space::{Area, Matrix, Point};

/// A straight line along an axis, in page space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// Whether it runs from left to right.
    pub(super) across: bool,
    /// Its position on the other axis.
    pub(super) at: i32,
    pub(super) from: i32,
    pub(super) to: i32,
}

/// A filled box, in page space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fill {
    pub(super) area: Area,
    /// Filled with white: invisible on paper.
    pub(super) white: bool,
}

/// Most a line may lean to still be a ruling line: scanners and CAD exporters are off by less.
const LEAN: i32 = 80;

/// Boxes up to this thick are lines: the thickest border that office programs offer is 3 pt.
pub(super) const LINE_THICKNESS: i32 = 320;

/// Strokes thicker than this are decoration.
const STROKE_THICKNESS: i32 = 600;

/// How far a corner may be off for the path to be a box.
const CORNER: i32 = 60;

/// Most lines and boxes of one page; a page of cells drawn as single dots reaches 100 000.
pub(super) const MAX_MARKS: usize = 400_000;

/// Most points of one path: charts and outlined text have long ones, tables do not.
const MAX_POINTS: usize = 100_000;

/// What has been painted so far, and the path under way.
#[derive(Default)]
pub(super) struct Paths {
    pub(super) rules: Vec<Rule>,
    pub(super) fills: Vec<Fill>,
    /// Whether marks past [`MAX_MARKS`] were dropped.
    pub(super) overflow: bool,
    current: Vec<SubPath>,
    points: usize,
}

#[derive(Default)]
struct SubPath {
    points: Vec<Point>,
    closed: bool,
    curved: bool,
}

/// How the path under way is painted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paint {
    /// Line width on the page, where it is stroked.
    pub(super) stroke: Option<i32>,
    /// Whether it is filled, and with white.
    pub(super) fill: Option<bool>,
}

impl Paths {
    pub(super) fn move_to(&mut self, p: Point) {
        self.points += 1;
        if self.points <= MAX_POINTS {
            self.current.push(SubPath { points: vec![p], ..SubPath::default() });
        }
    }

    pub(super) fn line_to(&mut self, p: Point) {
        let Some(path) = self.current.last_mut() else { return self.move_to(p) };
        self.points += 1;
        if self.points <= MAX_POINTS {
            path.points.push(p);
        }
    }

    pub(super) fn curve_to(&mut self, p: Point) {
        self.line_to(p);
        if let Some(path) = self.current.last_mut() {
            path.curved = true;
        }
    }

    pub(super) fn close(&mut self) {
        if let Some(path) = self.current.last_mut() {
            path.closed = true;
        }
    }

    pub(super) fn rectangle(&mut self, map: Matrix, [x, y, width, height]: [f64; 4]) {
        let corner = |fx: f64, fy: f64| {
            map.after(Matrix::shift(x, y)).after(Matrix::new([width, 0.0, 0.0, height, 0.0, 0.0])).point(fx, fy)
        };
        self.move_to(corner(0.0, 0.0));
        self.line_to(corner(1.0, 0.0));
        self.line_to(corner(1.0, 1.0));
        self.line_to(corner(0.0, 1.0));
        self.close();
    }

    /// The box around the path under way: what a clip by it leaves at most. `None` without a path.
    pub(super) fn bounds(&self) -> Option<Area> {
        self.current.iter().map(|path| Area::around(&path.points)).reduce(Area::join)
    }

    /// Ends the path under way.
    pub(super) fn paint(&mut self, paint: Paint, clip: Option<Area>) {
        self.points = 0;
        for path in std::mem::take(&mut self.current) {
            if paint.stroke.is_some_and(|width| width <= STROKE_THICKNESS) {
                for pair in path.points.windows(2) {
                    if let &[p, q] = pair {
                        self.line(p, q);
                    }
                }
                if path.closed
                    && let (Some(&last), Some(&first)) = (path.points.last(), path.points.first())
                {
                    self.line(last, first);
                }
            }
            if let Some(white) = paint.fill
                && path.points.len() >= 3
            {
                let bounds = Area::around(&path.points);
                let thin = bounds.width() <= LINE_THICKNESS || bounds.height() <= LINE_THICKNESS;
                let square = !path.curved && path.points.iter().all(|p| is_corner(*p, bounds));
                if thin || square {
                    self.fill(bounds, clip, white);
                }
            }
        }
    }

    /// Adds a line if it runs along an axis.
    fn line(&mut self, p: Point, q: Point) {
        let (dx, dy) = ((p.x - q.x).abs(), (p.y - q.y).abs());
        if dx < LEAN && dy > dx {
            self.rule(Rule { across: false, at: p.x.midpoint(q.x), from: p.y.min(q.y), to: p.y.max(q.y) });
        } else if dy < LEAN && dx > dy {
            self.rule(Rule { across: true, at: p.y.midpoint(q.y), from: p.x.min(q.x), to: p.x.max(q.x) });
        }
    }

    fn rule(&mut self, rule: Rule) {
        if self.rules.len() < MAX_MARKS {
            self.rules.push(rule);
        } else {
            self.overflow = true;
        }
    }

    /// Adds a filled box: a line where it is thin, both lines where it is a dot (dotted borders are rows of dots).
    pub(super) fn fill(&mut self, area: Area, clip: Option<Area>, white: bool) {
        let area = clip.map_or(area, |clip| area.meet(clip));
        if area.is_empty() {
            return;
        }
        let (width, height) = (area.width(), area.height());
        let centre = area.centre();
        let across = Rule { across: true, at: centre.y, from: area.left, to: area.right };
        let down = Rule { across: false, at: centre.x, from: area.top, to: area.bottom };
        let (low, high) = (width.min(height), width.max(height));
        if high <= LINE_THICKNESS && high * 5 < low * 8 {
            self.rule(across);
            self.rule(down);
        } else if height <= LINE_THICKNESS && width > height {
            self.rule(across);
        } else if width <= LINE_THICKNESS && height > width {
            self.rule(down);
        } else if self.fills.len() < MAX_MARKS {
            self.fills.push(Fill { area, white });
        } else {
            self.overflow = true;
        }
    }
}

fn is_corner(p: Point, bounds: Area) -> bool {
    let near = |a: i32, b: i32| (a - b).abs() < CORNER;
    (near(p.x, bounds.left) || near(p.x, bounds.right)) && (near(p.y, bounds.top) || near(p.y, bounds.bottom))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(boxes: &[[f64; 4]], paint: Paint) -> Paths {
        let mut paths = Paths::default();
        for &rectangle in boxes {
            paths.rectangle(Matrix::IDENTITY, rectangle);
            paths.paint(paint, None);
        }
        paths
    }

    #[test]
    fn thin_boxes_are_lines_and_dots_both() {
        let filled = Paint { fill: Some(false), ..Paint::default() };
        let paths = painted(&[[10.0, 20.0, 100.0, 0.5], [10.0, 20.0, 0.5, 100.0], [0.0, 0.0, 1.0, 1.0]], filled);
        let across: Vec<bool> = paths.rules.iter().map(|rule| rule.across).collect();
        assert_eq!((across, paths.fills.len()), (vec![true, false, true, false], 0));
        assert_eq!(paths.rules[0], Rule { across: true, at: 2025, from: 1000, to: 11_000 });
    }

    #[test]
    fn a_stroked_box_has_four_lines() {
        let paths = painted(&[[10.0, 20.0, 100.0, 50.0]], Paint { stroke: Some(50), ..Paint::default() });
        assert_eq!((paths.rules.len(), paths.fills.len()), (4, 0));
        let thick = painted(&[[10.0, 20.0, 100.0, 50.0]], Paint { stroke: Some(2_000), ..Paint::default() });
        assert!(thick.rules.is_empty(), "decoration");
    }
}
