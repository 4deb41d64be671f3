// Type and constant parameters.

#[derive(Document)]
#[document(collection = "versions", index(value))]
pub struct Versioned<T: Clone, const N: usize = 3>
where
    T: PartialEq,
{
    id: Id<Self>,
    value: T,
    history: [i32; N],
}

/// The paths of `Versioned`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
pub struct VersionedFields<
    T: Clone,
    const N: usize,
    __D: 'static,
    __P: ::odmium::__private::StaticPath,
>
where
    T: PartialEq,
    T: 'static,
{
    /// The path of `id`.
    id: ::odmium::__private::Field<
        __D,
        Id<Versioned<T, N>>,
        ::odmium::__private::Sub<__P, Versioned<T, N>, ::odmium::__private::D0>,
    >,
    /// The path of `value`.
    value: ::odmium::__private::Field<
        __D,
        T,
        ::odmium::__private::Sub<__P, Versioned<T, N>, ::odmium::__private::D1>,
    >,
    /// The path of `history`.
    history: ::odmium::__private::Field<
        __D,
        [i32; N],
        ::odmium::__private::Sub<__P, Versioned<T, N>, ::odmium::__private::D2>,
    >,
    __marker: ::odmium::__private::NoFields<(__D, __P, T)>,
}

/// The indexes of `Versioned`.
#[allow(dead_code, non_camel_case_types, clippy::exhaustive_enums)]
#[derive(
    ::odmium::__private::Clone,
    ::odmium::__private::Copy,
    ::odmium::__private::Debug,
    ::odmium::__private::PartialEq,
    ::odmium::__private::Eq
)]
pub enum VersionedIndex {
    /// The index over `_id`, which every collection has.
    Id,
    /// The index over `value`.
    Value,
}

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<
        T: Clone,
        const N: usize,
        __D: 'static,
        __P: __odmium::StaticPath,
    > __odmium::FieldSet for VersionedFields<T, N, __D, __P>
    where
        T: PartialEq,
        T: 'static,
    {
        const NEW: Self = Self {
            id: __odmium::Field::NEW,
            value: __odmium::Field::NEW,
            history: __odmium::Field::NEW,
            __marker: __odmium::FieldSet::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl<T: Clone, const N: usize> __odmium::Embedded for Versioned<T, N>
    where
        T: PartialEq,
        T: 'static,
    {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = VersionedFields<
            T,
            N,
            __D,
            __P,
        >;
    }

    #[automatically_derived]
    impl<T: Clone, const N: usize> __odmium::Keys for Versioned<T, N>
    where
        T: PartialEq,
        T: 'static,
    {
        const KEYS: &'static [&'static __odmium::str] = &["_id", "value", "history"];
    }

    #[automatically_derived]
    impl<T: Clone, const N: usize> __odmium::EncodeDocument for Versioned<T, N>
    where
        T: PartialEq,
        T: __odmium::Encode + __odmium::DecodeOwned + 'static,
    {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <Id<Self> as __odmium::Stored>::write(&self.id, __document, b"\0_id\0");
            <T as __odmium::Stored>::write(&self.value, __document, b"\0value\0");
            <[i32; N] as __odmium::Stored>::write(
                &self.history,
                __document,
                b"\0history\0",
            );
        }
    }

    #[automatically_derived]
    impl<T: Clone, const N: usize> __odmium::Encode for Versioned<T, N>
    where
        T: PartialEq,
        T: __odmium::Encode + __odmium::DecodeOwned + 'static,
    {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de, T: Clone, const N: usize> __odmium::DecodeDocument<'__de>
    for Versioned<T, N>
    where
        T: PartialEq,
        T: __odmium::Encode + __odmium::DecodeOwned + 'static,
    {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __id = __odmium::None;
            let mut __value = __odmium::None;
            let mut __history = __odmium::None;
            <Id<Self> as __odmium::Stored>::take(__document, b"\0_id\0", &mut __id)?;
            <T as __odmium::Stored>::take(__document, b"\0value\0", &mut __value)?;
            <[i32; N] as __odmium::Stored>::take(
                __document,
                b"\0history\0",
                &mut __history,
            )?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <Id<Self> as __odmium::Stored>::read(__document, &mut __id)?,
                    1 => <T as __odmium::Stored>::read(__document, &mut __value)?,
                    2 => {
                        <[i32; N] as __odmium::Stored>::read(__document, &mut __history)?
                    }
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                id: <Id<Self> as __odmium::Stored>::require(__id, "_id")?,
                value: <T as __odmium::Stored>::require(__value, "value")?,
                history: <[i32; N] as __odmium::Stored>::require(__history, "history")?,
            })
        }
    }

    #[automatically_derived]
    impl<'__de, T: Clone, const N: usize> __odmium::Decode<'__de> for Versioned<T, N>
    where
        T: PartialEq,
        T: __odmium::Encode + __odmium::DecodeOwned + 'static,
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
    impl<T: Clone, const N: usize> __odmium::Record for Versioned<T, N>
    where
        T: PartialEq,
        T: __odmium::Encode + __odmium::DecodeOwned + 'static,
    {
        type Id = Id<Versioned<T, N>>;
        type Borrowed<'__de> = Versioned<T, N>;
    }

    #[automatically_derived]
    impl<T: Clone, const N: usize> __odmium::Document for Versioned<T, N>
    where
        T: PartialEq,
        T: __odmium::Encode + __odmium::DecodeOwned + 'static,
    {
        const COLLECTION: &'static __odmium::str = "versions";
        type Index = VersionedIndex;
        fn indexes() -> __odmium::Vec<__odmium::Index<Self>> {
            #[allow(unused_imports)]
            use __odmium::Plain as _;
            let __root = <Self as __odmium::Document>::fields();
            __odmium::indexes([
                {
                    let __path0 = __root.value;
                    __odmium::IndexKeys::new()
                        .asc(__path0, __odmium::PathStep::at(&__path0).kind())
                        .build()
                },
            ])
        }
    }

    #[automatically_derived]
    impl<T: Clone, const N: usize> __odmium::Identified for Versioned<T, N>
    where
        T: PartialEq,
        T: __odmium::Encode + __odmium::DecodeOwned + 'static,
    {
        fn id_of(&self) -> &Id<Versioned<T, N>> {
            &self.id
        }
    }

    #[automatically_derived]
    impl<T: Clone, const N: usize> __odmium::ReadWrite for Versioned<T, N>
    where
        T: PartialEq,
        T: __odmium::Encode + __odmium::DecodeOwned + 'static,
    {}
    #[automatically_derived]
    impl<
        T: Clone,
        const N: usize,
    > __odmium::Unique<__odmium::Sub<__odmium::Root, Versioned<T, N>, __odmium::D0>>
    for Versioned<T, N>
    where
        T: PartialEq,
        T: __odmium::Encode + __odmium::DecodeOwned + 'static,
    {}
    #[automatically_derived]
    impl __odmium::IndexName for VersionedIndex {
        const ALL: &'static [Self] = &[Self::Id, Self::Value];
        fn name(self) -> &'static __odmium::str {
            match self {
                Self::Id => "_id_",
                Self::Value => "value_1",
            }
        }
    }

    #[automatically_derived]
    impl<T: Clone, const N: usize> __odmium::Value<Versioned<T, N>> for Versioned<T, N>
    where
        T: PartialEq,
        T: __odmium::Encode + __odmium::DecodeOwned + 'static,
    {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl<T: Clone, const N: usize> __odmium::Value<Versioned<T, N>> for &Versioned<T, N>
    where
        T: PartialEq,
        T: __odmium::Encode + __odmium::DecodeOwned + 'static,
    {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};

#[derive(Embedded)]
pub struct Row<'a> {
    name: &'a str,
    #[field(flatten)]
    address: Address<'a>,
    #[field(flatten)]
    rest: HashMap<String, Bson>,
}

