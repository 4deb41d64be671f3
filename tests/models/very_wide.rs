//! More than 250 fields: an optimised build of these tests takes seconds for them, not minutes.

use odmium::{
    bson::{Binary, Bson, Document as BsonDocument, doc, oid::ObjectId, spec::BinarySubtype},
    prelude::*,
};

use super::{read, stored};

macro_rules! document {
    ($($text:ident)*; $($number:ident)*) => {
        #[derive(Document, Clone, Debug, PartialEq)]
        #[document(collection = "very_wide", deny_unknown)]
        struct VeryWide {
            id: ObjectId,
            binary: Binary,
            $($text: String,)*
            $($number: i32,)*
            comment: Option<String>,
            #[field(default)]
            tags: Vec<String>,
            #[field(default = 7)]
            level: i32,
            #[field(alias = "formerly")]
            renamed: i64,
            #[field(as = String)]
            as_text: u64,
            #[field(skip)]
            skipped: i32,
        }

        const TEXTS: &[&str] = &[$(stringify!($text)),*];
        const NUMBERS: &[&str] = &[$(stringify!($number)),*];
    };
}

document! {
    text1 text2 text3 text4 text5 text6 text7 text8 text9 text10 text11 text12 text13 text14 text15 text16
    text17 text18 text19 text20 text21 text22 text23 text24 text25 text26 text27 text28 text29 text30 text31
    text32 text33 text34 text35 text36 text37 text38 text39 text40 text41 text42 text43 text44 text45 text46
    text47 text48 text49 text50 text51 text52 text53 text54 text55 text56 text57 text58 text59 text60 text61
    text62 text63 text64 text65 text66 text67 text68 text69 text70 text71 text72 text73 text74 text75 text76
    text77 text78 text79 text80 text81 text82 text83 text84 text85 text86 text87 text88 text89 text90 text91
    text92 text93 text94 text95 text96 text97 text98 text99 text100 text101 text102 text103 text104 text105
    text106 text107 text108 text109 text110 text111 text112 text113 text114 text115 text116 text117 text118
    text119 text120 text121 text122 text123 text124 text125;
    number1 number2 number3 number4 number5 number6 number7 number8 number9 number10 number11 number12
    number13 number14 number15 number16 number17 number18 number19 number20 number21 number22 number23
    number24 number25 number26 number27 number28 number29 number30 number31 number32 number33 number34
    number35 number36 number37 number38 number39 number40 number41 number42 number43 number44 number45
    number46 number47 number48 number49 number50 number51 number52 number53 number54 number55 number56
    number57 number58 number59 number60 number61 number62 number63 number64 number65 number66 number67
    number68 number69 number70 number71 number72 number73 number74 number75 number76 number77 number78
    number79 number80 number81 number82 number83 number84 number85 number86 number87 number88 number89
    number90 number91 number92 number93 number94 number95 number96 number97 number98 number99 number100
    number101 number102 number103 number104 number105 number106 number107 number108 number109 number110
    number111 number112 number113 number114 number115 number116 number117 number118 number119 number120
    number121 number122 number123 number124 number125
}

/// Every key, in the order of the fields.
fn document() -> BsonDocument {
    let bytes = Binary { subtype: BinarySubtype::Generic, bytes: vec![1, 2, 3] };
    let mut document = doc! { "_id": ObjectId::from_bytes([1; 12]), "binary": bytes };
    document.extend(TEXTS.iter().map(|key| ((*key).to_owned(), Bson::from(*key))));
    document.extend(NUMBERS.iter().zip(0..).map(|(key, number)| ((*key).to_owned(), Bson::Int32(number))));
    document.extend(doc! {
        "comment": "none", "tags": ["a", "b"], "level": 1, "renamed": 2_i64, "as_text": "18446744073709551615",
    });
    document
}

// covers: T1
#[test]
fn hundreds_of_fields_are_written_in_order_and_read_in_any() {
    let document = document();
    assert_eq!(document.len(), 257);
    let wide: VeryWide = read(&document).unwrap();
    assert_eq!((wide.text1.as_str(), wide.number125, wide.as_text), ("text1", 124, u64::MAX));
    assert_eq!(stored(&wide), document);
    let mut backwards: Vec<_> = document.into_iter().collect();
    backwards.reverse();
    assert_eq!(read::<VeryWide>(&backwards.into_iter().collect()).unwrap(), wide);
}

// covers: T1
#[test]
fn fields_that_may_be_missing_are_so_among_hundreds() {
    let mut document = document();
    for key in ["comment", "tags", "level"] {
        document.remove(key).unwrap();
    }
    let renamed = document.remove("renamed").unwrap();
    document.insert("formerly", renamed);
    let wide: VeryWide = read(&document).unwrap();
    assert_eq!((wide.comment, wide.tags, wide.level, wide.renamed), (None, Vec::new(), 7, 2));
    assert_eq!(wide.skipped, 0);
}

// covers: T1
#[test]
fn errors_name_the_field_among_hundreds() {
    let error = |change: &dyn Fn(&mut BsonDocument)| {
        let mut document = document();
        change(&mut document);
        read::<VeryWide>(&document).unwrap_err().to_string()
    };
    let missing = error(&|document| drop(document.remove("text99")));
    assert!(missing.contains("text99"), "{missing}");
    let mistyped = error(&|document| drop(document.insert("number77", "seven")));
    assert!(mistyped.contains("number77"), "{mistyped}");
    let unknown = error(&|document| drop(document.insert("stranger", 1)));
    assert!(unknown.contains("stranger"), "{unknown}");
}
