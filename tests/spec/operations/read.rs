//! Operations of a collection that read.

use std::{sync::Arc, time::Duration};

use odmium::{
    Collection, Cursor, Filter,
    admin::Output,
    bson::{Bson, Document},
    cursor::ReadRow,
    options::{Collation, CursorType, Hint, ReadConcern, ReadPreference},
    path::Field,
};

use super::{Done, Given, results, shape::Shape};
use crate::{
    args::{Args, options},
    cursors::{self, CursorEntity},
    entities::{Entity, in_session, lock},
    failure::Failure,
    run::Run,
};

fn array(documents: Vec<Document>) -> Given {
    Bson::Array(documents.into_iter().map(Bson::Document).collect()).into()
}

/// The documents as the server gives them.
async fn raw<O: 'static, R: ReadRow<O>>(mut cursor: Cursor<'_, O, R>) -> Result<Vec<Document>, Failure> {
    let mut documents = Vec::new();
    while let Some(batch) = cursor.next_batch().await? {
        for document in batch.raw() {
            let document = Document::try_from(document?);
            documents.push(document.map_err(|error| Failure::Test(error.to_string()))?);
        }
    }
    Ok(documents)
}

/// Sets every option that `find` has on it.
macro_rules! find_options {
    ($find:ident, $args:ident) => {
        options!($find, $args:
            "allowDiskUse" => allow_disk_use(bool),
            "allowPartialResults" => allow_partial_results(bool),
            "batchSize" => batch_size(u32),
            "collation" => collation(Collation),
            "comment" => comment(Bson),
            "cursorType" => cursor_type(CursorType),
            "hint" => hint(Hint),
            "let" => let_vars(Document),
            "limit" => limit(u32),
            "max" => max(Document),
            "maxAwaitTimeMS" => max_await_time(Duration),
            "maxTimeMS" => max_time(Duration),
            "min" => min(Document),
            "noCursorTimeout" => no_cursor_timeout(bool),
            "readConcern" => read_concern(ReadConcern),
            "readPreference" => selection_criteria(ReadPreference),
            "skip" => skip(u64),
            "sort" => sort(D::Order),
            "timeoutMS" => timeout(Duration),
        );
    };
}

pub async fn find<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut find = collection.find(D::filter(args.get("filter")?));
    find_options!(find, args);
    let (keys, numbers) = (args.opt::<bool>("returnKey")?, args.opt::<bool>("showRecordId")?);
    if keys == Some(true) {
        args.done()?;
        let find = find.return_key::<Document>();
        return Ok(array(match numbers {
            // Beside the keys of an index the server gives no numbers: as they come, from the reply.
            Some(true) => raw(in_session!(find.show_record_id(), session).cursor().await?).await?,
            _ => in_session!(find, session).await?,
        }));
    }
    if numbers == Some(true) {
        args.done()?;
        let find = find.select_raw::<Document>(Document::new()).show_record_id();
        return Ok(array(raw(in_session!(find, session).cursor().await?).await?));
    }
    match args.opt::<Document>("projection")? {
        Some(projection) => {
            args.done()?;
            Ok(array(in_session!(find.select_raw::<Document>(projection), session).await?))
        }
        None => {
            args.done()?;
            let found = in_session!(find, session).await?;
            Ok(Bson::Array(found.into_iter().map(D::bson).collect()).into())
        }
    }
}

pub async fn find_one<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut find = collection.find_one(D::filter(args.get("filter")?));
    options!(find, args:
        "allowDiskUse" => allow_disk_use(bool),
        "collation" => collation(Collation),
        "comment" => comment(Bson),
        "hint" => hint(Hint),
        "let" => let_vars(Document),
        "max" => max(Document),
        "maxTimeMS" => max_time(Duration),
        "min" => min(Document),
        "readConcern" => read_concern(ReadConcern),
        "readPreference" => selection_criteria(ReadPreference),
        "skip" => skip(u64),
        "sort" => sort(D::Order),
        "timeoutMS" => timeout(Duration),
    );
    let found = match args.opt::<Document>("projection")? {
        Some(projection) => {
            args.done()?;
            in_session!(find.select_raw::<Document>(projection), session).await?.map(Bson::Document)
        }
        None => {
            args.done()?;
            in_session!(find, session).await?.map(D::bson)
        }
    };
    Ok(found.unwrap_or(Bson::Null).into())
}

pub async fn cursor<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let session = args.session(&run.entities)?;
    let mut find = collection.find(D::filter(args.get("filter")?));
    find_options!(find, args);
    args.done()?;
    let opened = CursorEntity::open(|demands, ready| {
        Box::pin(async move {
            let mut session = match lock(session).await {
                Ok(session) => session,
                Err(failure) => return drop(ready.send(Err(failure))),
            };
            let opened = in_session!(find, session).cursor().await;
            cursors::serve(opened, D::bson, demands, ready).await;
        })
    });
    Ok(Given::Entity(Entity::Cursor(Arc::new(opened.await?))))
}

