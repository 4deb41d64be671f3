//! Several models in one collection, with relations: nothing of one reaches another.

use odmium::{Database, prelude::*};

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
