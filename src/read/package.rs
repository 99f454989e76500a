//! ZIP containers: members by name or number, unpacked within a budget.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::{Excess, Form, ReadError};

/// Most bytes that all that is unpacked of one container may take. The largest known workbook unpacks to 30 MB; a page
/// in a browser has some 2 GB for everything.
pub(super) const MAX_UNPACKED: u64 = 256 << 20;

/// An open container.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    form: Form,
    /// Bytes that may still be unpacked.
    left: u64,
}

/// Why one member could not be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Its bytes are damaged.
    Damaged,
    /// It needs a password.
    Locked,
    /// It is packed by a method that is not built in.
    Method,
    /// It does not fit into what may be unpacked.
    TooLarge,
}

impl<'a> Package<'a> {
    /// Opens `bytes`, which were told to be a `form`.
    pub(super) fn open(bytes: &'a [u8], form: Form) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged(form))?;
        Ok(Self { zip, form, left: MAX_UNPACKED })
    }

    /// How many members there are.
    pub(super) fn len(&self) -> usize {
        self.zip.len()
    }

    /// Whether two members have one name, so that one of them cannot be reached.
    pub(super) fn has_twins(&self) -> bool {
        self.zip.has_duplicate_names()
    }

    /// The name of member `index`, as its bytes.
    pub(super) fn raw_name(&mut self, index: usize) -> Option<Vec<u8>> {
        self.zip.by_index_raw(index).ok().map(|member| member.name_raw().to_vec())
    }

    /// Unpacks member `index`, at most `limit` bytes.
    pub(super) fn unpack(&mut self, index: usize, limit: u64) -> Result<Vec<u8>, Failure> {
        use zip::result::ZipError;
        let member = self.zip.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Failure::Locked,
            ZipError::UnsupportedArchive(_) => Failure::Method,
            _ => Failure::Damaged,
        })?;
        let limit = limit.min(self.left);
        let mut bytes = Vec::new();
        // The size that is declared may be a lie: what counts is what comes out.
        let read = member.take(limit.saturating_add(1)).read_to_end(&mut bytes);
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.saturating_sub(length);
        if length > limit {
            return Err(Failure::TooLarge);
        }
        read.map_err(|_| Failure::Damaged)?;
        Ok(bytes)
    }

    /// The text of the part called `name`; `None` where there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(index) = self.zip.index_for_name(name.trim_start_matches('/')) else { return Ok(None) };
        match self.unpack(index, MAX_UNPACKED) {
            Ok(bytes) => Ok(Some(match String::from_utf8(bytes) {
                Ok(text) => text,
                Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
            })),
            Err(Failure::TooLarge) => Err(ReadError::TooLarge {
                what: Excess::Unpacked,
                found: usize::try_from(MAX_UNPACKED).unwrap_or(usize::MAX).saturating_add(1),
                limit: usize::try_from(MAX_UNPACKED).unwrap_or(usize::MAX),
            }),
            Err(Failure::Locked) => Err(ReadError::Locked(self.form)),
            Err(Failure::Damaged | Failure::Method) => Err(ReadError::Damaged(self.form)),
        }
    }

    /// The name of the first part that ends with `end`.
    pub(super) fn ending_with(&self, end: &str) -> Option<String> {
        self.zip.file_names().flatten().find(|name| name.ends_with(end)).map(std::borrow::Cow::into_owned)
    }
}
