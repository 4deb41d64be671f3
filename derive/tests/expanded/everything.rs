// Indexes, bridges, aliases, defaults, skipped and flattened fields.

#[derive(Document)]
#[document(
    collection = "orders",
    rename_all = "camelCase",
    deny_unknown,
    index(address.city, -placed_at),
    ttl(expires_at, after = "7d")
)]
pub struct Order {
    pub id: Id<Order>,
    #[field(index(unique), alias = "no")]
    pub number: String,
    pub address: Address,
    pub placed_at: DateTime,
    pub expires_at: Option<DateTime>,
    #[field(as = i64)]
    pub total: u64,
    #[field(serde)]
    pub note: Note,
    #[field(with = path)]
    pub file: PathBuf,
    #[field(default)]
    pub tags: Vec<String>,
    #[field(default = 3, skip_if = is_three)]
    pub tries: i32,
    #[field(skip)]
    pub cached: Option<i32>,
}

/// The paths of `Order`.
#[allow(dead_code, non_snake_case, missing_debug_implementations)]
pub struct OrderFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `id`.
    pub id: ::odmium::__private::Field<
        __D,
        Id<Order>,
        ::odmium::__private::Sub<__P, Order, 0>,
    >,
    /// The path of `number`.
    pub number: ::odmium::__private::Field<
        __D,
        String,
        ::odmium::__private::Sub<__P, Order, 1>,
    >,
    /// The path of `address`.
    pub address: ::odmium::__private::Field<
        __D,
        Address,
        ::odmium::__private::Sub<__P, Order, 2>,
    >,
    /// The path of `placed_at`.
    pub placed_at: ::odmium::__private::Field<
        __D,
        DateTime,
        ::odmium::__private::Sub<__P, Order, 3>,
    >,
    /// The path of `expires_at`.
    pub expires_at: ::odmium::__private::Field<
        __D,
        Option<DateTime>,
        ::odmium::__private::Sub<__P, Order, 4>,
    >,
    /// The path of `total`.
    pub total: ::odmium::__private::Field<
        __D,
        ::odmium::__private::Via<u64, ::odmium::__private::As<i64>>,
        ::odmium::__private::Sub<__P, Order, 5>,
    >,
    /// The path of `note`.
    pub note: ::odmium::__private::Field<
        __D,
        ::odmium::__private::Via<Note, ::odmium::__private::Serde>,
        ::odmium::__private::Sub<__P, Order, 6>,
    >,
    /// The path of `file`.
    pub file: ::odmium::__private::Field<
        __D,
        ::odmium::__private::Via<PathBuf, ::odmium::__private::With<Order, 0>>,
        ::odmium::__private::Sub<__P, Order, 7>,
    >,
    /// The path of `tags`.
    pub tags: ::odmium::__private::Field<
        __D,
        Vec<String>,
        ::odmium::__private::Sub<__P, Order, 8>,
    >,
    /// The path of `tries`.
    pub tries: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Order, 9>,
    >,
}

/// The root of the paths of `Order`.
#[allow(dead_code, non_upper_case_globals)]
pub const Order: &OrderFields<Order, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

