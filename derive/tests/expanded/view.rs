// A view of some fields, by every source.

#[derive(View)]
#[view(of = User)]
struct Card<'a> {
    name: &'a str,
    #[field(from = address.city)]
    city: String,
    #[field(default)]
    nick: String,
    #[field(as = i64)]
    points: u64,
    #[field(slice = -2)]
    tags: Vec<String>,
    #[field(from = lines, elem_match = Line.qty.gt(2))]
    line: Option<Line>,
    #[field(meta = "textScore")]
    score: f64,
    #[field(expr = User.age+1)]
    next: i64,
    #[field(skip)]
    extra: i32,
}

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<'a> __odmium::Keys for Card<'a> {
        const KEYS: &'static [&'static __odmium::str] = &[
            __odmium::view::key(
                &<<User as __odmium::Embedded>::Fields<
                    User,
                    __odmium::Root,
                > as __odmium::FieldSet>::FIELDS
                    .name,
            ),
            __odmium::view::key(
                &<<User as __odmium::Embedded>::Fields<
                    User,
                    __odmium::Root,
                > as __odmium::FieldSet>::FIELDS
                    .tags,
            ),
        ];
    }

    #[automatically_derived]
    impl<'__de, 'a> __odmium::DecodeDocument<'__de> for Card<'a>
    where
        '__de: 'a,
    {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __name = __odmium::None;
            let mut __tags = __odmium::None;
            <&'a str as __odmium::Viewed>::take(
                __document,
                __odmium::view::header(
                    &<<User as __odmium::Embedded>::Fields<
                        User,
                        __odmium::Root,
                    > as __odmium::FieldSet>::FIELDS
                        .name,
                ),
                &mut __name,
            )?;
            <Vec<
                String,
            > as __odmium::Viewed>::take(
                __document,
                __odmium::view::header(
                    &<<User as __odmium::Embedded>::Fields<
                        User,
                        __odmium::Root,
                    > as __odmium::FieldSet>::FIELDS
                        .tags,
                ),
                &mut __tags,
            )?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <&'a str as __odmium::Viewed>::read(__document, &mut __name)?,
                    1 => {
                        <Vec<String> as __odmium::Viewed>::read(__document, &mut __tags)?
                    }
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                name: <&'a str as __odmium::Viewed>::require(
                    __name,
                    __odmium::view::key(
                        &<<User as __odmium::Embedded>::Fields<
                            User,
                            __odmium::Root,
                        > as __odmium::FieldSet>::FIELDS
                            .name,
                    ),
                )?,
                city: __odmium::view::read_at::<
                    String,
                    _,
                    _,
                    _,
                >(
                    __document,
                    &<<User as __odmium::Embedded>::Fields<
                        User,
                        __odmium::Root,
                    > as __odmium::FieldSet>::FIELDS
                        .address
                        .city,
                )?,
                nick: __odmium::view::read_at::<
                    __odmium::Option<String>,
                    _,
                    _,
                    _,
                >(
                        __document,
                        &<<User as __odmium::Embedded>::Fields<
                            User,
                            __odmium::Root,
                        > as __odmium::FieldSet>::FIELDS
                            .nick,
                    )?
                    .unwrap_or_else(|| <String as __odmium::Default>::default()),
                points: __odmium::view::read_by::<
                    __odmium::As<i64>,
                    u64,
                    _,
                    _,
                    _,
                >(
                    __document,
                    &<<User as __odmium::Embedded>::Fields<
                        User,
                        __odmium::Root,
                    > as __odmium::FieldSet>::FIELDS
                        .points,
                )?,
                tags: <Vec<
                    String,
                > as __odmium::Viewed>::require(
                    __tags,
                    __odmium::view::key(
                        &<<User as __odmium::Embedded>::Fields<
                            User,
                            __odmium::Root,
                        > as __odmium::FieldSet>::FIELDS
                            .tags,
                    ),
                )?,
                line: __odmium::view::first_at(
                    __document,
                    &<<User as __odmium::Embedded>::Fields<
                        User,
                        __odmium::Root,
                    > as __odmium::FieldSet>::FIELDS
                        .lines,
                )?,
                score: __odmium::view::read_key::<
                    f64,
                >(__document, __odmium::projection::text_score().key())?,
                next: __odmium::view::read_key::<i64>(__document, "__next")?,
                extra: <i32 as __odmium::Default>::default(),
            })
        }
    }

    #[automatically_derived]
    impl<'__de, 'a> __odmium::Decode<'__de> for Card<'a>
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
    impl __odmium::Lend for Card<'static> {
        type Borrowed<'__de> = Card<'__de>;
    }

    #[automatically_derived]
    impl __odmium::View<User> for Card<'static> {
        fn project(__projection: &mut __odmium::Projection) {
            #[allow(unused_imports)]
            use __odmium::view::{
                Exact as _, Fits as _, Other as _, OtherOptional as _, Refused as _,
            };
            __odmium::view::show::<
                &'static str,
                _,
                _,
                _,
            >(
                    &<<User as __odmium::Embedded>::Fields<
                        User,
                        __odmium::Root,
                    > as __odmium::FieldSet>::FIELDS
                        .name,
                )
                .project(__projection);
            __odmium::view::show::<
                String,
                _,
                _,
                _,
            >(
                    &<<User as __odmium::Embedded>::Fields<
                        User,
                        __odmium::Root,
                    > as __odmium::FieldSet>::FIELDS
                        .address
                        .city,
                )
                .project(__projection);
            __odmium::view::show::<
                __odmium::Option<String>,
                _,
                _,
                _,
            >(
                    &<<User as __odmium::Embedded>::Fields<
                        User,
                        __odmium::Root,
                    > as __odmium::FieldSet>::FIELDS
                        .nick,
                )
                .project(__projection);
            __odmium::view::show::<
                __odmium::Via<u64, __odmium::As<i64>>,
                _,
                _,
                _,
            >(
                    &<<User as __odmium::Embedded>::Fields<
                        User,
                        __odmium::Root,
                    > as __odmium::FieldSet>::FIELDS
                        .points,
                )
                .project(__projection);
            __odmium::view::show::<
                Vec<String>,
                _,
                _,
                _,
            >(
                    &<<User as __odmium::Embedded>::Fields<
                        User,
                        __odmium::Root,
                    > as __odmium::FieldSet>::FIELDS
                        .tags,
                )
                .slice(-2)
                .project(__projection);
            __odmium::view::show_element::<
                Line,
                _,
                _,
                _,
            >(
                    &<<User as __odmium::Embedded>::Fields<
                        User,
                        __odmium::Root,
                    > as __odmium::FieldSet>::FIELDS
                        .lines,
                    Line.qty.gt(2),
                    __projection,
                )
                .project(__projection);
            __odmium::view::show_meta::<
                f64,
                _,
            >(&__odmium::projection::text_score(), __projection);
            __odmium::view::show_expr::<
                i64,
                User,
                _,
            >(User.age + 1, "__next", __projection)
                .project(__projection);
        }
    }

    #[automatically_derived]
    impl __odmium::Shows<User> for Card<'static> {
        fn project(__projection: &mut __odmium::Projection) {
            __projection.view::<Self>(<Self as __odmium::View<User>>::project)
        }
    }

    #[automatically_derived]
    impl __odmium::Shows<__odmium::Box<User>> for Card<'static> {
        fn project(__projection: &mut __odmium::Projection) {
            __projection.view::<Self>(<Self as __odmium::View<User>>::project)
        }
    }

    #[automatically_derived]
    impl __odmium::relation::Loads<User> for Card<'static> {
        fn load(__projection: &mut __odmium::Projection) {
            __projection.view::<Self>(<Self as __odmium::View<User>>::project)
        }
    }
};
