//! Streams, unpacked. Nearly all are packed with deflate alone, which flate2 undoes several times as fast as hayro; hayro
//! has all other ways, and what can be had of a stream that breaks off.

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::xref::XRef;

/// What a stream holds.
pub(super) struct Unpacked {
    pub(super) data: Vec<u8>,
    /// Whether it is all of it: a stream that breaks off is read as far as it goes.
    pub(super) whole: bool,
}

/// Unpacks a stream; `None` where nothing can be had of it.
pub(super) fn unpacked(stream: &Stream<'_>) -> Option<Unpacked> {
    let deflated = is_deflated(stream.dict());
    if deflated && let Some(data) = inflated(&stream.raw_data()) {
        return Some(Unpacked { data, whole: true });
    }
    let data = stream.decoded_data().ok()?.into_owned();
    Some(Unpacked { data, whole: !deflated })
}

/// What a page shows: its streams, one after the other. `None` where it has none.
pub(super) fn of_page(page: &Page<'_>, xref: &XRef) -> Option<Unpacked> {
    if let Some(stream) = page.raw().get::<Stream<'_>>("Contents") {
        return unpacked(&stream);
    }
    let parts = page.raw().get::<Array<'_>>("Contents")?;
    let mut content = Unpacked { data: Vec::new(), whole: true };
    for part in parts.raw_iter() {
        let stream = match part {
            MaybeRef::Ref(at) => xref.get::<Stream<'_>>(ObjectIdentifier::from(at)),
            MaybeRef::NotRef(object) => Object::into_stream(object),
        };
        match stream.as_ref().and_then(unpacked) {
            Some(part) => {
                content.data.extend(part.data);
                content.whole &= part.whole;
                // An operator does not go on in the next stream.
                content.data.push(b' ');
            }
            None => content.whole = false,
        }
    }
    Some(content)
}

/// Whether a stream is packed with deflate and nothing else.
fn is_deflated(dict: &Dict<'_>) -> bool {
    let only = |name: Name<'_>| matches!(&*name, b"FlateDecode" | b"Fl");
    if dict.contains_key("DecodeParms") || dict.contains_key("DP") || dict.contains_key("F") {
        return false;
    }
    if let Some(name) = dict.get::<Name<'_>>("Filter") {
        return only(name);
    }
    let filters = dict.get::<Array<'_>>("Filter");
    filters.is_some_and(|filters| {
        let mut filters = filters.iter::<Name<'_>>();
        filters.next().is_some_and(only) && filters.next().is_none()
    })
}

/// The bytes of a zlib stream that is whole. Its checksum is not asked for: some programs write a wrong one.
fn inflated(packed: &[u8]) -> Option<Vec<u8>> {
    /// Bytes that are made room for at a time, at least.
    const ROOM: usize = 1 << 12;
    let &[method, flags, ref packed @ ..] = packed else { return None };
    let head = u16::from_be_bytes([method, flags]);
    if method & 15 != 8 || !head.is_multiple_of(31) || flags & 0x20 != 0 {
        return None;
    }
    let mut state = Decompress::new(false);
    let mut data = Vec::with_capacity(packed.len().saturating_mul(4).max(ROOM));
    loop {
        if data.capacity() == data.len() {
            data.reserve(data.len().max(ROOM));
        }
        let (read, written) = (state.total_in(), state.total_out());
        let rest = packed.get(usize::try_from(read).ok()?..)?;
        match state.decompress_vec(rest, &mut data, FlushDecompress::None).ok()? {
            Status::StreamEnd => return Some(data),
            _ if state.total_in() == read && state.total_out() == written => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_stream_is_whole_or_nothing() {
        let text: Vec<u8> = (0..100_000u32).flat_map(u32::to_le_bytes).collect();
        for bytes in [&b""[..], b"q Q", &text, &vec![b' '; 1_000_000]] {
            let packed = packed(bytes);
            assert_eq!(inflated(&packed).as_deref(), Some(bytes));
            let (body, _) = packed.split_at(packed.len() - 4);
            assert_eq!(inflated(body).as_deref(), Some(bytes), "without its checksum");
            assert_eq!(inflated(&packed[..packed.len() - 6]), None);
        }
        assert_eq!(inflated(b"q 1 0 0 1 0 0 cm"), None);
    }
}
