//! Bulk writes, on one collection and across several.

use odmium::{
    Client, Collection,
    action::{BulkWriteResult, Write},
    bson::{Bson, Document},
    options::{Collation, Hint, WriteConcern},
};

use super::{Done, results, shape::Shape};
use crate::{
    args::{Args, options},
    entities::{in_session, lock},
    failure::Failure,
    run::Run,
};

/// Sets what both kinds of bulk writes have.
macro_rules! bulk_options {
    ($bulk:ident, $args:ident) => {
        options!($bulk, $args:
            "bypassDocumentValidation" => bypass_document_validation(bool),
            "comment" => comment(Bson),
            "let" => let_vars(Document),
            "ordered" => ordered(bool),
            "writeConcern" => write_concern(WriteConcern),
        );
    };
}

pub async fn collection<D: Shape>(collection: &Collection<D>, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    let mut writes = Vec::new();
    for request in args.get::<Vec<Document>>("requests")? {
        let (name, arguments) = only(request)?;
        writes.push(write::<D>(&name, &mut Args::new(&arguments))?);
    }
    let mut bulk = collection.bulk_write(writes);
    bulk_options!(bulk, args);
    options!(bulk, args: "timeoutMS" => timeout(std::time::Duration));
    args.done()?;
    let result = in_session!(bulk, session).await?;
    let ids = |ids: Vec<(usize, D::Id)>| results::ids(ids.into_iter().map(|(index, id)| (index, D::id(id))));
    let mut counts = BulkWriteResult::<Bson>::default();
    (counts.inserted, counts.matched, counts.modified) = (result.inserted, result.matched, result.modified);
    (counts.deleted, counts.upserted) = (result.deleted, result.upserted);
    let mut document = results::bulk(counts);
    document.insert("insertedIds", ids(result.inserted_ids));
    document.insert("upsertedIds", ids(result.upserted_ids));
    Ok(Bson::Document(document).into())
}

/// Writes of a client, each on its own collection.
pub async fn client(client: &Client, mut args: Args, run: &Run) -> Done {
    let mut session = lock(args.session(&run.entities)?).await?;
    // What is given tells of every write anyway.
    args.opt::<bool>("verboseResults")?;
    let mut bulk = client.bulk_write();
    for model in args.get::<Vec<Document>>("models")? {
        let (name, arguments) = only(model)?;
        let mut write_args = Args::new(&arguments);
        let namespace: String = write_args.get("namespace")?;
        let (database, collection) =
            namespace.split_once('.').ok_or_else(|| Failure::Test(format!("{namespace} is no namespace")))?;
        let collection = client.database(database).collection_named::<Document>(collection);
        bulk = bulk.to(&collection, [write(&name, &mut write_args)?]);
    }
    bulk_options!(bulk, args);
    args.done()?;
    let result = results::bulk(in_session!(bulk, session).await?);
    Ok(Bson::Document(result).into())
}

fn only(request: Document) -> Result<(String, Document), Failure> {
    let mut parts = request.into_iter();
    match (parts.next(), parts.next()) {
        (Some((name, Bson::Document(arguments))), None) => Ok((name, arguments)),
        _ => Err(Failure::test("a write of a bulk write has one name")),
    }
}

/// One write of a bulk write.
fn write<D: Shape>(name: &str, args: &mut Args) -> Result<Write<D>, Failure> {
    let mut write = match name {
        "insertOne" => Write::insert(&D::new(args.get("document")?)?),
        "updateOne" => Write::update_one(D::filter(args.get("filter")?), D::update(args.get("update")?)?),
        "updateMany" => Write::update_many(D::filter(args.get("filter")?), D::update(args.get("update")?)?),
        "replaceOne" => {
            Write::replace_one(D::filter(args.get("filter")?), &D::new(args.get("replacement")?)?)
        }
        "deleteOne" => Write::delete_one(D::filter(args.get("filter")?)),
        "deleteMany" => Write::delete_many(D::filter(args.get("filter")?)),
        _ => return Err(super::unknown(name)),
    };
    options!(write, args:
        "arrayFilters" => array_filters(Vec<Document>),
        "collation" => collation(Collation),
        "hint" => hint(Hint),
        "sort" => sort(D::Order),
        "upsert" => upsert(bool),
    );
    std::mem::replace(args, Args::new(&Document::new())).done()?;
    Ok(write)
}