/// The indexes of `Order`.
#[allow(dead_code, non_camel_case_types)]
#[derive(
    ::odmium::__private::Clone,
    ::odmium::__private::Copy,
    ::odmium::__private::Debug,
    ::odmium::__private::PartialEq,
    ::odmium::__private::Eq
)]
pub enum OrderIndex {
    /// The index over `_id`, which every collection has.
    Id,
    /// The index over `number`.
    Number,
    /// The index over `address.city`, `placed_at`.
    AddressCityPlacedAt,
    /// The index over `expires_at`.
    ExpiresAt,
}

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for OrderFields<__D, __P> {
        const NEW: Self = Self {
            id: __odmium::Field::NEW,
            number: __odmium::Field::NEW,
            address: __odmium::Field::NEW,
            placed_at: __odmium::Field::NEW,
            expires_at: __odmium::Field::NEW,
            total: __odmium::Field::NEW,
            note: __odmium::Field::NEW,
            file: __odmium::Field::NEW,
            tags: __odmium::Field::NEW,
            tries: __odmium::Field::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for Order {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = OrderFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for Order {
        const KEYS: &'static [&'static __odmium::str] = &[
            "_id",
            "number",
            "address",
            "placedAt",
            "expiresAt",
            "total",
            "note",
            "file",
            "tags",
            "tries",
            "no",
        ];
    }

    #[automatically_derived]
    impl __odmium::EncodeDocument for Order {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <Id<Order> as __odmium::Stored<'_>>::write(&self.id, __document, b"\0_id\0");
            <String as __odmium::Stored<
                '_,
            >>::write(&self.number, __document, b"\0number\0");
            <Address as __odmium::Stored<
                '_,
            >>::write(&self.address, __document, b"\0address\0");
            <DateTime as __odmium::Stored<
                '_,
            >>::write(&self.placed_at, __document, b"\0placedAt\0");
            <Option<
                DateTime,
            > as __odmium::Stored<
                '_,
            >>::write(&self.expires_at, __document, b"\0expiresAt\0");
            <u64 as __odmium::StoredBy<
                __odmium::As<i64>,
            >>::write(&self.total, __document, b"\0total\0");
            <Note as __odmium::StoredBy<
                __odmium::Serde,
            >>::write(&self.note, __document, b"\0note\0");
            <PathBuf as __odmium::StoredBy<
                __odmium::With<Self, 0>,
            >>::write(&self.file, __document, b"\0file\0");
            <Vec<
                String,
            > as __odmium::Stored<'_>>::write(&self.tags, __document, b"\0tags\0");
            if !is_three(&self.tries) {
                <i32 as __odmium::Stored<
                    '_,
                >>::write(&self.tries, __document, b"\0tries\0");
            }
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for Order {
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for Order {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __id = __odmium::None;
            let mut __number = __odmium::None;
            let mut __address = __odmium::None;
            let mut __placed_at = __odmium::None;
            let mut __expires_at = __odmium::None;
            let mut __total = __odmium::None;
            let mut __note = __odmium::None;
            let mut __file = __odmium::None;
            let mut __tags = __odmium::None;
            let mut __tries = __odmium::None;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => {
                        <Id<Order> as __odmium::Stored<'_>>::read(__document, &mut __id)?
                    }
                    1 | 10 => {
                        <String as __odmium::Stored<
                            '_,
                        >>::read(__document, &mut __number)?
                    }
                    2 => {
                        <Address as __odmium::Stored<
                            '_,
                        >>::read(__document, &mut __address)?
                    }
                    3 => {
                        <DateTime as __odmium::Stored<
                            '_,
                        >>::read(__document, &mut __placed_at)?
                    }
                    4 => {
                        <Option<
                            DateTime,
                        > as __odmium::Stored<'_>>::read(__document, &mut __expires_at)?
                    }
                    5 => {
                        <u64 as __odmium::StoredBy<
                            __odmium::As<i64>,
                        >>::read(__document, &mut __total)?
                    }
                    6 => {
                        <Note as __odmium::StoredBy<
                            __odmium::Serde,
                        >>::read(__document, &mut __note)?
                    }
                    7 => {
                        <PathBuf as __odmium::StoredBy<
                            __odmium::With<Self, 0>,
                        >>::read(__document, &mut __file)?
                    }
                    8 => {
                        <Vec<
                            String,
                        > as __odmium::Stored<'_>>::read(__document, &mut __tags)?
                    }
                    9 => <i32 as __odmium::Stored<'_>>::read(__document, &mut __tries)?,
                    _ => __odmium::unknown_key(__document)?,
                }
            }
            __odmium::Ok(Self {
                id: <Id<Order> as __odmium::Stored<'_>>::require(__id, "_id")?,
                number: <String as __odmium::Stored<'_>>::require(__number, "number")?,
                address: <Address as __odmium::Stored<
                    '_,
                >>::require(__address, "address")?,
                placed_at: <DateTime as __odmium::Stored<
                    '_,
                >>::require(__placed_at, "placedAt")?,
                expires_at: <Option<
                    DateTime,
                > as __odmium::Stored<'_>>::require(__expires_at, "expiresAt")?,
                total: <u64 as __odmium::StoredBy<
                    __odmium::As<i64>,
                >>::require(__total, "total")?,
                note: <Note as __odmium::StoredBy<
                    __odmium::Serde,
                >>::require(__note, "note")?,
                file: <PathBuf as __odmium::StoredBy<
                    __odmium::With<Self, 0>,
                >>::require(__file, "file")?,
                tags: __tags
                    .unwrap_or_else(|| <Vec<String> as __odmium::Default>::default()),
                tries: __tries.unwrap_or_else(|| 3),
                cached: <Option<i32> as __odmium::Default>::default(),
            })
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Order {
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::FieldBridge<0> for Order {
        type Value = PathBuf;
        fn encode(value: &PathBuf, slot: __odmium::Slot<'_>) {
            path::encode(value, slot)
        }
        fn decode(
            value: __odmium::RawValue<'_>,
        ) -> __odmium::Result<PathBuf, __odmium::DecodeError> {
            path::decode(value)
        }
    }

    #[automatically_derived]
    impl __odmium::Record for Order {
        type Id = Id<Order>;
        type Borrowed<'__de> = Order;
    }

    #[automatically_derived]
    impl __odmium::Document for Order {
        const COLLECTION: &'static __odmium::str = "orders";
        type Index = OrderIndex;
        fn indexes() -> __odmium::Vec<__odmium::Index<Self>> {
            #[allow(unused_imports)]
            use __odmium::NotAnArray as _;
            let __root = <Self as __odmium::Document>::fields();
            __odmium::indexes([
                {
                    let __keys = __odmium::IndexKeys::new();
                    let __field = __root.number;
                    let __keys = __keys
                        .asc(__field, __odmium::Last::of(&__field).kind());
                    __keys.build().unique()
                },
                {
                    let __keys = __odmium::IndexKeys::new();
                    let __field = __odmium::below(__root.address).city;
                    let __keys = __keys
                        .asc(__field, __odmium::Last::of(&__field).kind());
                    let __field = __root.placed_at;
                    let __keys = __keys
                        .desc(__field, __odmium::Last::of(&__field).kind());
                    __keys.build()
                },
                {
                    let __keys = __odmium::IndexKeys::new();
                    let __field = __root.expires_at;
                    let __keys = __keys
                        .ttl(__field, __odmium::Last::of(&__field).kind());
                    __keys.build().expire_after(__odmium::Duration::from_secs(604800u64))
                },
            ])
        }
    }

    #[automatically_derived]
    impl __odmium::IndexName for OrderIndex {
        const ALL: &'static [Self] = &[
            Self::Id,
            Self::Number,
            Self::AddressCityPlacedAt,
            Self::ExpiresAt,
        ];
        fn name(self) -> &'static __odmium::str {
            static NAMES: __odmium::IndexNames = __odmium::IndexNames::new();
            NAMES.get::<Order>(self as __odmium::usize)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Order> for Order {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Order> for &Order {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};
