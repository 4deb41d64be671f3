// A plain document.

/// Someone who signs in.
#[derive(Document, Clone)]
#[document(collection = "users")]
pub struct User {
    pub id: Id<User>,
    /// What they sign in with.
    pub email: String,
    pub(crate) age: i32,
    r#type: Option<String>,
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
    /// What they sign in with.
    pub email: ::odmium::__private::Field<
        __D,
        String,
        ::odmium::__private::Sub<__P, User, ::odmium::__private::D1>,
    >,
    /// The path of `age`.
    pub(crate) age: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, User, ::odmium::__private::D2>,
    >,
    /// The path of `type`.
    r#type: ::odmium::__private::Field<
        __D,
        Option<String>,
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
            email: __odmium::Field::NEW,
            age: __odmium::Field::NEW,
            r#type: __odmium::Field::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for User {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = UserFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for User {
        const KEYS: &'static [&'static __odmium::str] = &["_id", "email", "age", "type"];
    }

    #[automatically_derived]
    impl __odmium::EncodeDocument for User {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <Id<User> as __odmium::Stored>::write(&self.id, __document, b"\0_id\0");
            <String as __odmium::Stored>::write(&self.email, __document, b"\0email\0");
            <i32 as __odmium::Stored>::write(&self.age, __document, b"\0age\0");
            <Option<
                String,
            > as __odmium::Stored>::write(&self.r#type, __document, b"\0type\0");
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
            let mut __email = __odmium::None;
            let mut __age = __odmium::None;
            let mut __type = __odmium::None;
            <Id<User> as __odmium::Stored>::take(__document, b"\0_id\0", &mut __id)?;
            <String as __odmium::Stored>::take(__document, b"\0email\0", &mut __email)?;
            <i32 as __odmium::Stored>::take(__document, b"\0age\0", &mut __age)?;
            <Option<
                String,
            > as __odmium::Stored>::take(__document, b"\0type\0", &mut __type)?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <Id<User> as __odmium::Stored>::read(__document, &mut __id)?,
                    1 => <String as __odmium::Stored>::read(__document, &mut __email)?,
                    2 => <i32 as __odmium::Stored>::read(__document, &mut __age)?,
                    3 => {
                        <Option<
                            String,
                        > as __odmium::Stored>::read(__document, &mut __type)?
                    }
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                id: <Id<User> as __odmium::Stored>::require(__id, "_id")?,
                email: <String as __odmium::Stored>::require(__email, "email")?,
                age: <i32 as __odmium::Stored>::require(__age, "age")?,
                r#type: <Option<String> as __odmium::Stored>::require(__type, "type")?,
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
