//! A pipeline that merges documents of one model leaves the documents of the others in its collection.

use odmium::{
    Collection, Database,
    bson::{self, doc},
    expr,
    pipeline::{Merge, WhenMatched, WhenNotMatched},
    prelude::*,
    update::UpdatePipeline,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "shapes", discriminator("kind of" = "$circle"))]
struct Circle {
    id: i32,
    size: i32,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "shapes", discriminator("kind of" = "square"))]
struct Square {
    id: i32,
    size: i32,
    name: String,
}

/// Circles as they come, for the pipeline to read.
#[derive(Document, Clone, Debug)]
#[document(collection = "drafts")]
struct Draft {
    id: i32,
    size: i32,
}

type Shapes = (Collection<Circle>, Collection<Square>);

/// A circle 1 and a square 2; drafts of circles as given.
async fn fill(db: &Database, drafts: &[i32]) -> odmium::Result<Shapes> {
    for name in ["shapes", "drafts"] {
        db.collection_named::<bson::Document>(name).drop().await?;
    }
    let (circles, squares): Shapes = (db.collection(), db.collection());
    circles.insert(&Circle { id: 1, size: 5 }).await?;
    squares.insert(&square()).await?;
    let drafts = drafts.iter().map(|id| Draft { id: *id, size: 50 });
    db.collection::<Draft>().insert_many(drafts.collect::<Vec<_>>()).await?;
    Ok((circles, squares))
}

fn square() -> Square {
    Square { id: 2, size: 7, name: "Q".into() }
}

async fn merge(db: &Database, merge: Merge<Circle>) -> odmium::Result<()> {
    let drafts = db.collection::<Draft>().aggregate().sort(Draft.id.asc());
    drafts.raw_stage::<Circle>(doc! { "$set": { "new": true } }).merge(merge).await
}

fn update() -> Merge<Circle> {
    Merge::new().when_matched_update(
        UpdatePipeline::new().set(Circle.size, expr::variable::<Circle, i32>("new.size")),
    )
}

// covers: T19
#[odmium::test]
async fn a_document_of_another_model_is_not_overwritten(db: Database) -> odmium::Result<()> {
    let forms = [
        Merge::new(),
        Merge::new().when_matched(WhenMatched::Replace),
        Merge::new().when_not_matched(WhenNotMatched::Discard),
        update(),
    ];
    for form in forms {
        let (circles, squares) = fill(&db, &[1, 2, 3]).await?;
        let error = merge(&db, form).await.unwrap_err();
        assert!(error.is_command() && error.code() == Some(241), "{error:?}");
        assert_eq!(
            error.to_string(),
            "the document with the `_id` 2 is no \"$circle\" (by `kind of`): `merge` would overwrite it; what was written \
             before it stays"
        );
        assert_eq!(squares.get(2).await?, Some(square()));
        // The server works in the order of the documents, in batches.
        assert!(circles.get(1).await?.is_some_and(|circle| [5, 50].contains(&circle.size)));
    }
    // Nothing is overwritten by these in any case.
    let (circles, squares) = fill(&db, &[1, 2, 3]).await?;
    merge(&db, Merge::new().when_matched(WhenMatched::KeepExisting)).await?;
    assert_eq!((circles.get(1).await?.unwrap().size, squares.get(2).await?), (5, Some(square())));
    assert_eq!(circles.count(Filter::everything()).await?, 2);
    assert!(merge(&db, Merge::new().when_matched(WhenMatched::Fail)).await.unwrap_err().is_duplicate_key());
    Ok(())
}

// covers: T19
#[odmium::test]
async fn documents_of_the_model_are_merged_as_elsewhere(db: Database) -> odmium::Result<()> {
    let raw = || db.collection_named::<bson::Document>("shapes");
    let with_more = async || -> odmium::Result<Shapes> {
        let shapes = fill(&db, &[1, 3]).await?;
        let more = odmium::Update::raw(doc! { "$set": { "old": 1 } });
        raw().update_one(Filter::raw(doc! { "_id": 1 }), more).await?;
        Ok(shapes)
    };
    let stored = async |id: i32| raw().find_one(Filter::raw(doc! { "_id": id })).await;
    let new = |id: i32| doc! { "_id": id, "kind of": "$circle", "size": 50, "new": true };
    let is = |found: Option<bson::Document>, expected: &bson::Document| {
        let found = found.unwrap();
        assert!(
            found.len() == expected.len()
                && found.iter().all(|(key, value)| expected.get(key) == Some(value)),
            "{found}"
        );
    };
    let merged = |more: bson::Document| {
        let mut document = new(1);
        document.extend(more);
        document
    };
    with_more().await?;
    merge(&db, Merge::new()).await?;
    is(stored(1).await?, &merged(doc! { "old": 1 }));
    is(stored(3).await?, &new(3));
    with_more().await?;
    merge(&db, Merge::new().when_matched(WhenMatched::Replace)).await?;
    is(stored(1).await?, &new(1));
    with_more().await?;
    merge(&db, update()).await?;
    is(stored(1).await?, &doc! { "_id": 1, "kind of": "$circle", "size": 50, "old": 1 });
    // An update that changes the kind does not.
    let change = UpdatePipeline::new().raw_stage(doc! { "$set": { "size": 1, "name": "N" } });
    let change = change.raw_stage(doc! { "$replaceWith": { "_id": "$_id", "size": 9 } });
    let (circles, _) = with_more().await?;
    merge(&db, Merge::new().when_matched_update(change)).await?;
    assert_eq!(circles.get(1).await?, Some(Circle { id: 1, size: 9 }));
    Ok(())
}
