//! Arrays and documents beside each other: array fields joining, comparison of two documents.

use std::collections::BTreeMap;

use odmium::{
    Database, Expr,
    bson::{Bson, Document as Bag, doc},
    expr::{array, document, key_value, literal, remove, switch},
    prelude::*,
};

use crate::support::{numbered, page, same};

// covers: T10
#[odmium::test]
async fn array_fields_joining(db: Database) {
    #[derive(Document)]
    #[document(collection = "users", rename_all = "camelCase")]
    struct User {
        id: i32,
        first_name: String,
        hobbies: Vec<BTreeMap<String, String>>,
        mood_favourites: Vec<BTreeMap<String, String>>,
    }
    #[derive(Embedded, Debug)]
    #[document(shape, rename_all = "camelCase")]
    struct Profile {
        first_name: String,
        mood_activities: BTreeMap<String, Option<String>>,
    }

    let users = page::<User>(
        &db,
        numbered([
            doc! {
                "firstName": "Alice",
                "hobbies": [{ "music": "Playing the guitar" }, { "sports": "Long-distance running" }],
                "moodFavourites": [{ "sad": "music" }, { "happy": "sports" }, { "chilling": "music" }],
            },
            doc! {
                "firstName": "Sam",
                "hobbies": [{ "knitting": "Knitting scarves and hats" }, { "gardening": "Growing herbs" }],
                "moodFavourites": [{ "happy": "gardening" }, { "sad": "knitting" }],
            },
        ]),
    )
    .await;
    let hobby = |name: Expr<User, String>| {
        let hobbies = User.hobbies.expr().merge_all().object_to_array();
        hobbies.filter_limit(1, |hobby| hobby.key().eq(name)).first().value()
    };
    let moods = User.mood_favourites.expr().merge_all().object_to_array();
    let typed = Pipeline::new().project(ProfileShape {
        first_name: User.first_name.expr(),
        mood_activities: moods.map(|mood| key_value(mood.key(), hobby(mood.value()))).array_to_object(),
    });
    let first_pair = |of: &str| doc! { "$first": { "$objectToArray": of } };
    let hobby = doc! { "$getField": {
        "input": { "$first": { "$objectToArray": { "$first": [{ "$filter": {
            "input": "$hobbies",
            "as": "currElem",
            "cond": { "$eq": [
                { "$getField": { "input": first_pair("$$currElem"), "field": "k" } }, "$$this.v",
            ] },
            "limit": 1,
        } }] } } },
        "field": "v",
    } };
    let raw = [
        doc! { "$set": { "moodActivities": { "$arrayToObject": { "$map": {
            "input": { "$map": { "input": "$moodFavourites", "in": first_pair("$$this") } },
            "in": { "k": "$$this.k", "v": hobby },
        } } } } },
        doc! { "$unset": ["_id", "hobbies", "moodFavourites"] },
    ];
    let found = same(&users, typed, raw).await;
    assert_eq!(found[0].mood_activities["happy"].as_deref(), Some("Long-distance running"));
}

#[derive(Document)]
#[document(collection = "deployments", rename_all = "camelCase")]
struct Deployment {
    id: i32,
    name: String,
    before_config: Option<Bag>,
    after_config: Option<Bag>,
}

#[derive(Embedded, Debug, PartialEq)]
#[document(shape)]
struct Change {
    field: String,
    change: String,
}

#[derive(Embedded)]
#[document(shape)]
struct Compared {
    #[field(flatten)]
    deployment: Deployment,
    differences: Option<Vec<Change>>,
}

#[derive(Embedded, Debug)]
#[document(shape)]
struct Report {
    name: String,
    status: String,
    differences: Option<Vec<Change>>,
}

type Config = Expr<Deployment, Option<Bag>>;

/// The value of a field that is known at run time only.
fn dynamic(config: Config, name: &Expr<Deployment, String>) -> Expr<Deployment, Option<Bson>> {
    let named = config.object_to_array().filter(|field| field.key().eq(name.clone()));
    named.map(|field| field.value()).first()
}

