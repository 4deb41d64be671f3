//! `$graphLookup`.

use odmium::{
    Database,
    bson::{Bson, Document, doc},
    pipeline::{GraphLookup, Pipeline},
    prelude::*,
};

use super::compare::{beside, filled, same, same_by};

#[derive(Document, Debug)]
#[document(collection = "employees", rename_all = "camelCase")]
struct Employee {
    id: i32,
    name: String,
    reports_to: Option<String>,
}

// covers: T10, C8
#[odmium::test]
async fn within_a_single_collection(db: Database) {
    let employees = [
        (1, "Dev", None),
        (2, "Eliot", Some("Dev")),
        (3, "Ron", Some("Eliot")),
        (4, "Andrew", Some("Eliot")),
        (5, "Asya", Some("Ron")),
        (6, "Dan", Some("Andrew")),
    ];
    let employees = employees.map(|(id, name, to)| {
        let mut employee = doc! { "_id": id, "name": name };
        employee.extend(to.map(|to| ("reportsTo".to_owned(), Bson::from(to))));
        employee
    });
    let employees = filled::<Employee>(&db, employees).await;
    let typed = Pipeline::new()
        .graph_lookup(Employee.reports_to, GraphLookup::new(Employee.reports_to, Employee.name));
    let page = vec![doc! { "$graphLookup": {
        "from": "employees", "startWith": "$reportsTo", "connectFromField": "reportsTo",
        "connectToField": "name", "as": "reportingHierarchy",
    } }];
    let keys = |row| reached("reportingHierarchy", beside(&["reportingHierarchy"])(row));
    let found = same_by(&employees, typed, sorted(page, "reportingHierarchy"), keys).await;
    let (_, above) = found.iter().find(|(employee, _)| employee.name == "Asya").unwrap();
    let mut names: Vec<_> = above.iter().map(|employee| &*employee.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["Dev", "Eliot", "Ron"]);
}

/// The server gives what it has reached in no order.
fn reached(key: &str, mut row: Document) -> Document {
    let id = |value: &Bson| value.as_document().and_then(|reached| reached.get_i32("_id").ok());
    if let Ok(reached) = row.get_array_mut(key) {
        reached.sort_by_key(id);
    }
    row
}

/// The same in the page's pipeline.
fn sorted(mut page: Vec<Document>, key: &str) -> Vec<Document> {
    page.push(
        doc! { "$set": { key: { "$sortArray": { "input": format!("${key}"), "sortBy": { "_id": 1 } } } } },
    );
    page
}

#[derive(Document, Debug)]
#[document(collection = "airports", rename_all = "camelCase")]
struct Airport {
    id: i32,
    airport: String,
    connects: Vec<String>,
    // Written by the search.
    num_connections: Option<i64>,
}

#[derive(Document, Debug)]
#[document(collection = "travelers", rename_all = "camelCase")]
struct Traveler {
    id: i32,
    name: String,
    nearest_airport: String,
}

// covers: T10, C8
#[odmium::test]
async fn across_multiple_collections(db: Database) {
    let airport = |id: i32, airport: &str, connects: &[&str]| {
        doc! { "_id": id, "airport": airport, "connects": connects.to_vec() }
    };
    let airports = [
        airport(0, "JFK", &["BOS", "ORD"]),
        airport(1, "BOS", &["JFK", "PWM"]),
        airport(2, "ORD", &["JFK"]),
        airport(3, "PWM", &["BOS", "LHR"]),
        airport(4, "LHR", &["PWM"]),
    ];
    filled::<Airport>(&db, airports).await;
    let travelers = [(1, "Dev", "JFK"), (2, "Eliot", "JFK"), (3, "Jeff", "BOS")];
    let travelers =
        travelers.map(|(id, name, nearest)| doc! { "_id": id, "name": name, "nearestAirport": nearest });
    let travelers = filled::<Traveler>(&db, travelers).await;
    let flights =
        GraphLookup::new(Airport.connects, Airport.airport).max_depth(2).depth_field(Airport.num_connections);
    let typed = Pipeline::new().graph_lookup(Traveler.nearest_airport, flights);
    let page = vec![doc! { "$graphLookup": {
        "from": "airports", "startWith": "$nearestAirport", "connectFromField": "connects",
        "connectToField": "airport", "maxDepth": 2, "depthField": "numConnections", "as": "destinations",
    } }];
    let keys = |row| reached("destinations", beside(&["destinations"])(row));
    let found = same_by(&travelers, typed, sorted(page, "destinations"), keys).await;
    let (_, reached) = found.iter().find(|(traveler, _)| traveler.name == "Jeff").unwrap();
    let lhr = reached.iter().find(|airport| airport.airport == "LHR").unwrap();
    assert_eq!((reached.len(), lhr.num_connections), (5, Some(2)));
}

