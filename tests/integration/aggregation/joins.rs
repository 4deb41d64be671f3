//! Stages that read another collection.

use odmium::{
    Database,
    bson::{Document, doc},
    pipeline::{GraphLookup, Pipeline},
    prelude::*,
};

use super::{Customer, Order, all_customers, all_orders, check, fill, start};

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
pub struct Full {
    #[field(flatten)]
    order: Order,
    customers: Vec<Customer>,
}

fn wrap() -> [Document; 2] {
    [doc! { "$replaceWith": { "_0": "$$ROOT", "_1": "$__1" } }, doc! { "$unset": ["_0.__1"] }]
}

fn equality(local: &str, to: &str) -> Document {
    doc! { "$lookup": { "from": "customers", "localField": local, "foreignField": "_id", "as": to } }
}

// covers: T10, C8
#[odmium::test]
async fn lookups_give_the_joined_type(db: Database) -> odmium::Result<()> {
    let all = fill(&db).await?;
    let sorted = || start().filter(Order.id.is_in([2, 4])).sort(Order.id.asc());
    let before = [doc! { "$match": { "_id": { "$in": [2, 4] } } }, doc! { "$sort": { "_id": 1 } }];
    let stages = |after: &[Document]| [before.as_slice(), after].concat();
    let (orders, [ann, bob, cyd]) = (all_orders(), all_customers());
    let (two, four) = (orders[1].clone(), orders[3].clone());
    let [replace, unset] = wrap();
    check(
        &all,
        sorted().lookup(Order.customer, Customer.id),
        stages(&[equality("customer", "__1"), replace.clone(), unset.clone()]),
        vec![(two.clone(), vec![bob.clone()]), (four.clone(), vec![])],
    )
    .await;
    let first = doc! { "$set": { "__1": { "$first": "$__1" } } };
    check(
        &all,
        sorted()
            .lookup_one(Order.customer, Customer.id)
            .with_fields(|rows, (order, customer)| rows.filter(customer.name.eq("Bob") & order.total.gt(1))),
        stages(&[
            equality("customer", "__1"),
            first,
            replace.clone(),
            unset.clone(),
            doc! { "$match": { "_1.name": "Bob", "_0.total": { "$gt": 1 } } },
        ]),
        vec![(two.clone(), Some(bob.clone()))],
    )
    .await;
    // A tuple gets one member more; optional keys and arrays fit the plain type.
    check(
        &all,
        sorted()
            .lookup_one(Order.customer, Customer.id)
            .with_fields(|rows, (_, customer)| rows.lookup(customer.boss, Customer.id))
            .with_fields(|rows, (order, customer, bosses)| rows.project((order.id, customer.name, bosses))),
        stages(&[
            equality("customer", "__1"),
            doc! { "$set": { "__1": { "$first": "$__1" } } },
            replace.clone(),
            unset.clone(),
            equality("_1.boss", "_2"),
            doc! { "$project": { "_0": "$_0._id", "_1": "$_1.name", "_2": "$_2", "_id": 0 } },
        ]),
        vec![(2, Some("Bob".to_owned()), vec![ann.clone()]), (4, None, vec![])],
    )
    .await;
    check(
        &all,
        sorted()
            .lookup_into(Order.customer, Customer.id, Full.customers)
            .filter(Full.customers.elements().name.eq("Bob")),
        stages(&[equality("customer", "customers"), doc! { "$match": { "customers.name": "Bob" } }]),
        vec![Full { order: two.clone(), customers: vec![bob.clone()] }],
    )
    .await;
    let pipeline = sorted().lookup_pipeline(|order| {
        let same = Customer.id.expr().eq(order.value(Order.customer))
            & Customer.id.expr().lt(order.value(Order.total));
        Pipeline::<Customer>::new().filter(same.into()).project((Customer.name,))
    });
    let lookup = doc! { "$lookup": {
        "from": "customers",
        "let": { "outer0_0": "$customer", "outer0_1": "$total" },
        "pipeline": [
            { "$match": { "$expr": { "$and": [{ "$eq": ["$_id", "$$outer0_0"] }, { "$lt": ["$_id", "$$outer0_1"] }] } } },
            { "$project": { "_0": "$name", "_id": 0 } },
        ],
        "as": "__1",
    } };
    check(
        &all,
        pipeline,
        stages(&[lookup, replace.clone(), unset.clone()]),
        vec![(two.clone(), vec![("Bob".to_owned(),)]), (four.clone(), vec![])],
    )
    .await;
    // A lookup in a lookup reads the variables of both.
    let nested = sorted().lookup_pipeline_where(Order.customer, Customer.id, |order| {
        Pipeline::<Customer>::new().lookup_pipeline(|customer| {
            let boss = Customer.id.expr().eq(customer.value(Customer.boss.expr().if_null(0)));
            let cheap = Customer.id.expr().lt(order.value(Order.total));
            Pipeline::<Customer>::new().filter((boss & cheap).into())
        })
    });
    let stages = nested.to_stages()?;
    check(&all, nested, stages, vec![(two.clone(), vec![(bob.clone(), vec![ann.clone()])]), (four, vec![])])
        .await;

    let graph = Pipeline::<Customer>::new().filter(Customer.id.eq(3)).graph_lookup(
        Customer.boss,
        GraphLookup::new(Customer.boss, Customer.id).max_depth(4).filter(Customer.id.lt(9)),
    );
    assert_eq!(
        graph.to_stages()?[1..],
        [
            doc! { "$graphLookup": {
                "from": "customers", "startWith": "$boss", "connectFromField": "boss", "connectToField": "_id",
                "maxDepth": 4_i64, "restrictSearchWithMatch": { "_id": { "$lt": 9 } }, "as": "__1",
            } },
            replace,
            unset,
        ],
    );
    let mut found = db.collection::<Customer>().aggregate().then(graph).await?;
    found[0].1.sort_by_key(|customer| customer.id);
    assert_eq!(found, [(cyd, vec![ann, bob])]);
    Ok(())
}

