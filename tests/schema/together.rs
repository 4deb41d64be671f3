//! Several models in one collection, with relations and change streams: nothing of one reaches another.

use odmium::{
    ChangeStream, Database,
    change_stream::{Event, OperationType},
    model::Record,
    prelude::*,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "notes", tag = "kind")]
enum Note {
    Task(Task),
    Memo(Memo),
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(variant_of = Note)]
struct Task {
    id: i32,
    #[field(on_delete = "cascade")]
    owner: Ref<Person>,
    #[field(on_delete = "unset")]
    helpers: Vec<Ref<Person>>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(variant_of = Note)]
struct Memo {
    id: i32,
    #[field(on_delete = "restrict")]
    owner: Ref<Person>,
    /// The key of a task's list: without a rule here.
    helpers: Vec<Ref<Person>>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "people")]
struct Person {
    id: i32,
    pinned: Option<Ref<Task>>,
    watched: Vec<Ref<Task>>,
}

fn task(id: i32, owner: i32) -> Task {
    Task { id, owner: Ref::new(owner), helpers: vec![Ref::new(7)] }
}

fn memo(id: i32, owner: i32) -> Memo {
    Memo { id, owner: Ref::new(owner), helpers: vec![Ref::new(7)] }
}

fn person(id: i32, pinned: i32) -> Person {
    Person { id, pinned: Some(Ref::new(pinned)), watched: [1, 2, 3].map(Ref::new).into() }
}

async fn fill(db: &Database) -> odmium::Result<()> {
    let notes =
        [Note::Memo(memo(1, 5)), Note::Task(task(2, 5)), Note::Memo(memo(3, 6)), Note::Task(task(4, 6))];
    db.collection::<Note>().insert_many(notes).await?;
    db.collection::<Person>().insert_many([person(5, 1), person(6, 4), person(7, 2)]).await?;
    Ok(())
}

// covers: T11, T19
#[odmium::test]
async fn relations_lead_to_documents_of_their_model_only(db: Database) -> odmium::Result<()> {
    fill(&db).await?;
    let people = db.collection::<Person>();
    for by_lookup in [false, true] {
        let find = || people.find(Filter::everything()).sort(Person.id.asc());
        let pinned = find().with(Person.pinned).with(Person.watched);
        let found = if by_lookup { pinned.by_lookup().await? } else { pinned.await? };
        let found: Vec<_> = found.into_iter().map(|(_, pinned, watched)| (pinned, watched)).collect();
        let watched = || vec![task(2, 5)];
        assert_eq!(found, [(None, watched()), (Some(task(4, 6)), watched()), (Some(task(2, 5)), watched())]);

        let owned = find().with_many(Task.owner).with(Task.owner.reverse().sort(Task.id.asc()).limit(1));
        let found = if by_lookup { owned.by_lookup().await? } else { owned.await? };
        let found: Vec<_> = found.into_iter().map(|(_, all, first)| (all, first)).collect();
        let one = |task: Task| (vec![task.clone()], vec![task]);
        assert_eq!(found, [one(task(2, 5)), one(task(4, 6)), (vec![], vec![])]);

        let filtered = find().limit(1).with(Person.watched.relation().filter(Task.id.lte(3)));
        let found = if by_lookup { filtered.by_lookup().await? } else { filtered.await? };
        assert_eq!(found[0].1, [task(2, 5)]);

        let tasks = db.collection::<Task>().find(Filter::everything()).sort(Task.id.asc()).with(Task.owner);
        let found = if by_lookup { tasks.by_lookup().await? } else { tasks.await? };
        assert_eq!(found, [(task(2, 5), Some(person(5, 1))), (task(4, 6), Some(person(6, 4)))]);
    }
    let error = people.find(Person.id.eq(5)).with(Person.pinned.required()).await.unwrap_err();
    assert!(error.is_missing_reference());
    assert_eq!(db.collection::<Task>().get(1).with(Task.owner).await?, None);
    Ok(())
}

