// Several models in one collection: the enum, a variant, a model without an enum.

#[derive(Document)]
#[document(collection = "events", tag = "kind", common(at:DateTime), index(at))]
pub enum Event {
    #[document(rename = "click")]
    Click(Click),
    #[document(other)]
    Other(Document),
}

/// What tells the variants of `Event` apart.
#[allow(dead_code, clippy::exhaustive_enums)]
#[derive(
    ::odmium::__private::Clone,
    ::odmium::__private::Copy,
    ::odmium::__private::Debug,
    ::odmium::__private::PartialEq,
    ::odmium::__private::Eq
)]
pub enum EventKind {
    /// `"click"`.
    Click,
}

/// The paths of `Event`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
pub struct EventFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of the tag.
    pub kind: ::odmium::__private::Field<
        __D,
        EventKind,
        ::odmium::__private::Sub<__P, Event, ::odmium::__private::D0>,
    >,
    /// The path of `_id`.
    pub id: ::odmium::__private::Field<
        __D,
        <Click as ::odmium::__private::Record>::Id,
        ::odmium::__private::Sub<__P, Event, ::odmium::__private::D1>,
    >,
    /// The path of `at`, which every variant has.
    pub at: ::odmium::__private::Field<
        __D,
        DateTime,
        ::odmium::__private::Sub<__P, Event, ::odmium::__private::D2>,
    >,
    /// The paths of variant `Click`.
    pub click: ::odmium::__private::Beside<
        __D,
        Click,
        ::odmium::__private::Flat<
            ::odmium::__private::Flat<__P, ::odmium::__private::D0>,
            ::odmium::__private::D0,
        >,
    >,
}

/// The root of the paths of `Event`.
#[allow(dead_code, non_upper_case_globals)]
pub const Event: &EventFields<Event, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

