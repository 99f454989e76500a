//! Why a file could not be read: what was found, and what to do.

use std::fmt;

use crate::message::Message;

/// Why a file could not be read. The message says what was found and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// No bytes, or nothing but white space.
    Empty,
    /// A file of a kind that has no reader.
    NotYet(Form),
    /// It opens with a password only.
    Password {
        /// One was given and does not open it.
        wrong: bool,
    },
    /// A PDF that its reader could not read.
    #[cfg(feature = "pdf")]
    Pdf(super::pdf::PdfError),
    /// A container whose structure is damaged.
    Damaged(Form),
    /// A container that opens with a password only.
    Locked(Form),
    /// An archive, or a file in it, that was refused.
    #[cfg(feature = "archive")]
    Archive(super::archive::Refusal),
    /// Bytes that are neither text nor a known container.
    Binary,
    /// Text in no encoding that we know.
    Undecodable,
    /// More than a limit allows.
    TooLarge {
        /// Of what.
        what: Excess,
        /// How much there is.
        found: usize,
        /// How much is read.
        limit: usize,
    },
}

/// What there was too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// Bytes of the file.
    Bytes,
    /// Lines of its text.
    Lines,
    /// Cells of its tables.
    Cells,
    /// Bytes that its parts unpack to.
    Unpacked,
}

/// A kind of file that was told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// PDF
    Pdf,
    /// OFD, the fixed-layout format of Chinese authorities (GB/T 33190).
    Ofd,
    /// Excel workbook of 2007 and later.
    Xlsx,
    /// Excel workbook in binary parts.
    Xlsb,
    /// Excel workbook of 97–2003.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Word document of 2007 and later.
    Docx,
    /// Word document of 97–2003.
    Doc,
    /// OpenDocument text.
    Odt,
    /// PowerPoint, either generation.
    Slides,
    /// An OLE compound file of another program (older WPS too).
    Ole,
    /// A document of Office 2007 and later that is encrypted with a password.
    Encrypted,
    /// Rich Text Format.
    Rtf,
    /// A web archive (MHT, "single file web page").
    WebArchive,
    /// XML of Excel or Word 2003.
    OfficeXml,
    /// ZIP archive.
    Zip,
    /// RAR archive.
    Rar,
    /// 7z archive.
    SevenZip,
    /// gzip, bzip2, xz or zstd stream.
    Compressed,
    /// A picture.
    Image,
}

/// What a person can do with a file of a kind.
enum Remedy {
    CopyText,
    SaveAs(&'static str, &'static str),
    Unpack,
    Recognise,
}

impl Form {
    /// Its name in Chinese and English.
    fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Pdf => ("PDF 文件", "a PDF file"),
            Self::Ofd => ("OFD 版式文件", "an OFD file"),
            Self::Xlsx => ("Excel 工作簿（xlsx）", "an Excel workbook (xlsx)"),
            Self::Xlsb => ("Excel 二进制工作簿（xlsb）", "an Excel binary workbook (xlsb)"),
            Self::Xls => ("Excel 97–2003 工作簿（xls）", "an Excel 97–2003 workbook (xls)"),
            Self::Ods => ("ODS 电子表格", "an OpenDocument spreadsheet"),
            Self::Docx => ("Word 文档（docx）", "a Word document (docx)"),
            Self::Doc => ("Word 97–2003 文档（doc）", "a Word 97–2003 document (doc)"),
            Self::Odt => ("ODT 文档", "an OpenDocument text"),
            Self::Slides => ("演示文稿", "a presentation"),
            Self::Ole => ("旧版 Office 或 WPS 文件", "a file of an older Office or WPS program"),
            Self::Encrypted => ("加密的 Office 文件", "an encrypted Office file"),
            Self::Rtf => ("RTF 文档", "an RTF document"),
            Self::WebArchive => ("网页归档文件（mht）", "a web archive (mht)"),
            Self::OfficeXml => ("Office 2003 的 XML 文件", "an Office 2003 XML file"),
            Self::Zip => ("ZIP 压缩包", "a ZIP archive"),
            Self::Rar => ("RAR 压缩包", "a RAR archive"),
            Self::SevenZip => ("7z 压缩包", "a 7z archive"),
            Self::Compressed => ("压缩文件", "a compressed file"),
            Self::Image => ("图片", "a picture"),
        }
    }

    fn remedy(self) -> Remedy {
        match self {
            Self::Pdf | Self::Ofd | Self::Docx | Self::Slides | Self::Ole | Self::Encrypted => Remedy::CopyText,
            Self::Doc | Self::Odt | Self::Rtf => Remedy::SaveAs(
                "用 Word 或 WPS 打开，另存为 docx 后放入，或把文字复制出来粘贴",
                "open it in a word processor and save it as docx, or copy its text and paste that",
            ),
            Self::Xlsb => Remedy::SaveAs("用 Excel 或 WPS 打开，另存为 xlsx", "open it in Excel and save it as xlsx"),
            Self::Xlsx | Self::Xls | Self::Ods => {
                Remedy::SaveAs("选中表格复制后粘贴，或另存为 CSV", "copy its cells and paste them, or save it as CSV")
            }
            Self::WebArchive => Remedy::SaveAs(
                "在浏览器中打开，全选复制后粘贴，或另存为 HTML",
                "open it in a browser and paste all of it, or save it as HTML",
            ),
            Self::OfficeXml => Remedy::SaveAs("打开后复制内容再粘贴", "open it, copy its content and paste that"),
            Self::Zip | Self::Rar | Self::SevenZip | Self::Compressed => Remedy::Unpack,
            Self::Image => Remedy::Recognise,
        }
    }
}

