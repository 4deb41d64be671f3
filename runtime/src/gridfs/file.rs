//! A file's document.

use mongodb::bson::{Bson, DateTime, Document, spec::ElementType};

use super::layout::Layout;
use crate::{
    codec::{
        Decode, DecodeDocument, DecodeError, DecodeOwned, DocumentReader, DocumentWriter, Encode,
        EncodeDocument, EncodeError, RawValue, Slot, encode_to_bson,
        generated::{decode_document, encode_document},
    },
    error::DecodeErrorKind,
    index::{Index, Keys as IndexKeys, PathStep, Plain},
    model::{self, Embedded, IndexName, Record},
    path::{D0, D1, D2, D3, D4, D5, D6, D7, D8, Field, FieldSet, Keys, Root, StaticPath, Sub},
};

/// The key, within the metadata, of the SHA-256 in hexadecimal digits.
pub(super) const SHA256: &str = "sha256";

/// What the metadata of files can be: a struct with `#[derive(Embedded)]`, or [`bson::Document`](Document).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the metadata of files",
    label = "not an embedded document",
    note = "add `#[derive(Embedded)]` to it, or use `odmium::bson::Document` for metadata of any shape"
)]
pub trait Metadata: Encode + EncodeDocument + DecodeOwned + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<M: Encode + EncodeDocument + DecodeOwned + Send + Sync + 'static> Metadata for M {}

/// What is stored about a file, beside its content.
///
/// [`Bucket::find`](super::Bucket::find) filters by its fields, whose paths
/// [`Bucket::fields`](super::Bucket::fields) gives.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct File<M = Document> {
    /// `_id`: an ObjectId, unless the uploader gave another value.
    pub id: Bson,
    /// Bytes of the content.
    pub length: u64,
    /// Bytes of each chunk but the last one.
    pub chunk_size: u32,
    /// When the upload ended, by the clock of the uploader.
    pub upload_date: DateTime,
    /// The name; several files of one name are revisions of it.
    pub filename: Option<String>,
    /// What the uploader wrote beside it; none when only the SHA-256 is stored there.
    pub metadata: Option<M>,
    /// The media type, such as `image/png`.
    pub content_type: Option<String>,
    /// Other names. Nothing finds a file by them but a filter.
    pub aliases: Vec<String>,
    /// The MD5 that old drivers stored; never written here.
    pub md5: Option<String>,
    /// The SHA-256 of the content in hexadecimal digits, where the uploader asked for it.
    pub sha256: Option<String>,
    /// All other fields.
    pub others: Document,
}

impl<M> File<M> {
    pub(super) fn layout(&self) -> Layout {
        Layout { length: self.length, chunk_size: self.chunk_size.into() }
    }
}

/// The paths of [`File`].
#[allow(missing_debug_implementations, reason = "no values, only paths")]
pub struct FileFields<M: 'static, D: 'static, P: StaticPath> {
    /// The path of `_id`.
    pub id: Field<D, Bson, Sub<P, File<M>, D0>>,
    /// The path of `length`.
    pub length: Field<D, i64, Sub<P, File<M>, D1>>,
    /// The path of `chunkSize`.
    pub chunk_size: Field<D, i32, Sub<P, File<M>, D2>>,
    /// The path of `uploadDate`.
    pub upload_date: Field<D, DateTime, Sub<P, File<M>, D3>>,
    /// The path of `filename`.
    pub filename: Field<D, Option<String>, Sub<P, File<M>, D4>>,
    /// The path of `metadata`, which leads on to its fields.
    pub metadata: Field<D, Option<M>, Sub<P, File<M>, D5>>,
    /// The path of `contentType`.
    pub content_type: Field<D, Option<String>, Sub<P, File<M>, D6>>,
    /// The path of `aliases`.
    pub aliases: Field<D, Vec<String>, Sub<P, File<M>, D7>>,
    /// The path of `md5`.
    pub md5: Field<D, Option<String>, Sub<P, File<M>, D8>>,
}

impl<M: 'static, D: 'static, P: StaticPath> FieldSet for FileFields<M, D, P> {
    const NEW: Self = Self {
        id: Field::NEW,
        length: Field::NEW,
        chunk_size: Field::NEW,
        upload_date: Field::NEW,
        filename: Field::NEW,
        metadata: Field::NEW,
        content_type: Field::NEW,
        aliases: Field::NEW,
        md5: Field::NEW,
    };
    const FIELDS: &'static Self = &Self::NEW;
}

impl<M: 'static> Embedded for File<M> {
    type Fields<D: 'static, P: StaticPath> = FileFields<M, D, P>;
}

impl<M: 'static> Keys for File<M> {
    const KEYS: &'static [&'static str] = &[
        "_id",
        "length",
        "chunkSize",
        "uploadDate",
        "filename",
        "metadata",
        "contentType",
        "aliases",
        "md5",
    ];
}

/// The indexes of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileIndex {
    /// The index over `_id`, which every collection has.
    Id,
    /// The index over `filename` and `uploadDate`, which finds revisions.
    Filename,
}

impl IndexName for FileIndex {
    const ALL: &'static [Self] = &[Self::Id, Self::Filename];

    fn name(self) -> &'static str {
        match self {
            Self::Id => "_id_",
            Self::Filename => "filename_1_uploadDate_1",
        }
    }
}

impl<M: Metadata> Record for File<M> {
    type Id = Bson;
    type Borrowed<'de> = Self;
}

impl<M: Metadata> model::ReadWrite for File<M> {}

