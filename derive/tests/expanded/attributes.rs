// Names, defaults, bridges, fields that are not stored.

#[derive(Embedded)]
#[document(rename_all = "camelCase", default, crate = crate::renamed, root = "F")]
pub struct File {
    #[field(alias = "no", alias = "num")]
    pub file_number: i32,
    #[field(rename = "bytes", as = i64)]
    pub size: u64,
    #[field(serde)]
    pub owner: Owner,
    #[field(with = path)]
    pub place: PathBuf,
    #[field(default, skip_if = Vec::is_empty)]
    pub tags: Vec<String>,
    #[field(default = 3)]
    pub tries: i32,
    #[field(skip)]
    pub cached: Option<i32>,
}

/// The paths of `File`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
pub struct FileFields<__D: 'static, __P: crate::renamed::__private::StaticPath> {
    /// The path of `file_number`.
    pub file_number: crate::renamed::__private::Field<
        __D,
        i32,
        crate::renamed::__private::Sub<__P, File, crate::renamed::__private::D0>,
    >,
    /// The path of `size`.
    pub size: crate::renamed::__private::Field<
        __D,
        crate::renamed::__private::Via<u64, crate::renamed::__private::As<i64>>,
        crate::renamed::__private::Sub<__P, File, crate::renamed::__private::D1>,
    >,
    /// The path of `owner`.
    pub owner: crate::renamed::__private::Field<
        __D,
        crate::renamed::__private::Via<Owner, crate::renamed::__private::Serde>,
        crate::renamed::__private::Sub<__P, File, crate::renamed::__private::D2>,
    >,
    /// The path of `place`.
    pub place: crate::renamed::__private::Field<
        __D,
        crate::renamed::__private::Via<
            PathBuf,
            crate::renamed::__private::With<File, 0>,
        >,
        crate::renamed::__private::Sub<__P, File, crate::renamed::__private::D3>,
    >,
    /// The path of `tags`.
    pub tags: crate::renamed::__private::Field<
        __D,
        Vec<String>,
        crate::renamed::__private::Sub<__P, File, crate::renamed::__private::D4>,
    >,
    /// The path of `tries`.
    pub tries: crate::renamed::__private::Field<
        __D,
        i32,
        crate::renamed::__private::Sub<__P, File, crate::renamed::__private::D5>,
    >,
}

/// The root of the paths of `File`.
#[allow(dead_code, non_upper_case_globals)]
pub const F: &FileFields<File, crate::renamed::__private::Root> = crate::renamed::__private::FieldSet::FIELDS;

const _: () = {
    #[allow(unused_imports)]
    use crate::renamed::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for FileFields<__D, __P> {
        const NEW: Self = Self {
            file_number: __odmium::Field::NEW,
            size: __odmium::Field::NEW,
            owner: __odmium::Field::NEW,
            place: __odmium::Field::NEW,
            tags: __odmium::Field::NEW,
            tries: __odmium::Field::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for File {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = FileFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for File {
        const KEYS: &'static [&'static __odmium::str] = &[
            "fileNumber",
            "bytes",
            "owner",
            "place",
            "tags",
            "tries",
            "no",
            "num",
        ];
    }

    #[automatically_derived]
    impl __odmium::EncodeDocument for File {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <i32 as __odmium::Stored>::write(
                &self.file_number,
                __document,
                b"\0fileNumber\0",
            );
            <u64 as __odmium::StoredBy<
                __odmium::As<i64>,
            >>::write(&self.size, __document, b"\0bytes\0");
            <Owner as __odmium::StoredBy<
                __odmium::Serde,
            >>::write(&self.owner, __document, b"\0owner\0");
            <PathBuf as __odmium::StoredBy<
                __odmium::With<File, 0>,
            >>::write(&self.place, __document, b"\0place\0");
            if !Vec::is_empty(&self.tags) {
                <Vec<
                    String,
                > as __odmium::Stored>::write(&self.tags, __document, b"\0tags\0");
            }
            <i32 as __odmium::Stored>::write(&self.tries, __document, b"\0tries\0");
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
            let mut __file_number = __odmium::None;
            let mut __size = __odmium::None;
            let mut __owner = __odmium::None;
            let mut __place = __odmium::None;
            let mut __tags = __odmium::None;
            let mut __tries = __odmium::None;
            <i32 as __odmium::Stored>::take(
                __document,
                b"\0fileNumber\0",
                &mut __file_number,
            )?;
            <u64 as __odmium::StoredBy<
                __odmium::As<i64>,
            >>::take(__document, b"\0bytes\0", &mut __size)?;
            <Owner as __odmium::StoredBy<
                __odmium::Serde,
            >>::take(__document, b"\0owner\0", &mut __owner)?;
            <PathBuf as __odmium::StoredBy<
                __odmium::With<File, 0>,
            >>::take(__document, b"\0place\0", &mut __place)?;
            <Vec<
                String,
            > as __odmium::Stored>::take(__document, b"\0tags\0", &mut __tags)?;
            <i32 as __odmium::Stored>::take(__document, b"\0tries\0", &mut __tries)?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 | 6 | 7 => {
                        <i32 as __odmium::Stored>::read(__document, &mut __file_number)?
                    }
                    1 => {
                        <u64 as __odmium::StoredBy<
                            __odmium::As<i64>,
                        >>::read(__document, &mut __size)?
                    }
                    2 => {
                        <Owner as __odmium::StoredBy<
                            __odmium::Serde,
                        >>::read(__document, &mut __owner)?
                    }
                    3 => {
                        <PathBuf as __odmium::StoredBy<
                            __odmium::With<File, 0>,
                        >>::read(__document, &mut __place)?
                    }
                    4 => {
                        <Vec<String> as __odmium::Stored>::read(__document, &mut __tags)?
                    }
                    5 => <i32 as __odmium::Stored>::read(__document, &mut __tries)?,
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                file_number: __file_number
                    .unwrap_or_else(|| {
                        <Self as __odmium::Default>::default().file_number
                    }),
                size: __size
                    .unwrap_or_else(|| <Self as __odmium::Default>::default().size),
                owner: __owner
                    .unwrap_or_else(|| <Self as __odmium::Default>::default().owner),
                place: __place
                    .unwrap_or_else(|| <Self as __odmium::Default>::default().place),
                tags: __tags
                    .unwrap_or_else(|| <Vec<String> as __odmium::Default>::default()),
                tries: __tries.unwrap_or_else(|| 3),
                cached: <Self as __odmium::Default>::default().cached,
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
    impl __odmium::FieldBridge<0> for File {
        type Value = PathBuf;
        fn encode(__value: &PathBuf, __slot: __odmium::Slot<'_>) {
            path::encode(__value, __slot)
        }
        fn decode(
            __value: __odmium::RawValue<'_>,
        ) -> __odmium::Result<PathBuf, __odmium::DecodeError> {
            path::decode(__value)
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
