//! What the page and the picture module say to each other: a PDF goes in once, its pages come out as pictures.

use serde::{Deserialize, Serialize};

/// What the page asks of the picture module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureRequest {
    /// Take this file, whose bytes are the next buffer, in place of the one before.
    Open {
        /// What the page calls it.
        file: u32,
        /// The password that the reader typed, if one was asked for.
        password: Option<String>,
    },
    /// Draw a page of the file.
    Draw {
        /// Which file.
        file: u32,
        /// 1-based page.
        page: u32,
        /// Thousandths of a pixel for each point.
        scale: u32,
    },
}

/// What the picture module answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureReply {
    /// The module runs.
    Ready,
    /// The file was taken.
    Opened {
        /// Which file.
        file: u32,
        /// Width and height of each page as it is shown, in hundredths of a point. None where it cannot be drawn.
        pages: Vec<(u32, u32)>,
    },
    /// A page was drawn. Its pixels are the next buffer: rows from the top, red, green, blue and alpha a byte each.
    Drawn {
        /// Which file.
        file: u32,
        /// 1-based page.
        page: u32,
        /// The scale that was asked for.
        scale: u32,
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// Characters of fonts that the file leaves out, for the browser to draw with a font of its own.
        left_out: Vec<LeftOut>,
    },
    /// The module is about to die of a bug of ours; the text is for the console.
    Panicked(String),
}

/// A character that the picture does not hold, because the file leaves its font out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The character.
    pub character: char,
    /// How one em of it lies on the picture, in thousandths of a pixel: where its x axis and its y axis lead, and
    /// where its origin is. Downwards is positive.
    pub matrix: [i32; 6],
}

/// Most pixels of one picture: 8 million are a page of A4 at 240 dots an inch, and 32 MB of memory.
pub const MAX_PIXELS: u32 = 8_000_000;
