//! A dropped or chosen folder: its files, folder by folder, each with its path.

use gloo::file::File;
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

/// Most files of one drop: a province's disclosures of a year are some thousands.
pub(super) const MAX_FILES: usize = 5_000;

/// What was dropped, if a folder is among it: its name and entries. Must be asked while the drop is being told of.
pub(super) fn dropped(data: &DataTransfer) -> Option<(String, Vec<FileSystemEntry>)> {
    let items = data.items();
    let entries: Vec<FileSystemEntry> =
        (0..items.length()).filter_map(|at| items.get(at)?.webkit_get_as_entry().ok().flatten()).collect();
    let folder = entries.iter().find(|entry| entry.is_directory())?;
    let name = folder.name();
    Some((name, entries))
}

/// The files of a folder that was chosen, by path, and its name; hidden ones are left out. `None` for files that were
/// chosen one by one.
pub(super) fn chosen(files: &[File]) -> Option<(String, Vec<(String, File)>)> {
    let path = |file: &File| {
        let file: &web_sys::File = file.as_ref();
        let path = Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
        path.filter(|path| !path.is_empty())
    };
    let mut found: Vec<(String, File)> = files.iter().filter_map(|file| Some((path(file)?, file.clone()))).collect();
    let name = found.first()?.0.split('/').next().unwrap_or_default().to_owned();
    found.retain(|(path, _)| !path.split('/').any(|part| part.starts_with('.')));
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found.truncate(MAX_FILES);
    Some((name, found))
}

/// The files of these entries and of the folders in them, by path; hidden ones are left out.
pub(super) async fn files(entries: Vec<FileSystemEntry>) -> Vec<(String, File)> {
    let mut open = entries;
    let mut found = Vec::new();
    while let Some(entry) = open.pop() {
        if entry.name().starts_with('.') || found.len() >= MAX_FILES {
            continue;
        }
        if let Some(folder) = entry.dyn_ref::<FileSystemDirectoryEntry>().filter(|_| entry.is_directory()) {
            let reader = folder.create_reader();
            // A folder is handed over in pieces, the last of them empty.
            loop {
                let piece = Promise::new(&mut |resolve, _| {
                    let none = resolve.clone();
                    let _ = reader.read_entries_with_callback_and_callback(&resolve, &none);
                });
                let Ok(piece) = JsFuture::from(piece).await else { break };
                let Some(piece) = piece.dyn_ref::<Array>().filter(|piece| piece.length() > 0) else { break };
                open.extend(piece.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
            }
        } else if entry.is_file() {
            let file = Promise::new(&mut |resolve, reject| {
                let entry: &FileSystemFileEntry = entry.unchecked_ref();
                entry.file_with_callback_and_callback(&resolve, &reject);
            });
            if let Ok(file) = JsFuture::from(file).await {
                let path = entry.full_path().trim_start_matches('/').to_owned();
                found.push((path, File::from(file.unchecked_into::<web_sys::File>())));
            }
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found
}
