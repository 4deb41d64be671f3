// Embedded, optional and flattened fields.

#[derive(Document)]
#[document(collection = "users", deny_unknown)]
pub struct User {
    pub id: Id<Self>,
    pub address: Address,
    pub work: Option<Box<Address>>,
    pub places: Vec<Address>,
}

/// The paths of `User`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
pub struct UserFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `id`.
    pub id: ::odmium::__private::Field<
        __D,
        Id<User>,
        ::odmium::__private::Sub<__P, User, ::odmium::__private::D0>,
    >,
    /// The path of `address`.
    pub address: ::odmium::__private::Field<
        __D,
        Address,
        ::odmium::__private::Sub<__P, User, ::odmium::__private::D1>,
    >,
    /// The path of `work`.
    pub work: ::odmium::__private::Field<
        __D,
        Option<Box<Address>>,
        ::odmium::__private::Sub<__P, User, ::odmium::__private::D2>,
    >,
    /// The path of `places`.
    pub places: ::odmium::__private::Field<
        __D,
        Vec<Address>,
        ::odmium::__private::Sub<__P, User, ::odmium::__private::D3>,
    >,
}

/// The root of the paths of `User`.
#[allow(dead_code, non_upper_case_globals)]
pub const User: &UserFields<User, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

/// The indexes of `User`.
#[allow(dead_code)]
pub type UserIndex = ::odmium::__private::IdIndex;

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for UserFields<__D, __P> {
        const NEW: Self = Self {
            id: __odmium::Field::NEW,
            address: __odmium::Field::NEW,
            work: __odmium::Field::NEW,
            places: __odmium::Field::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for User {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = UserFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for User {
        const KEYS: &'static [&'static __odmium::str] = &[
            "_id",
            "address",
            "work",
            "places",
        ];
    }

    #[automatically_derived]
    impl __odmium::EncodeDocument for User {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <Id<Self> as __odmium::Stored>::write(&self.id, __document, b"\0_id\0");
            <Address as __odmium::Stored>::write(
                &self.address,
                __document,
                b"\0address\0",
            );
            <Option<
                Box<Address>,
            > as __odmium::Stored>::write(&self.work, __document, b"\0work\0");
            <Vec<
                Address,
            > as __odmium::Stored>::write(&self.places, __document, b"\0places\0");
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for User {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for User {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __id = __odmium::None;
            let mut __address = __odmium::None;
            let mut __work = __odmium::None;
            let mut __places = __odmium::None;
            <Id<Self> as __odmium::Stored>::take(__document, b"\0_id\0", &mut __id)?;
            <Address as __odmium::Stored>::take(
                __document,
                b"\0address\0",
                &mut __address,
            )?;
            <Option<
                Box<Address>,
            > as __odmium::Stored>::take(__document, b"\0work\0", &mut __work)?;
            <Vec<
                Address,
            > as __odmium::Stored>::take(__document, b"\0places\0", &mut __places)?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <Id<Self> as __odmium::Stored>::read(__document, &mut __id)?,
                    1 => <Address as __odmium::Stored>::read(__document, &mut __address)?,
                    2 => {
                        <Option<
                            Box<Address>,
                        > as __odmium::Stored>::read(__document, &mut __work)?
                    }
                    3 => {
                        <Vec<
                            Address,
                        > as __odmium::Stored>::read(__document, &mut __places)?
                    }
                    _ => __odmium::unknown_key(__document)?,
                }
            }
            __odmium::Ok(Self {
                id: <Id<Self> as __odmium::Stored>::require(__id, "_id")?,
                address: <Address as __odmium::Stored>::require(__address, "address")?,
                work: <Option<
                    Box<Address>,
                > as __odmium::Stored>::require(__work, "work")?,
                places: <Vec<Address> as __odmium::Stored>::require(__places, "places")?,
            })
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for User {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::Record for User {
        type Id = Id<User>;
        type Borrowed<'__de> = User;
    }

    #[automatically_derived]
    impl __odmium::Document for User {
        const COLLECTION: &'static __odmium::str = "users";
        type Index = UserIndex;
        fn indexes() -> __odmium::Vec<__odmium::Index<Self>> {
            __odmium::Vec::new()
        }
    }

    #[automatically_derived]
    impl __odmium::Identified for User {
        fn id_of(&self) -> &Id<User> {
            &self.id
        }
    }

    #[automatically_derived]
    impl __odmium::ReadWrite for User {}
    #[automatically_derived]
    impl __odmium::Unique<__odmium::Sub<__odmium::Root, User, __odmium::D0>> for User {}
    #[automatically_derived]
    impl __odmium::Value<User> for User {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<User> for &User {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};

#[derive(Embedded)]
struct Contact {
    mail: String,
    #[field(flatten)]
    address: Address,
    #[field(flatten)]
    rest: HashMap<String, Bson>,
}

/// The paths of `Contact`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
struct ContactFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `mail`.
    mail: ::odmium::__private::Field<
        __D,
        String,
        ::odmium::__private::Sub<__P, Contact, ::odmium::__private::D0>,
    >,
    /// The path of `address`.
    address: ::odmium::__private::Beside<
        __D,
        Address,
        ::odmium::__private::Flat<__P, ::odmium::__private::D1>,
    >,
    /// The path of `rest`.
    rest: ::odmium::__private::Beside<
        __D,
        HashMap<String, Bson>,
        ::odmium::__private::Flat<__P, ::odmium::__private::D2>,
    >,
}

/// The root of the paths of `Contact`.
#[allow(dead_code, non_upper_case_globals)]
const Contact: &ContactFields<Contact, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for ContactFields<__D, __P> {
        const NEW: Self = Self {
            mail: __odmium::Field::NEW,
            address: __odmium::Beside::NEW,
            rest: __odmium::Beside::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for Contact {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = ContactFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for Contact {
        const KEYS: &'static [&'static __odmium::str] = &["mail"];
        const HAS_REST: __odmium::bool = false
            || <Address as __odmium::Flatten<'static>>::IS_REST
            || <Address as __odmium::Flatten<'static>>::HAS_REST
            || <HashMap<String, Bson> as __odmium::Flatten<'static>>::IS_REST
            || <HashMap<String, Bson> as __odmium::Flatten<'static>>::HAS_REST;
        fn knows(__key: &__odmium::str) -> __odmium::bool {
            Self::KEYS.contains(&__key) || <Address as __odmium::Flatten>::knows(__key)
                || <HashMap<String, Bson> as __odmium::Flatten>::knows(__key)
        }
    }
    #[allow(unused_imports)]
    use __odmium::NoKeys as _;
    const _: () = __odmium::assert!(
        ! __odmium::KeysOf:: < Address > ::HAS_REST,
        "a map within this type would take the keys of `Contact` as well: flatten the map there"
    );
    const _: () = __odmium::assert!(
        __odmium::distinct(< Contact as __odmium::Keys > ::KEYS, __odmium::KeysOf:: <
        Address > ::KEYS),
        "a key of this flattened field is also a key of `Contact`: rename one of the two"
    );
    const _: () = __odmium::assert!(
        ! __odmium::KeysOf:: < HashMap < String, Bson > > ::HAS_REST,
        "a map within this type would take the keys of `Contact` as well: flatten the map there"
    );
    const _: () = __odmium::assert!(
        __odmium::distinct(< Contact as __odmium::Keys > ::KEYS, __odmium::KeysOf:: <
        HashMap < String, Bson > > ::KEYS),
        "a key of this flattened field is also a key of `Contact`: rename one of the two"
    );
    const _: () = __odmium::assert!(
        __odmium::distinct(__odmium::KeysOf:: < Address > ::KEYS, __odmium::KeysOf:: <
        HashMap < String, Bson > > ::KEYS),
        "a key of this flattened field is also a key of `address`: rename one of the two"
    );
    const _: () = __odmium::assert!(
        ! (__odmium::KeysOf:: < HashMap < String, Bson > > ::IS_REST &&
        __odmium::KeysOf:: < Address > ::IS_REST),
        "two flattened maps: each would take the keys of the other, `address`"
    );
    #[automatically_derived]
    impl __odmium::EncodeDocument for Contact {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <String as __odmium::Stored>::write(&self.mail, __document, b"\0mail\0");
            <Address as __odmium::Flatten>::write(&self.address, __document);
            <HashMap<String, Bson> as __odmium::Flatten>::write(&self.rest, __document);
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for Contact {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for Contact {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __mail = __odmium::None;
            <String as __odmium::Stored>::take(__document, b"\0mail\0", &mut __mail)?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <String as __odmium::Stored>::read(__document, &mut __mail)?,
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                mail: <String as __odmium::Stored>::require(__mail, "mail")?,
                address: <Address as __odmium::Flatten>::read(
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
                            || <Address as __odmium::Flatten>::knows(__key)
                    },
                )?,
            })
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Contact {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Contact> for Contact {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Contact> for &Contact {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};
