// Special collections: options, and a view.

#[derive(Document)]
#[document(
    collection = "weather",
    create(
        time_series(Weather.at),
        meta = Weather.station,
        expire_after("30d"),
        clustered
    )
)]
struct Weather {
    id: Id<Weather>,
    at: DateTime,
    station: String,
}

/// The paths of `Weather`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
struct WeatherFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `id`.
    id: ::odmium::__private::Field<
        __D,
        Id<Weather>,
        ::odmium::__private::Sub<__P, Weather, ::odmium::__private::D0>,
    >,
    /// The path of `at`.
    at: ::odmium::__private::Field<
        __D,
        DateTime,
        ::odmium::__private::Sub<__P, Weather, ::odmium::__private::D1>,
    >,
    /// The path of `station`.
    station: ::odmium::__private::Field<
        __D,
        String,
        ::odmium::__private::Sub<__P, Weather, ::odmium::__private::D2>,
    >,
}

/// The root of the paths of `Weather`.
#[allow(dead_code, non_upper_case_globals)]
const Weather: &WeatherFields<Weather, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

/// The indexes of `Weather`.
#[allow(dead_code)]
type WeatherIndex = ::odmium::__private::IdIndex;

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for WeatherFields<__D, __P> {
        const NEW: Self = Self {
            id: __odmium::Field::NEW,
            at: __odmium::Field::NEW,
            station: __odmium::Field::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for Weather {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = WeatherFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for Weather {
        const KEYS: &'static [&'static __odmium::str] = &["_id", "at", "station"];
    }

    #[automatically_derived]
    impl __odmium::EncodeDocument for Weather {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <Id<Weather> as __odmium::Stored>::write(&self.id, __document, b"\0_id\0");
            <DateTime as __odmium::Stored>::write(&self.at, __document, b"\0at\0");
            <String as __odmium::Stored>::write(
                &self.station,
                __document,
                b"\0station\0",
            );
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for Weather {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for Weather {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __id = __odmium::None;
            let mut __at = __odmium::None;
            let mut __station = __odmium::None;
            <Id<Weather> as __odmium::Stored>::take(__document, b"\0_id\0", &mut __id)?;
            <DateTime as __odmium::Stored>::take(__document, b"\0at\0", &mut __at)?;
            <String as __odmium::Stored>::take(
                __document,
                b"\0station\0",
                &mut __station,
            )?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <Id<Weather> as __odmium::Stored>::read(__document, &mut __id)?,
                    1 => <DateTime as __odmium::Stored>::read(__document, &mut __at)?,
                    2 => <String as __odmium::Stored>::read(__document, &mut __station)?,
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                id: <Id<Weather> as __odmium::Stored>::require(__id, "_id")?,
                at: <DateTime as __odmium::Stored>::require(__at, "at")?,
                station: <String as __odmium::Stored>::require(__station, "station")?,
            })
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Weather {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::Record for Weather {
        type Id = Id<Weather>;
        type Borrowed<'__de> = Weather;
    }

    #[automatically_derived]
    impl __odmium::Document for Weather {
        const COLLECTION: &'static __odmium::str = "weather";
        type Index = WeatherIndex;
        fn indexes() -> __odmium::Vec<__odmium::Index<Self>> {
            __odmium::Vec::new()
        }
        fn spec() -> __odmium::CollectionSpec<Self> {
            __odmium::CollectionSpec::new()
                .time_series(Weather.at)
                .meta(Weather.station)
                .expire_after(__odmium::Duration::from_secs(2592000u64))
                .clustered()
        }
    }

    #[automatically_derived]
    impl __odmium::Identified for Weather {
        fn id_of(&self) -> &Id<Weather> {
            &self.id
        }
    }

    #[automatically_derived]
    impl __odmium::ReadWrite for Weather {}
    #[automatically_derived]
    impl __odmium::Unique<__odmium::Sub<__odmium::Root, Weather, __odmium::D0>>
    for Weather {}
    #[automatically_derived]
    impl __odmium::Value<Weather> for Weather {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Weather> for &Weather {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};

#[derive(Document)]
#[document(collection = "stations", create(view(stations())))]
struct Station {
    id: String,
}

/// The paths of `Station`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
struct StationFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `id`.
    id: ::odmium::__private::Field<
        __D,
        String,
        ::odmium::__private::Sub<__P, Station, ::odmium::__private::D0>,
    >,
}

/// The root of the paths of `Station`.
#[allow(dead_code, non_upper_case_globals)]
const Station: &StationFields<Station, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

/// The indexes of `Station`.
#[allow(dead_code)]
type StationIndex = ::odmium::__private::IdIndex;

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for StationFields<__D, __P> {
        const NEW: Self = Self { id: __odmium::Field::NEW };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for Station {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = StationFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for Station {
        const KEYS: &'static [&'static __odmium::str] = &["_id"];
    }

    #[automatically_derived]
    impl __odmium::EncodeDocument for Station {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <String as __odmium::Stored>::write(&self.id, __document, b"\0_id\0");
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for Station {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for Station {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __id = __odmium::None;
            <String as __odmium::Stored>::take(__document, b"\0_id\0", &mut __id)?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <String as __odmium::Stored>::read(__document, &mut __id)?,
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                id: <String as __odmium::Stored>::require(__id, "_id")?,
            })
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Station {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::Record for Station {
        type Id = String;
        type Borrowed<'__de> = Station;
    }

    #[automatically_derived]
    impl __odmium::Document for Station {
        const COLLECTION: &'static __odmium::str = "stations";
        type Index = StationIndex;
        fn indexes() -> __odmium::Vec<__odmium::Index<Self>> {
            __odmium::Vec::new()
        }
        fn spec() -> __odmium::CollectionSpec<Self> {
            __odmium::CollectionSpec::new().view(stations())
        }
    }

    #[automatically_derived]
    impl __odmium::Identified for Station {
        fn id_of(&self) -> &String {
            &self.id
        }
    }

    #[automatically_derived]
    impl __odmium::Unique<__odmium::Sub<__odmium::Root, Station, __odmium::D0>>
    for Station {}
    #[automatically_derived]
    impl __odmium::Value<Station> for Station {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Station> for &Station {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};