/// The indexes of `Event`.
#[allow(dead_code, non_camel_case_types, clippy::exhaustive_enums)]
#[derive(
    ::odmium::__private::Clone,
    ::odmium::__private::Copy,
    ::odmium::__private::Debug,
    ::odmium::__private::PartialEq,
    ::odmium::__private::Eq
)]
pub enum EventIndex {
    /// The index over `_id`, which every collection has.
    Id,
    /// The index over `at`.
    At,
}

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl __odmium::Texts for EventKind {
        const TEXTS: &'static [&'static __odmium::str] = &["click"];
        fn text(&self) -> &'static __odmium::str {
            match self {
                Self::Click => "click",
            }
        }
        fn from_text(__text: &__odmium::str) -> __odmium::Option<Self> {
            match __text {
                "click" => __odmium::Some(Self::Click),
                _ => __odmium::None,
            }
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for EventKind {
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::units::encode_text(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for EventKind {
        const LIKELY: __odmium::Likely = __odmium::units::TEXT;
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::units::decode_text(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::MapKey for EventKind {
        fn to_key(&self) -> __odmium::Cow<'_, __odmium::str> {
            __odmium::units::text_key(self)
        }
        fn from_key(__key: &__odmium::str) -> __odmium::Option<Self> {
            __odmium::units::text_of_key(__key)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<EventKind> for EventKind {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<EventKind> for &EventKind {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }

    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for EventFields<__D, __P> {
        const NEW: Self = Self {
            kind: __odmium::Field::NEW,
            id: __odmium::Field::NEW,
            at: __odmium::Field::NEW,
            click: __odmium::Beside::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for Event {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = EventFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for Event {
        const KEYS: &'static [&'static __odmium::str] = &["kind", "_id", "at"];
        const HAS_REST: __odmium::bool = false
            || <Click as __odmium::Flatten<'static>>::IS_REST
            || <Click as __odmium::Flatten<'static>>::HAS_REST;
        fn knows(__key: &__odmium::str) -> __odmium::bool {
            Self::KEYS.contains(&__key) || <Click as __odmium::Flatten>::knows(__key)
        }
    }
    #[allow(unused_imports)]
    use __odmium::NoKeys as _;
    const _: () = __odmium::assert!(
        __odmium::distinct(& ["kind"], __odmium::KeysOf:: < Click > ::KEYS),
        "a key of this type is the tag \"kind\" of `Event`: rename the field or the tag"
    );
    #[automatically_derived]
    impl __odmium::EncodeDocument for Event {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            match self {
                Self::Click(__content) => {
                    __odmium::EncodeDocument::encode_fields(__content, __document);
                    __odmium::write_text(__document, b"\0kind\0", "click");
                }
                Self::Other(__content) => {
                    __odmium::EncodeDocument::encode_fields(__content, __document)
                }
            }
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for Event {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for Event {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            match __odmium::find_tag(__document, "kind", &["click"])? {
                __odmium::Some(0) => {
                    __odmium::Ok(
                        Self::Click(
                            <Click as __odmium::Flatten>::read(
                                __document,
                                &|__key| __key == "kind",
                            )?,
                        ),
                    )
                }
                _ => {
                    __odmium::Ok(
                        Self::Other(
                            <Document as __odmium::Flatten>::read(
                                __document,
                                &|_| false,
                            )?,
                        ),
                    )
                }
            }
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Event {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::VariantOf<Event> for Click {
        const DISCRIMINATOR: __odmium::Discriminator = __odmium::Discriminator::new(
            "kind",
            "click",
        );
    }
    const _: () = {
        __odmium::same_id::<Click, <Click as __odmium::Record>::Id>();
        __odmium::assert!(
            __odmium::is_variant:: < Event, Click > (),
            "this model does not say that it is a variant: write `#[document(variant_of = ..)]` with the enum on it, \
                         in place of `collection`"
        );
        __odmium::assert!(
            __odmium::has_key:: < Click, DateTime, _ > (& << Click as __odmium::Embedded
            > ::Fields < Click, __odmium::Root > as __odmium::FieldSet > ::FIELDS.at,
            "at",),
            "the key of this field is not \"at\", as in the enum: rename one of them"
        );
    };
    const _: () = __odmium::takes_any::<Document>();
    #[automatically_derived]
    impl __odmium::Record for Event {
        type Id = <Click as ::odmium::__private::Record>::Id;
        type Borrowed<'__de> = Event;
        const SHARED: __odmium::bool = true;
    }

    #[automatically_derived]
    impl __odmium::Document for Event {
        const COLLECTION: &'static __odmium::str = "events";
        type Index = EventIndex;
        fn indexes() -> __odmium::Vec<__odmium::Index<Self>> {
            #[allow(unused_imports)]
            use __odmium::Plain as _;
            let __root = <Self as __odmium::Document>::fields();
            __odmium::all_indexes(
                __odmium::indexes([
                    {
                        let __path0 = __root.at;
                        __odmium::IndexKeys::new()
                            .asc(__path0, __odmium::PathStep::at(&__path0).kind())
                            .build()
                    },
                ]),
                [__odmium::variant_indexes::<Self, Click>()],
            )
        }
        fn delete_rules() -> __odmium::Vec<__odmium::relation::DeleteRule> {
            __odmium::relation::DeleteRule::of_variants([
                __odmium::relation::DeleteRule::of_variant::<Self, Click>(),
            ])
        }
    }

    #[automatically_derived]
    impl __odmium::ReadWrite for Event {}
    #[automatically_derived]
    impl __odmium::Unique<__odmium::Sub<__odmium::Root, Event, __odmium::D1>> for Event {}
    #[automatically_derived]
    impl __odmium::IndexName for EventIndex {
        const ALL: &'static [Self] = &[Self::Id, Self::At];
        fn name(self) -> &'static __odmium::str {
            static NAMES: __odmium::IndexNames = __odmium::IndexNames::new();
            NAMES.get::<Event>(self as __odmium::usize)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Event> for Event {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Event> for &Event {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};

#[derive(Document)]
#[document(variant_of = Event, deny_unknown)]
struct Click {
    id: Id<Event>,
    #[field(index)]
    at: DateTime,
}

/// The paths of `Click`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
struct ClickFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `id`.
    id: ::odmium::__private::Field<
        __D,
        Id<Event>,
        ::odmium::__private::Sub<__P, Click, ::odmium::__private::D0>,
    >,
    /// The path of `at`.
    at: ::odmium::__private::Field<
        __D,
        DateTime,
        ::odmium::__private::Sub<__P, Click, ::odmium::__private::D1>,
    >,
}

/// The root of the paths of `Click`.
#[allow(dead_code, non_upper_case_globals)]
const Click: &ClickFields<Click, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

/// The indexes of `Click`.
#[allow(dead_code, non_camel_case_types, clippy::exhaustive_enums)]
#[derive(
    ::odmium::__private::Clone,
    ::odmium::__private::Copy,
    ::odmium::__private::Debug,
    ::odmium::__private::PartialEq,
    ::odmium::__private::Eq
)]
enum ClickIndex {
    /// The index over `_id`, which every collection has.
    Id,
    /// The index over `at`.
    At,
}

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for ClickFields<__D, __P> {
        const NEW: Self = Self {
            id: __odmium::Field::NEW,
            at: __odmium::Field::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for Click {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = ClickFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for Click {
        const KEYS: &'static [&'static __odmium::str] = &["_id", "at"];
    }

    #[automatically_derived]
    impl __odmium::EncodeDocument for Click {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <Id<Event> as __odmium::Stored>::write(&self.id, __document, b"\0_id\0");
            <DateTime as __odmium::Stored>::write(&self.at, __document, b"\0at\0");
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for Click {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for Click {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __id = __odmium::None;
            let mut __at = __odmium::None;
            <Id<Event> as __odmium::Stored>::take(__document, b"\0_id\0", &mut __id)?;
            <DateTime as __odmium::Stored>::take(__document, b"\0at\0", &mut __at)?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <Id<Event> as __odmium::Stored>::read(__document, &mut __id)?,
                    1 => <DateTime as __odmium::Stored>::read(__document, &mut __at)?,
                    _ => __odmium::unknown_key_of::<Click>(__document)?,
                }
            }
            __odmium::Ok(Self {
                id: <Id<Event> as __odmium::Stored>::require(__id, "_id")?,
                at: <DateTime as __odmium::Stored>::require(__at, "at")?,
            })
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Click {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::Record for Click {
        type Id = Id<Event>;
        type Borrowed<'__de> = Click;
        const DISCRIMINATOR: __odmium::Option<__odmium::Discriminator> = __odmium::Some(
            <Self as __odmium::VariantOf<Event>>::DISCRIMINATOR,
        );
    }

    #[automatically_derived]
    impl __odmium::Document for Click {
        const COLLECTION: &'static __odmium::str = <Event as __odmium::Document>::COLLECTION;
        type Index = ClickIndex;
        fn indexes() -> __odmium::Vec<__odmium::Index<Self>> {
            #[allow(unused_imports)]
            use __odmium::Plain as _;
            let __root = <Self as __odmium::Document>::fields();
            __odmium::shared_indexes([
                {
                    let __path0 = __root.at;
                    __odmium::IndexKeys::new()
                        .asc(__path0, __odmium::PathStep::at(&__path0).kind())
                        .build()
                },
            ])
        }
    }

    #[automatically_derived]
    impl __odmium::Identified for Click {
        fn id_of(&self) -> &Id<Event> {
            &self.id
        }
    }

    #[automatically_derived]
    impl __odmium::ReadWrite for Click {}
    #[automatically_derived]
    impl __odmium::Unique<__odmium::Sub<__odmium::Root, Click, __odmium::D0>> for Click {}
    #[automatically_derived]
    impl __odmium::IndexName for ClickIndex {
        const ALL: &'static [Self] = &[Self::Id, Self::At];
        fn name(self) -> &'static __odmium::str {
            static NAMES: __odmium::IndexNames = __odmium::IndexNames::new();
            NAMES.get::<Click>(self as __odmium::usize)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Click> for Click {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Click> for &Click {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};

#[derive(Document)]
#[document(collection = "shapes", discriminator(kind = "circle"))]
struct Circle {
    id: i32,
    #[field(flatten)]
    rest: Document,
}

/// The paths of `Circle`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
struct CircleFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `id`.
    id: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Circle, ::odmium::__private::D0>,
    >,
    /// The path of `rest`.
    rest: ::odmium::__private::Beside<
        __D,
        Document,
        ::odmium::__private::Flat<__P, ::odmium::__private::D1>,
    >,
}

/// The root of the paths of `Circle`.
#[allow(dead_code, non_upper_case_globals)]
const Circle: &CircleFields<Circle, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

/// The indexes of `Circle`.
#[allow(dead_code)]
type CircleIndex = ::odmium::__private::IdIndex;

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for CircleFields<__D, __P> {
        const NEW: Self = Self {
            id: __odmium::Field::NEW,
            rest: __odmium::Beside::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for Circle {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = CircleFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for Circle {
        const KEYS: &'static [&'static __odmium::str] = &["_id"];
        const HAS_REST: __odmium::bool = false
            || <Document as __odmium::Flatten<'static>>::IS_REST
            || <Document as __odmium::Flatten<'static>>::HAS_REST;
        fn knows(__key: &__odmium::str) -> __odmium::bool {
            Self::KEYS.contains(&__key) || <Document as __odmium::Flatten>::knows(__key)
        }
    }
    #[allow(unused_imports)]
    use __odmium::NoKeys as _;
    const _: () = __odmium::assert!(
        ! __odmium::KeysOf:: < Document > ::HAS_REST,
        "a map within this type would take the keys of `Circle` as well: flatten the map there"
    );
    const _: () = __odmium::assert!(
        __odmium::distinct(< Circle as __odmium::Keys > ::KEYS, __odmium::KeysOf:: <
        Document > ::KEYS),
        "a key of this flattened field is also a key of `Circle`: rename one of the two"
    );
    #[automatically_derived]
    impl __odmium::EncodeDocument for Circle {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <i32 as __odmium::Stored>::write(&self.id, __document, b"\0_id\0");
            <Document as __odmium::Flatten>::write(&self.rest, __document);
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for Circle {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for Circle {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __id = __odmium::None;
            <i32 as __odmium::Stored>::take(__document, b"\0_id\0", &mut __id)?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <i32 as __odmium::Stored>::read(__document, &mut __id)?,
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                id: <i32 as __odmium::Stored>::require(__id, "_id")?,
                rest: <Document as __odmium::Flatten>::read(
                    __document,
                    &|__key| {
                        <Self as __odmium::Keys>::KEYS.contains(&__key)
                            || __odmium::is_discriminator::<Circle>(__key)
                    },
                )?,
            })
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Circle {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::Record for Circle {
        type Id = i32;
        type Borrowed<'__de> = Circle;
        const DISCRIMINATOR: __odmium::Option<__odmium::Discriminator> = __odmium::Some(
            __odmium::Discriminator::new("kind", "circle"),
        );
    }

    #[automatically_derived]
    impl __odmium::Document for Circle {
        const COLLECTION: &'static __odmium::str = "shapes";
        type Index = CircleIndex;
        fn indexes() -> __odmium::Vec<__odmium::Index<Self>> {
            __odmium::Vec::new()
        }
    }

    #[automatically_derived]
    impl __odmium::Identified for Circle {
        fn id_of(&self) -> &i32 {
            &self.id
        }
    }

    #[automatically_derived]
    impl __odmium::ReadWrite for Circle {}
    #[automatically_derived]
    impl __odmium::Unique<__odmium::Sub<__odmium::Root, Circle, __odmium::D0>>
    for Circle {}
    #[automatically_derived]
    impl __odmium::Value<Circle> for Circle {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Circle> for &Circle {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};