/// The paths of `Row`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
pub struct RowFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `name`.
    name: ::odmium::__private::Field<
        __D,
        &'static str,
        ::odmium::__private::Sub<__P, Row<'static>, ::odmium::__private::D0>,
    >,
    /// The path of `address`.
    address: ::odmium::__private::Beside<
        __D,
        Address<'static>,
        ::odmium::__private::Flat<__P, ::odmium::__private::D1>,
    >,
    /// The path of `rest`.
    rest: ::odmium::__private::Beside<
        __D,
        HashMap<String, Bson>,
        ::odmium::__private::Flat<__P, ::odmium::__private::D2>,
    >,
}

/// The root of the paths of `Row`.
#[allow(dead_code, non_upper_case_globals)]
pub const Row: &RowFields<Row<'static>, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for RowFields<__D, __P> {
        const NEW: Self = Self {
            name: __odmium::Field::NEW,
            address: __odmium::Beside::NEW,
            rest: __odmium::Beside::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl<'a> __odmium::Embedded for Row<'a> {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = RowFields<__D, __P>;
    }

    #[automatically_derived]
    impl<'a> __odmium::Keys for Row<'a> {
        const KEYS: &'static [&'static __odmium::str] = &["name"];
        const HAS_REST: __odmium::bool = false
            || <Address<'static> as __odmium::Flatten<'static>>::IS_REST
            || <Address<'static> as __odmium::Flatten<'static>>::HAS_REST
            || <HashMap<String, Bson> as __odmium::Flatten<'static>>::IS_REST
            || <HashMap<String, Bson> as __odmium::Flatten<'static>>::HAS_REST;
        fn knows(__key: &__odmium::str) -> __odmium::bool {
            Self::KEYS.contains(&__key)
                || <Address<'a> as __odmium::Flatten>::knows(__key)
                || <HashMap<String, Bson> as __odmium::Flatten>::knows(__key)
        }
    }
    #[allow(unused_imports)]
    use __odmium::NoKeys as _;
    const _: () = __odmium::assert!(
        ! __odmium::KeysOf:: < Address < 'static > > ::HAS_REST,
        "a map within this type would take the keys of `Row` as well: flatten the map there"
    );
    const _: () = __odmium::assert!(
        __odmium::distinct(< Row < 'static > as __odmium::Keys > ::KEYS,
        __odmium::KeysOf:: < Address < 'static > > ::KEYS),
        "a key of this flattened field is also a key of `Row`: rename one of the two"
    );
    const _: () = __odmium::assert!(
        ! __odmium::KeysOf:: < HashMap < String, Bson > > ::HAS_REST,
        "a map within this type would take the keys of `Row` as well: flatten the map there"
    );
    const _: () = __odmium::assert!(
        __odmium::distinct(< Row < 'static > as __odmium::Keys > ::KEYS,
        __odmium::KeysOf:: < HashMap < String, Bson > > ::KEYS),
        "a key of this flattened field is also a key of `Row`: rename one of the two"
    );
    const _: () = __odmium::assert!(
        __odmium::distinct(__odmium::KeysOf:: < Address < 'static > > ::KEYS,
        __odmium::KeysOf:: < HashMap < String, Bson > > ::KEYS),
        "a key of this flattened field is also a key of `address`: rename one of the two"
    );
    const _: () = __odmium::assert!(
        ! (__odmium::KeysOf:: < HashMap < String, Bson > > ::IS_REST &&
        __odmium::KeysOf:: < Address < 'static > > ::IS_REST),
        "two flattened maps: each would take the keys of the other, `address`"
    );
    #[automatically_derived]
    impl<'a> __odmium::EncodeDocument for Row<'a> {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <&'a str as __odmium::Stored>::write(&self.name, __document, b"\0name\0");
            <Address<'a> as __odmium::Flatten>::write(&self.address, __document);
            <HashMap<String, Bson> as __odmium::Flatten>::write(&self.rest, __document);
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
            let mut __name = __odmium::None;
            <&'a str as __odmium::Stored>::take(__document, b"\0name\0", &mut __name)?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <&'a str as __odmium::Stored>::read(__document, &mut __name)?,
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                name: <&'a str as __odmium::Stored>::require(__name, "name")?,
                address: <Address<
                    'a,
                > as __odmium::Flatten>::read(
                    __document,
                    &|__key| {
                        <Self as __odmium::Keys>::KEYS.contains(&__key)
                            || <HashMap<String, Bson> as __odmium::Flatten>::knows(__key)
                    },
                )?,
                rest: <HashMap<
                    String,
                    Bson,
                > as __odmium::Flatten>::read(
                    __document,
                    &|__key| {
                        <Self as __odmium::Keys>::KEYS.contains(&__key)
                            || <Address<'a> as __odmium::Flatten>::knows(__key)
                    },
                )?,
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
