//! ZIP archives: each file inside is a source of its own.
//!
//! Nothing is written anywhere, so a path that leaves the archive could do no harm here; it is refused because whoever
//! made it meant harm, and the name would mislead. What is refused is named, with the reason; the rest is read.

use std::borrow::Cow;
use std::fmt;

use super::package::{Failure, MAX_UNPACKED, Package};
use super::{Form, MAX_BYTES, Member, ReadError, encoding, sniff};
use crate::message::Message;

/// Most files of one archive, those of the archives inside it included. A county's whole disclosure of a year has some
/// three hundred.
pub const MAX_FILES: usize = 2_000;

/// Deepest archive in an archive: portals pack each department's files and then all of them.
pub const MAX_DEPTH: usize = 3;

/// How many times its own size an archive may unpack to. Text packs to a tenth, a workbook of XLS with blank sheets to a
/// fiftieth; deflate could reach a thousandth.
pub const MAX_EXPANSION: u64 = 200;

/// What an archive may unpack to whatever its size: small ones of blank forms would be bombs otherwise.
const FREE: u64 = 16 << 20;

/// Longest name of a file inside, in bytes.
const MAX_NAME: usize = 1_024;

/// Why an archive, or a file inside it, was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It holds no file.
    Nothing,
    /// More files than [`MAX_FILES`].
    TooMany,
    /// It unpacks to more than [`MAX_EXPANSION`] times its size.
    Bomb,
    /// More than [`MAX_DEPTH`] archives inside one another.
    TooDeep,
    /// Its path leads out of the archive.
    Outside,
    /// Two files have one name; only the last of them can be reached.
    Twins,
    /// It is packed by a method that is not built in.
    Method,
}

impl Refusal {
    /// The message in both languages: what was found and what to do.
    pub fn message(self) -> Message {
        match self {
            Self::Nothing => Message::new(
                "压缩包里没有文件。请确认下载完整",
                "There is no file in the archive. Check that the download is complete",
            ),
            Self::TooMany => Message::new(
                format!("压缩包里的文件超过 {MAX_FILES} 个，多出的没有读取。请解压后分批放入"),
                format!(
                    "There are more than {MAX_FILES} files in the archive; the rest was not read. \
                     Unpack it and open the files in several goes"
                ),
            ),
            Self::Bomb => Message::new(
                format!(
                    "解压后的大小超过压缩包的 {MAX_EXPANSION} 倍，可能是恶意文件，没有读取。若确认来源可靠，请解压后放入里面的文件"
                ),
                format!(
                    "It unpacks to more than {MAX_EXPANSION} times the archive's size and may be malicious; it was not \
                     read. If you trust where it is from, unpack it and open the files inside"
                ),
            ),
            Self::TooDeep => Message::new(
                format!("压缩包层层嵌套超过 {MAX_DEPTH} 层，没有读取。请解压后放入里面的文件"),
                format!(
                    "More than {MAX_DEPTH} archives stand inside one another; it was not read. \
                     Unpack it and open the files inside"
                ),
            ),
            Self::Outside => Message::new(
                "文件的路径指向压缩包之外（含“..”或绝对路径），没有读取。请解压后确认文件再放入",
                "Its path leads out of the archive (“..” or an absolute path); it was not read. \
                 Unpack the archive, look at the file and open it",
            ),
            Self::Twins => Message::new(
                "压缩包里有重名的文件，只读取了其中一个。请解压后逐个放入",
                "Files in the archive have the same name; only one of them was read. \
                 Unpack it and open them one by one",
            ),
            Self::Method => Message::new(
                "压缩包使用了不支持的压缩方法。请解压后放入里面的文件",
                "The archive is packed by a method that is not supported. Unpack it and open the files inside",
            ),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().zh)
    }
}

/// What may still be taken out of one archive that was opened, the archives inside it included.
struct Budget {
    files: usize,
    bytes: u64,
}

/// The files inside an archive, in its order.
pub(super) fn expand(name: &str, bytes: &[u8]) -> Vec<Member<'static>> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut budget = Budget { files: MAX_FILES, bytes: size.saturating_mul(MAX_EXPANSION).clamp(FREE, MAX_UNPACKED) };
    let mut members = Vec::new();
    unpack(name, bytes, 1, &mut budget, &mut members);
    members
}

fn refused(name: &str, refusal: Refusal) -> Member<'static> {
    Member { name: name.to_owned(), content: Err(ReadError::Archive(refusal)) }
}