fn typed() -> Pipeline<Deployment, Report> {
    let (before, after) = (|| Deployment.before_config.expr(), || Deployment.after_config.expr());
    let keys = |config: Config| config.object_to_array().map(|field| field.key());
    let none = || literal(Vec::<Change>::new());
    let differences = keys(before()).concat_arrays(keys(after())).to_set().reduce(none(), |all, name| {
        let (old, new) = (dynamic(before(), &name), dynamic(after(), &name));
        let text = |value: Expr<Deployment, Option<Bson>>| value.to_string().if_null("<not-set>");
        let change = text(old.clone()).concat(" --> ").concat(text(new.clone()));
        let change = document(ChangeShape { field: name, change });
        all.concat_arrays(old.ne(new).cond(array([change]), none()))
    });
    let found = || Compared.differences.expr();
    let number = || Compared.differences.expr().if_null(Vec::<Change>::new()).size();
    let (before, after) = (Compared.deployment.before_config, Compared.deployment.after_config);
    let status = switch(found().is_null() & before.expr().is_null(), "ADDED")
        .case(found().is_null() & after.expr().is_null(), "REMOVED")
        .case(number().lte(0), "UNCHANGED")
        .default("MODIFIED");
    Pipeline::new().add_fields(ComparedShape { differences }).project(ReportShape {
        name: Compared.deployment.name.expr(),
        status,
        differences: number().gt(0).cond(found(), remove()),
    })
}

fn raw() -> [Bag; 3] {
    let keys = |of: &str| doc! { "$map": { "input": { "$objectToArray": of }, "in": "$$this.k" } };
    let dynamic = |of: &str| {
        doc! { "$first": [{ "$map": {
            "input": { "$filter": {
                "input": { "$objectToArray": of },
                "as": "currObj",
                "cond": { "$eq": ["$$currObj.k", "$$this"] },
            } },
            "in": "$$this.v",
        } }] }
    };
    let text = |of: &str| doc! { "$ifNull": [{ "$toString": dynamic(of) }, "<not-set>"] };
    let is_none = |of: &str| doc! { "$in": [{ "$type": of }, ["missing", "null"]] };
    let size = doc! { "$size": "$differences" };
    [
        doc! { "$set": { "differences": { "$reduce": {
            "input": { "$setUnion": { "$concatArrays": [keys("$beforeConfig"), keys("$afterConfig")] } },
            "initialValue": [],
            "in": { "$concatArrays": ["$$value", { "$cond": {
                "if": { "$ne": [dynamic("$beforeConfig"), dynamic("$afterConfig")] },
                "then": [{
                    "field": "$$this",
                    "change": { "$concat": [text("$beforeConfig"), " --> ", text("$afterConfig")] },
                }],
                "else": [],
            } }] },
        } } } },
        doc! { "$set": {
            "status": { "$switch": {
                "branches": [
                    { "case": { "$and": [is_none("$differences"), is_none("$beforeConfig")] }, "then": "ADDED" },
                    { "case": { "$and": [is_none("$differences"), is_none("$afterConfig")] }, "then": "REMOVED" },
                    { "case": { "$lte": [&size, 0] }, "then": "UNCHANGED" },
                    { "case": { "$gt": [&size, 0] }, "then": "MODIFIED" },
                ],
                "default": "UNKNOWN",
            } },
            "differences": { "$cond": [
                { "$or": [is_none("$differences"), { "$lte": [&size, 0] }] }, "$$REMOVE", "$differences",
            ] },
        } },
        doc! { "$unset": ["_id", "beforeConfig", "afterConfig"] },
    ]
}

// covers: T10
#[odmium::test]
async fn comparison_of_two_arrays(db: Database) {
    let config = |vcpus: i32, state: &str| doc! { "vcpus": vcpus, "ram": 128, "state": state };
    let mut insecure = config(4, "running");
    insecure.insert("extraParams", "disableTLS;disableCerts;");
    let deployments = page::<Deployment>(
        &db,
        numbered([
            doc! {
                "name": "ProdServer", "beforeConfig": config(8, "running"), "afterConfig": config(16, "running"),
            },
            doc! { "name": "QAServer", "beforeConfig": config(4, "paused"), "afterConfig": insecure },
            doc! { "name": "LoadTestServer", "beforeConfig": config(8, "running") },
            doc! {
                "name": "IntegrationServer", "beforeConfig": config(4, "running"),
                "afterConfig": config(4, "running"),
            },
            doc! { "name": "DevServer", "afterConfig": config(2, "running") },
        ]),
    )
    .await;
    let found = same(&deployments, typed(), raw()).await;
    let statuses: Vec<_> = found.iter().map(|it| &*it.status).collect();
    assert_eq!(statuses, ["MODIFIED", "MODIFIED", "REMOVED", "UNCHANGED", "ADDED"]);
    let change = Change { field: "vcpus".into(), change: "8 --> 16".into() };
    assert_eq!(found[0].differences, Some(vec![change]));
    assert_eq!(found[1].differences.as_ref().unwrap().len(), 2);
}
