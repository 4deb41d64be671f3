// More than 32 fields: the codec calls one function for each type.

#[derive(Embedded)]
pub struct Wide {
    pub number1: i32,
    pub number2: i32,
    pub number3: i32,
    pub number4: i32,
    pub number5: i32,
    pub number6: i32,
    pub number7: i32,
    pub number8: i32,
    pub number9: i32,
    pub number10: i32,
    pub number11: i32,
    pub number12: i32,
    pub number13: i32,
    pub number14: i32,
    pub number15: i32,
    pub number16: i32,
    pub number17: i32,
    pub number18: i32,
    pub number19: i32,
    pub number20: i32,
    pub number21: i32,
    pub number22: i32,
    pub number23: i32,
    pub number24: i32,
    pub number25: i32,
    pub number26: i32,
    pub number27: i32,
    pub number28: i32,
    pub number29: i32,
    pub number30: i32,
    pub number31: i32,
    pub number32: i32,
    #[field(default)]
    pub text: String,
}

/// The paths of `Wide`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
pub struct WideFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `number1`.
    pub number1: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Wide, ::odmium::__private::D0>,
    >,
    /// The path of `number2`.
    pub number2: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Wide, ::odmium::__private::D1>,
    >,
    /// The path of `number3`.
    pub number3: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Wide, ::odmium::__private::D2>,
    >,
    /// The path of `number4`.
    pub number4: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Wide, ::odmium::__private::D3>,
    >,
    /// The path of `number5`.
    pub number5: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Wide, ::odmium::__private::D4>,
    >,
    /// The path of `number6`.
    pub number6: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Wide, ::odmium::__private::D5>,
    >,
    /// The path of `number7`.
    pub number7: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Wide, ::odmium::__private::D6>,
    >,
    /// The path of `number8`.
    pub number8: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Wide, ::odmium::__private::D7>,
    >,
    /// The path of `number9`.
    pub number9: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Wide, ::odmium::__private::D8>,
    >,
    /// The path of `number10`.
    pub number10: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<__P, Wide, ::odmium::__private::D9>,
    >,
    /// The path of `number11`.
    pub number11: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D1, ::odmium::__private::D0>,
        >,
    >,
    /// The path of `number12`.
    pub number12: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D1, ::odmium::__private::D1>,
        >,
    >,
    /// The path of `number13`.
    pub number13: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D1, ::odmium::__private::D2>,
        >,
    >,
    /// The path of `number14`.
    pub number14: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D1, ::odmium::__private::D3>,
        >,
    >,
    /// The path of `number15`.
    pub number15: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D1, ::odmium::__private::D4>,
        >,
    >,
    /// The path of `number16`.
    pub number16: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D1, ::odmium::__private::D5>,
        >,
    >,
    /// The path of `number17`.
    pub number17: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D1, ::odmium::__private::D6>,
        >,
    >,
    /// The path of `number18`.
    pub number18: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D1, ::odmium::__private::D7>,
        >,
    >,
    /// The path of `number19`.
    pub number19: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D1, ::odmium::__private::D8>,
        >,
    >,
    /// The path of `number20`.
    pub number20: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D1, ::odmium::__private::D9>,
        >,
    >,
    /// The path of `number21`.
    pub number21: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D2, ::odmium::__private::D0>,
        >,
    >,
    /// The path of `number22`.
    pub number22: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D2, ::odmium::__private::D1>,
        >,
    >,
    /// The path of `number23`.
    pub number23: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D2, ::odmium::__private::D2>,
        >,
    >,
    /// The path of `number24`.
    pub number24: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D2, ::odmium::__private::D3>,
        >,
    >,
    /// The path of `number25`.
    pub number25: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D2, ::odmium::__private::D4>,
        >,
    >,
    /// The path of `number26`.
    pub number26: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D2, ::odmium::__private::D5>,
        >,
    >,
    /// The path of `number27`.
    pub number27: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D2, ::odmium::__private::D6>,
        >,
    >,
    /// The path of `number28`.
    pub number28: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D2, ::odmium::__private::D7>,
        >,
    >,
    /// The path of `number29`.
    pub number29: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D2, ::odmium::__private::D8>,
        >,
    >,
    /// The path of `number30`.
    pub number30: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D2, ::odmium::__private::D9>,
        >,
    >,
    /// The path of `number31`.
    pub number31: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D3, ::odmium::__private::D0>,
        >,
    >,
    /// The path of `number32`.
    pub number32: ::odmium::__private::Field<
        __D,
        i32,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D3, ::odmium::__private::D1>,
        >,
    >,
    /// The path of `text`.
    pub text: ::odmium::__private::Field<
        __D,
        String,
        ::odmium::__private::Sub<
            __P,
            Wide,
            ::odmium::__private::N<::odmium::__private::D3, ::odmium::__private::D2>,
        >,
    >,
}

