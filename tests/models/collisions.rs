//! Items of the user's that are called like what the derive or the runtime has.

use odmium::{bson::doc, prelude::*};

use super::same;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users")]
struct User {
    id: Id<User>,
    age: i32,
    name: Option<String>,
}

#[expect(dead_code, reason = "they need not be used to be in the way")]
impl User {
    const AGE: i32 = 5;

    fn age(&self) -> i32 {
        self.age
    }

    fn encode(&self) -> i32 {
        1
    }

    fn decode() -> i32 {
        2
    }

    fn encode_fields(&self) -> i32 {
        3
    }

    fn indexes() -> i32 {
        4
    }

    fn fields() -> i32 {
        5
    }

    fn missing() -> i32 {
        6
    }

    fn require() -> i32 {
        7
    }

    fn write() {}

    fn read() {}
}

#[expect(dead_code, reason = "as above")]
mod user {
    pub(super) const AGE: i32 = 1;
}

#[expect(dead_code, non_upper_case_globals, reason = "as above")]
const name: i32 = 1;

#[expect(dead_code, reason = "as above")]
fn age() {}

// covers: T1
#[test]
fn methods_of_the_model_do_not_get_in_the_way() {
    let ann = User { id: Id::new(), age: 30, name: None };
    same(&ann, &doc! { "_id": ann.id.object_id(), "age": 30 });
    assert_eq!(User.age.path(), "age");
    assert_eq!((ann.age(), User::fields(), User::indexes(), User::AGE), (30, 5, 4, 5));
    assert_eq!(<User as Document>::fields().age.path(), "age");
    assert!(<User as Document>::indexes().is_empty());
    assert_eq!(User.name.is_none().to_document().unwrap(), doc! { "name": null });
}

// covers: T1
#[test]
fn a_root_of_another_name_leaves_the_name_of_the_model_to_the_user() {
    #[derive(Document, Clone, Debug, PartialEq)]
    #[document(collection = "points", root = "P")]
    struct Point {
        id: i32,
        x: i32,
    }
    #[expect(non_snake_case, reason = "a constructor of the user's")]
    fn Point(x: i32) -> Point {
        Point { id: 1, x }
    }
    assert_eq!(P.x.path(), "x");
    same(&Point(5), &doc! { "_id": 1, "x": 5 });
}

// covers: T1
#[test]
fn models_of_one_name_live_in_several_scopes() {
    fn first() -> &'static str {
        #[derive(Embedded)]
        struct Twin {
            a: i32,
        }
        #[derive(Document)]
        #[document(collection = "twins")]
        struct Holder {
            id: i32,
            twin: Twin,
        }
        let _ = Holder { id: 1, twin: Twin { a: 1 } };
        assert_eq!(Holder.twin.a.path(), "twin.a");
        <Holder as Document>::COLLECTION
    }
    fn second() -> &'static str {
        #[derive(Document)]
        #[document(collection = "others")]
        struct Holder {
            id: i32,
        }
        <Holder as Document>::COLLECTION
    }
    assert_eq!((first(), second()), ("twins", "others"));
}
