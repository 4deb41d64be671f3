//! Operations of a collection that write.

use std::time::Duration;

use odmium::{
    Collection,
    bson::{Bson, Document, doc},
    options::{Collation, Hint, ReturnDocument, WriteConcern},
};

use super::{Done, results, shape::Shape};
use crate::{
    args::{Args, options},
    entities::{in_session, lock},
    run::Run,
};

pub async fn insert_one<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let document = D::new(args.get("document")?)?;
    let mut insert = collection.insert(&document);
    options!(insert, args:
        "bypassDocumentValidation" => bypass_document_validation(bool),
        "comment" => comment(Bson),
        "timeoutMS" => timeout(Duration),
        "writeConcern" => write_concern(WriteConcern),
    );
    args.done()?;
    let id = in_session!(insert, session).await?;
    Ok(Bson::Document(doc! { "insertedId": D::id(id) }).into())
}

pub async fn insert_many<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let documents = args.get::<Vec<Document>>("documents")?.into_iter().map(D::new);
    let mut insert = collection.insert_many(documents.collect::<Result<Vec<_>, _>>()?);
    options!(insert, args:
        "bypassDocumentValidation" => bypass_document_validation(bool),
        "comment" => comment(Bson),
        "ordered" => ordered(bool),
        "timeoutMS" => timeout(Duration),
        "writeConcern" => write_concern(WriteConcern),
    );
    args.done()?;
    let ids = in_session!(insert, session).await?.into_iter().map(D::id).enumerate();
    Ok(Bson::Document(doc! { "insertedIds": results::ids(ids) }).into())
}

macro_rules! update_options {
    ($update:ident, $args:ident) => {
        options!($update, $args:
            "bypassDocumentValidation" => bypass_document_validation(bool),
            "collation" => collation(Collation),
            "comment" => comment(Bson),
            "hint" => hint(Hint),
            "let" => let_vars(Document),
            "timeoutMS" => timeout(Duration),
            "upsert" => upsert(bool),
            "writeConcern" => write_concern(WriteConcern),
        );
    };
}

pub async fn update<D: Shape>(collection: &Collection<D>, name: &str, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let (filter, update) = (D::filter(args.get("filter")?), D::update(args.get("update")?)?);
    let result = if name == "updateMany" {
        let mut update = collection.update_many(filter, update);
        update_options!(update, args);
        options!(update, args: "arrayFilters" => array_filters(Vec<Document>));
        args.done()?;
        in_session!(update, session).await?
    } else {
        let mut update = collection.update_one(filter, update);
        update_options!(update, args);
        options!(update, args:
            "arrayFilters" => array_filters(Vec<Document>),
            "sort" => sort(D::Order),
        );
        args.done()?;
        in_session!(update, session).await?
    };
    Ok(Bson::Document(results::update(result, D::id)).into())
}

pub async fn replace<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let (filter, replacement) = (D::filter(args.get("filter")?), D::new(args.get("replacement")?)?);
    let mut replace = collection.replace_one(filter, &replacement);
    update_options!(replace, args);
    options!(replace, args: "sort" => sort(D::Order));
    args.done()?;
    let result = in_session!(replace, session).await?;
    Ok(Bson::Document(results::update(result, D::id)).into())
}

pub async fn delete<D: Shape>(collection: &Collection<D>, name: &str, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let filter = D::filter(args.get("filter")?);
    let mut delete = match name {
        "deleteMany" => collection.delete_many(filter),
        _ => collection.delete_one(filter),
    };
    options!(delete, args:
        "collation" => collation(Collation),
        "comment" => comment(Bson),
        "hint" => hint(Hint),
        "let" => let_vars(Document),
        "timeoutMS" => timeout(Duration),
        "writeConcern" => write_concern(WriteConcern),
    );
    args.done()?;
    Ok(Bson::Document(results::deleted(in_session!(delete, session).await?)).into())
}

/// Sets what all three kinds of `findAndModify` have, and runs it with or without a projection.
macro_rules! find_and {
    ($action:ident, $args:ident, $session:ident, $shape:ident) => {{
        options!($action, $args:
            "collation" => collation(Collation),
            "comment" => comment(Bson),
            "hint" => hint(Hint),
            "let" => let_vars(Document),
            "maxTimeMS" => max_time(Duration),
            "sort" => sort($shape::Order),
            "timeoutMS" => timeout(Duration),
            "writeConcern" => write_concern(WriteConcern),
        );
        let found = match $args.opt::<Document>("projection")? {
            Some(projection) => {
                $args.done()?;
                let action = $action.select_raw::<Document>(projection);
                in_session!(action, $session).await?.map(Bson::Document)
            }
            None => {
                $args.done()?;
                in_session!($action, $session).await?.map($shape::bson)
            }
        };
        Ok(found.unwrap_or(Bson::Null).into())
    }};
}

/// Sets what two of them have.
macro_rules! changing {
    ($action:ident, $args:ident) => {
        options!($action, $args:
            "bypassDocumentValidation" => bypass_document_validation(bool),
            "upsert" => upsert(bool),
        );
        if let Some(ReturnDocument::After) = $args.opt::<ReturnDocument>("returnDocument")? {
            $action = $action.return_new();
        }
    };
}

pub async fn find_one_and_delete<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut action = collection.find_one_and_delete(D::filter(args.get("filter")?));
    find_and!(action, args, session, D)
}

pub async fn find_one_and_replace<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let (filter, replacement) = (D::filter(args.get("filter")?), D::new(args.get("replacement")?)?);
    let mut action = collection.find_one_and_replace(filter, &replacement);
    changing!(action, args);
    find_and!(action, args, session, D)
}

pub async fn find_one_and_update<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let (filter, update) = (D::filter(args.get("filter")?), D::update(args.get("update")?)?);
    let mut action = collection.find_one_and_update(filter, update);
    changing!(action, args);
    options!(action, args: "arrayFilters" => array_filters(Vec<Document>));
    find_and!(action, args, session, D)
}