// covers: T11, T19
#[odmium::test]
async fn deletes_with_rules_leave_the_documents_of_other_models(db: Database) -> odmium::Result<()> {
    fill(&db).await?;
    let (notes, people) = (db.collection::<Note>(), db.collection::<Person>());
    let memos = || db.collection::<Memo>().find(Filter::everything()).sort(Memo.id.asc());

    // The enum has the rules of its models.
    let error = people.delete_one(Person.id.eq(5)).with_rules::<Note>().await.unwrap_err();
    assert_eq!(error.restricted_details().map(|it| (it.model, it.count)), Some(("Memo", 1)));

    let done = people.delete_one(Person.id.eq(5)).with_rules::<Task>().await?;
    assert_eq!((done.deleted, done.cascaded.get("notes")), (1, Some(&1)));
    let done = people.delete_one(Person.id.eq(7)).with_rules::<Task>().await?;
    assert_eq!((done.deleted, done.unset.get("notes")), (1, Some(&1)));
    assert_eq!(memos().await?, [memo(1, 5), memo(3, 6)]);
    assert_eq!(db.collection::<Task>().get(4).await?, Some(Task { helpers: vec![], ..task(4, 6) }));

    let done = db.collection::<Task>().delete_many(Filter::everything()).with_rules::<Person>().await?;
    assert_eq!((done.deleted, notes.count(Filter::everything()).await?), (1, 2));
    assert_eq!(memos().await?, [memo(1, 5), memo(3, 6)]);
    Ok(())
}

/// The kinds of the events, and of which document, until that of the last insert.
async fn events<D, A, B>(
    mut stream: ChangeStream<'_, Event<D, A, B>>,
) -> odmium::Result<Vec<(OperationType, i32)>>
where
    D: Record<Id = i32>,
    Event<D, A, B>: odmium::codec::DecodeOwned + 'static,
{
    let mut events = Vec::new();
    while let Some(event) = stream.try_next().await? {
        match (event.operation_type(), event.id()) {
            (_, Some(9)) => break,
            (Some(kind), Some(id)) => events.push((kind, *id)),
            _ => panic!("an event without a document"),
        }
    }
    Ok(events)
}

// covers: T19, T22
#[odmium::test]
async fn a_stream_shows_no_document_of_another_model(db: Database) -> odmium::Result<()> {
    use OperationType::{Delete, Insert, Replace, Update};
    db.create_collection("notes").pre_and_post_images(true).await?;
    let (notes, tasks) = (db.collection::<Note>(), db.collection::<Task>());
    let bare = tasks.watch().await?;
    let with_images = tasks.watch().full_document_required().before_change_required().await?;
    let raw = tasks.watch().raw().await?;
    let all = notes.watch().await?;

    notes.insert(&Note::Memo(memo(1, 5))).await?;
    notes.insert(&Note::Task(task(2, 5))).await?;
    db.collection::<Memo>().update_one(Memo.id.eq(1), Memo.helpers.set(Vec::<Ref<Person>>::new())).await?;
    tasks.update_one(Task.id.eq(2), Task.helpers.set(Vec::<Ref<Person>>::new())).await?;
    db.collection::<Memo>().replace_one(Memo.id.eq(1), &memo(1, 6)).await?;
    tasks.replace_one(Task.id.eq(2), &task(2, 6)).await?;
    notes.delete_many(Filter::everything()).await?;
    tasks.insert(&task(9, 5)).await?;

    assert_eq!(events(with_images).await?, [(Insert, 2), (Update, 2), (Replace, 2), (Delete, 2)]);
    // Without a document, an event does not tell whose it is.
    let untold = [(Insert, 2), (Update, 1), (Update, 2), (Replace, 2), (Delete, 1), (Delete, 2)];
    assert_eq!(events(bare).await?, untold);
    assert_eq!(events(all).await?.len(), 8);
    let mut raw = raw;
    let first = raw.try_next().await?.unwrap();
    assert_eq!(first.get_document("documentKey").unwrap().get_i32("_id").unwrap(), 2);
    Ok(())
}
