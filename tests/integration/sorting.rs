//! Sort orders: what is sent, and in which order documents come.

use odmium::{
    Database,
    bson::{Document, doc},
    prelude::*,
    sort::{self, IntoSort, SortKey},
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "notes", rename_all = "camelCase")]
struct Note {
    id: i32,
    #[field(index(text))]
    text: String,
    score: Option<i32>,
    by_whom: Person,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(rename_all = "camelCase")]
struct Person {
    last_name: String,
}

fn note(id: i32, text: &str, score: Option<i32>, last_name: &str) -> Note {
    Note { id, text: text.into(), score, by_whom: Person { last_name: last_name.into() } }
}

fn rendered(order: impl IntoSort<Note>) -> Document {
    sort::to_document(order)
}

// covers: T9
#[test]
fn an_order_is_what_the_server_takes() {
    let none: Option<SortKey<Note>> = None;
    let cases = [
        (rendered(Note.score.desc()), doc! { "score": -1 }),
        (
            rendered((Note.score.desc(), Note.by_whom.last_name.asc())),
            doc! { "score": -1, "byWhom.lastName": 1 },
        ),
        (rendered(vec![Note.id.asc(), Note.score.desc()]), doc! { "_id": 1, "score": -1 }),
        (rendered([Note.id.asc()]), doc! { "_id": 1 }),
        (rendered((none, Some(Note.id.desc()), vec![Note.id.asc()])), doc! { "_id": -1 }),
        (rendered(sort::text_score()), doc! { "score": { "$meta": "textScore" } }),
        (
            rendered((Note.score.asc(), sort::text_score())),
            doc! { "score": 1, "textScore": { "$meta": "textScore" } },
        ),
        (rendered(sort::natural()), doc! { "$natural": 1 }),
        (rendered(sort::natural_desc()), doc! { "$natural": -1 }),
    ];
    for (order, expected) in cases {
        assert_eq!(order, expected);
        assert!(order.keys().eq(expected.keys()), "the keys have an order: {order}");
    }
}

// covers: T9
#[odmium::test]
async fn documents_come_in_that_order(db: Database) -> odmium::Result<()> {
    let notes = db.collection::<Note>();
    notes.sync_indexes().await?;
    notes
        .insert_many([
            note(1, "tea", Some(2), "b"),
            note(2, "coffee tea coffee coffee", Some(2), "a"),
            note(3, "coffee", None, "c"),
        ])
        .await?;
    let cases = [
        (rendered((Note.score.desc(), Note.by_whom.last_name.asc())), vec![2, 1, 3]),
        (rendered((Note.score.asc(), Note.by_whom.last_name.desc())), vec![3, 1, 2]),
        (rendered(sort::natural()), vec![1, 2, 3]),
        (rendered(sort::natural_desc()), vec![3, 2, 1]),
        (rendered((sort::text_score(), Note.id.desc())), vec![2, 3]),
    ];
    for (order, expected) in cases {
        let filter = match order.get_document("score") {
            Ok(_) => Filter::raw(doc! { "$text": { "$search": "coffee" } }),
            Err(_) => Filter::everything(),
        };
        let found = notes.find(filter).sort(Raw(order.clone())).await?;
        assert_eq!(found.iter().map(|note| note.id).collect::<Vec<_>>(), expected, "{order}");
    }
    Ok(())
}

/// An order that is rendered already.
struct Raw(Document);

impl IntoSort<Note> for Raw {
    fn add_to(self, sort: &mut Document) {
        sort.extend(self.0);
    }
}
