//! What becomes of documents that refer to deleted ones.

use odmium::{Database, ErrorKind, action::DeletedWithRules, prelude::*, relation::Referrers};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "owners")]
struct Owner {
    id: i32,
    #[field(on_delete = "cascade")]
    parent: Option<Ref<Owner>>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "files")]
struct File {
    id: i32,
    #[field(on_delete = "cascade")]
    owner: Ref<Owner>,
    #[field(on_delete = "unset", rename = "chk")]
    checker: Option<Ref<Owner>>,
    #[field(on_delete = "unset")]
    readers: Vec<Ref<Owner>>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "bills")]
struct Bill {
    id: i32,
    #[field(on_delete = "restrict")]
    file: Option<Ref<File>>,
    #[field(on_delete = "cascade")]
    payer: Option<Ref<Owner>>,
}

fn file(id: i32, owner: i32, checker: Option<i32>, readers: &[i32]) -> File {
    let readers = readers.iter().copied().map(Ref::new).collect();
    File { id, owner: Ref::new(owner), checker: checker.map(Ref::new), readers }
}

fn owner(id: i32, parent: Option<i32>) -> Owner {
    Owner { id, parent: parent.map(Ref::new) }
}

async fn fill(db: &Database) -> odmium::Result<()> {
    // 1 <- 2 <- 3, and 4 and 5 refer to each other.
    let owners = [
        owner(1, None),
        owner(2, Some(1)),
        owner(3, Some(2)),
        owner(4, Some(5)),
        owner(5, Some(4)),
        owner(6, None),
    ];
    db.collection::<Owner>().insert_many(owners).await?;
    let files = [
        file(1, 1, None, &[6]),
        file(2, 3, None, &[]),
        file(3, 6, Some(2), &[1, 6, 3]),
        file(4, 4, None, &[]),
    ];
    db.collection::<File>().insert_many(files).await?;
    Ok(())
}

fn counts<const N: usize>(counts: [(&str, u64); N]) -> std::collections::BTreeMap<String, u64> {
    counts.map(|(name, count)| (name.to_owned(), count)).into()
}

async fn ids(db: &Database) -> odmium::Result<(Vec<i32>, Vec<i32>)> {
    let owners =
        db.collection::<Owner>().find(Filter::everything()).sort(Owner.id.asc()).select(Owner.id).await?;
    Ok((
        owners,
        db.collection::<File>().find(Filter::everything()).sort(File.id.asc()).select(File.id).await?,
    ))
}

type Models = (Owner, File, Bill);

// covers: T11
#[odmium::test]
async fn cascades_go_on_and_references_are_removed(db: Database) -> odmium::Result<()> {
    fill(&db).await?;
    let done: DeletedWithRules =
        db.collection::<Owner>().delete_one(Owner.id.eq(1)).with_rules::<Models>().await?;
    assert_eq!(done.deleted, 1);
    assert_eq!(done.cascaded, counts([("owners", 2), ("files", 2)]));
    assert_eq!(done.unset, counts([("files", 2)]));
    assert_eq!(ids(&db).await?, (vec![4, 5, 6], vec![3, 4]));
    assert_eq!(db.collection::<File>().get(3).await?, Some(file(3, 6, None, &[6])));
    // A cycle comes to its end.
    let done = db.collection::<Owner>().delete_many(Owner.id.eq(4)).with_rules::<Models>().await?;
    assert_eq!((done.deleted, done.cascaded), (1, counts([("owners", 1), ("files", 1)])));
    assert_eq!(ids(&db).await?, (vec![6], vec![3]));
    // Nothing matches; nothing refers.
    let none = db.collection::<Owner>().delete_one(Owner.id.eq(99)).with_rules::<Models>().await?;
    assert_eq!(none, DeletedWithRules::default());
    Ok(())
}

// covers: T11
#[odmium::test]
async fn a_restriction_keeps_everything(db: Database) -> odmium::Result<()> {
    fill(&db).await?;
    let bill =
        |id, file, payer: Option<i32>| Bill { id, file: Some(Ref::new(file)), payer: payer.map(Ref::new) };
    db.collection::<Bill>().insert_many([bill(1, 2, None), bill(2, 1, Some(3)), bill(3, 2, None)]).await?;
    let before = ids(&db).await?;
    let error = db.collection::<Owner>().delete_one(Owner.id.eq(1)).with_rules::<Models>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Restricted);
    assert!(error.is_restricted());
    let details = error.restricted_details().unwrap();
    assert_eq!((details.model, &*details.path, details.count), ("Bill", "file", 2));
    assert_eq!(
        error.to_string(),
        "nothing was deleted: 2 documents of `Bill` (collection `bills`), one with the `_id` 1, refer to what would go from \
         `files` by `file`, which is declared `on_delete = \"restrict\"`: delete or change them first"
    );
    assert_eq!(ids(&db).await?, before);
    // What is deleted by the same operation restricts nothing: bill 2 goes with its payer.
    db.collection::<Bill>().delete_many(Bill.id.is_in([1, 3])).await?;
    let done = db.collection::<Owner>().delete_one(Owner.id.eq(1)).with_rules::<Models>().await?;
    assert_eq!(done.cascaded, counts([("owners", 2), ("files", 2), ("bills", 1)]));
    Ok(())
}

// covers: T11
#[odmium::test]
async fn it_runs_in_a_transaction(db: Database) -> odmium::Result<()> {
    fill(&db).await?;
    let (db, sent) = Recorder::attach(&db).await?;
    // In the one that is open.
    let mut tx = db.begin().await?;
    let done = tx.collection::<Owner>().delete_one(Owner.id.eq(1)).with_rules::<Models>().await?;
    assert_eq!(done.deleted, 1);
    assert_eq!(ids(&db).await?.0.len(), 6);
    tx.abort().await?;
    assert_eq!(ids(&db).await?.0.len(), 6);
    // In one of its own, in a session at hand.
    let mut session = db.client().start_session().await?;
    drop(sent.take());
    db.collection::<Owner>().delete_one(Owner.id.eq(2)).session(&mut session).with_rules::<Models>().await?;
    let sent = sent.take();
    assert_eq!(sent.last().unwrap().keys().next().unwrap(), "commitTransaction");
    assert!(sent.iter().all(|command| command.get_bool("autocommit").is_ok_and(|auto| !auto)), "{sent:?}");
    assert!(!session.in_transaction());
    // Under the names of the handles.
    let other = db.collection_named::<Owner>("others");
    other.insert(&owner(1, None)).await?;
    let done = other.delete_all().with_rules::<(File,)>().await?;
    assert_eq!((done.deleted, other.count(Filter::everything()).await?), (1, 0));
    Ok(())
}

// covers: T11
#[test]
fn the_rules_of_models_are_known() {
    assert_eq!(<Models as Referrers>::rules().len(), 6);
    assert!(<crate::blog::Post as Referrers>::rules().is_empty());
}