impl ReadError {
    /// Whether the file opens with a password only, or with another one than was given.
    pub fn wants_password(&self) -> bool {
        matches!(self, Self::Password { .. })
    }

    /// The message in both languages.
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new(
                "文件里没有文字。若原件是扫描件或图片，请先识别出文字再放进来",
                "There is no text in the file. If the original is a scan or a picture, have its text recognised first",
            ),
            Self::Password { wrong: false } => Message::new(
                "文件需要打开密码；请输入密码，或先用密码打开，另存为不加密的文件再试",
                "The file opens with a password only. Enter it, or open the file, save a copy without one and try that",
            ),
            Self::Password { wrong: true } => Message::new(
                "密码不对，文件没有打开；请核对大小写后再输入",
                "The password does not open the file. Check its upper and lower case and try again",
            ),
            #[cfg(feature = "pdf")]
            Self::Pdf(error) => error.message(),
            Self::NotYet(form) => {
                let (zh, en) = form.name();
                match form.remedy() {
                    Remedy::CopyText => Message::new(
                        format!("这是{zh}，目前还不能直接读取。请打开后把文字复制出来，粘贴到这里"),
                        format!(
                            "This is {en}, which cannot be read yet. Open it, copy the text out of it and paste it"
                        ),
                    ),
                    Remedy::SaveAs(do_zh, do_en) => Message::new(
                        format!("这是{zh}，目前还不能直接读取。请{do_zh}"),
                        format!("This is {en}, which cannot be read yet. Please {do_en}"),
                    ),
                    Remedy::Unpack => Message::new(
                        format!("这是{zh}，目前还不能直接读取。请解压后放入里面的文件"),
                        format!("This is {en}, which cannot be read yet. Unpack it and open the files inside"),
                    ),
                    Remedy::Recognise => Message::new(
                        format!("这是{zh}，目前还不能识别其中的文字。请先用文字识别（OCR）工具转成文字，再粘贴到这里"),
                        format!(
                            "This is {en}; text in pictures cannot be read yet. \
                             Turn it into text with a recognition (OCR) tool and paste that"
                        ),
                    ),
                }
            }
            Self::Damaged(form) => {
                let (zh, en) = form.name();
                Message::new(
                    format!("这是{zh}，但文件已损坏或不完整，读不出来。请重新下载，或打开后另存再试"),
                    format!(
                        "This is {en}, but it is damaged or incomplete and cannot be read. \
                         Download it again, or open it, save a copy and try that"
                    ),
                )
            }
            Self::Locked(form) => {
                let (zh, en) = form.name();
                Message::new(
                    format!("这是{zh}，需要密码才能打开。请用密码打开，另存为不加密的文件再试"),
                    format!("This is {en} that needs a password. Open it, save a copy without one and try that"),
                )
            }
            #[cfg(feature = "archive")]
            Self::Archive(refusal) => refusal.message(),
            Self::Binary => Message::new(
                "文件内容不是文字，也不是已知的文档格式。请确认文件完整，或把文字复制出来粘贴到这里",
                "The content is neither text nor a known kind of document. \
                 Check that the file is complete, or copy the text out of it and paste it",
            ),
            Self::Undecodable => Message::new(
                "无法判断文字编码（已试 UTF-8、UTF-16、GB18030 等）。请另存为 UTF-8，或把文字复制出来粘贴到这里",
                "The text is in no encoding that was tried (UTF-8, UTF-16, GB18030 and others). \
                 Save it as UTF-8, or copy the text and paste it",
            ),
            Self::TooLarge { what, found, limit } => {
                let (zh, en) = match what {
                    Excess::Bytes => ("字节", "bytes"),
                    Excess::Lines => ("行", "lines"),
                    Excess::Cells => ("个单元格", "cells"),
                    Excess::Unpacked => ("字节（解压后）", "bytes once unpacked"),
                };
                Message::new(
                    format!("文件太大：{found} {zh}，最多读取 {limit} {zh}。请只放入需要核对的部分"),
                    format!(
                        "The file is too large: {found} {en}, at most {limit} are read. Open only the part to check"
                    ),
                )
            }
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().zh)
    }
}

impl std::error::Error for ReadError {}
