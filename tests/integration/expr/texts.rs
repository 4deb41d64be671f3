//! Texts and regular expressions. `Row.s` is `Ärger $1`, `Row.os` is ` ab `.

use odmium::{
    Database,
    bson::{Bson, Regex, doc},
    expr::{Expr, literal},
};

use super::{Cases, Row, texts};

fn pattern_of(pattern: &str, options: &str) -> Bson {
    let (pattern, options) = (pattern.to_owned(), options.to_owned());
    let regex = Regex { pattern: pattern.try_into().unwrap(), options: options.try_into().unwrap() };
    Bson::RegularExpression(regex)
}

#[odmium::test]
async fn functions_of_texts(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let text = |text: &str| text.to_owned();
    let some = |text: &str| Some(text.to_owned());
    let (s, os) = (|| Row.s.expr(), || Row.os.expr());
    let joined = s().concat(" ").concat(Row.digits).concat("$x");
    let rendered = doc! { "$concat": ["$s", " ", "$digits", { "$literal": "$x" }] };
    cases.same(joined, rendered, text("Ärger $1 42$x")).await;
    cases.opt(os().concat("."), doc! { "$concat": ["$os", "."] }, some(" ab ."), None).await;
    cases.opt(s().concat(Row.os), doc! { "$concat": ["$s", "$os"] }, some("Ärger $1 ab "), None).await;
    cases
        .same(
            Row.digits.expr().concat(s().to_lower()),
            doc! { "$concat": ["$digits", { "$toLower": "$s" }] },
            text("42Ärger $1"),
        )
        .await;
    cases.opt(os().to_upper(), doc! { "$toUpper": "$os" }, text(" AB "), text("")).await;
    cases.opt(os().to_lower(), doc! { "$toLower": "$os" }, text(" ab "), text("")).await;
    cases.opt(os().trim(), doc! { "$trim": { "input": "$os" } }, some("ab"), None).await;
    cases.opt(os().ltrim(), doc! { "$ltrim": { "input": "$os" } }, some("ab "), None).await;
    cases.opt(os().rtrim(), doc! { "$rtrim": { "input": "$os" } }, some(" ab"), None).await;
    cases
        .same(s().trim_chars("1Ä"), doc! { "$trim": { "input": "$s", "chars": "1Ä" } }, text("rger $"))
        .await;
    cases
        .same(s().ltrim_chars("Ä"), doc! { "$ltrim": { "input": "$s", "chars": "Ä" } }, text("rger $1"))
        .await;
    cases
        .same(s().rtrim_chars("1$"), doc! { "$rtrim": { "input": "$s", "chars": "1$" } }, text("Ärger "))
        .await;
    cases.opt(os().substr_cp(1, 2), doc! { "$substrCP": ["$os", 1, 2] }, text("ab"), text("")).await;
    cases
        .same(
            s().substr_cp(0, Row.n - 2),
            doc! { "$substrCP": ["$s", 0, { "$subtract": ["$n", 2] }] },
            text("Ärger"),
        )
        .await;
    cases.same(s().substr_bytes(2, 4), doc! { "$substrBytes": ["$s", 2, 4] }, text("rger")).await;
    cases.same(s().split(" "), doc! { "$split": ["$s", " "] }, texts(&["Ärger", "$1"])).await;
    cases.opt(os().split("a"), doc! { "$split": ["$os", "a"] }, Some(texts(&[" ", "b "])), None).await;
    cases.same(s().index_of_cp("$"), doc! { "$indexOfCP": ["$s", { "$literal": "$" }] }, 6).await;
    cases.opt(os().index_of_cp("x"), doc! { "$indexOfCP": ["$os", "x"] }, Some(-1), None).await;
    cases.same(s().index_of_bytes("r"), doc! { "$indexOfBytes": ["$s", "r"] }, 2).await;
    let replace = |op: &str| doc! { op: { "input": "$s", "find": "r", "replacement": Row.digits.expr().to_bson().unwrap() } };
    cases.same(s().replace_one("r", Row.digits), replace("$replaceOne"), text("Ä42ger $1")).await;
    cases.same(s().replace_all("r", Row.digits), replace("$replaceAll"), text("Ä42ge42 $1")).await;
    cases
        .opt(
            os().replace_all("a", ""),
            doc! { "$replaceAll": { "input": "$os", "find": "a", "replacement": "" } },
            some(" b "),
            None,
        )
        .await;
    cases.opt(os().strcasecmp(" AB "), doc! { "$strcasecmp": ["$os", " AB "] }, 0, -1).await;
    cases.same(s().str_len_cp(), doc! { "$strLenCP": "$s" }, 8).await;
    cases.same(s().str_len_bytes(), doc! { "$strLenBytes": "$s" }, 9).await;
    cases.opt(os().if_null("").str_len_cp(), doc! { "$strLenCP": { "$ifNull": ["$os", ""] } }, 4, 0).await;
    Ok(())
}

#[odmium::test]
async fn regular_expressions(db: Database) -> odmium::Result<()> {
    let cases = Cases::new(&db).await?;
    let regex = |op: &str, input: &str, pattern: &str| doc! { op: { "input": input, "regex": pattern_of(pattern, "") } };
    let matches = Row.s.expr().regex_match(("^ärg", "i"));
    let rendered = doc! { "$regexMatch": { "input": "$s", "regex": pattern_of("^ärg", "i") } };
    cases.same(matches, rendered, true).await;
    cases.opt(Row.os.expr().regex_match("b"), regex("$regexMatch", "$os", "b"), true, false).await;
    let dollar = literal("a$".to_owned()).regex_match("$");
    let rendered = doc! { "$regexMatch": { "input": "a$", "regex": pattern_of("$", "") } };
    cases.same(dollar, rendered, true).await;

    let found = Row.s.expr().regex_find("(r)(x)?");
    let values = cases.values(&found).await;
    let first: Option<odmium::expr::RegexMatch> = super::read(&found, values[0].as_ref());
    let first = first.unwrap();
    assert_eq!((first.text.as_str(), first.index), ("r", 1));
    assert_eq!(first.captures, [Some("r".to_owned()), None]);
    cases.reads(Row.s.expr().regex_find("zz"), regex("$regexFind", "$s", "zz"), None).await;
    let text: Expr<Row, Option<String>> = Row.os.expr().regex_find("[a-z]+").matched_text();
    let rendered = doc! { "$getField": { "field": "match", "input": regex("$regexFind", "$os", "[a-z]+") } };
    cases.opt(text, rendered, Some("ab".to_owned()), None).await;

    let all = Row.s.expr().regex_find_all("r");
    assert_eq!(all.to_bson()?, Bson::from(regex("$regexFindAll", "$s", "r")));
    for value in cases.values(&all).await {
        let found: Vec<odmium::expr::RegexMatch> = super::read(&all, value.as_ref());
        assert_eq!(found.iter().map(|place| place.index).collect::<Vec<_>>(), [1, 4]);
    }
    cases.reads(Row.s.expr().regex_find_all("zz"), regex("$regexFindAll", "$s", "zz"), vec![]).await;
    Ok(())
}
