//! Geometries of the `geojson` crate: the documents that the server's geospatial indexes take.

use ::geojson::{Geometry, GeometryValue, JsonObject, Position};
use bson::{Bson, Document, bson, doc};
use odmium::{Database, codec::DecodeErrorKind, prelude::*};

use crate::support::{read_bson, refused, stored_as};

fn ring() -> Vec<[f64; 2]> {
    vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]
}

// covers: T3
#[test]
fn every_geometry_is_a_document_of_type_and_coordinates() {
    let ring_stored = bson!([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]);
    let cases = [
        (GeometryValue::new_point([2.35, 48.85]), doc! { "type": "Point", "coordinates": [2.35, 48.85] }),
        (GeometryValue::new_point([1.0, 2.0, 3.0]), doc! { "type": "Point", "coordinates": [1.0, 2.0, 3.0] }),
        (
            GeometryValue::new_multi_point([[1.0, 2.0]]),
            doc! { "type": "MultiPoint", "coordinates": [[1.0, 2.0]] },
        ),
        (GeometryValue::new_line_string(ring()), doc! { "type": "LineString", "coordinates": &ring_stored }),
        (
            GeometryValue::new_multi_line_string([ring()]),
            doc! { "type": "MultiLineString", "coordinates": [&ring_stored] },
        ),
        (GeometryValue::new_polygon([ring()]), doc! { "type": "Polygon", "coordinates": [&ring_stored] }),
        (
            GeometryValue::new_multi_polygon([[ring()]]),
            doc! { "type": "MultiPolygon", "coordinates": [[&ring_stored]] },
        ),
        (
            GeometryValue::GeometryCollection {
                geometries: vec![GeometryValue::new_point([1.0, 2.0]).into()],
            },
            doc! { "type": "GeometryCollection", "geometries": [{ "type": "Point", "coordinates": [1.0, 2.0] }] },
        ),
    ];
    for (value, stored) in cases {
        stored_as(value.clone(), stored.clone());
        stored_as(Geometry::new(value), stored);
    }
    stored_as(Position::from([1.0, 2.0]), bson!([1.0, 2.0]));
}

// covers: T3
#[test]
fn a_geometry_keeps_its_box_and_foreign_members() {
    let foreign = serde_json::json!({
        "crs": { "type": "name", "properties": { "name": "urn:x-mongodb:crs:strictwinding:EPSG:4326" } },
        "list": [null, true, 1.5, "x"],
    });
    let serde_json::Value::Object(foreign) = foreign else { unreachable!() };
    let mut point = Geometry::new_point([1.0, 2.0]);
    point.bbox = Some(vec![0.0, 0.0, 3.0, 3.0]);
    point.foreign_members = Some(JsonObject::from_iter(foreign));
    let crs = doc! { "properties": { "name": "urn:x-mongodb:crs:strictwinding:EPSG:4326" }, "type": "name" };
    let stored = doc! {
        "type": "Point",
        "coordinates": [1.0, 2.0],
        "bbox": [0.0, 0.0, 3.0, 3.0],
        "crs": crs,
        "list": [null, true, 1.5, "x"],
    };
    assert_eq!(read_bson::<Geometry>(stored.clone()).unwrap(), point);
    let written = odmium::codec::encode_to_bson(&point).unwrap();
    assert_eq!(written, Bson::Document(stored));
}

// covers: T3
#[test]
fn what_is_no_geometry_is_refused_by_its_path() {
    let error = |stored: Document| read_bson::<Geometry>(stored).unwrap_err();
    let missing = error(doc! { "coordinates": [1, 2] });
    assert_eq!((missing.path().as_str(), missing.kind()), ("type", &DecodeErrorKind::Missing));
    let missing = error(doc! { "type": "GeometryCollection", "coordinates": [1, 2] });
    assert_eq!((missing.path().as_str(), missing.kind()), ("geometries", &DecodeErrorKind::Missing));
    assert_eq!(
        error(doc! { "type": "Polygon", "coordinates": [[[1, 2], [1, "2"]]] }).path(),
        "coordinates.0.1.1"
    );
    assert_eq!(error(doc! { "type": "Point", "coordinates": [1, 2], "bbox": 5 }).path(), "bbox");
    assert_eq!(error(doc! { "type": "Point", "coordinates": [1, 2], "a": [Bson::MinKey] }).path(), "a");
    let unknown = error(doc! { "type": "Circle", "coordinates": [1, 2] });
    assert_eq!(unknown.to_string(), "`type` must be a type of geometry, but \"Circle\" is stored");
    refused::<Position>(bson!([1.0]), "at least two numbers, but one of 1 is stored");
    let read = read_bson::<Geometry>(doc! { "coordinates": [1, 2_i64], "type": "Point" }).unwrap();
    assert_eq!(read, Geometry::new_point([1.0, 2.0]));
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "places", index(sphere(location)))]
struct Place {
    id: i32,
    location: Option<Geometry>,
}

// covers: T3
#[odmium::test]
async fn the_server_indexes_a_stored_geometry(db: Database) -> odmium::Result<()> {
    let places = db.collection::<Place>();
    places.sync_indexes().await?;
    let place = |id, x, y| Place { id, location: Some(Geometry::new_point([x, y])) };
    places
        .insert_many([place(1, 2.35, 48.85), place(2, 13.4, 52.5), Place { id: 3, location: None }])
        .await?;
    assert_eq!(places.get(1).await?, Some(place(1, 2.35, 48.85)));
    assert_eq!(places.find(Place.location.eq(Geometry::new_point([13.4, 52.5]))).one().await?.id, 2);
    let near = doc! { "$nearSphere": { "$geometry": { "type": "Point", "coordinates": [2.0, 48.0] }, "$maxDistance": 200_000 } };
    assert_eq!(places.find(Filter::raw(doc! { "location": near })).one().await?.id, 1);
    let wrong = Place { id: 4, location: Some(Geometry::new_point([200.0, 100.0])) };
    assert!(places.insert(&wrong).await.unwrap_err().to_string().contains("geo keys"));
    Ok(())
}