fn unpack(archive: &str, bytes: &[u8], depth: usize, budget: &mut Budget, members: &mut Vec<Member<'static>>) {
    let mut package = match Package::open(bytes, Form::Zip) {
        Ok(package) => package,
        Err(error) => return members.push(Member { name: archive.to_owned(), content: Err(error) }),
    };
    if package.has_twins() {
        members.push(refused(archive, Refusal::Twins));
    }
    let mut found = false;
    for index in 0..package.len() {
        let Some(raw) = package.raw_name(index) else { continue };
        let path = decoded(&raw);
        if is_folder(&path) || is_litter(&path) {
            continue;
        }
        found = true;
        if budget.files == 0 {
            return members.push(refused(archive, Refusal::TooMany));
        }
        budget.files -= 1;
        let name = format!("{archive}/{}", path.trim_start_matches(['/', '\\']));
        if leads_out(&path) {
            members.push(refused(&name, Refusal::Outside));
            continue;
        }
        let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
        let content = match package.unpack(index, budget.bytes.min(most)) {
            Ok(content) => content,
            // The file alone is larger than any that is read.
            Err(Failure::TooLarge) if budget.bytes > most => {
                budget.bytes -= most;
                let error = ReadError::TooLarge {
                    what: super::Excess::Bytes,
                    found: MAX_BYTES.saturating_add(1),
                    limit: MAX_BYTES,
                };
                members.push(Member { name, content: Err(error) });
                continue;
            }
            Err(Failure::TooLarge) => return members.push(refused(archive, Refusal::Bomb)),
            Err(failure) => {
                let error = match failure {
                    Failure::Locked => ReadError::Locked(Form::Zip),
                    Failure::Method => ReadError::Archive(Refusal::Method),
                    Failure::Damaged | Failure::TooLarge => ReadError::Damaged(Form::Zip),
                };
                members.push(Member { name, content: Err(error) });
                continue;
            }
        };
        budget.bytes = budget.bytes.saturating_sub(u64::try_from(content.len()).unwrap_or(u64::MAX));
        if sniff::container(&content) == Some(Form::Zip) {
            if depth < MAX_DEPTH {
                unpack(&name, &content, depth + 1, budget, members);
            } else {
                members.push(refused(&name, Refusal::TooDeep));
            }
        } else {
            members.push(Member { name, content: Ok(Cow::Owned(content)) });
        }
    }
    if !found {
        members.push(refused(archive, Refusal::Nothing));
    }
}

/// A name inside an archive: UTF-8 if it is that, else what it looks like, which is GBK where Windows packed it.
fn decoded(raw: &[u8]) -> String {
    let raw = raw.get(..raw.len().min(MAX_NAME)).unwrap_or(raw);
    match encoding::decode(raw) {
        Ok(decoded) => decoded.text.into_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

fn is_folder(path: &str) -> bool {
    path.ends_with(['/', '\\'])
}

/// What systems put beside files and nobody published.
fn is_litter(path: &str) -> bool {
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
    last.starts_with('.')
        || path.split('/').any(|part| part == "__MACOSX")
        || last.eq_ignore_ascii_case("thumbs.db")
        || last.eq_ignore_ascii_case("desktop.ini")
}

fn leads_out(path: &str) -> bool {
    let drive = path.chars().nth(1) == Some(':');
    path.starts_with(['/', '\\']) || drive || path.split(['/', '\\']).any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;
    use crate::read::expand;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a new file");
            zip.write_all(content).expect("memory");
        }
        zip.finish().expect("memory").into_inner()
    }

    fn shown(members: &[Member]) -> Vec<String> {
        members
            .iter()
            .map(|member| match &member.content {
                Ok(content) => format!("{} {}", member.name, content.len()),
                Err(error) => format!("{} {error:?}", member.name),
            })
            .collect()
    }

    #[test]
    fn each_file_is_a_source_and_archives_inside_are_opened() {
        let inner = archive(&[("乙.txt", b"abc")]);
        let outer = archive(&[
            ("甲/", b""),
            ("甲/一.txt", b"ab"),
            ("__MACOSX/甲", b"x"),
            (".DS_Store", b"x"),
            ("内.zip", &inner),
        ]);
        assert_eq!(shown(&expand("包.zip", &outer)), ["包.zip/甲/一.txt 2", "包.zip/内.zip/乙.txt 3"]);
    }

    #[test]
    fn a_file_that_is_no_archive_is_itself() {
        assert_eq!(shown(&expand("包.zip", b"not an archive")), ["包.zip 14"]);
    }

    #[test]
    fn names_of_windows_are_gbk() {
        let (gbk, ..) = encoding_rs::GBK.encode("预算公开表.txt");
        assert_eq!(decoded(&gbk), "预算公开表.txt");
        assert_eq!(decoded("预算公开表.txt".as_bytes()), "预算公开表.txt");
    }

    #[test]
    fn a_bomb_is_refused_and_what_came_before_it_is_kept() {
        let zeros = vec![0_u8; 40 << 20];
        let bomb = archive(&[("一.txt", b"ab"), ("零.txt", &zeros), ("二.txt", b"ab")]);
        assert!(bomb.len() < 1 << 20);
        assert_eq!(shown(&expand("包.zip", &bomb)), ["包.zip/一.txt 2", "包.zip Archive(Bomb)"]);
    }

    #[test]
    fn a_path_out_of_the_archive_is_refused() {
        let names = ["../一.txt", "甲/../../一.txt", "C:\\一.txt", "..\\一.txt"];
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, b"ab".as_slice())).collect();
        let packed = archive(&files);
        let members = expand("包.zip", &packed);
        assert_eq!(members.len(), 4, "{:?}", shown(&members));
        assert!(members.iter().all(|member| member.content == Err(ReadError::Archive(Refusal::Outside))));
    }

    #[test]
    fn too_many_files_and_too_deep_are_refused() {
        let names: Vec<String> = (0..MAX_FILES + 5).map(|n| format!("{n}.txt")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"1".as_slice())).collect();
        let packed = archive(&files);
        let members = expand("包.zip", &packed);
        assert_eq!(members.len(), MAX_FILES + 1);
        assert_eq!(members.last().map(|last| last.content.clone()), Some(Err(ReadError::Archive(Refusal::TooMany))));
        let mut nested = archive(&[("一.txt", b"1")]);
        for _ in 0..MAX_DEPTH {
            nested = archive(&[("内.zip", &nested)]);
        }
        assert_eq!(shown(&expand("包.zip", &nested)), ["包.zip/内.zip/内.zip/内.zip Archive(TooDeep)"]);
    }

    #[test]
    fn an_empty_archive_says_so() {
        assert_eq!(shown(&expand("包.zip", &archive(&[]))), ["包.zip Archive(Nothing)"]);
    }
}