/// The root of the paths of `Wide`.
#[allow(dead_code, non_upper_case_globals)]
pub const Wide: &WideFields<Wide, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for WideFields<__D, __P> {
        const NEW: Self = Self {
            number1: __odmium::Field::NEW,
            number2: __odmium::Field::NEW,
            number3: __odmium::Field::NEW,
            number4: __odmium::Field::NEW,
            number5: __odmium::Field::NEW,
            number6: __odmium::Field::NEW,
            number7: __odmium::Field::NEW,
            number8: __odmium::Field::NEW,
            number9: __odmium::Field::NEW,
            number10: __odmium::Field::NEW,
            number11: __odmium::Field::NEW,
            number12: __odmium::Field::NEW,
            number13: __odmium::Field::NEW,
            number14: __odmium::Field::NEW,
            number15: __odmium::Field::NEW,
            number16: __odmium::Field::NEW,
            number17: __odmium::Field::NEW,
            number18: __odmium::Field::NEW,
            number19: __odmium::Field::NEW,
            number20: __odmium::Field::NEW,
            number21: __odmium::Field::NEW,
            number22: __odmium::Field::NEW,
            number23: __odmium::Field::NEW,
            number24: __odmium::Field::NEW,
            number25: __odmium::Field::NEW,
            number26: __odmium::Field::NEW,
            number27: __odmium::Field::NEW,
            number28: __odmium::Field::NEW,
            number29: __odmium::Field::NEW,
            number30: __odmium::Field::NEW,
            number31: __odmium::Field::NEW,
            number32: __odmium::Field::NEW,
            text: __odmium::Field::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for Wide {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = WideFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for Wide {
        const KEYS: &'static [&'static __odmium::str] = &[
            "number1",
            "number2",
            "number3",
            "number4",
            "number5",
            "number6",
            "number7",
            "number8",
            "number9",
            "number10",
            "number11",
            "number12",
            "number13",
            "number14",
            "number15",
            "number16",
            "number17",
            "number18",
            "number19",
            "number20",
            "number21",
            "number22",
            "number23",
            "number24",
            "number25",
            "number26",
            "number27",
            "number28",
            "number29",
            "number30",
            "number31",
            "number32",
            "text",
        ];
    }

    #[automatically_derived]
    impl __odmium::EncodeDocument for Wide {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number1,
                __document,
                b"\0number1\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number2,
                __document,
                b"\0number2\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number3,
                __document,
                b"\0number3\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number4,
                __document,
                b"\0number4\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number5,
                __document,
                b"\0number5\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number6,
                __document,
                b"\0number6\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number7,
                __document,
                b"\0number7\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number8,
                __document,
                b"\0number8\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number9,
                __document,
                b"\0number9\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number10,
                __document,
                b"\0number10\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number11,
                __document,
                b"\0number11\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number12,
                __document,
                b"\0number12\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number13,
                __document,
                b"\0number13\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number14,
                __document,
                b"\0number14\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number15,
                __document,
                b"\0number15\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number16,
                __document,
                b"\0number16\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number17,
                __document,
                b"\0number17\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number18,
                __document,
                b"\0number18\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number19,
                __document,
                b"\0number19\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number20,
                __document,
                b"\0number20\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number21,
                __document,
                b"\0number21\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number22,
                __document,
                b"\0number22\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number23,
                __document,
                b"\0number23\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number24,
                __document,
                b"\0number24\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number25,
                __document,
                b"\0number25\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number26,
                __document,
                b"\0number26\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number27,
                __document,
                b"\0number27\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number28,
                __document,
                b"\0number28\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number29,
                __document,
                b"\0number29\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number30,
                __document,
                b"\0number30\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number31,
                __document,
                b"\0number31\0",
            );
            __odmium::wide::write(
                <i32 as __odmium::Stored>::write,
                &self.number32,
                __document,
                b"\0number32\0",
            );
            __odmium::wide::write(
                <String as __odmium::Stored>::write,
                &self.text,
                __document,
                b"\0text\0",
            );
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for Wide {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for Wide {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __number1 = __odmium::None;
            let mut __number2 = __odmium::None;
            let mut __number3 = __odmium::None;
            let mut __number4 = __odmium::None;
            let mut __number5 = __odmium::None;
            let mut __number6 = __odmium::None;
            let mut __number7 = __odmium::None;
            let mut __number8 = __odmium::None;
            let mut __number9 = __odmium::None;
            let mut __number10 = __odmium::None;
            let mut __number11 = __odmium::None;
            let mut __number12 = __odmium::None;
            let mut __number13 = __odmium::None;
            let mut __number14 = __odmium::None;
            let mut __number15 = __odmium::None;
            let mut __number16 = __odmium::None;
            let mut __number17 = __odmium::None;
            let mut __number18 = __odmium::None;
            let mut __number19 = __odmium::None;
            let mut __number20 = __odmium::None;
            let mut __number21 = __odmium::None;
            let mut __number22 = __odmium::None;
            let mut __number23 = __odmium::None;
            let mut __number24 = __odmium::None;
            let mut __number25 = __odmium::None;
            let mut __number26 = __odmium::None;
            let mut __number27 = __odmium::None;
            let mut __number28 = __odmium::None;
            let mut __number29 = __odmium::None;
            let mut __number30 = __odmium::None;
            let mut __number31 = __odmium::None;
            let mut __number32 = __odmium::None;
            let mut __text = __odmium::None;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number1\0",
                &mut __number1,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number2\0",
                &mut __number2,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number3\0",
                &mut __number3,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number4\0",
                &mut __number4,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number5\0",
                &mut __number5,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number6\0",
                &mut __number6,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number7\0",
                &mut __number7,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number8\0",
                &mut __number8,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number9\0",
                &mut __number9,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number10\0",
                &mut __number10,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number11\0",
                &mut __number11,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number12\0",
                &mut __number12,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number13\0",
                &mut __number13,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number14\0",
                &mut __number14,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number15\0",
                &mut __number15,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number16\0",
                &mut __number16,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number17\0",
                &mut __number17,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number18\0",
                &mut __number18,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number19\0",
                &mut __number19,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number20\0",
                &mut __number20,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number21\0",
                &mut __number21,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number22\0",
                &mut __number22,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number23\0",
                &mut __number23,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number24\0",
                &mut __number24,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number25\0",
                &mut __number25,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number26\0",
                &mut __number26,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number27\0",
                &mut __number27,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number28\0",
                &mut __number28,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number29\0",
                &mut __number29,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number30\0",
                &mut __number30,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number31\0",
                &mut __number31,
            )?;
            __odmium::wide::take(
                <i32 as __odmium::Stored>::take,
                __document,
                b"\0number32\0",
                &mut __number32,
            )?;
            __odmium::wide::take(
                <String as __odmium::Stored>::take,
                __document,
                b"\0text\0",
                &mut __text,
            )?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number1,
                        )?
                    }
                    1 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number2,
                        )?
                    }
                    2 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number3,
                        )?
                    }
                    3 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number4,
                        )?
                    }
                    4 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number5,
                        )?
                    }
                    5 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number6,
                        )?
                    }
                    6 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number7,
                        )?
                    }
                    7 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number8,
                        )?
                    }
                    8 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number9,
                        )?
                    }
                    9 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number10,
                        )?
                    }
                    10 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number11,
                        )?
                    }
                    11 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number12,
                        )?
                    }
                    12 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number13,
                        )?
                    }
                    13 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number14,
                        )?
                    }
                    14 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number15,
                        )?
                    }
                    15 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number16,
                        )?
                    }
                    16 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number17,
                        )?
                    }
                    17 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number18,
                        )?
                    }
                    18 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number19,
                        )?
                    }
                    19 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number20,
                        )?
                    }
                    20 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number21,
                        )?
                    }
                    21 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number22,
                        )?
                    }
                    22 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number23,
                        )?
                    }
                    23 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number24,
                        )?
                    }
                    24 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number25,
                        )?
                    }
                    25 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number26,
                        )?
                    }
                    26 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number27,
                        )?
                    }
                    27 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number28,
                        )?
                    }
                    28 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number29,
                        )?
                    }
                    29 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number30,
                        )?
                    }
                    30 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number31,
                        )?
                    }
                    31 => {
                        __odmium::wide::read(
                            <i32 as __odmium::Stored>::read,
                            __document,
                            &mut __number32,
                        )?
                    }
                    32 => {
                        __odmium::wide::read(
                            <String as __odmium::Stored>::read,
                            __document,
                            &mut __text,
                        )?
                    }
                    _ => {}
                }
            }
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number1,
                "number1",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number2,
                "number2",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number3,
                "number3",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number4,
                "number4",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number5,
                "number5",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number6,
                "number6",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number7,
                "number7",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number8,
                "number8",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number9,
                "number9",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number10,
                "number10",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number11,
                "number11",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number12,
                "number12",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number13,
                "number13",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number14,
                "number14",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number15,
                "number15",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number16,
                "number16",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number17,
                "number17",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number18,
                "number18",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number19,
                "number19",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number20,
                "number20",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number21,
                "number21",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number22,
                "number22",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number23,
                "number23",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number24,
                "number24",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number25,
                "number25",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number26,
                "number26",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number27,
                "number27",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number28,
                "number28",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number29,
                "number29",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number30,
                "number30",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number31,
                "number31",
            )?;
            __odmium::wide::require(
                <i32 as __odmium::Stored>::require,
                &mut __number32,
                "number32",
            )?;
            __text.get_or_insert_with(|| <String as __odmium::Default>::default());
            let (
                __odmium::Some(__number1),
                __odmium::Some(__number2),
                __odmium::Some(__number3),
                __odmium::Some(__number4),
                __odmium::Some(__number5),
                __odmium::Some(__number6),
                __odmium::Some(__number7),
                __odmium::Some(__number8),
                __odmium::Some(__number9),
                __odmium::Some(__number10),
                __odmium::Some(__number11),
                __odmium::Some(__number12),
                __odmium::Some(__number13),
                __odmium::Some(__number14),
                __odmium::Some(__number15),
                __odmium::Some(__number16),
                __odmium::Some(__number17),
                __odmium::Some(__number18),
                __odmium::Some(__number19),
                __odmium::Some(__number20),
                __odmium::Some(__number21),
                __odmium::Some(__number22),
                __odmium::Some(__number23),
                __odmium::Some(__number24),
                __odmium::Some(__number25),
                __odmium::Some(__number26),
                __odmium::Some(__number27),
                __odmium::Some(__number28),
                __odmium::Some(__number29),
                __odmium::Some(__number30),
                __odmium::Some(__number31),
                __odmium::Some(__number32),
                __odmium::Some(__text),
            ) = (
                __number1,
                __number2,
                __number3,
                __number4,
                __number5,
                __number6,
                __number7,
                __number8,
                __number9,
                __number10,
                __number11,
                __number12,
                __number13,
                __number14,
                __number15,
                __number16,
                __number17,
                __number18,
                __number19,
                __number20,
                __number21,
                __number22,
                __number23,
                __number24,
                __number25,
                __number26,
                __number27,
                __number28,
                __number29,
                __number30,
                __number31,
                __number32,
                __text,
            ) else {
                return __odmium::Err(__odmium::wide::incomplete());
            };
            __odmium::Ok(Self {
                number1: __number1,
                number2: __number2,
                number3: __number3,
                number4: __number4,
                number5: __number5,
                number6: __number6,
                number7: __number7,
                number8: __number8,
                number9: __number9,
                number10: __number10,
                number11: __number11,
                number12: __number12,
                number13: __number13,
                number14: __number14,
                number15: __number15,
                number16: __number16,
                number17: __number17,
                number18: __number18,
                number19: __number19,
                number20: __number20,
                number21: __number21,
                number22: __number22,
                number23: __number23,
                number24: __number24,
                number25: __number25,
                number26: __number26,
                number27: __number27,
                number28: __number28,
                number29: __number29,
                number30: __number30,
                number31: __number31,
                number32: __number32,
                text: __text,
            })
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Wide {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Wide> for Wide {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Wide> for &Wide {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};