macro_rules! aggregate_options {
    ($aggregate:ident, $args:ident) => {
        options!($aggregate, $args:
            "allowDiskUse" => allow_disk_use(bool),
            "batchSize" => batch_size(u32),
            "bypassDocumentValidation" => bypass_document_validation(bool),
            "collation" => collation(Collation),
            "comment" => comment(Bson),
            "hint" => hint(Hint),
            "let" => let_vars(Document),
            "maxAwaitTimeMS" => max_await_time(Duration),
            "maxTimeMS" => max_time(Duration),
            "readConcern" => read_concern(ReadConcern),
            "readPreference" => selection_criteria(ReadPreference),
            "timeoutMS" => timeout(Duration),
        );
    };
}

pub(super) use aggregate_options;

pub async fn aggregate<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut aggregate = collection.aggregate_raw::<Document>(args.get::<Vec<Document>>("pipeline")?);
    aggregate_options!(aggregate, args);
    args.done()?;
    Ok(array(in_session!(aggregate, session).await?))
}

pub async fn distinct<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let field = Field::<D, Bson>::raw(args.get::<String>("fieldName")?);
    let mut distinct = collection.distinct(field, D::filter(args.get("filter")?));
    options!(distinct, args:
        "collation" => collation(Collation),
        "comment" => comment(Bson),
        "hint" => hint(Hint),
        "maxTimeMS" => max_time(Duration),
        "readConcern" => read_concern(ReadConcern),
        "readPreference" => selection_criteria(ReadPreference),
        "timeoutMS" => timeout(Duration),
    );
    args.done()?;
    Ok(Bson::Array(in_session!(distinct, session).await?).into())
}

macro_rules! count_options {
    ($count:ident, $args:ident) => {
        options!($count, $args:
            "collation" => collation(Collation),
            "comment" => comment(Bson),
            "hint" => hint(Hint),
            "limit" => limit(u64),
            "maxTimeMS" => max_time(Duration),
            "readConcern" => read_concern(ReadConcern),
            "readPreference" => selection_criteria(ReadPreference),
            "skip" => skip(u64),
            "timeoutMS" => timeout(Duration),
        );
    };
}

pub async fn count<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut count = collection.count(D::filter(args.get("filter")?));
    count_options!(count, args);
    args.done()?;
    Ok(results::number(in_session!(count, session).await?).into())
}

/// The operation that is older than `countDocuments` and `estimatedDocumentCount`, which share its work: the one where
/// there are conditions, the other where all documents are meant.
pub async fn old_count<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let filter = args.opt::<Document>("filter")?.filter(|filter| !filter.is_empty());
    if filter.is_none() && session.is_none() && args.is_empty() {
        return estimated(collection, args).await;
    }
    let mut count = collection.count(filter.map_or_else(Filter::everything, D::filter));
    count_options!(count, args);
    args.done()?;
    Ok(results::number(in_session!(count, session).await?).into())
}

pub async fn estimated<D: Shape>(collection: &Collection<D>, mut args: Args) -> Done {
    let mut count = collection.estimated_count();
    options!(count, args:
        "comment" => comment(Bson),
        "maxTimeMS" => max_time(Duration),
        "readConcern" => read_concern(ReadConcern),
        "readPreference" => selection_criteria(ReadPreference),
    );
    args.done()?;
    Ok(results::number(count.await?).into())
}

pub async fn map_reduce<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let code = |value: Bson| match value {
        Bson::JavaScriptCode(code) | Bson::String(code) => Ok(code),
        other => Err(Failure::Test(format!("{other} is no code"))),
    };
    let (map, reduce) = (code(args.get("map")?)?, code(args.get("reduce")?)?);
    let mut action = in_session!(collection.map_reduce(map, reduce), session);
    options!(action, args:
        "limit" => limit(u32),
        "scope" => scope(Document),
        "sort" => sort(D::Order),
    );
    let out = args.get::<Document>("out")?;
    args.done()?;
    let text = |key| out.get_str(key).ok().map(str::to_owned);
    let output = match (text("replace"), text("merge"), text("reduce")) {
        (Some(name), ..) => Output::Replace(name),
        (_, Some(name), _) => Output::Merge(name),
        (.., Some(name)) => Output::Reduce(name),
        _ => return Ok(array(action.inline::<Document>().await?)),
    };
    action.out::<Document>(output).await?;
    Ok(Given::Nothing)
}
