// The output of stages: groups, windows and projections.

#[derive(Embedded)]
#[document(group, shape)]
struct CityStats {
    #[field(flatten)]
    place: Place,
    #[field(id)]
    city: String,
    users: i64,
    #[field(rename = "avg")]
    avg_age: Option<f64>,
}

/// The paths of `CityStats`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
struct CityStatsFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `city`.
    city: ::odmium::__private::Field<
        __D,
        String,
        ::odmium::__private::Sub<__P, CityStats, ::odmium::__private::D0>,
    >,
    /// The path of `place`.
    place: ::odmium::__private::Beside<
        __D,
        Place,
        ::odmium::__private::Flat<__P, ::odmium::__private::D1>,
    >,
    /// The path of `users`.
    users: ::odmium::__private::Field<
        __D,
        i64,
        ::odmium::__private::Sub<__P, CityStats, ::odmium::__private::D1>,
    >,
    /// The path of `avg_age`.
    avg_age: ::odmium::__private::Field<
        __D,
        Option<f64>,
        ::odmium::__private::Sub<__P, CityStats, ::odmium::__private::D2>,
    >,
}

/// The root of the paths of `CityStats`.
#[allow(dead_code, non_upper_case_globals)]
const CityStats: &CityStatsFields<CityStats, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

/// What a group or a window computes for a `CityStats`, field by field.
#[allow(missing_debug_implementations, clippy::exhaustive_structs)]
struct CityStatsGroup<__D> {
    /// The path of `users`.
    users: ::odmium::__private::pipeline::Acc<__D, i64>,
    /// The path of `avg_age`.
    avg_age: ::odmium::__private::pipeline::Acc<__D, Option<f64>>,
}

/// What a stage computes for a `CityStats`, field by field.
#[allow(missing_debug_implementations, clippy::exhaustive_structs)]
struct CityStatsShape<__D> {
    /// The path of `city`.
    city: ::odmium::__private::Expr<__D, String>,
    /// The path of `users`.
    users: ::odmium::__private::Expr<__D, i64>,
    /// The path of `avg_age`.
    avg_age: ::odmium::__private::Expr<__D, Option<f64>>,
}

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for CityStatsFields<__D, __P> {
        const NEW: Self = Self {
            city: __odmium::Field::NEW,
            place: __odmium::Beside::NEW,
            users: __odmium::Field::NEW,
            avg_age: __odmium::Field::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for CityStats {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = CityStatsFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for CityStats {
        const KEYS: &'static [&'static __odmium::str] = &["_id", "users", "avg"];
        const HAS_REST: __odmium::bool = false
            || <Place as __odmium::Flatten<'static>>::IS_REST
            || <Place as __odmium::Flatten<'static>>::HAS_REST;
        fn knows(__key: &__odmium::str) -> __odmium::bool {
            Self::KEYS.contains(&__key) || <Place as __odmium::Flatten>::knows(__key)
        }
    }
    #[allow(unused_imports)]
    use __odmium::NoKeys as _;
    const _: () = __odmium::assert!(
        ! __odmium::KeysOf:: < Place > ::HAS_REST,
        "a map within this type would take the keys of `CityStats` as well: flatten the map there"
    );
    const _: () = __odmium::assert!(
        __odmium::distinct(< CityStats as __odmium::Keys > ::KEYS, __odmium::KeysOf:: <
        Place > ::KEYS),
        "a key of this flattened field is also a key of `CityStats`: rename one of the two"
    );
    #[automatically_derived]
    impl __odmium::EncodeDocument for CityStats {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <String as __odmium::Stored>::write(&self.city, __document, b"\0_id\0");
            <Place as __odmium::Flatten>::write(&self.place, __document);
            <i64 as __odmium::Stored>::write(&self.users, __document, b"\0users\0");
            <Option<
                f64,
            > as __odmium::Stored>::write(&self.avg_age, __document, b"\0avg\0");
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for CityStats {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for CityStats {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __city = __odmium::None;
            let mut __users = __odmium::None;
            let mut __avg_age = __odmium::None;
            <String as __odmium::Stored>::take(__document, b"\0_id\0", &mut __city)?;
            <i64 as __odmium::Stored>::take(__document, b"\0users\0", &mut __users)?;
            <Option<
                f64,
            > as __odmium::Stored>::take(__document, b"\0avg\0", &mut __avg_age)?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <String as __odmium::Stored>::read(__document, &mut __city)?,
                    1 => <i64 as __odmium::Stored>::read(__document, &mut __users)?,
                    2 => {
                        <Option<
                            f64,
                        > as __odmium::Stored>::read(__document, &mut __avg_age)?
                    }
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                city: <String as __odmium::Stored>::require(__city, "_id")?,
                place: <Place as __odmium::Flatten>::read(
                    __document,
                    &|__key| <Self as __odmium::Keys>::KEYS.contains(&__key),
                )?,
                users: <i64 as __odmium::Stored>::require(__users, "users")?,
                avg_age: <Option<f64> as __odmium::Stored>::require(__avg_age, "avg")?,
            })
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for CityStats {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<CityStats> for CityStats {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<CityStats> for &CityStats {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }

    #[automatically_derived]
    impl<__D> __odmium::pipeline::Accumulated for CityStatsGroup<__D> {
        type Source = __D;
        type Output = CityStats;
        type Key = __odmium::pipeline::KeyOf<String>;
        type Base = Place;
        fn parts(self, __parts: &mut __odmium::pipeline::Parts) {
            __parts.add("users", self.users);
            __parts.add("avg", self.avg_age);
        }
    }

    #[automatically_derived]
    impl<__D> __odmium::pipeline::Shaped for CityStatsShape<__D> {
        type Source = __D;
        type Output = CityStats;
        type Base = Place;
        fn parts(self, __parts: &mut __odmium::pipeline::Parts) {
            __parts.add("_id", self.city);
            __parts.add("users", self.users);
            __parts.add("avg", self.avg_age);
        }
    }

    #[automatically_derived]
    impl __odmium::pipeline::Extends<Place> for CityStats {}
};