#[diagnostic::do_not_recommend]
impl<M: Metadata> model::Document for File<M> {
    const COLLECTION: &'static str = "fs.files";
    type Index = FileIndex;

    fn indexes() -> Vec<Index<Self>> {
        let file: &FileFields<M, Self, Root> = Self::fields();
        let plain = PathStep::at(&()).kind();
        vec![IndexKeys::new().asc(file.filename, plain).asc(file.upload_date, plain).build()]
    }
}

impl<M: Metadata> EncodeDocument for File<M> {
    fn encode_fields(&self, document: &mut DocumentWriter) {
        document.field("_id", &self.id);
        match i64::try_from(self.length) {
            Ok(length) => document.field("length", &length),
            Err(_) => document.slot("length").fail("a length has at most 63 bits"),
        }
        // Other drivers write an int32.
        match i32::try_from(self.chunk_size) {
            Ok(size) => document.field("chunkSize", &size),
            Err(_) => document.slot("chunkSize").fail("a chunk is at most 16 MiB"),
        }
        document.field("uploadDate", &self.upload_date);
        document.field("filename", &self.filename);
        match (&self.metadata, &self.sha256) {
            (metadata, None) => document.field("metadata", metadata),
            (metadata, Some(sha256)) => match with_checksum(metadata.as_ref(), sha256) {
                Ok(metadata) => document.field("metadata", &metadata),
                Err(error) => document.slot("metadata").fail(error.to_string()),
            },
        }
        document.field("contentType", &self.content_type);
        if !self.aliases.is_empty() {
            document.field("aliases", &self.aliases);
        }
        document.field("md5", &self.md5);
        self.others.encode_fields(document);
    }
}

impl<M: Metadata> Encode for File<M> {
    fn encode(&self, slot: Slot<'_>) {
        encode_document(self, slot);
    }
}

impl<'de, M: Metadata> DecodeDocument<'de> for File<M> {
    fn decode_fields(document: &mut DocumentReader<'de>) -> Result<Self, DecodeError> {
        let (mut id, mut length, mut chunk_size, mut upload_date) = (None, None, None, None);
        let mut file = Self {
            id: Bson::Null,
            length: 0,
            chunk_size: 0,
            upload_date: DateTime::MIN,
            filename: None,
            metadata: None,
            content_type: None,
            aliases: Vec::new(),
            md5: None,
            sha256: None,
            others: Document::new(),
        };
        while let Some((key, value)) = document.next_entry()? {
            match key {
                "_id" => id = Some(document.value()?),
                "length" => length = Some(at_least(document, 0)?),
                "chunkSize" => chunk_size = Some(at_least(document, 1)?),
                "uploadDate" => upload_date = Some(document.value()?),
                "filename" => file.filename = document.value()?,
                "metadata" if value.element_type() != ElementType::Null => {
                    let (sha256, is_only) = checksum(value).map_err(|error| document.here(error))?;
                    file.sha256 = sha256;
                    if !is_only {
                        file.metadata = Some(document.value()?);
                    }
                }
                "contentType" => file.content_type = document.value()?,
                "aliases" => file.aliases = document.value::<Option<_>>()?.unwrap_or_default(),
                "md5" => file.md5 = document.value()?,
                "metadata" => {}
                _ => drop(file.others.insert(key, document.value::<Bson>()?)),
            }
        }
        let missing = |key: &'static str| DecodeError::new(DecodeErrorKind::Missing).at(key);
        file.id = id.ok_or_else(|| missing("_id"))?;
        file.length = length.ok_or_else(|| missing("length"))?;
        let chunk_size = chunk_size.ok_or_else(|| missing("chunkSize"))?;
        file.chunk_size = u32::try_from(chunk_size)
            .map_err(|_| DecodeError::custom("a chunk is at most 16 MiB").at("chunkSize"))?;
        file.upload_date = upload_date.ok_or_else(|| missing("uploadDate"))?;
        Ok(file)
    }
}

impl<'de, M: Metadata> Decode<'de> for File<M> {
    const LIKELY: Option<ElementType> = Some(ElementType::EmbeddedDocument);

    fn decode(value: RawValue<'de>) -> Result<Self, DecodeError> {
        decode_document(value)
    }
}

/// The metadata with the SHA-256 among its keys.
pub(super) fn with_checksum<M: Metadata>(
    metadata: Option<&M>,
    sha256: &str,
) -> Result<Document, EncodeError> {
    let mut document = match metadata.map(encode_to_bson).transpose()? {
        Some(Bson::Document(document)) => document,
        _ => Document::new(),
    };
    document.insert(SHA256, sha256);
    Ok(document)
}

fn at_least(document: &DocumentReader<'_>, least: i64) -> Result<u64, DecodeError> {
    let number = document.value::<i64>()?;
    let fits = u64::try_from(number).ok().filter(|_| number >= least);
    fits.ok_or_else(|| document.here(document.raw().unfit(format!("{least} or more"), number)))
}

/// The SHA-256 in the metadata, and whether that is all.
fn checksum(metadata: RawValue<'_>) -> Result<(Option<String>, bool), DecodeError> {
    let (mut sha256, mut keys) = (None, 0);
    let mut reader = metadata.document()?;
    while let Some((key, value)) = reader.next_entry()? {
        keys += 1;
        if key == SHA256 {
            // Metadata of others may use the key for something else.
            let text = value.str().ok().filter(|text| text.len() == 64);
            sha256 = text.map(str::to_ascii_lowercase);
        }
    }
    let is_only = sha256.is_some() && keys == 1;
    Ok((sha256, is_only))
}
