//! The manual's page on `$text`.

use odmium::{Database, bson::doc, filter::Search, prelude::*};

use super::agree::{agree, case, holding};

#[derive(Document, Debug)]
#[document(collection = "articles")]
struct Article {
    id: i32,
    #[field(index(text))]
    subject: String,
    #[field(index)]
    author: String,
    views: i32,
}

async fn articles(db: &Database) -> odmium::Result<odmium::Collection<Article>> {
    let all = [
        (1, "coffee", "xyz", 50),
        (2, "Coffee Shopping", "efg", 5),
        (3, "Baking a cake", "abc", 90),
        (4, "baking", "xyz", 100),
        (5, "Café Con Leche", "abc", 200),
        (6, "Сырники", "jkl", 80),
        (7, "coffee and cream", "efg", 10),
        (8, "Cafe con Leche", "xyz", 10),
    ];
    let all = all.map(|(id, subject, author, views)| doc! { "_id": id, "subject": subject, "author": author, "views": views });
    holding(db, all).await
}

// covers: T5
#[odmium::test]
async fn words_phrases_and_languages(db: Database) -> odmium::Result<()> {
    let text = |words: &str| doc! { "$text": { "$search": words } };
    let words = String::from("coffee");
    let cases = [
        case(Filter::text(&words), text("coffee"), [1, 2, 7]),
        case(Filter::text("bake coffee cake"), text("bake coffee cake"), [1, 2, 3, 4, 7]),
        case(Filter::text("\"coffee shop\""), text("\"coffee shop\""), [2]),
        case(Filter::text("coffee -shop"), text("coffee -shop"), [1, 7]),
        case(Filter::text("сы́рники CAFÉS"), text("сы́рники CAFÉS"), [5, 6, 8]),
        case(
            Filter::text(Search::new("leche").language("es")),
            doc! { "$text": { "$search": "leche", "$language": "es" } },
            [5, 8],
        ),
        case(
            Filter::text(Search::new("Coffee").case_sensitive(true)),
            doc! { "$text": { "$search": "Coffee", "$caseSensitive": true } },
            [2],
        ),
        case(
            Filter::text(Search::new("CAFÉ").diacritic_sensitive(true)),
            doc! { "$text": { "$search": "CAFÉ", "$diacriticSensitive": true } },
            [5],
        ),
        case(
            Filter::text("coffee") & Article.views.lt(20),
            doc! { "$text": { "$search": "coffee" }, "views": { "$lt": 20 } },
            [2, 7],
        ),
        case(
            Filter::text("coffee") | Article.author.eq("jkl"),
            doc! { "$or": [{ "$text": { "$search": "coffee" } }, { "author": "jkl" }] },
            [1, 2, 6, 7],
        ),
    ];
    agree(&articles(&db).await?, cases.map(|case| case.without_negation())).await
}

// covers: T5
#[odmium::test]
async fn what_the_server_does_not_take_is_said(db: Database) -> odmium::Result<()> {
    let articles = articles(&db).await?;
    for filter in [
        !Filter::<Article>::text("x"),
        !(Article.views.gt(1) & Filter::text("x")),
        Filter::none([Filter::text("x") | Article.views.gt(1)]),
    ] {
        let error = articles.find(filter).await.unwrap_err();
        assert!(error.is_argument() && error.to_string().contains("\"coffee -shop\""), "{error}");
    }
    let error = articles.find(Filter::text("x") & Filter::text("y")).await.unwrap_err();
    assert!(error.to_string().contains("Too many text expressions"), "{error}");
    articles.drop().await?;
    let error = articles.find(Filter::text("x")).await.unwrap_err();
    assert_eq!(error.code_name(), Some("IndexNotFound"), "{error}");
    Ok(())
}
