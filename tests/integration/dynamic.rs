//! Documents of any shape, and the way to the driver.

use odmium::{
    Database, Update,
    bson::{Bson, Document, doc, oid::ObjectId},
    path::Field,
    prelude::*,
};

// covers: T24
#[odmium::test]
async fn documents_of_any_shape_have_the_same_operations(db: Database) -> odmium::Result<()> {
    let any = db.collection_named::<Document>("any");
    let id = any.insert(&doc! { "a": 1, "deep": { "b": ["x"] } }).await?;
    assert!(matches!(id, Bson::ObjectId(_)));
    assert_eq!(any.insert(&doc! { "a": 2, "_id": "own" }).await?, Bson::String("own".into()));
    let ids =
        any.insert_many([doc! { "_id": 6, "a": 2 }, doc! { "a": 3 }, doc! { "_id": 7, "a": 4 }]).await?;
    assert_eq!((&ids[0], &ids[2]), (&Bson::Int32(6), &Bson::Int32(7)));
    assert_eq!(any.get(ids[1].clone()).await?.unwrap().get_i32("a").unwrap(), 3);
    assert_eq!(any.delete_one(Filter::raw(doc! { "_id": 6 })).await?, 1);

    let a: Field<Document, i32> = Field::raw("a");
    assert_eq!(any.count(a.clone().gte(3)).await?, 2);
    let found = any.find(Filter::raw(doc! { "deep.b": "x" })).one().await?;
    assert_eq!(found.get("_id"), Some(&id));
    any.update_one(a.clone().eq(2), Update::raw(doc! { "$push": { "list": 1 } })).await?;
    any.update_many(a.clone().gte(3), a.clone().inc(10)).await?;
    let sorted = any.find(Filter::everything()).sort(a.desc()).await?;
    assert_eq!(sorted[0].get_i32("a").unwrap(), 14);
    assert_eq!(any.get("own").await?.unwrap().get_array("list").unwrap(), &[Bson::Int32(1)]);
    let inner: Vec<_> = any.inner().find(doc! {}).await?.try_collect().await?;
    assert_eq!(inner.len(), 4);
    Ok(())
}

#[odmium::test]
async fn an_id_that_is_no_object_id_must_be_given(db: Database) -> odmium::Result<()> {
    #[derive(Document)]
    #[document(collection = "named")]
    struct Named {
        id: Option<String>,
    }

    let error = db.collection::<Named>().insert(&Named { id: None }).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("_id"), "{error}");

    #[derive(Document, Debug, PartialEq)]
    #[document(collection = "given")]
    struct Given {
        id: Option<ObjectId>,
        n: i32,
    }

    let given = db.collection::<Given>();
    let id = given.insert(&Given { id: None, n: 1 }).await?;
    assert_eq!(given.get(id).await?, Some(Given { id: Some(id), n: 1 }));
    Ok(())
}
