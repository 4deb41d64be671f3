//! References in maps, and as many relations as fit.

use std::collections::{BTreeMap, HashMap};

use odmium::{
    Database,
    bson::{Document as Bag, doc},
    prelude::*,
};
use odmium_tests::Recorder;

use crate::blog::names;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "people")]
struct Person {
    id: i32,
    boss: Option<Ref<Person>>,
    age: i32,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "teams")]
struct Team {
    id: i32,
    roles: HashMap<String, Ref<Person>>,
    seats: Option<BTreeMap<i32, Ref<Person>>>,
    inner: Inner,
    parts: Vec<Inner>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Inner {
    #[field(rename = "m")]
    members: BTreeMap<String, Ref<Person>>,
}

fn inner(members: &[(&str, i32)]) -> Inner {
    Inner { members: members.iter().map(|(role, id)| ((*role).to_owned(), Ref::new(*id))).collect() }
}

fn person(id: i32) -> Person {
    Person { id, boss: (id > 1).then(|| Ref::new(id - 1)), age: 20 + id }
}

async fn fill(db: &Database) -> odmium::Result<(Database, Recorder)> {
    let (db, sent) = Recorder::attach(db).await?;
    db.collection::<Person>().insert_many((1..5).map(person)).await?;
    let roles = |roles: &[(&str, i32)]| inner(roles).members.into_iter().collect();
    let teams = [
        Team {
            id: 1,
            roles: roles(&[("lead", 1), ("help", 2), ("ghost", 9), ("second", 1)]),
            seats: Some([(10, Ref::new(3)), (9, Ref::new(4))].into()),
            inner: inner(&[("x", 2)]),
            parts: vec![inner(&[("a", 4), ("b", 3)]), inner(&[("a", 3)])],
        },
        Team { id: 2, roles: HashMap::new(), seats: None, inner: inner(&[]), parts: Vec::new() },
    ];
    db.collection::<Team>().insert_many(&teams).await?;
    drop(sent.take());
    Ok((db, sent))
}

fn map<K: Ord + Clone>(entries: &[(K, i32)]) -> BTreeMap<K, Person> {
    entries.iter().map(|(key, id)| (key.clone(), person(*id))).collect()
}

fn roles(entries: &[(&str, i32)]) -> BTreeMap<String, Person> {
    entries.iter().map(|(key, id)| ((*key).to_owned(), person(*id))).collect()
}

// covers: T11
#[odmium::test]
async fn a_map_of_references_is_loaded_under_its_keys(db: Database) -> odmium::Result<()> {
    let (db, sent) = fill(&db).await?;
    let teams = db.collection::<Team>();
    type Found = (Team, BTreeMap<String, Person>, BTreeMap<i32, Person>, BTreeMap<String, Person>);
    for by_lookup in [false, true] {
        let find = teams.find(Filter::everything()).sort(Team.id.asc());
        let find = find.with(Team.roles).with(Team.seats).with(Team.inner.members);
        let found: Vec<Found> = if by_lookup { find.by_lookup().await? } else { find.await? };
        let expected = if by_lookup { 1 } else { 4 };
        assert_eq!(names(&sent.take()).len(), expected);
        assert_eq!(found[0].1, roles(&[("lead", 1), ("help", 2), ("second", 1)]), "by_lookup: {by_lookup}");
        assert_eq!((&found[0].2, &found[0].3), (&map(&[(10, 3), (9, 4)]), &roles(&[("x", 2)])));
        assert!(found[1].1.is_empty() && found[1].2.is_empty() && found[1].3.is_empty());
        assert_eq!(found[0].0.roles.len(), 4, "the document is as it was");

        // With a filter, and with relations of the targets.
        let young = Team.roles.relation().filter(Person.age.gt(21)).with(Person.boss).with_many(Person.boss);
        let find = teams.find(Team.id.eq(1)).with(young);
        let found = if by_lookup { find.by_lookup().await? } else { find.await? };
        let helper = (person(2), Some(person(1)), vec![person(3)]);
        assert_eq!(found[0].1, [("help".to_owned(), helper)].into());

        // One that is missing, where each is required.
        let find = teams.find(Filter::everything()).with_required(Team.roles);
        let error = if by_lookup { find.by_lookup().await } else { find.await }.unwrap_err();
        let details = error.missing_reference_details().unwrap();
        assert_eq!((&*details.path, details.key.clone()), ("roles", Some(9.into())));
        drop(sent.take());
    }
    // Through an array, all of them are one list.
    let found = teams.find(Team.id.eq(1)).with(Team.parts.elements().members).await?;
    assert_eq!(found[0].1, [person(4), person(3), person(3)]);
    let error = teams.find(Team.id.eq(1)).with(Team.parts.elements().members).by_lookup().await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("drop `by_lookup`"), "{error}");
    // A map has no order of its own.
    for relation in [Team.roles.relation().limit(1), Team.roles.relation().sort(Person.age.asc())] {
        let error = teams.find(Team.id.eq(1)).with(relation).await.unwrap_err();
        assert!(error.is_argument() && error.to_string().contains("keys of a map"), "{error}");
    }
    Ok(())
}

#[derive(View, Debug)]
#[view(of = Team)]
struct Page {
    #[field(with = Team.roles)]
    roles: HashMap<String, Age>,
    #[field(with = Team.seats)]
    seats: BTreeMap<i32, Person>,
}

#[derive(View, Debug, PartialEq)]
#[view(of = Person)]
struct Age {
    age: i32,
}

// covers: T11
#[odmium::test]
async fn views_hold_maps_and_nulls_are_left_out(db: Database) -> odmium::Result<()> {
    let (db, _) = fill(&db).await?;
    let raw = db.collection_named::<Bag>("teams");
    let null = odmium::Update::raw(doc! { "$set": { "roles.none": null } });
    raw.update_one(Filter::raw(doc! { "_id": 1 }), null).await?;
    let find = || db.collection::<Team>().find(Team.id.eq(1)).load_as::<Page>();
    for page in [find().await?, find().by_lookup().await?] {
        let page = &page[0];
        assert_eq!((page.roles.len(), &page.roles["help"]), (3, &Age { age: 22 }));
        assert_eq!(page.seats, map(&[(10, 3), (9, 4)]));
    }
    Ok(())
}

// covers: T11
#[odmium::test]
async fn twelve_relations_stand_beside_a_document(db: Database) -> odmium::Result<()> {
    let (db, sent) = fill(&db).await?;
    let boss = || Person.boss;
    let find = db.collection::<Person>().find(Person.id.eq(3));
    let find =
        find.with(boss()).with_many(boss()).with(boss()).with_many(boss()).with(boss()).with_many(boss());
    let find =
        find.with(boss()).with_many(boss()).with(boss()).with_many(boss()).with(boss()).with_required(boss());
    let found = find.await?.remove(0);
    let (itself, first, second, .., last) = found;
    assert_eq!((itself, first, second, last), (person(3), Some(person(2)), vec![person(4)], person(2)));
    assert_eq!(names(&sent.take()).len(), 13);
    Ok(())
}
