//! A large flat document: 25 texts, 25 integers and one binary of 2.4 MB, which is nearly all of it.

use odmium::{
    Document,
    bson::{Binary, oid::ObjectId, spec::BinarySubtype},
};
use serde::{Deserialize, Serialize};

use super::Maker;

const BYTES: usize = 2_400_000;

macro_rules! document {
    ($($text:ident)*; $($number:ident)*) => {
        #[derive(Document, Serialize, Deserialize)]
        #[document(collection = "large")]
        pub struct Large {
            #[serde(rename = "_id")]
            pub id: ObjectId,
            pub binary: Binary,
            $(pub $text: String,)*
            $(pub $number: i32,)*
        }

        impl Large {
            pub fn sample(seed: u32) -> Self {
                let mut make = Maker::new(seed);
                let bytes = (0..BYTES).map(|at| at as u8 ^ seed as u8).collect();
                Self {
                    id: ObjectId::new(),
                    binary: Binary { subtype: BinarySubtype::Generic, bytes },
                    $($text: make.text(9),)*
                    $($number: make.int(),)*
                }
            }
        }
    };
}

document! {
    text1 text2 text3 text4 text5 text6 text7 text8 text9 text10 text11 text12 text13 text14 text15
    text16 text17 text18 text19 text20 text21 text22 text23 text24 text25;
    number1 number2 number3 number4 number5 number6 number7 number8 number9 number10 number11
    number12 number13 number14 number15 number16 number17 number18 number19 number20 number21
    number22 number23 number24 number25
}
