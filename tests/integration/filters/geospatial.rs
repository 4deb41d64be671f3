//! The manual's pages on `$near`, `$nearSphere`, `$geoWithin`, `$geoIntersects`.

use geojson::{Geometry, GeometryValue, Position};
use odmium::{
    Collection, Database,
    bson::{Document, bson, doc},
    filter::Near,
    prelude::*,
};

use super::agree::{agree, case, holding};

#[derive(Document, Debug)]
#[document(collection = "places")]
struct Place {
    id: i32,
    name: String,
    #[field(index(sphere))]
    location: Geometry,
    #[field(index(flat))]
    pair: Option<[f64; 2]>,
    #[field(index(sphere))]
    position: Option<Position>,
}

/// A type of one's own that is stored as GeoJSON.
#[derive(Embedded, Debug)]
struct Point {
    r#type: String,
    coordinates: (f64, f64),
}

impl odmium::filter::Geometry for Point {}

#[derive(Document, Debug)]
#[document(collection = "places")]
struct Own {
    id: i32,
    #[field(index(sphere))]
    location: Point,
    stops: Option<Vec<[f64; 2]>>,
}

fn point(lng: f64, lat: f64) -> Document {
    doc! { "type": "Point", "coordinates": [lng, lat] }
}

async fn places<D: odmium::Document>(db: &Database) -> odmium::Result<Collection<D>> {
    let all = [
        (1, "Central Park", -73.97, 40.77),
        (2, "Sara D. Roosevelt Park", -73.9928, 40.7193),
        (3, "Polo Grounds", -73.9375, 40.8303),
    ];
    let all = all.map(|(id, name, lng, lat)| {
        doc! { "_id": id, "name": name, "location": point(lng, lat), "pair": [lng, lat], "position": [lng, lat] }
    });
    holding(db, all).await
}

// covers: T5, T15
#[odmium::test]
async fn the_nearest_come_first(db: Database) -> odmium::Result<()> {
    let places = places::<Place>(&db).await?;
    let here = [-73.9667, 40.78];
    let there = GeometryValue::new_point(here);
    let sphere = |op: &str, limits: Document| {
        let mut near = doc! { "$geometry": point(here[0], here[1]) };
        near.extend(limits);
        doc! { "location": { op: near } }
    };
    let limits = || doc! { "$minDistance": 1000.0, "$maxDistance": 8000.0 };
    let between = || Near::to(here).min_distance_m(1000.0).max_distance_m(8000.0);
    let cases: [(Filter<Place>, Document, &[i32]); 9] = [
        (Place.location.near(here), sphere("$near", doc! {}), &[1, 3, 2]),
        (Place.location.near(&there), sphere("$near", doc! {}), &[1, 3, 2]),
        (Place.location.near(between()), sphere("$near", limits()), &[1, 3, 2]),
        (Place.location.near_sphere(between()), sphere("$nearSphere", limits()), &[1, 3, 2]),
        (
            Place.location.near(Near::to(Position::from(here)).max_distance_m(2000.0)),
            sphere("$near", doc! { "$maxDistance": 2000.0 }),
            &[1],
        ),
        (
            Place.position.near((here[0], here[1])) & Place.name.contains("P"),
            doc! { "position": { "$near": { "$geometry": point(here[0], here[1]) } }, "name": Place.name.contains("P").to_document()?.remove("name").unwrap() },
            &[1, 3, 2],
        ),
        (Place.pair.near_flat(here, ..), doc! { "pair": { "$near": [here[0], here[1]] } }, &[1, 3, 2]),
        (
            Place.pair.near_flat(here, ..=0.06),
            doc! { "pair": { "$near": [here[0], here[1]], "$maxDistance": 0.06 } },
            &[1, 3],
        ),
        (
            Place.location.exists() & Place.location.near(here),
            doc! { "location": { "$exists": true }, "$and": [sphere("$near", doc! {})] },
            &[1, 3, 2],
        ),
    ];
    for (filter, rendered, ids) in cases {
        assert_eq!(filter.to_document()?, rendered);
        let found: Vec<i32> = places.find(filter.clone()).await?.iter().map(|it| it.id).collect();
        assert_eq!(found, ids, "{filter:?}");
    }
    Ok(())
}

