// A model that borrows from the bytes.

#[derive(Document)]
#[document(collection = "users")]
struct Row<'a> {
    id: i32,
    name: &'a str,
    place: Place<'a>,
}

/// The paths of `Row`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
struct RowFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `id`.
    id: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Row<'static>, ::odmium::__private::D0>,
    >,
    /// The path of `name`.
    name: ::odmium::__private::Field<
        __D,
        &'static str,
        ::odmium::__private::Sub<__P, Row<'static>, ::odmium::__private::D1>,
    >,
    /// The path of `place`.
    place: ::odmium::__private::Field<
        __D,
        Place<'static>,
        ::odmium::__private::Sub<__P, Row<'static>, ::odmium::__private::D2>,
    >,
}

/// The root of the paths of `Row`.
#[allow(dead_code, non_upper_case_globals)]
const Row: &RowFields<Row<'static>, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

/// The indexes of `Row`.
#[allow(dead_code)]
type RowIndex = ::odmium::__private::IdIndex;

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for RowFields<__D, __P> {
        const NEW: Self = Self {
            id: __odmium::Field::NEW,
            name: __odmium::Field::NEW,
            place: __odmium::Field::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl<'a> __odmium::Embedded for Row<'a> {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = RowFields<__D, __P>;
    }

    #[automatically_derived]
    impl<'a> __odmium::Keys for Row<'a> {
        const KEYS: &'static [&'static __odmium::str] = &["_id", "name", "place"];
    }

    #[automatically_derived]
    impl<'a> __odmium::EncodeDocument for Row<'a> {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <i32 as __odmium::Stored>::write(&self.id, __document, b"\0_id\0");
            <&'a str as __odmium::Stored>::write(&self.name, __document, b"\0name\0");
            <Place<
                'a,
            > as __odmium::Stored>::write(&self.place, __document, b"\0place\0");
        }
    }

    #[automatically_derived]
    impl<'a> __odmium::Encode for Row<'a> {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de, 'a> __odmium::DecodeDocument<'__de> for Row<'a>
    where
        '__de: 'a,
    {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __id = __odmium::None;
            let mut __name = __odmium::None;
            let mut __place = __odmium::None;
            <i32 as __odmium::Stored>::take(__document, b"\0_id\0", &mut __id)?;
            <&'a str as __odmium::Stored>::take(__document, b"\0name\0", &mut __name)?;
            <Place<
                'a,
            > as __odmium::Stored>::take(__document, b"\0place\0", &mut __place)?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <i32 as __odmium::Stored>::read(__document, &mut __id)?,
                    1 => <&'a str as __odmium::Stored>::read(__document, &mut __name)?,
                    2 => <Place<'a> as __odmium::Stored>::read(__document, &mut __place)?,
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                id: <i32 as __odmium::Stored>::require(__id, "_id")?,
                name: <&'a str as __odmium::Stored>::require(__name, "name")?,
                place: <Place<'a> as __odmium::Stored>::require(__place, "place")?,
            })
        }
    }

    #[automatically_derived]
    impl<'__de, 'a> __odmium::Decode<'__de> for Row<'a>
    where
        '__de: 'a,
    {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::Record for Row<'static> {
        type Id = i32;
        type Borrowed<'__de> = Row<'__de>;
    }

    #[automatically_derived]
    impl __odmium::Document for Row<'static> {
        const COLLECTION: &'static __odmium::str = "users";
        type Index = RowIndex;
        fn indexes() -> __odmium::Vec<__odmium::Index<Self>> {
            __odmium::Vec::new()
        }
    }

    #[automatically_derived]
    impl __odmium::Identified for Row<'static> {
        fn id_of(&self) -> &i32 {
            &self.id
        }
    }

    #[automatically_derived]
    impl __odmium::ReadWrite for Row<'static> {}
    #[automatically_derived]
    impl __odmium::Unique<__odmium::Sub<__odmium::Root, Row<'static>, __odmium::D0>>
    for Row<'static> {}
    #[automatically_derived]
    impl<'a> __odmium::Value<Row<'static>> for Row<'a> {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl<'a> __odmium::Value<Row<'static>> for &Row<'a> {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};