// covers: T10
#[odmium::test]
async fn the_documents_of_two_collections(db: Database) -> odmium::Result<()> {
    let all = fill(&db).await?;
    let names = Pipeline::<Customer>::new().filter(Customer.id.lt(3)).project((Customer.name,));
    check(
        &all,
        start()
            .filter(Order.id.gt(3))
            .project((Order.city,))
            .union_with(names)
            .with_fields(|rows, (name,)| rows.sort(name.asc())),
        vec![
            doc! { "$match": { "_id": { "$gt": 3 } } },
            doc! { "$project": { "_0": "$city", "_id": 0 } },
            doc! { "$unionWith": {
                "coll": "customers",
                "pipeline": [
                    { "$match": { "_id": { "$lt": 3 } } },
                    { "$project": { "_0": "$name", "_id": 0 } },
                ],
            } },
            doc! { "$sort": { "_0": 1 } },
        ],
        ["Ann", "Bern", "Bob", "Oslo"].map(|name| (name.to_owned(),)).into(),
    )
    .await;
    Ok(())
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "shelves")]
struct Shelf {
    id: String,
    room: Option<Ref<Room>>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "rooms")]
struct Room {
    id: Id<Room>,
    main: Ref<Shelf>,
}

// covers: T10, C2
#[odmium::test]
async fn a_reference_is_compared_with_the_id_of_its_model(db: Database) -> odmium::Result<()> {
    let (rooms, shelves) = (db.collection::<Room>(), db.collection::<Shelf>());
    let room = Room { id: Id::new(), main: Ref::new("a".into()) };
    let shelf = |id: &str, room| Shelf { id: id.into(), room };
    let all = [shelf("a", Some(Ref::from(&room))), shelf("b", Some(Ref::from(&room))), shelf("c", None)];
    rooms.insert(&room).await?;
    shelves.insert_many(&all).await?;
    let other = rooms.aggregate().lookup_pipeline(|outer| {
        let within = Shelf.room.expr().eq(outer.value(Room.id)) & outer.value(Room.id).eq(Shelf.room);
        let main = Shelf.id.expr().ne(outer.value(Room.main)) & outer.value(Room.main).ne(Shelf.id);
        Pipeline::<Shelf>::new().filter(Filter::expr(within & main))
    });
    assert_eq!(other.await?, [(room, vec![all[1].clone()])]);
    Ok(())
}
