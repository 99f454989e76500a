//! The characters of an embedded TrueType font, backwards: glyph → character. For fonts that say nothing else.

use std::collections::BTreeMap;

/// Most entries that are read: a font cannot hold more glyphs than this, so further ones are hostile.
const MAX_ENTRIES: usize = 1 << 17;

/// Reads the character map of the font program `data`; empty where there is none that can be read.
pub(super) fn characters(data: &[u8]) -> BTreeMap<u32, char> {
    let mut map = Reverse { data, entries: BTreeMap::new(), budget: MAX_ENTRIES };
    // A map that is cut short still gave what came before.
    let _ = map.tables();
    map.entries
}

struct Reverse<'d> {
    data: &'d [u8],
    entries: BTreeMap<u32, char>,
    budget: usize,
}

impl Reverse<'_> {
    fn short(&self, at: usize) -> Option<usize> {
        let bytes = self.data.get(at..at.checked_add(2)?)?;
        Some(usize::from(u16::from_be_bytes(bytes.try_into().ok()?)))
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = self.data.get(at..at.checked_add(4)?)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    }

    fn offset(&self, at: usize) -> Option<usize> {
        usize::try_from(self.long(at)?).ok()
    }

    /// The first character wins where several share a glyph. `None` ends the reading: too many entries.
    fn add(&mut self, glyph: u32, character: u32) -> Option<()> {
        self.budget = self.budget.checked_sub(1)?;
        if glyph != 0
            && let Some(c) = char::from_u32(character)
        {
            self.entries.entry(glyph).or_insert(c);
        }
        Some(())
    }

    fn tables(&mut self) -> Option<()> {
        for table in 0..self.short(4)? {
            let record = 12 + 16 * table;
            if self.data.get(record..record + 4)? == b"cmap" {
                let start = self.offset(record + 8)?;
                for map in 0..self.short(start.checked_add(2)?)? {
                    let entry = start.checked_add(4 + 8 * map)?;
                    // Macintosh maps (1) hold one byte codes, not characters.
                    if self.short(entry)? != 1 {
                        let at = start.checked_add(self.offset(entry + 4)?)?;
                        match self.short(at)? {
                            4 => self.segments(at)?,
                            12 => self.groups(at)?,
                            _ => {}
                        }
                    }
                }
            }
        }
        Some(())
    }

    /// Format 4: segments with deltas.
    fn segments(&mut self, at: usize) -> Option<()> {
        let count = self.short(at + 6)? / 2;
        for segment in 0..count {
            let end = self.short(at + 14 + 2 * segment)?;
            let start = self.short(at + 16 + 2 * count + 2 * segment)?;
            let delta = self.short(at + 16 + 4 * count + 2 * segment)?;
            let range_at = at + 16 + 6 * count + 2 * segment;
            let range = self.short(range_at)?;
            if start == 0xFFFF || end < start {
                continue;
            }
            for code in start..=end {
                let glyph = if range == 0 {
                    (code + delta) & 0xFFFF
                } else {
                    match self.short(range_at + range + 2 * (code - start)) {
                        None | Some(0) => 0,
                        Some(glyph) => (glyph + delta) & 0xFFFF,
                    }
                };
                self.add(u32::try_from(glyph).ok()?, u32::try_from(code).ok()?)?;
            }
        }
        Some(())
    }

    /// Format 12: groups of 32 bit codes.
    fn groups(&mut self, at: usize) -> Option<()> {
        for group in 0..self.offset(at + 12)? {
            let entry = at.checked_add(16)?.checked_add(group.checked_mul(12)?)?;
            let (start, end, glyph) = (self.long(entry)?, self.long(entry + 4)?, self.long(entry + 8)?);
            for code in start..=end {
                self.add(glyph.checked_add(code - start)?, code)?;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font program with nothing but a character map of the given sub-table.
    fn font(table: &[u8]) -> Vec<u8> {
        let mut data = vec![0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        data.extend(b"cmap");
        data.extend([0; 4]);
        data.extend(28u32.to_be_bytes());
        data.extend([0; 4]);
        data.extend([0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12]);
        data.extend(table);
        data
    }

    #[test]
    fn groups_are_read_backwards() {
        let mut table = vec![0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        for word in [0x30u32, 0x39, 5] {
            table.extend(word.to_be_bytes());
        }
        let map = characters(&font(&table));
        assert_eq!((map.get(&5), map.get(&14), map.len()), (Some(&'0'), Some(&'9'), 10));
    }

    #[test]
    fn hostile_maps_end() {
        let mut table = vec![0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF];
        for _ in 0..100 {
            for word in [0u32, u32::MAX, 0] {
                table.extend(word.to_be_bytes());
            }
        }
        assert!(characters(&font(&table)).len() <= MAX_ENTRIES);
        assert!(characters(b"").is_empty());
        assert!(characters(&[0xFF; 64]).is_empty());
    }
}
