//! The manual's pages on `$mod`, `$regex`, `$jsonSchema`, `$where`, `$comment`, `$sampleRate`.

use odmium::{
    Database,
    bson::{Bson, doc},
    filter::{Pattern, RegexOptions},
    prelude::*,
};

use super::{
    agree::{agree, case, holding},
    regex,
};

#[derive(Document, Debug)]
#[document(collection = "products")]
struct Product {
    id: i32,
    sku: String,
    description: String,
    qty: i32,
}

// covers: T5
#[odmium::test]
async fn numbers_patterns_and_code(db: Database) -> odmium::Result<()> {
    let product = |id: i32, sku: &str, description: &str, qty: i32| doc! { "_id": id, "sku": sku, "description": description, "qty": qty };
    let products = holding::<Product>(
        &db,
        [
            product(100, "abc123", "Single line description.", 0),
            product(101, "abc789", "First line\nSecond line", 5),
            product(102, "xyz456", "Many spaces before     line", 12),
            product(103, "xyz789", "Multiple\nline description", 7),
            product(104, "Abc789", "SKU starts with A", 4),
        ],
    )
    .await?;
    // The manual's has no line feed at the end: 6.0 then takes a bracket of its own for part of the comment.
    let extended = "abc #category code\n123 #item number\n";
    let code = "this.sku.length + this.qty > 13";
    let schema = doc! { "required": ["sku"], "properties": { "qty": { "minimum": 5 } } };
    let cases = [
        case(Product.qty.modulo(4, 0), doc! { "qty": { "$mod": [4_i64, 0_i64] } }, [100, 102, 104]),
        case(Product.qty.modulo(4, 1), doc! { "qty": { "$mod": [4_i64, 1_i64] } }, [101]),
        case(
            Product.sku.matches("789$", ""),
            doc! { "sku": { "$regex": regex("789$", "") } },
            [101, 103, 104],
        ),
        case(
            Product.sku.matches("^ABC", RegexOptions::IGNORE_CASE),
            doc! { "sku": { "$regex": regex("^ABC", "i") } },
            [100, 101, 104],
        ),
        case(
            Product.description.matches("^S", "m"),
            doc! { "description": { "$regex": regex("^S", "m") } },
            [100, 101, 104],
        ),
        case(
            Product.description.matches("m.*line", RegexOptions::DOT_ALL | RegexOptions::IGNORE_CASE),
            doc! { "description": { "$regex": regex("m.*line", "is") } },
            [102, 103],
        ),
        case(Product.sku.matches(extended, "x"), doc! { "sku": { "$regex": regex(extended, "x") } }, [100]),
        case(
            Product.sku.matches("(?i)a(?-i)bc", "u"),
            doc! { "sku": { "$regex": regex("(?i)a(?-i)bc", "") } },
            [100, 101, 104],
        ),
        case(
            Product.sku.matches_any([Pattern::starts_with("XYZ").ignore_case(), "^Abc".into()]),
            doc! { "sku": { "$in": [regex("^XYZ", "i"), regex("^Abc", "")] } },
            [102, 103, 104],
        ),
        case(Filter::json_schema(schema.clone()), doc! { "$jsonSchema": &schema }, [101, 102, 103]),
        case(!Filter::json_schema(schema.clone()), doc! { "$nor": [{ "$jsonSchema": &schema }] }, [100, 104]),
        case(
            Filter::json_schema(schema.clone()) & Filter::json_schema(doc! { "required": ["qty"] }),
            doc! { "$jsonSchema": &schema, "$and": [{ "$jsonSchema": { "required": ["qty"] } }] },
            [101, 102, 103],
        ),
        case(Filter::where_js(code), doc! { "$where": Bson::JavaScriptCode(code.into()) }, [102]),
        case(
            Filter::where_js(code) | Product.qty.eq(0),
            doc! { "$or": [{ "$where": Bson::JavaScriptCode(code.into()) }, { "qty": 0 }] },
            [100, 102],
        ),
        case(Product.qty.eq(5).comment("why"), doc! { "qty": 5, "$comment": "why" }, [101]),
        case(
            Product.qty.gt(4).comment("why") & Product.qty.lt(12).comment("because"),
            doc! { "qty": { "$gt": 4, "$lt": 12 }, "$comment": "why", "$and": [{ "$comment": "because" }] },
            [101, 103],
        ),
        case(Filter::sample_rate(1.0), doc! { "$sampleRate": 1.0 }, [100, 101, 102, 103, 104]),
        case(Filter::sample_rate(0.0), doc! { "$sampleRate": 0.0 }, []),
    ];
    agree(&products, cases).await
}

/// A condition and the same in Rust.
type Reckoned<'a> = (Filter<Product>, Box<dyn Fn(&str) -> bool + 'a>);

// covers: T5
#[odmium::test]
async fn a_text_stands_for_itself(db: Database) -> odmium::Result<()> {
    let odd = ["a.b", "a\0b", "x\\", "[x]*", "(?i)x", "^$", "ü_-# ", "line\nline", "\\Ex\\Q", "a b\t"];
    let products = holding::<Product>(
        &db,
        (0..).zip(odd).map(|(id, text)| doc! { "_id": id, "sku": text, "description": "", "qty": 0 }),
    )
    .await?;
    let (sku, everything) = (Product.sku, products.find(Filter::everything()).await?);
    for text in odd {
        let cut = text.char_indices().nth(1).map_or(text.len(), |(at, _)| at);
        let filters: [Reckoned<'_>; 5] = [
            (sku.contains(text), Box::new(move |it| it.contains(text))),
            (sku.starts_with(&text[..cut]), Box::new(move |it| it.starts_with(&text[..cut]))),
            (sku.ends_with(&text[cut..]), Box::new(move |it| it.ends_with(&text[cut..]))),
            (
                sku.eq_ignore_case(&text.to_uppercase()),
                Box::new(move |it| it.to_uppercase() == text.to_uppercase()),
            ),
            (sku.is_in([text]), Box::new(move |it| it == text)),
        ];
        for (filter, holds) in filters {
            let found: Vec<i32> =
                products.find(filter.clone()).sort(Product.id.asc()).await?.iter().map(|it| it.id).collect();
            let expected: Vec<i32> = everything.iter().filter(|it| holds(&it.sku)).map(|it| it.id).collect();
            assert_eq!(found, expected, "{filter:?}");
        }
    }
    Ok(())
}
