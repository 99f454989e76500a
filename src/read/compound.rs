//! OLE compound files, the container of XLS and DOC.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::MAX_BYTES;

/// An open compound file.
pub(super) struct Compound<'a>(CompoundFile<Cursor<&'a [u8]>>);

impl<'a> Compound<'a> {
    /// Opens `bytes`; `None` where the directory is damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        CompoundFile::open(Cursor::new(bytes)).ok().map(Self)
    }

    /// Whether the root has a stream of this name. Names of embedded objects do not count.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.is_stream(name)
    }

    /// The bytes of a stream, as far as they can be read: a cut file gives what is left of it.
    pub(super) fn stream(&mut self, name: &str) -> Option<Vec<u8>> {
        let stream = self.0.open_stream(name).ok()?;
        let mut bytes = Vec::new();
        // No stream is longer than the file.
        let read = stream.take(u64::try_from(MAX_BYTES).unwrap_or(u64::MAX)).read_to_end(&mut bytes);
        (read.is_ok() || !bytes.is_empty()).then_some(bytes)
    }
}

/// Little-endian numbers at a position; `None` past the end.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let end = at.checked_add(2)?;
    Some(u16::from_le_bytes(bytes.get(at..end)?.try_into().ok()?))
}

/// See [`u16_at`].
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let end = at.checked_add(4)?;
    Some(u32::from_le_bytes(bytes.get(at..end)?.try_into().ok()?))
}

/// [`u32_at`] as a position.
pub(super) fn offset_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}
