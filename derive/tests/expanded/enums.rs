// Enums: by name, by number, tagged.

#[derive(Embedded)]
#[document(rename_all = "lowercase")]
pub enum Role {
    #[document(alias = "visitor")]
    Guest,
    Admin,
}

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl __odmium::Texts for Role {
        const TEXTS: &'static [&'static __odmium::str] = &["guest", "admin"];
        fn text(&self) -> &'static __odmium::str {
            match self {
                Self::Guest => "guest",
                Self::Admin => "admin",
            }
        }
        fn from_text(__text: &__odmium::str) -> __odmium::Option<Self> {
            match __text {
                "guest" | "visitor" => __odmium::Some(Self::Guest),
                "admin" => __odmium::Some(Self::Admin),
                _ => __odmium::None,
            }
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for Role {
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::units::encode_text(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Role {
        const LIKELY: __odmium::Likely = __odmium::units::TEXT;
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::units::decode_text(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::MapKey for Role {
        fn to_key(&self) -> __odmium::Cow<'_, __odmium::str> {
            __odmium::units::text_key(self)
        }
        fn from_key(__key: &__odmium::str) -> __odmium::Option<Self> {
            __odmium::units::text_of_key(__key)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Role> for Role {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Role> for &Role {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};

#[derive(Embedded)]
#[document(as = i32)]
pub enum Level {
    Low = -1,
    High = 10,
}

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    const _: () = __odmium::assert!(
        __odmium::units::is_int32(Level::Low as __odmium::i128),
        "this number does not fit an int32: write `as = i64`"
    );
    const _: () = __odmium::assert!(
        __odmium::units::is_int32(Level::High as __odmium::i128),
        "this number does not fit an int32: write `as = i64`"
    );
    #[automatically_derived]
    impl __odmium::Numbers for Level {
        const NUMBERS: &'static [__odmium::i64] = &[
            Self::Low as __odmium::i64,
            Self::High as __odmium::i64,
        ];
        const WIDE: __odmium::bool = false;
        fn number(&self) -> __odmium::i64 {
            match self {
                Self::Low => Self::Low as __odmium::i64,
                Self::High => Self::High as __odmium::i64,
            }
        }
        fn from_number(__number: __odmium::i64) -> __odmium::Option<Self> {
            match __number {
                _ if __number == Self::Low as __odmium::i64 => __odmium::Some(Self::Low),
                _ if __number == Self::High as __odmium::i64 => {
                    __odmium::Some(Self::High)
                }
                _ => __odmium::None,
            }
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for Level {
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::units::encode_number(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Level {
        const LIKELY: __odmium::Likely = __odmium::units::NUMBER;
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::units::decode_number(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::MapKey for Level {
        fn to_key(&self) -> __odmium::Cow<'_, __odmium::str> {
            __odmium::units::number_key(self)
        }
        fn from_key(__key: &__odmium::str) -> __odmium::Option<Self> {
            __odmium::units::number_of_key(__key)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Level> for Level {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Level> for &Level {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};

#[derive(Embedded)]
#[document(tag = "kind")]
pub enum Payment {
    /// By card.
    Card { last4: String, #[field(skip)] cvc: String },
    Voucher(Voucher),
    Cash,
}

/// The paths of `Payment`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
pub struct PaymentFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of the tag.
    pub kind: ::odmium::__private::Field<
        __D,
        ::odmium::__private::String,
        ::odmium::__private::Sub<__P, Payment, ::odmium::__private::D0>,
    >,
    /// By card.
    pub card: PaymentFieldsCard<__D, __P>,
    /// The paths of variant `Voucher`.
    pub voucher: ::odmium::__private::Beside<
        __D,
        Voucher,
        ::odmium::__private::Flat<
            ::odmium::__private::Flat<__P, ::odmium::__private::D0>,
            ::odmium::__private::D1,
        >,
    >,
}

/// The paths of `Payment::Card`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
pub struct PaymentFieldsCard<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `last4`.
    pub last4: ::odmium::__private::Field<
        __D,
        String,
        ::odmium::__private::Sub<__P, Payment, ::odmium::__private::D1>,
    >,
}

/// The root of the paths of `Payment`.
#[allow(dead_code, non_upper_case_globals)]
pub const Payment: &PaymentFields<Payment, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for PaymentFields<__D, __P> {
        const NEW: Self = Self {
            kind: __odmium::Field::NEW,
            card: __odmium::FieldSet::NEW,
            voucher: __odmium::Beside::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for PaymentFieldsCard<__D, __P> {
        const NEW: Self = Self {
            last4: __odmium::Field::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for Payment {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = PaymentFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for Payment {
        const KEYS: &'static [&'static __odmium::str] = &["kind", "last4"];
        const HAS_REST: __odmium::bool = false
            || <Voucher as __odmium::Flatten<'static>>::IS_REST
            || <Voucher as __odmium::Flatten<'static>>::HAS_REST;
        fn knows(__key: &__odmium::str) -> __odmium::bool {
            Self::KEYS.contains(&__key) || <Voucher as __odmium::Flatten>::knows(__key)
        }
    }
    #[allow(unused_imports)]
    use __odmium::NoKeys as _;
    const _: () = __odmium::assert!(
        __odmium::distinct(& ["kind"], __odmium::KeysOf:: < Voucher > ::KEYS),
        "a key of this type is the tag \"kind\" of `Payment`: rename the field or the tag"
    );
    #[automatically_derived]
    impl __odmium::EncodeDocument for Payment {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            match self {
                Self::Card { last4: __last4, cvc: _ } => {
                    __odmium::write_text(__document, b"\0kind\0", "Card");
                    <String as __odmium::Stored>::write(
                        __last4,
                        __document,
                        b"\0last4\0",
                    );
                }
                Self::Voucher(__content) => {
                    __odmium::write_text(__document, b"\0kind\0", "Voucher");
                    <Voucher as __odmium::Flatten>::write(__content, __document);
                }
                Self::Cash => {
                    __odmium::write_text(__document, b"\0kind\0", "Cash");
                }
            }
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for Payment {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for Payment {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            match __odmium::read_tag(__document, "kind", &["Card", "Voucher", "Cash"])? {
                0 => {
                    let mut __last4 = __odmium::None;
                    __odmium::skip_tag(__document, b"\0kind\0")?;
                    <String as __odmium::Stored>::take(
                        __document,
                        b"\0last4\0",
                        &mut __last4,
                    )?;
                    while let __odmium::Some(__index) = __document
                        .next_field(&["kind", "last4"])?
                    {
                        match __index {
                            1 => {
                                <String as __odmium::Stored>::read(
                                    __document,
                                    &mut __last4,
                                )?
                            }
                            _ => {}
                        }
                    }
                    __odmium::Ok(Self::Card {
                        last4: <String as __odmium::Stored>::require(__last4, "last4")?,
                        cvc: <String as __odmium::Default>::default(),
                    })
                }
                1 => {
                    __odmium::Ok(
                        Self::Voucher(
                            <Voucher as __odmium::Flatten>::read(
                                __document,
                                &|__key| __key == "kind",
                            )?,
                        ),
                    )
                }
                _ => __odmium::Ok(Self::Cash),
            }
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Payment {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Payment> for Payment {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Payment> for &Payment {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};