// covers: T5
#[odmium::test]
async fn areas(db: Database) -> odmium::Result<()> {
    let corners = [[-74.0, 40.75], [-73.95, 40.75], [-73.95, 40.8], [-74.0, 40.8]];
    let ring = bson!([[-74.0, 40.75], [-73.95, 40.75], [-73.95, 40.8], [-74.0, 40.8], [-74.0, 40.75]]);
    let polygon = doc! { "type": "Polygon", "coordinates": [&ring] };
    let geometry = Geometry::new(GeometryValue::new_polygon([vec![
        corners[0], corners[1], corners[2], corners[3], corners[0],
    ]]));
    let within = |field: &str, area: Document| doc! { field: { "$geoWithin": area } };
    let (low, high) = ([-74.0, 40.75], [-73.95, 40.8]);
    let radius = 2_000.0 / 6_378_100.0;
    let cases = [
        case(Place.location.within(&geometry), within("location", doc! { "$geometry": &polygon }), [1]),
        case(Place.location.within_polygon(corners), within("location", doc! { "$geometry": &polygon }), [1]),
        case(Place.pair.within_polygon(corners), within("pair", doc! { "$geometry": &polygon }), [1]),
        case(
            Place.location.within_circle([-73.9667, 40.78], 2_000.0),
            within("location", doc! { "$centerSphere": [[-73.9667, 40.78], radius] }),
            [1],
        ),
        case(
            Place.pair.within_circle([-73.9667, 40.78], 2_000.0),
            within("pair", doc! { "$centerSphere": [[-73.9667, 40.78], radius] }),
            [1],
        ),
        case(
            Place.pair.within_box(low, high),
            within("pair", doc! { "$box": [[-74.0, 40.75], [-73.95, 40.8]] }),
            [1],
        ),
        case(
            Place.pair.within_flat_circle([-73.97, 40.77], 0.08),
            within("pair", doc! { "$center": [[-73.97, 40.77], 0.08] }),
            [1, 2, 3],
        )
        .rendered(within("pair", doc! { "$center": [[-73.97, 40.77], 0.08] })),
        case(
            Place.pair.within_flat_polygon(corners),
            within(
                "pair",
                doc! { "$polygon": [[-74.0, 40.75], [-73.95, 40.75], [-73.95, 40.8], [-74.0, 40.8]] },
            ),
            [1],
        ),
        case(
            Place.location.intersects(geometry.clone()),
            doc! { "location": { "$geoIntersects": { "$geometry": &polygon } } },
            [1],
        ),
        case(
            Place.location.intersects([-73.97, 40.77]),
            doc! { "location": { "$geoIntersects": { "$geometry": point(-73.97, 40.77) } } },
            [1],
        ),
    ];
    agree(&places::<Place>(&db).await?, cases).await
}

// covers: T5
#[odmium::test]
async fn a_type_of_ones_own_can_be_a_place(db: Database) -> odmium::Result<()> {
    let places = places::<Own>(&db).await?;
    let found = places.find(Own.location.near(Near::to([-73.97, 40.77]).max_distance_m(100.0))).one().await?;
    assert_eq!(
        (found.id, found.location.r#type.as_str(), found.location.coordinates.0),
        (1, "Point", -73.97)
    );
    let filter = Own.stops.any_value(|stop| stop.within_box([0.0, 0.0], [1.0, 1.0]));
    assert_eq!(places.count(filter).await?, 0);
    Ok(())
}

// covers: T5
#[odmium::test]
async fn what_the_server_does_not_take_is_said(db: Database) -> odmium::Result<()> {
    let places = places::<Place>(&db).await?;
    let near = || Place.location.near([0.0, 0.0]);
    for filter in [!near(), near() | Place.id.eq(1), !(near() & Place.id.eq(1)), Filter::none([near()])] {
        let error = places.find(filter).await.unwrap_err();
        assert!(error.is_argument() && error.to_string().contains("within_circle"), "{error}");
    }
    for filter in [
        Place.location.near(Near::to([0.0, 0.0]).max_distance_m(-1.0)),
        Place.location.near(Near::to([0.0, 0.0]).min_distance_m(f64::NAN)),
        Place.location.within_circle([0.0, 0.0], -5.0),
    ] {
        let error = places.find(filter).await.unwrap_err();
        assert!(error.is_argument() && error.to_string().contains("zero or more"), "{error}");
    }
    let error = places.count(near()).await.unwrap_err();
    assert!(error.to_string().contains("$near"), "{error}");
    Ok(())
}
