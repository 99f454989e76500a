//! A long table is drawn piece by piece: which pieces are near what is seen, and how much room the others take.

/// The heights of the pieces of a table, measured or guessed, in pixels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    heights: Vec<i32>,
}

impl Pieces {
    /// Pieces of so many rows that are not folded away, each row guessed to be `row` high.
    pub fn new(rows: impl IntoIterator<Item = usize>, row: i32) -> Self {
        let height = |rows: usize| i32::try_from(rows).unwrap_or(i32::MAX).saturating_mul(row);
        Self { heights: rows.into_iter().map(height).collect() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.heights.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.heights.is_empty()
    }

    /// Takes over the height that a piece has as it is drawn.
    pub fn measured(&mut self, piece: usize, height: i32) {
        if let Some(known) = self.heights.get_mut(piece) {
            *known = height.max(0);
        }
    }

    /// The pieces to draw where `view` pixels are seen from `top` on: those in sight, and a view's worth on both sides.
    /// From the first to before the last.
    pub fn near(&self, top: i32, view: i32) -> (usize, usize) {
        let (from, to) = (top.saturating_sub(view), top.saturating_add(view.saturating_mul(2)));
        let mut above = 0_i32;
        let mut first = None;
        let mut last = 0;
        for (piece, &height) in self.heights.iter().enumerate() {
            let below = above.saturating_add(height);
            if below > from && above < to {
                first.get_or_insert(piece);
                last = piece + 1;
            }
            above = below;
        }
        match first {
            Some(first) => (first, last),
            // Scrolled beyond the end, which a guess may allow.
            None => (self.heights.len().saturating_sub(1), self.heights.len()),
        }
    }

    /// The room that is taken above a piece.
    pub fn above(&self, piece: usize) -> i32 {
        self.heights.iter().take(piece).fold(0, |sum, height| sum.saturating_add(*height))
    }

    /// The room that is taken from a piece on.
    pub fn below(&self, piece: usize) -> i32 {
        self.heights.iter().skip(piece).fold(0, |sum, height| sum.saturating_add(*height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_near_and_the_rest_keeps_its_room() {
        let mut pieces = Pieces::new(std::iter::repeat_n(100, 200), 34);
        assert_eq!(pieces.near(0, 860), (0, 1));
        assert_eq!(pieces.near(3_000, 860), (0, 2));
        let (first, last) = pieces.near(340_000, 860);
        assert!(last - first <= 2 && first >= 98, "{first}..{last}");
        assert_eq!(pieces.above(first) + 3_400 * i32::try_from(last - first).unwrap() + pieces.below(last), 680_000);
        pieces.measured(0, 4_000);
        assert_eq!(pieces.above(1), 4_000);
        assert_eq!(pieces.near(900_000, 860), (199, 200), "beyond the end");
    }

    #[test]
    fn pieces_that_are_folded_away_take_no_room() {
        let pieces = Pieces::new([100, 0, 0, 5], 34);
        assert_eq!(pieces.near(3_300, 100), (0, 4));
        assert!(Pieces::default().is_empty());
        assert_eq!(Pieces::default().near(0, 10), (0, 0));
    }
}