#[derive(Document, Debug)]
#[document(collection = "people")]
struct Person {
    id: i32,
    name: String,
    friends: Vec<String>,
    hobbies: Vec<String>,
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct Golfers {
    #[field(id)]
    id: i32,
    name: String,
    friends: Vec<String>,
    #[field(rename = "connections who play golf")]
    golfers: Vec<String>,
}

// covers: T10, C8
#[odmium::test]
async fn with_a_query_filter(db: Database) {
    let person = |id: i32, name: &str, friends: &[&str], hobbies: &[&str]| {
        doc! { "_id": id, "name": name, "friends": friends.to_vec(), "hobbies": hobbies.to_vec() }
    };
    let people = [
        person(
            1,
            "Tanya Jordan",
            &["Shirley Soto", "Terry Hawkins", "Carole Hale"],
            &["tennis", "unicycling", "golf"],
        ),
        person(
            2,
            "Carole Hale",
            &["Joseph Dennis", "Tanya Jordan", "Terry Hawkins"],
            &["archery", "golf", "woodworking"],
        ),
        person(3, "Terry Hawkins", &["Tanya Jordan", "Carole Hale", "Angelo Ward"], &["knitting", "frisbee"]),
        person(4, "Joseph Dennis", &["Angelo Ward", "Carole Hale"], &["tennis", "golf", "topiary"]),
        person(
            5,
            "Angelo Ward",
            &["Terry Hawkins", "Shirley Soto", "Joseph Dennis"],
            &["travel", "ceramics", "golf"],
        ),
        person(
            6,
            "Shirley Soto",
            &["Angelo Ward", "Tanya Jordan", "Carole Hale"],
            &["frisbee", "set theory"],
        ),
    ];
    let people = filled::<Person>(&db, people).await;
    let golf = GraphLookup::new(Person.friends, Person.name).filter(Person.hobbies.contains("golf"));
    // What is reached has no order.
    let typed = Pipeline::new()
        .filter(Person.name.eq("Tanya Jordan"))
        .graph_lookup(Person.friends, golf)
        .with_fields(|rows, (person, golfers)| {
            rows.project(GolfersShape {
                id: person.id.expr(),
                name: person.name.expr(),
                friends: person.friends.expr(),
                golfers: golfers.expr().sort_by(Person.id.asc()).map(|golfer| golfer.get(Person.name)),
            })
        });
    let page = vec![
        doc! { "$match": { "name": "Tanya Jordan" } },
        doc! { "$graphLookup": {
            "from": "people", "startWith": "$friends", "connectFromField": "friends", "connectToField": "name",
            "as": "golfers", "restrictSearchWithMatch": { "hobbies": "golf" },
        } },
        doc! { "$set": { "golfers": { "$sortArray": { "input": "$golfers", "sortBy": { "_id": 1 } } } } },
        doc! { "$project": { "name": 1, "friends": 1, "connections who play golf": "$golfers.name" } },
    ];
    let found = same(&people, typed, page).await;
    assert_eq!(found[0].golfers, ["Tanya Jordan", "Carole Hale", "Joseph Dennis", "Angelo Ward"]);
}
