//! Opening a file: passwords, damage, and which pages there are.

use std::collections::BTreeSet;
use std::fmt;

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjectIdentifier};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::disclosure::Message;
use crate::read::ReadError;

/// Why a PDF could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PdfError {
    /// No `%PDF-` near the beginning.
    NotPdf,
    /// Its encryption is of an unknown kind.
    Encryption,
    /// It is damaged beyond finding a page.
    Damaged,
    /// It breaks off before its end, and what there is holds no page.
    Cut,
}

impl PdfError {
    /// The message in both languages: what was found and what to do.
    pub fn message(self) -> Message {
        match self {
            Self::NotPdf => {
                Message::new("这不是 PDF 文件：开头没有 %PDF 标记", "this is no PDF file: it does not begin with %PDF")
            }
            Self::Encryption => Message::new(
                "PDF 的加密方式不支持；请另存为不加密的文件再试",
                "the PDF is encrypted in a way that is not supported; save a copy without encryption and try that",
            ),
            Self::Damaged => Message::new(
                "PDF 已损坏，一页也读不出来；请重新下载，或用阅读器打开后另存",
                "the PDF is damaged and no page can be read; download it again, or open it in a viewer and save a copy",
            ),
            Self::Cut => Message::new(
                "PDF 文件不完整，可能没有下载完：没有结尾，一页也读不出来；请重新下载完整的文件再放进来",
                "the PDF is incomplete, perhaps its download was cut off: it has no end, and no page can be read; \
                 download all of it and open that",
            ),
        }
    }
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().zh)
    }
}

/// Whether the bytes are a PDF, whatever their name: the mark may stand behind some junk.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    start.windows(5).any(|window| window == b"%PDF-")
}

/// Whether the file breaks off: nothing in its last part says that it ends. Servers add a few bytes to some.
fn is_cut(bytes: &[u8]) -> bool {
    const LAST: usize = 4096;
    let last = bytes.get(bytes.len().saturating_sub(LAST)..).unwrap_or_default();
    let holds = |mark: &[u8]| last.windows(mark.len()).any(|window| window == mark);
    !holds(b"%%EOF") && !holds(b"startxref")
}

/// An open file.
pub(super) struct Opened {
    pub(super) pdf: Pdf,
    /// The file breaks off, or its pages had to be searched for.
    pub(super) incomplete: bool,
}

/// Opens the file; where its end with the directory of objects is lost, a directory that names no page makes hayro look
/// for the pages themselves.
pub(super) fn open(bytes: &[u8], password: Option<&str>) -> Result<Opened, ReadError> {
    // The owner's password opens it, too.
    let password = password.unwrap_or("");
    let cut = is_cut(bytes);
    let error = match Pdf::new_with_password(bytes.to_vec(), password) {
        Ok(pdf) if !pdf.pages().is_empty() => return Ok(Opened { pdf, incomplete: cut }),
        Ok(_) | Err(LoadPdfError::Invalid) => {
            if cut {
                PdfError::Cut
            } else {
                PdfError::Damaged
            }
        }
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            return Err(ReadError::Password { wrong: !password.is_empty() });
        }
        Err(LoadPdfError::Decryption(_)) => return Err(ReadError::Pdf(PdfError::Encryption)),
    };
    let mut mended = bytes.to_vec();
    mended.extend_from_slice(
        b"\nendstream\nendobj\n9999990 0 obj\n<</Type/Catalog/Pages 9999991 0 R>>\nendobj\ntrailer\n<</Root 9999990 0 R>>\n%%EOF\n",
    );
    match Pdf::new_with_password(mended, password) {
        Ok(pdf) if !pdf.pages().is_empty() => Ok(Opened { pdf, incomplete: true }),
        _ => Err(ReadError::Pdf(error)),
    }
}

/// Which pages the file's own tree names: for each whether it could be found. `None` where the tree says something else
/// than what was found, so that the pages found are simply counted.
pub(super) fn found(pdf: &Pdf, most: usize) -> Option<Vec<bool>> {
    let tree = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?.get::<Dict<'_>>("Pages")?;
    let mut walk = Walk { pdf, seen: tree.obj_id().into_iter().collect(), pages: Vec::new(), most };
    walk.kids(&tree, 0);
    (walk.pages.iter().filter(|&&found| found).count() == pdf.pages().len()).then_some(walk.pages)
}

struct Walk<'p> {
    pdf: &'p Pdf,
    seen: BTreeSet<ObjectIdentifier>,
    pages: Vec<bool>,
    most: usize,
}

impl Walk<'_> {
    fn kids(&mut self, node: &Dict<'_>, depth: usize) {
        /// A balanced tree of a hundred thousand pages is five deep.
        const DEEPEST: usize = 64;
        let Some(kids) = node.get::<Array<'_>>("Kids").filter(|_| depth < DEEPEST) else { return };
        for kid in kids.raw_iter() {
            if self.pages.len() > self.most {
                return;
            }
            let dict = match kid {
                MaybeRef::Ref(id) => {
                    let id = ObjectIdentifier::from(id);
                    if !self.seen.insert(id) {
                        continue;
                    }
                    self.pdf.xref().get::<Dict<'_>>(id)
                }
                MaybeRef::NotRef(object) => object.into_dict(),
            };
            match dict {
                None => self.pages.push(false),
                Some(dict) if dict.get::<Name<'_>>("Type").as_deref() == Some(b"Pages") => {
                    self.kids(&dict, depth + 1);
                }
                Some(_) => self.pages.push(true),
            }
        }
    }
}
