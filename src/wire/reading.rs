//! What the page and the reader module say to each other: files in containers go in, documents come out, and what
//! archives hold.

use serde::{Deserialize, Serialize};

use super::Source;
use crate::analysis::Unreadable;

/// Texts set at coordinates from which on a file goes to the reader module: as few as make a page for `read`.
pub const POSITIONED: usize = 100;

/// How far into a file the mark of a PDF may stand.
const PDF_MARK_WITHIN: usize = 1024;

/// Asks for one file, whose bytes are the next buffer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadRequest {
    /// What the page calls it.
    pub id: u32,
    /// The name the reader knows.
    pub name: String,
    /// The password that the reader typed, if one was asked for.
    pub password: Option<String>,
}

/// What the reader module answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadReply {
    /// The module runs.
    Ready,
    /// The file was read: the document is the next buffer, in postcard's format.
    Document {
        /// Which file.
        id: u32,
    },
    /// It is an archive: each file inside is a source of its own. Those that could be taken out are the next buffers, in
    /// this order.
    Archive {
        /// Which file.
        id: u32,
        /// What is inside.
        members: Vec<MemberHeader>,
    },
    /// No container of a kind that is read here: its bytes go to the worker, which reads text and names other kinds.
    Other {
        /// Which file.
        id: u32,
    },
    /// It opens with a password only.
    Locked {
        /// Which file.
        id: u32,
        /// Whether one was given.
        wrong: bool,
    },
    /// It could not be read.
    Unreadable {
        /// Which file.
        id: u32,
        /// Why, and what to do.
        why: Unreadable,
    },
    /// The module is about to die of a bug of ours; the text is for the console.
    Panicked(String),
}

/// A file inside an archive, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberHeader {
    /// The archive's name and the path in it.
    pub name: String,
    /// Why it was not taken out, if it was not.
    pub refused: Option<Unreadable>,
}

impl MemberHeader {
    /// These files with the buffers that came with them, and those that were refused.
    pub fn with(members: Vec<Self>, buffers: impl IntoIterator<Item = Vec<u8>>) -> (Vec<Source>, Vec<Unreadable>) {
        let mut buffers = buffers.into_iter();
        let (mut sources, mut refused) = (Vec::new(), Vec::new());
        for Self { name, refused: why } in members {
            match why {
                Some(why) => refused.push(why),
                None => sources.push(Source { name, bytes: buffers.next().unwrap_or_default() }),
            }
        }
        (sources, refused)
    }
}

/// Whether a file goes to the reader module first: its first bytes are those of a container, or it [`is_set`]. Where the
/// module does not know the file after all, it says so.
pub fn wants_reader(bytes: &[u8]) -> bool {
    is_container(bytes) || is_set(bytes)
}

/// Whether a file may be a page whose texts are set at coordinates: it speaks of them as often as such a page does. What
/// reads those is the reader module's, and reads every other page as the worker would.
pub fn is_set(bytes: &[u8]) -> bool {
    const WORD: &[u8] = b"absolute";
    let (mut count, mut matched) = (0, 0);
    // In UTF-16 every other byte is zero.
    for byte in bytes.iter().filter(|&&byte| byte != 0).map(u8::to_ascii_lowercase) {
        // The word's first letter comes once in it, so a match that ends can begin anew with this byte only.
        matched = if WORD.get(matched) == Some(&byte) { matched + 1 } else { usize::from(WORD.first() == Some(&byte)) };
        if matched == WORD.len() {
            (count, matched) = (count + 1, 0);
        }
        if count >= POSITIONED {
            return true;
        }
    }
    false
}

fn is_container(bytes: &[u8]) -> bool {
    const SIGNS: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];
    let head = bytes.get(..bytes.len().min(PDF_MARK_WITHIN)).unwrap_or_default();
    SIGNS.iter().any(|sign| head.starts_with(sign)) || head.windows(5).any(|window| window == b"%PDF-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_set_at_coordinates_are_told_by_their_styles() {
        let page = |boxes: usize| format!("<html>{}", "<p style='Position: Absolute; left:1pt'>aabs</p>".repeat(boxes));
        assert!(is_set(page(POSITIONED).as_bytes()));
        assert!(!is_set(page(POSITIONED - 1).as_bytes()));
        let wide: Vec<u8> = page(POSITIONED).encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(is_set(&wide));
        assert!(wants_reader(&wide));
    }

    #[test]
    fn containers_are_told_by_their_first_bytes() {
        assert!(is_container(b"%PDF-1.7\n"));
        assert!(is_container(b"junk before it\n%PDF-1.4\n"));
        assert!(is_container(b"PK\x03\x04rest"));
        assert!(is_container(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
        for text in ["", "PK", "单位：万元", "<html>", "a,b\n1,2\n"] {
            assert!(!is_container(text.as_bytes()), "{text}");
        }
    }
}
