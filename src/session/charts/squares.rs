//! Squarified treemaps (Bruls, Huizing, van Wijk 2000) in whole numbers: rectangles of given areas that fill a
//! rectangle and are as near to squares as the order allows.

/// Left, top, width, height.
pub(super) type Rect = [i64; 4];

/// Rectangles for `sizes`, which stand largest first, none of them nothing. They fill `whole` without gaps; each area is
/// in proportion but for the rounding of its sides.
pub(super) fn squarify(sizes: &[i64], whole: Rect) -> Vec<Rect> {
    let mut placed = Vec::with_capacity(sizes.len());
    let [mut x, mut y, mut w, mut h] = whole;
    let mut left = sizes;
    while !left.is_empty() {
        let sum: i128 = left.iter().map(|&s| i128::from(s)).sum();
        let area = i128::from(w) * i128::from(h);
        let short = i128::from(w.min(h)).max(1);
        // The areas of this round, scaled to what is left.
        let scaled = |size: i64| i128::from(size) * area / sum.max(1);
        let mut count = 1;
        let mut row = scaled(left[0]);
        let mut worst = ratio(row, row, row, short);
        while let Some(&next) = left.get(count) {
            let (largest, smallest) = (scaled(left[0]), scaled(next));
            let wider = row + smallest;
            let then = ratio(largest, smallest, wider, short);
            if then > worst {
                break;
            }
            (row, worst, count) = (wider, then, count + 1);
        }
        let last = count == left.len();
        let upright = w >= h;
        let thick = if last { if upright { w } else { h } } else { narrow(row / short).min(w.max(h)) };
        let row_sum: i128 = left[..count].iter().map(|&s| i128::from(s)).sum();
        let long = if upright { h } else { w };
        let mut before = 0_i128;
        for &size in &left[..count] {
            let from = narrow(i128::from(long) * before / row_sum.max(1));
            before += i128::from(size);
            let to = narrow(i128::from(long) * before / row_sum.max(1));
            placed.push(if upright { [x, y + from, thick, to - from] } else { [x + from, y, to - from, thick] });
        }
        if upright {
            x += thick;
            w -= thick;
        } else {
            y += thick;
            h -= thick;
        }
        left = &left[count..];
    }
    placed
}

/// The worst of the two extreme side ratios of a row, in thousandths.
fn ratio(largest: i128, smallest: i128, row: i128, short: i128) -> i128 {
    let square = short * short;
    let flat = square.saturating_mul(largest).saturating_mul(1000) / (row * row).max(1);
    let tall = (row * row).saturating_mul(1000) / square.saturating_mul(smallest).max(1);
    flat.max(tall)
}

fn narrow(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paper_s_example_is_laid_out_as_there() {
        let rects = squarify(&[6, 6, 4, 3, 2, 2, 1], [0, 0, 6000, 4000]);
        assert_eq!(rects[0], [0, 0, 3000, 2000]);
        assert_eq!(rects[1], [0, 2000, 3000, 2000]);
        assert_eq!(rects[2][0], 3000);
        assert_eq!(rects[3][1], rects[2][1], "4 and 3 share a row");
    }

    #[test]
    fn the_rectangle_is_filled_and_areas_are_in_proportion() {
        let sizes = [32_924, 23_822, 21_245, 14_066, 4_639, 1_530, 647, 492, 480, 435, 1];
        let rects = squarify(&sizes, [0, 0, 6200, 4300]);
        let sum: i64 = sizes.iter().sum();
        let area: i64 = rects.iter().map(|r| r[2] * r[3]).sum();
        assert_eq!(area, 6200 * 4300);
        for (rect, size) in rects.iter().zip(sizes) {
            let due = size * 6200 * 4300 / sum;
            assert!((rect[2] * rect[3] - due).abs() <= due / 20 + 9000, "{rect:?} for {size}");
            assert!(rect[0] >= 0 && rect[0] + rect[2] <= 6200 && rect[1] + rect[3] <= 4300);
        }
    }

    #[test]
    fn hostile_sizes_do_no_harm() {
        assert!(squarify(&[], [0, 0, 10, 10]).is_empty());
        assert_eq!(squarify(&[i64::MAX, 1], [0, 0, 10, 10]).len(), 2);
        assert_eq!(squarify(&[5], [0, 0, 0, 0]), [[0, 0, 0, 0]]);
    }
}
