//! Rules for deleting where they go deep, in circles, over many documents, and where they end early.

use std::time::Duration;

use odmium::{Collection, Database, Schema, prelude::*, transaction};

macro_rules! models {
    ($($name:ident in $collection:literal: $($rule:literal $field:ident: $target:ident),*;)*) => {$(
        #[derive(Document, Clone, Debug, PartialEq)]
        #[document(collection = $collection)]
        struct $name {
            id: i32,
            $(#[field(on_delete = $rule)] $field: Option<Ref<$target>>,)*
        }
    )*};
}

// Countries and what is in them; a mayor closes the circle, a bill stands in the way.
models! {
    Country in "countries": "cascade" founder: Mayor;
    City in "cities": "cascade" country: Country;
    Mayor in "mayors": "cascade" city: City, "unset" friend: Mayor;
    Bill in "bills": "restrict" mayor: Mayor;
}

#[derive(Database, Clone, Debug)]
struct World {
    countries: Collection<Country>,
    cities: Collection<City>,
    mayors: Collection<Mayor>,
    bills: Collection<Bill>,
}

fn to<T: Document<Id = i32>>(id: i32) -> Option<Ref<T>> {
    Some(Ref::new(id))
}

impl World {
    /// Country 1 with cities 1 and 2 and their mayors, who founded it and country 2, which has city 3 and its mayor;
    /// country 9 with city 9 stands alone, but its mayor has a friend.
    async fn fill(db: &Database) -> odmium::Result<Self> {
        let world = Self::in_database(db)?;
        let country = |id, founder| Country { id, founder: to(founder) };
        world.countries.insert_many([country(1, 1), country(2, 2), country(9, 9)]).await?;
        let city = |id, country| City { id, country: to(country) };
        world.cities.insert_many([city(1, 1), city(2, 1), city(3, 2), city(9, 9)]).await?;
        let mayor = |id, friend: Option<i32>| Mayor { id, city: to(id), friend: friend.map(Ref::new) };
        world
            .mayors
            .insert_many([mayor(1, None), mayor(2, Some(1)), mayor(3, None), mayor(9, Some(3))])
            .await?;
        Ok(world)
    }

    /// All three at one time: a transaction that commits meanwhile is seen in all of them or in none.
    async fn counts(&self) -> odmium::Result<[u64; 3]> {
        transaction!(self, |tx| {
            Ok([
                tx.on(&self.countries).count(Filter::everything()).await?,
                tx.on(&self.cities).count(Filter::everything()).await?,
                tx.on(&self.mayors).count(Filter::everything()).await?,
            ])
        })
        .await
    }
}

const ALL: [u64; 3] = [3, 4, 4];
const LEFT: [u64; 3] = [1, 1, 1];

// covers: T11
#[odmium::test]
async fn a_circle_through_several_collections_ends(db: Database) -> odmium::Result<()> {
    let world = World::fill(&db).await?;
    let done = world.countries.delete_one(Country.id.eq(1)).with_rules_of(&world).await?;
    assert_eq!(done.deleted, 1);
    let cascaded: Vec<_> = done.cascaded.iter().map(|(name, count)| (&**name, *count)).collect();
    assert_eq!(cascaded, [("cities", 3), ("countries", 1), ("mayors", 3)]);
    assert_eq!(world.counts().await?, LEFT);
    assert_eq!(world.mayors.get(9).await?.unwrap().friend, None);
    Ok(())
}

// covers: T11
#[odmium::test]
async fn a_restriction_deep_in_a_cascade_names_the_document_and_undoes_nothing_else(
    db: Database,
) -> odmium::Result<()> {
    let world = World::fill(&db).await?;
    world.bills.insert_many([Bill { id: 70, mayor: to(9) }, Bill { id: 77, mayor: to(3) }]).await?;
    let delete = || world.countries.delete_one(Country.id.eq(1)).with_rules_of(&world);
    let error = delete().await.unwrap_err();
    let details = error.restricted_details().unwrap();
    assert_eq!((&*details.target, details.document.clone(), details.count), ("mayors", 77.into(), 1));
    assert!(error.to_string().contains("the document with the `_id` 77 of `Bill`"), "{error}");
    assert_eq!(world.counts().await?, ALL);

    // In a transaction of the caller, what the caller wrote stays, and the transaction goes on.
    let mut tx = world.begin().await?;
    tx.on(&world.bills).insert(&Bill { id: 1, mayor: None }).await?;
    let inner = tx.on(&world.countries).delete_one(Country.id.eq(1)).with_rules_of(&world).await;
    assert!(inner.unwrap_err().is_restricted());
    tx.on(&world.bills).delete_one(Bill.id.eq(77)).await?;
    let done = tx.on(&world.countries).delete_one(Country.id.eq(1)).with_rules_of(&world).await?;
    assert_eq!(done.cascaded.values().sum::<u64>(), 7);
    assert_eq!(world.counts().await?, ALL, "nobody else sees it yet");
    tx.commit().await?;
    assert_eq!(world.counts().await?, LEFT);
    assert_eq!(world.bills.find(Filter::everything()).sort(Bill.id.asc()).select(Bill.id).await?, [1, 70]);
    Ok(())
}

// covers: T11
#[odmium::test]
async fn a_future_that_is_dropped_in_the_middle_leaves_nothing_half_done(db: Database) -> odmium::Result<()> {
    let mut ended = 0;
    for round in 0..40_u64 {
        let world = World::fill(&db).await?;
        let delete = world.countries.delete_one(Country.id.eq(1)).with_rules_of(&world);
        // The last one comes to its end on any machine.
        let micros = if round == 39 { 60_000_000 } else { 200 + round * round * 40 };
        let limit = Duration::from_micros(micros);
        let done = tokio::time::timeout(limit, delete.into_future()).await;
        ended += u32::from(done.is_ok());
        let counts = world.counts().await?;
        match done {
            Ok(done) => assert_eq!((done?.deleted, counts), (1, LEFT)),
            // The answer to the commit may be what was dropped.
            Err(_) => assert!(counts == ALL || counts == LEFT, "round {round}: {counts:?}"),
        }
        // Nothing is locked.
        let delete = world.mayors.delete_all().into_future();
        tokio::time::timeout(Duration::from_secs(30), delete).await.unwrap()?;
        world.countries.delete_all().await?;
        world.cities.delete_all().await?;
    }
    assert!((1..40).contains(&ended), "{ended} of 40 came to their end");
    Ok(())
}

// covers: T11
#[odmium::test]
async fn more_documents_than_one_command_takes_go_in_several(db: Database) -> odmium::Result<()> {
    let world = World::in_database(&db)?;
    world.countries.insert(&Country { id: 1, founder: None }).await?;
    let many = 100_001;
    world.cities.insert_many((0..many).map(|id| City { id, country: to(1) })).await?;
    let last = many - 1;
    world
        .mayors
        .insert_many([
            Mayor { id: 1, city: to(last), friend: None },
            Mayor { id: 2, city: to(0), friend: to(1) },
        ])
        .await?;
    world.bills.insert(&Bill { id: 5, mayor: to(2) }).await?;
    let delete = || world.countries.delete_all().with_rules_of(&world);
    assert!(delete().await.unwrap_err().is_restricted());
    assert_eq!(world.counts().await?, [1, 100_001, 2]);
    world.bills.delete_all().await?;
    let done = delete().await?;
    assert_eq!((done.cascaded["cities"], done.cascaded["mayors"]), (100_001, 2));
    assert_eq!(world.counts().await?, [0, 0, 0]);
    Ok(())
}

// covers: T11
#[odmium::test]
async fn two_that_meet_are_tried_again(db: Database) -> odmium::Result<()> {
    let world = World::fill(&db).await?;
    let deletes = (0..4).map(|number| {
        let world = world.clone();
        let id = [1, 2][number % 2];
        tokio::spawn(async move { world.countries.delete_one(Country.id.eq(id)).with_rules_of(&world).await })
    });
    let mut deleted = 0;
    for delete in deletes.collect::<Vec<_>>() {
        let done = delete.await.unwrap()?;
        deleted += done.deleted + done.cascaded.values().sum::<u64>();
    }
    assert_eq!((deleted, world.counts().await?), (8, LEFT));
    Ok(())
}
