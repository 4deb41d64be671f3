//! Fields whose keys stand among those of the outer document.

use std::collections::BTreeMap;

use odmium::{bson::doc, prelude::*};

use super::{read, same};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users", index(address.city), index(address.geo.lat))]
struct User {
    id: i32,
    #[field(flatten)]
    address: Address,
    name: String,
    #[field(flatten)]
    contact: Contact,
    #[field(flatten)]
    rest: BTreeMap<String, i32>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Address {
    city: String,
    #[field(flatten)]
    geo: Geo,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Geo {
    lat: f64,
    #[field(alias = "lng")]
    lon: f64,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(tag = "by", deny_unknown)]
enum Contact {
    Mail { mail: String },
    Phone(Phone),
    Nothing,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(deny_unknown)]
struct Phone {
    number: String,
}

fn user(contact: Contact) -> User {
    User {
        id: 1,
        address: Address { city: "Rome".into(), geo: Geo { lat: 1.5, lon: 2.5 } },
        name: "Ann".into(),
        contact,
        rest: BTreeMap::from([("x".to_owned(), 5)]),
    }
}

// covers: T1
#[test]
fn structs_enums_and_maps_share_one_document() {
    same(
        &user(Contact::Mail { mail: "a@x".into() }),
        &doc! {
            "_id": 1, "city": "Rome", "lat": 1.5, "lon": 2.5, "name": "Ann", "by": "Mail", "mail": "a@x", "x": 5,
        },
    );
    same(
        &user(Contact::Phone(Phone { number: "1".into() })),
        &doc! {
            "_id": 1, "city": "Rome", "lat": 1.5, "lon": 2.5, "name": "Ann", "by": "Phone", "number": "1", "x": 5,
        },
    );
    same(
        &user(Contact::Nothing),
        &doc! { "_id": 1, "city": "Rome", "lat": 1.5, "lon": 2.5, "name": "Ann", "by": "Nothing", "x": 5 },
    );
}

// covers: T1
#[test]
fn a_flattened_map_leaves_out_what_any_depth_knows() {
    let document = doc! {
        "_id": 1, "city": "Rome", "lat": 1.5, "lng": 2.5, "name": "Ann", "by": "Phone", "number": "1", "x": 5,
    };
    let user: User = read(&document).unwrap();
    assert_eq!(user.rest, BTreeMap::from([("x".to_owned(), 5)]));
    assert_eq!(user.address.geo.lon, 2.5);
}

// covers: T1
#[test]
fn an_unknown_key_is_refused_where_the_document_is_not_shared() {
    let address = doc! { "city": "Rome", "lat": 1.5, "lon": 2.5 };
    let contact = doc! { "by": "Mail", "mail": "a@x" };
    assert!(read::<Contact>(&contact).is_ok());
    for (by, more) in [("Mail", doc! { "mail": "m", "z": 1 }), ("Nothing", doc! { "z": 1 })] {
        let mut document = doc! { "by": by };
        document.extend(more);
        let error = read::<Contact>(&document).unwrap_err().to_string();
        assert!(error.contains("z"), "{error}");
    }
    assert!(read::<Phone>(&doc! { "number": "1", "z": 1 }).is_err());
    assert!(read::<Geo>(&address).is_ok());
}

// covers: T1 T15
#[test]
fn flattened_paths_have_no_segment_of_their_own() {
    assert_eq!(User.address.city.path(), "city");
    assert_eq!(User.address.geo.lat.path(), "lat");
    assert_eq!(User.contact.by.path(), "by");
    assert_eq!(User.contact.mail.mail.path(), "mail");
    assert_eq!(User.contact.phone.number.path(), "number");
    #[derive(Document)]
    #[document(collection = "teams")]
    struct Team {
        id: i32,
        lead: User,
    }
    assert_eq!(Team.lead.address.geo.lat.path(), "lead.lat");
    assert_eq!(Team.lead.id.path(), "lead._id");
    let names: Vec<_> = <User as Document>::indexes().iter().map(|index| index.name().to_owned()).collect();
    assert_eq!(names, ["city_1", "lat_1"]);
}
