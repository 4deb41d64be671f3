//! Stages that name other collections, where these have prefixes and names of their own.

use odmium::{
    Collection, Database,
    bson::{self, doc},
    pipeline::{GraphLookup, Merge, Pipeline},
    prelude::*,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "people")]
struct Person {
    id: i32,
    boss: Option<i32>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "tasks")]
struct Task {
    id: i32,
    person: i32,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "totals", shape)]
struct Total {
    id: i32,
    tasks: i64,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "busy", shape, create(view(
    Pipeline::<Person>::new()
        .lookup(Person.id, Task.person)
        .with_fields(|people, (person, tasks)| {
            people.filter(tasks.len_gte(1)).replace_with(BusyShape { id: person.id.into(), boss: person.boss.into() })
        })
)))]
struct Busy {
    id: i32,
    boss: Option<i32>,
}

#[derive(Database, Clone, Debug)]
struct Office {
    people: Collection<Person>,
    #[database(collection = "jobs")]
    tasks: Collection<Task>,
    #[database(collection = "sums")]
    totals: Collection<Total>,
    busy: Collection<Busy>,
}

/// How many documents a tenant has shows whose they are.
async fn office(db: &Database, prefix: &str, count: i32) -> odmium::Result<Office> {
    let office = Office::in_database(db.prefixed(prefix))?;
    office.sync().await?;
    office.people.insert_many((0..count).map(|id| Person { id, boss: (id > 0).then(|| id - 1) })).await?;
    office.tasks.insert_many((0..count).map(|id| Task { id, person: 0 })).await?;
    Ok(office)
}

/// How often the first person is found with each of the tasks, in every way to read another collection.
async fn joined(office: &Office) -> odmium::Result<Vec<usize>> {
    let first = || office.people.aggregate().filter(Person.id.eq(0));
    let tasks = || Pipeline::<Task>::new();
    let (_, plain) = first().lookup(Person.id, Task.person).await?.remove(0);
    let (_, piped): (Person, Vec<Task>) = first().lookup_pipeline(|_| tasks()).await?.remove(0);
    let (_, nested): (Person, Vec<(Task, Vec<Person>)>) =
        first().lookup_pipeline(|_| tasks().lookup(Task.person, Person.id)).await?.remove(0);
    let met: usize = nested.iter().map(|(_, people)| people.len()).sum();
    let (_, reached) =
        first().graph_lookup(Person.id, GraphLookup::new(Person.id, Person.boss)).await?.remove(0);
    let ids = |tasks: Pipeline<Task>| tasks.project((Task.id,));
    let united = first().project((Person.id,)).union_with(ids(tasks())).await?;
    let (inside, direct) = first()
        .facet((Pipeline::new().lookup(Person.id, Task.person), Pipeline::new().count()))
        .await?
        .remove(0);
    assert_eq!(direct.len(), 1);
    Ok(vec![plain.len(), piped.len(), met, reached.len(), united.len() - 1, inside[0].1.len()])
}

fn counted(tasks: &Collection<Task>) -> Pipeline<Task, Total, odmium::action::Run<'_>> {
    tasks.aggregate().group_by(Task.person, |g| (g.count(),)).with_fields(|groups, (person, tasks)| {
        groups.replace_with(TotalShape { id: person.into(), tasks: tasks.into() })
    })
}

// covers: T10, T18
#[odmium::test]
async fn stages_stay_with_the_collections_of_their_tenant(db: Database) -> odmium::Result<()> {
    let (one, other) = (office(&db, "one_", 2).await?, office(&db, "other_", 5).await?);
    assert_eq!(joined(&one).await?, [2, 2, 2, 1, 2, 2]);
    assert_eq!(joined(&other).await?, [5, 5, 5, 4, 5, 5]);

    counted(&one.tasks).merge(Merge::new()).await?;
    assert_eq!(one.totals.find(Filter::everything()).await?, [Total { id: 0, tasks: 2 }]);
    assert_eq!(other.totals.count(Filter::everything()).await?, 0);
    counted(&other.tasks).out().await?;
    assert_eq!(other.totals.find(Filter::everything()).await?, [Total { id: 0, tasks: 5 }]);
    let mut names = db.list_collections().names().await?;
    names.retain(|name| !name.starts_with("one_") && !name.starts_with("other_") && name != "system.views");
    assert!(names.is_empty(), "{names:?}");

    assert_eq!(one.busy.count(Filter::everything()).await?, 1);
    one.tasks.delete_all().await?;
    assert_eq!(
        (one.busy.count(Filter::everything()).await?, other.busy.count(Filter::everything()).await?),
        (0, 1)
    );
    assert!(one.sync().plan().await?.is_done());
    Ok(())
}

// covers: T20
#[odmium::test]
async fn a_view_under_another_name_reads_what_is_beside_it(db: Database) -> odmium::Result<()> {
    let office = office(&db, "new_", 3).await?;
    office.busy.drop().await?;
    // A handle of no place: the prefix is in its name.
    let busy = db.collection_named::<Busy>("new_busy");
    office.tasks.rename("new_tasks").await?;
    busy.sync().await?;
    assert_eq!(busy.count(Filter::everything()).await?, 1);
    Ok(())
}

// covers: T10
#[odmium::test]
async fn names_that_a_caller_gives_stay_as_they_are(db: Database) -> odmium::Result<()> {
    let office = office(&db, "some_", 1).await?;
    db.collection_named::<Task>("tasks").insert_many((0..7).map(|id| Task { id, person: 0 })).await?;
    let tasks = || Pipeline::<Task>::new();
    let united = office.tasks.aggregate().union_with_named("tasks", tasks()).await?;
    assert_eq!(united.len(), 8);
    let raw =
        doc! { "$lookup": { "from": "tasks", "localField": "_id", "foreignField": "person", "as": "found" } };
    let found: Vec<bson::Document> = office.people.aggregate().raw_stage(raw).await?;
    assert_eq!(found[0].get_array("found").unwrap().len(), 7);
    office.tasks.aggregate().out_to("copied").await?;
    assert_eq!(db.collection_named::<Task>("copied").count(Filter::everything()).await?, 1);

    // As they are declared, up to there.
    let found = office.people.aggregate().lookup(Person.id, Task.person).with_declared_names();
    let found = found.with_fields(|rows, (person, _)| rows.lookup(person.id, Task.person)).await?;
    let (_, shared, own) = &found[0];
    assert_eq!((shared.len(), own.len()), (7, 1));
    office.tasks.aggregate().sort(Task.id.asc()).out().with_declared_names().await?;
    assert_eq!(db.collection::<Task>().count(Filter::everything()).await?, 1);

    // Without a place, names are as they are declared; so is what `to_stages` shows.
    let pipeline =
        tasks().union_with(tasks()).facet((tasks().lookup(Task.person, Person.id), tasks().count()));
    let text = format!("{pipeline:?} {:?}", pipeline.to_stages()?);
    assert!(text.contains(r#""coll": String("tasks")"#) && !text.contains("Symbol"), "{text}");
    let explained = office.people.aggregate().lookup(Person.id, Task.person).explain().await?;
    assert!(format!("{explained:?}").contains("some_jobs"), "{explained:?}");
    Ok(())
}
