//! Creating collections and views.

use std::time::Duration;

use mongodb::{
    bson::Document,
    options::{
        ChangeStreamPreAndPostImages, ClusteredIndex, CreateCollectionOptions, IndexOptionDefaults,
        TimeseriesOptions, ValidationAction, ValidationLevel,
    },
};

use super::awaitable;
use crate::{
    Collection, Database, Session,
    action::{in_session, options::setters},
    error::{EncodeError, Error, Result},
    filter::Filter,
    model::Record,
};

impl Database {
    /// Creates a collection. Only needed for options: the first insert creates a collection without any.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use odmium::options::TimeseriesOptions;
    /// # async fn f(db: odmium::Database) -> odmium::Result<()> {
    /// db.create_collection("log").capped(1 << 20).max_documents(1000).await?;
    /// db.create_collection("weather")
    ///     .time_series(TimeseriesOptions::builder().time_field("at").build())
    ///     .expire_after(Duration::from_secs(86_400))
    ///     .await?;
    /// # Ok(()) }
    /// ```
    pub fn create_collection<'a>(&self, name: impl Into<String>) -> CreateCollection<'a> {
        CreateCollection::new(self.clone(), name.into())
    }

    /// Creates a view: a pipeline over the collection or view `on` that reads like a collection.
    pub fn create_view<'a>(
        &self,
        name: impl Into<String>,
        on: impl Into<String>,
        pipeline: impl IntoIterator<Item = Document>,
    ) -> CreateCollection<'a> {
        let mut view = self.create_collection(name);
        view.options.view_on = Some(on.into());
        view.options.pipeline = Some(pipeline.into_iter().collect());
        view
    }
}

impl<D: Record> Collection<D> {
    /// Creates the collection. Only needed for options: the first insert creates a collection without any.
    pub fn create<'a>(&self) -> CreateCollection<'a> {
        CreateCollection::new(self.database(), self.name().to_owned())
    }
}

/// Creates a collection or view; see [`Database::create_collection`], [`Database::create_view`] and
/// [`Collection::create`].
///
/// # Errors
///
/// [Command](Error::is_command) with code 48 when there is one of that name with other options, and when the server does
/// not allow the options together.
#[must_use = "nothing is sent before the action is awaited"]
pub struct CreateCollection<'a> {
    database: Database,
    name: String,
    options: CreateCollectionOptions,
    invalid: Option<EncodeError>,
    session: Option<&'a mut Session>,
}

impl<'a> CreateCollection<'a> {
    fn new(database: Database, name: String) -> Self {
        Self { database, name, options: CreateCollectionOptions::default(), invalid: None, session: None }
    }

    setters!(session collation comment write_concern);

    /// Keeps the newest documents within this many bytes, rounded up to a multiple of 256, in the order of insertion.
    pub fn capped(mut self, bytes: u64) -> Self {
        self.options.capped = Some(true);
        self.options.size = Some(bytes);
        self
    }

    /// How many documents a capped collection keeps, if they fit.
    pub fn max_documents(mut self, documents: u64) -> Self {
        self.options.max = Some(documents);
        self
    }

    /// Refuses documents that do not match, such as `doc! { "$jsonSchema": { .. } }`.
    pub fn validator(mut self, validator: Document) -> Self {
        self.options.validator = Some(validator);
        self
    }

    /// Refuses documents that do not match a typed filter.
    pub fn validator_of<D>(mut self, filter: Filter<D>) -> Self {
        match filter.render() {
            Ok(filter) => self.options.validator = Some(filter),
            Err(error) => self.invalid = Some(error),
        }
        self
    }

    /// Whether the validator is also about changes of documents that do not match it already.
    pub fn validation_level(mut self, level: ValidationLevel) -> Self {
        self.options.validation_level = Some(level);
        self
    }

    /// Whether the validator refuses a document or only has it logged.
    pub fn validation_action(mut self, action: ValidationAction) -> Self {
        self.options.validation_action = Some(action);
        self
    }

    /// Makes it a collection of measurements over time.
    pub fn time_series(mut self, options: TimeseriesOptions) -> Self {
        self.options.timeseries = Some(options);
        self
    }

    /// Deletes documents of a time series or clustered collection this long after their time; whole seconds count.
    pub fn expire_after(mut self, time: Duration) -> Self {
        self.options.expire_after_seconds = Some(time);
        self
    }

    /// Stores the documents in the order of their `_id`, without an index beside them. Needs server 5.3.
    pub fn clustered(mut self) -> Self {
        self.options.clustered_index = Some(ClusteredIndex::default());
        self
    }

    /// Keeps documents as they were before and after a change, for change streams. Needs server 6.0.
    pub fn pre_and_post_images(mut self, enabled: bool) -> Self {
        self.options.change_stream_pre_and_post_images =
            Some(ChangeStreamPreAndPostImages::builder().enabled(enabled).build());
        self
    }

    /// Settings of the storage engine, by its name.
    pub fn storage_engine(mut self, settings: Document) -> Self {
        self.options.storage_engine = Some(settings);
        self
    }

    /// Settings of the storage engine for the indexes, by its name.
    pub fn index_storage_engine(mut self, settings: Document) -> Self {
        self.options.index_option_defaults =
            Some(IndexOptionDefaults::builder().storage_engine(settings).build());
        self
    }

    /// Any other option, by the driver's struct.
    pub fn options_with(mut self, change: impl FnOnce(&mut CreateCollectionOptions)) -> Self {
        change(&mut self.options);
        self
    }

    async fn run(self) -> Result<()> {
        if let Some(error) = self.invalid {
            return Err(Error::from(error));
        }
        let create = self.database.inner().create_collection(self.name).with_options(self.options);
        Ok(in_session!(self.session, create)?)
    }
}

awaitable!(CreateCollection<'a> in [database] => ());
