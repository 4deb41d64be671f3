// Mistakes: the errors stand at the end, and what uses the models still compiles.

#[derive(Document)]
#[document(colection = "pairs")]
pub struct Pair(i32, i32);

#[allow(dead_code)]
pub type PairIndex = ::odmium::__private::IdIndex;

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl __odmium::Encode for Pair {
        fn encode(&self, _: __odmium::Slot<'_>) {}
    }

    #[automatically_derived]
    impl __odmium::EncodeDocument for Pair {
        fn encode_fields(&self, _: &mut __odmium::DocumentWriter) {}
    }

    #[automatically_derived]
    impl __odmium::Keys for Pair {
        const KEYS: &'static [&'static __odmium::str] = &[];
    }

    #[automatically_derived]
    impl __odmium::Embedded for Pair {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = __odmium::NoFields<
            (__D, __P),
        >;
    }

    #[automatically_derived]
    impl __odmium::Value<Self> for Pair {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::broken()
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Pair {
        fn decode(
            _: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::broken()
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for Pair {
        fn decode_fields(
            _: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::broken()
        }
    }

    #[automatically_derived]
    impl __odmium::Record for Pair {
        type Id = __odmium::Id<Self>;
        type Borrowed<'__de> = Self;
    }

    #[automatically_derived]
    impl __odmium::ReadWrite for Pair {}
    #[automatically_derived]
    impl __odmium::Document for Pair {
        const COLLECTION: &'static __odmium::str = "";
        type Index = PairIndex;
        fn indexes() -> __odmium::Vec<__odmium::Index<Self>> {
            __odmium::Vec::new()
        }
    }
};

::core::compile_error! {
    "unknown key `colection` in `#[document(..)]`: did you mean `collection`? the keys here are `collection`, `variant_of`, `discriminator`, `create`, `index`, `ttl`, `patch`, `group`, `shape`, `rename_all`, `default`, `deny_unknown`, `ignore_serde`, `root`, `crate`"
}

::core::compile_error! {
    "the fields of a stored struct need names, as the keys of the document: write `struct Name { field: Type }`"
}

#[derive(Embedded)]
pub struct File {
    size: u64,
}

/// The paths of `File`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
pub struct FileFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `size`.
    size: ::odmium::__private::Field<
        __D,
        ::odmium::__private::Via<u64, ::odmium::__private::As<::std::string::String>>,
        ::odmium::__private::Sub<__P, File, ::odmium::__private::D0>,
    >,
}

/// The root of the paths of `File`.
#[allow(dead_code, non_upper_case_globals)]
pub const File: &FileFields<File, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for FileFields<__D, __P> {
        const NEW: Self = Self { size: __odmium::Field::NEW };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for File {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = FileFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for File {
        const KEYS: &'static [&'static __odmium::str] = &["size"];
    }

    #[automatically_derived]
    impl __odmium::EncodeDocument for File {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <u64 as __odmium::StoredBy<
                __odmium::As<::std::string::String>,
            >>::write(&self.size, __document, b"\0size\0");
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for File {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for File {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __size = __odmium::None;
            <u64 as __odmium::StoredBy<
                __odmium::As<::std::string::String>,
            >>::take(__document, b"\0size\0", &mut __size)?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => {
                        <u64 as __odmium::StoredBy<
                            __odmium::As<::std::string::String>,
                        >>::read(__document, &mut __size)?
                    }
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                size: <u64 as __odmium::StoredBy<
                    __odmium::As<::std::string::String>,
                >>::require(__size, "size")?,
            })
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for File {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<File> for File {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<File> for &File {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};

::core::compile_error! {
    "`u64` has no BSON type of its own: decide how it is stored by `#[field(as = i64)]` (refused above its range), `#[field(as = Decimal128)]` or `#[field(as = String)]`"
}
