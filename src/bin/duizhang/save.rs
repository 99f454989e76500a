//! Where the output goes: standard output, a file, or a folder of files.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use duizhang::analysis::Analysis;
use duizhang::report::csv::{File, Options};
use duizhang::report::text::{Language, Palette};
use duizhang::report::{self, letter};
use duizhang::session::Opened;

use super::{Form, pick};

/// How and where to write.
pub(super) struct Wanted {
    /// In which form.
    pub(super) form: Form,
    /// In which language.
    pub(super) language: Language,
    /// Where to; standard output if nowhere.
    pub(super) output: Option<PathBuf>,
    /// Whether CSV files begin with a byte order mark.
    pub(super) mark: bool,
}

/// Output that is ready to be written.
enum Made {
    /// For people: colours are taken out where no terminal is.
    Text(String),
    /// A text for programs or for a file.
    Data(Vec<u8>),
    /// Bytes that a terminal cannot show.
    Binary(Vec<u8>),
    /// Several files for a folder.
    Files(Vec<File>),
}

/// Writes the analysis. The error is what the person is told.
pub(super) fn save(analysis: Analysis, wanted: &Wanted) -> Result<(), String> {
    let language = wanted.language;
    let made = make(analysis, wanted)?;
    let Some(path) = &wanted.output else {
        return match made {
            Made::Text(text) => print(text.as_bytes(), true),
            Made::Binary(_) if std::io::stdout().is_terminal() => Err(pick(
                language,
                (
                    "这种形式不是文字，不能显示在终端里；请用 --output 写明文件名",
                    "this form is no text that a terminal shows; name a file with --output",
                ),
            )
            .to_owned()),
            Made::Data(bytes) | Made::Binary(bytes) => print(&bytes, false),
            Made::Files(_) => Err(pick(
                language,
                (
                    "CSV 是一表一个文件；请用 --output 写明文件夹",
                    "CSV is a file for each table; name a folder with --output",
                ),
            )
            .to_owned()),
        };
    };
    match made {
        Made::Text(text) => write(path, text.as_bytes(), language),
        Made::Data(bytes) | Made::Binary(bytes) => write(path, &bytes, language),
        Made::Files(files) => folder(path, &files, language),
    }
}

fn make(mut analysis: Analysis, wanted: &Wanted) -> Result<Made, String> {
    let language = wanted.language;
    if !matches!(wanted.form, Form::Text | Form::Json) {
        without_folders(&mut analysis);
    }
    Ok(match wanted.form {
        Form::Text => {
            let palette = if wanted.output.is_some() { &Palette::PLAIN } else { &Palette::ANSI };
            Made::Text(report::text::text(&analysis, language, palette))
        }
        // One line a document is printed as each is done, by `batch`.
        Form::Json | Form::Ndjson => Made::Data(report::json::json(&report::report(&analysis)).into_bytes()),
        Form::Csv => Made::Files(report::csv::files(&Opened::new(analysis), Options { mark: wanted.mark, language })),
        Form::Markdown => Made::Data(report::markdown::markdown(&Opened::new(analysis), language).into_bytes()),
        Form::Html => Made::Data(report::html::html(&Opened::new(analysis), language).into_bytes()),
        Form::Xlsx => {
            let book = report::xlsx::workbook(&Opened::new(analysis), language);
            Made::Binary(book.map_err(|error| not_made(language, &error))?)
        }
        Form::Package => {
            let package = report::package::package(&Opened::new(analysis), language);
            Made::Binary(package.map_err(|error| not_made(language, &error))?)
        }
        Form::Letter => {
            let opened = Opened::new(analysis);
            let gloss = language == Language::English;
            let letters = (0..opened.analysis().documents.len())
                .filter_map(|document| letter::letter(&opened, document, &[], letter::Kind::Inquiry, gloss));
            let letters: Vec<String> = letters.collect();
            if letters.is_empty() {
                let words = ("没有不符，无可询问", "nothing that does not tie, nothing to ask");
                return Err(pick(language, words).to_owned());
            }
            Made::Data(letters.join("\n\n").into_bytes())
        }
    })
}

/// Takes the folder that all documents are in from their names: where a file lay on somebody's disk is nobody's business
/// who is handed a report.
fn without_folders(analysis: &mut Analysis) {
    let folder = |name: &str| name.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let mut common: Option<String> = None;
    let names = || analysis.documents.iter().map(|d| &d.name).chain(analysis.unreadable.iter().map(|u| &u.name));
    for name in names() {
        let own = &name[..folder(name)];
        let shared = common.as_deref().map_or(own, |common| {
            let same = common.bytes().zip(own.bytes()).take_while(|(a, b)| a == b).count();
            // Only whole folders: up to the last separator that both have.
            &own[..own.get(..same).map_or(0, folder)]
        });
        common = Some(shared.to_owned());
    }
    let length = common.map_or(0, |common| common.len());
    let names = analysis.documents.iter_mut().map(|d| &mut d.name);
    for name in names.chain(analysis.unreadable.iter_mut().map(|u| &mut u.name)) {
        name.drain(..length.min(name.len()));
    }
}

fn not_made(language: Language, error: &dyn std::error::Error) -> String {
    format!("{}{error}", pick(language, ("做不成：", "cannot be made: ")))
}

/// A closed pipe (`| head`) ends the output quietly.
#[expect(clippy::unnecessary_wraps, reason = "one of several ways to write, which fail")]
fn print(bytes: &[u8], colours: bool) -> Result<(), String> {
    let _ = if colours { anstream::stdout().write_all(bytes) } else { std::io::stdout().lock().write_all(bytes) };
    Ok(())
}

fn write(path: &Path, bytes: &[u8], language: Language) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| not_written(path, &error, language))
}

/// Writes files into a folder, which is made if it is not there. Other files in it stay.
fn folder(path: &Path, files: &[File], language: Language) -> Result<(), String> {
    std::fs::create_dir_all(path).map_err(|error| not_written(path, &error, language))?;
    for file in files {
        write(&path.join(&file.name), &file.bytes, language)?;
    }
    Ok(())
}

fn not_written(path: &Path, error: &std::io::Error, language: Language) -> String {
    format!("{}: {}{error}", path.display(), pick(language, ("写不进去：", "cannot be written: ")))
}

#[cfg(test)]
mod tests {
    use duizhang::analysis::Unreadable;

    use super::*;

    #[test]
    fn names_lose_the_folder_that_they_share() {
        let shown = |names: &[&str]| {
            let unreadable = |name: &&str| Unreadable {
                name: (*name).to_owned(),
                message: String::new(),
                message_en: String::new(),
            };
            let mut analysis = Analysis { unreadable: names.iter().map(unreadable).collect(), ..Analysis::default() };
            without_folders(&mut analysis);
            analysis.unreadable.into_iter().map(|u| u.name).collect::<Vec<_>>()
        };
        assert_eq!(shown(&["/home/甲/a.txt"]), ["a.txt"]);
        assert_eq!(shown(&["/home/甲/2023/a.txt", "/home/甲/2024/a.txt"]), ["2023/a.txt", "2024/a.txt"]);
        assert_eq!(shown(&["/home/甲/a.txt", "b.txt"]), ["/home/甲/a.txt", "b.txt"]);
        assert_eq!(shown(&["C:\\x\\a.txt", "C:\\x\\b.txt"]), ["a.txt", "b.txt"]);
        assert_eq!(shown(&["-"]), ["-"]);
    }
}
