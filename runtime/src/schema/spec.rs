//! How the collection of a model is created.

use std::{marker::PhantomData, time::Duration};

use mongodb::{
    bson::{Document, doc},
    options::{
        ChangeStreamPreAndPostImages, ClusteredIndex, Collation, CreateCollectionOptions,
        IndexOptionDefaults, TimeseriesGranularity, TimeseriesOptions, ValidationAction, ValidationLevel,
    },
};

use crate::{
    error::EncodeError,
    filter::Filter,
    index::DateIndexed,
    model,
    path::{Field, Readable, usable},
    pipeline::Pipeline,
};

/// How the collection of a model is created: what `#[document(create(..))]` says, as a value.
///
/// Each method is a key of the attribute: `create(capped(1 << 20), max_documents(1000))`. [`Schema::sync`] and
/// [`Collection::sync`] create the collection and change what the server can change.
///
/// [`Schema::sync`]: super::Schema::sync
/// [`Collection::sync`]: crate::Collection::sync
#[must_use = "a declaration does nothing until it is synced"]
pub struct CollectionSpec<D> {
    options: Result<CreateCollectionOptions, EncodeError>,
    document: PhantomData<fn() -> D>,
}

/// The same, for code that does not know the model.
pub(crate) type Options = Result<CreateCollectionOptions, EncodeError>;

impl<D> CollectionSpec<D> {
    /// A plain collection, which the first insert creates.
    pub fn new() -> Self {
        Self { options: Ok(CreateCollectionOptions::default()), document: PhantomData }
    }

    pub(super) fn into_options(self) -> Options {
        self.options
    }

    fn with(mut self, change: impl FnOnce(&mut CreateCollectionOptions)) -> Self {
        if let Ok(options) = &mut self.options {
            change(options);
        }
        self
    }

    fn invalid(self, error: EncodeError) -> Self {
        Self { options: self.options.and(Err(error)), ..self }
    }

    /// Keeps the newest documents within this many bytes, rounded up to a multiple of 256, in the order of insertion.
    ///
    /// The size can be changed later (server 6.0); whether a collection is capped cannot.
    pub fn capped(self, bytes: u64) -> Self {
        self.with(|options| (options.capped, options.size) = (Some(true), Some(bytes)))
    }

    /// How many documents a capped collection keeps, if they fit.
    pub fn max_documents(self, documents: u64) -> Self {
        self.with(|options| options.max = Some(documents))
    }

    /// Makes it a collection of measurements over time; the field holds the time of each. Needs server 5.0.
    pub fn time_series<T: DateIndexed, P: Readable>(self, time: Field<D, T, P>) -> Self {
        match usable(time.name()) {
            Ok(name) => {
                let series = TimeseriesOptions::builder().time_field(name.into_owned()).build();
                self.with(|options| options.timeseries = Some(series))
            }
            Err(error) => self.invalid(error),
        }
    }

    /// The field of a time series that tells what is measured; it hardly ever changes for one source.
    pub fn meta<T, P: Readable>(self, field: Field<D, T, P>) -> Self {
        match usable(field.name()) {
            Ok(name) => self.series("meta", |series| series.meta_field = Some(name.into_owned())),
            Err(error) => self.invalid(error),
        }
    }

    /// How far apart the measurements of one source are. It can be made coarser later.
    pub fn granularity(self, granularity: TimeseriesGranularity) -> Self {
        self.series("granularity", |series| series.granularity = Some(granularity))
    }

    /// The longest time between measurements that are stored together, and how their beginning is rounded, instead of a
    /// granularity. Needs server 6.3.
    pub fn buckets(self, span: Duration) -> Self {
        self.series("buckets", |series| {
            (series.bucket_max_span, series.bucket_rounding) = (Some(span), Some(span));
        })
    }

    fn series(self, key: &str, change: impl FnOnce(&mut TimeseriesOptions)) -> Self {
        if !matches!(&self.options, Ok(options) if options.timeseries.is_none()) {
            return self.with(|options| {
                if let Some(series) = &mut options.timeseries {
                    change(series);
                }
            });
        }
        self.invalid(EncodeError::argument(format!(
            "`{key}` belongs to a time series: write `time_series(..)` before it"
        )))
    }

    /// Deletes documents of a time series or clustered collection this long after their time; whole seconds count.
    ///
    /// In the attribute it also takes a text: `expire_after("30d")`.
    pub fn expire_after(self, time: Duration) -> Self {
        self.with(|options| options.expire_after_seconds = Some(time))
    }

    /// Stores the documents in the order of their `_id`, without an index beside them. Needs server 5.3.
    pub fn clustered(self) -> Self {
        self.with(|options| options.clustered_index = Some(ClusteredIndex::default()))
    }

    /// How strings are compared by every operation and index that does not say otherwise.
    pub fn collation(self, collation: Collation) -> Self {
        self.with(|options| options.collation = Some(collation))
    }

    /// Keeps documents as they were before and after a change, for change streams. Needs server 6.0.
    pub fn pre_and_post_images(self) -> Self {
        let images = ChangeStreamPreAndPostImages::builder().enabled(true).build();
        self.with(|options| options.change_stream_pre_and_post_images = Some(images))
    }

    /// Refuses documents that do not match.
    pub fn validator(self, filter: Filter<D>) -> Self {
        match filter.render() {
            Ok(filter) => self.with(|options| options.validator = Some(filter)),
            Err(error) => self.invalid(error),
        }
    }

    /// Refuses documents that do not fit a [JSON schema](https://www.mongodb.com/docs/manual/reference/operator/query/jsonSchema/).
    pub fn json_schema(self, schema: Document) -> Self {
        self.with(|options| options.validator = Some(doc! { "$jsonSchema": schema }))
    }

    /// Whether the validator is also about changes of documents that do not match it already.
    pub fn validation_level(self, level: ValidationLevel) -> Self {
        self.with(|options| options.validation_level = Some(level))
    }

    /// Whether the validator refuses a document or only has it logged.
    pub fn validation_action(self, action: ValidationAction) -> Self {
        self.with(|options| options.validation_action = Some(action))
    }

    /// Settings of the storage engine, by its name.
    pub fn storage_engine(self, settings: Document) -> Self {
        self.with(|options| options.storage_engine = Some(settings))
    }

    /// Settings of the storage engine for the indexes, by its name.
    pub fn index_storage_engine(self, settings: Document) -> Self {
        let defaults = IndexOptionDefaults::builder().storage_engine(settings).build();
        self.with(|options| options.index_option_defaults = Some(defaults))
    }

    /// Makes it a view: what a pipeline gives of another collection or view, read like a collection.
    ///
    /// Operations that write do not compile on it.
    pub fn view<S: model::Document>(self, pipeline: Pipeline<S, D>) -> Self {
        match pipeline.render().and_then(model::begin::<S>) {
            Ok(stages) => self.with(|options| {
                options.view_on = Some(S::COLLECTION.to_owned());
                options.pipeline = Some(stages);
            }),
            Err(error) => self.invalid(error),
        }
    }

    /// Any other option, by the driver's struct.
    pub fn options_with(self, change: impl FnOnce(&mut CreateCollectionOptions)) -> Self {
        self.with(change)
    }
}

impl<D> Default for CollectionSpec<D> {
    fn default() -> Self {
        Self::new()
    }
}

impl<D> Clone for CollectionSpec<D> {
    fn clone(&self) -> Self {
        Self { options: self.options.clone(), document: PhantomData }
    }
}

impl<D> std::fmt::Debug for CollectionSpec<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("CollectionSpec").field(&self.options).finish()
    }
}
