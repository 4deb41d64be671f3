//! The manual's pages on sets, and on what is true of all elements.

use odmium::{
    Database,
    bson::{Bson, bson, doc},
    prelude::*,
};

use crate::support::{computed, numbered, page};

// covers: T10
#[odmium::test]
async fn sets_of_flowers(db: Database) {
    // Texts, and arrays of them.
    #[derive(Document)]
    #[document(collection = "flowers", rename_all = "camelCase")]
    struct Flowers {
        id: i32,
        flower_field_a: Vec<Bson>,
        flower_field_b: Vec<Bson>,
    }
    let both = |a: Bson, b: Bson| doc! { "flowerFieldA": a, "flowerFieldB": b };
    let two = || bson!(["rose", "orchid"]);
    let flowers = page::<Flowers>(
        &db,
        numbered([
            both(two(), two()),
            both(two(), bson!(["orchid", "rose", "orchid"])),
            both(two(), bson!(["rose", "orchid", "jasmine"])),
            both(two(), bson!(["jasmine", "rose"])),
            both(two(), bson!([])),
            both(two(), bson!([["rose"], ["orchid"]])),
            both(two(), bson!([["rose", "orchid"]])),
            both(bson!([]), bson!([])),
            both(bson!([]), bson!(["rose"])),
        ]),
    )
    .await;
    let (a, b) = (|| Flowers.flower_field_a.expr(), || Flowers.flower_field_b.expr());
    let raw = |op: &str| doc! { op: ["$flowerFieldA", "$flowerFieldB"] };
    let found = computed(&flowers, a().set_equals(b()), raw("$setEquals")).await;
    assert_eq!(found, [true, true, false, false, false, false, false, true, false]);
    let found = computed(&flowers, a().set_is_subset(b()), raw("$setIsSubset")).await;
    assert_eq!(found, [true, true, true, false, false, false, false, true, true]);
    let sizes = |found: Vec<Vec<Bson>>| found.iter().map(Vec::len).collect::<Vec<_>>();
    let found = computed(&flowers, a().set_union(b()), raw("$setUnion")).await;
    assert_eq!(sizes(found), [2, 2, 3, 3, 2, 4, 3, 0, 1]);
    let found = computed(&flowers, a().set_intersection(b()), raw("$setIntersection")).await;
    assert_eq!(sizes(found), [2, 2, 2, 1, 0, 0, 0, 0, 0]);
    let found = computed(
        &flowers,
        b().set_difference(a()),
        doc! {
            "$setDifference": ["$flowerFieldB", "$flowerFieldA"],
        },
    );
    assert_eq!(sizes(found.await), [0, 0, 1, 1, 0, 2, 1, 0, 1]);
    let found = computed(&flowers, b().to_set(), doc! { "$setUnion": "$flowerFieldB" }).await;
    assert_eq!(sizes(found), [2, 2, 3, 2, 0, 2, 1, 0, 1]);
}

// covers: T10
#[odmium::test]
async fn all_and_any_elements_true(db: Database) {
    #[derive(Document)]
    #[document(collection = "survey")]
    struct Survey {
        id: i32,
        responses: Vec<Bson>,
    }
    let responses = [
        bson!([true]),
        bson!([true, false]),
        bson!([]),
        bson!([1, true, "seven"]),
        bson!([0]),
        bson!([[]]),
        bson!([[0]]),
        bson!([[false]]),
        bson!([null]),
    ];
    let survey =
        page::<Survey>(&db, numbered(responses.map(|responses| doc! { "responses": responses }))).await;
    let all = computed(
        &survey,
        Survey.responses.expr().all_elements_true(),
        doc! { "$allElementsTrue": ["$responses"] },
    );
    assert_eq!(all.await, [true, false, true, true, false, true, true, true, false]);
    let any = computed(
        &survey,
        Survey.responses.expr().any_element_true(),
        doc! { "$anyElementTrue": ["$responses"] },
    );
    assert_eq!(any.await, [true, true, false, true, false, true, true, true, false]);
}
