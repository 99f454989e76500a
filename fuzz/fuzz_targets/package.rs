//! Sound containers around broken parts: without them the fuzzer would only break the container.
#![allow(dead_code, reason = "each target uses the container of its format")]

use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

/// A ZIP container whose members are not packed.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in files {
        zip.start_file(*name, stored).expect("a new member");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// A compound file with these streams.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
    for (name, stream) in streams {
        file.create_stream(name).expect("a new stream").write_all(stream).expect("memory");
    }
    file.flush().expect("memory");
    file.into_inner().into_inner()
}
