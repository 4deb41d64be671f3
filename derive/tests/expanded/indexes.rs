// Indexes: on fields, over several paths, with options.

#[derive(Document)]
#[document(
    collection = "posts",
    index(author.city, -published, unique),
    index(text(title), text(body), weights = doc!{"title":3}),
    index(slug, name = "by_slug", partial = Post.published.is_some()),
    ttl(expires, after = "30d")
)]
pub struct Post {
    pub id: Id<Post>,
    pub author: Author,
    #[field(index(hashed))]
    pub slug: String,
    pub title: String,
    pub body: String,
    pub published: Option<DateTime>,
    pub expires: Option<DateTime>,
}

/// The paths of `Post`.
#[allow(
    dead_code,
    non_snake_case,
    non_camel_case_types,
    missing_debug_implementations,
    clippy::exhaustive_structs
)]
pub struct PostFields<__D: 'static, __P: ::odmium::__private::StaticPath> {
    /// The path of `id`.
    pub id: ::odmium::__private::Field<
        __D,
        Id<Post>,
        ::odmium::__private::Sub<__P, Post, ::odmium::__private::D0>,
    >,
    /// The path of `author`.
    pub author: ::odmium::__private::Field<
        __D,
        Author,
        ::odmium::__private::Sub<__P, Post, ::odmium::__private::D1>,
    >,
    /// The path of `slug`.
    pub slug: ::odmium::__private::Field<
        __D,
        String,
        ::odmium::__private::Sub<__P, Post, ::odmium::__private::D2>,
    >,
    /// The path of `title`.
    pub title: ::odmium::__private::Field<
        __D,
        String,
        ::odmium::__private::Sub<__P, Post, ::odmium::__private::D3>,
    >,
    /// The path of `body`.
    pub body: ::odmium::__private::Field<
        __D,
        String,
        ::odmium::__private::Sub<__P, Post, ::odmium::__private::D4>,
    >,
    /// The path of `published`.
    pub published: ::odmium::__private::Field<
        __D,
        Option<DateTime>,
        ::odmium::__private::Sub<__P, Post, ::odmium::__private::D5>,
    >,
    /// The path of `expires`.
    pub expires: ::odmium::__private::Field<
        __D,
        Option<DateTime>,
        ::odmium::__private::Sub<__P, Post, ::odmium::__private::D6>,
    >,
}

/// The root of the paths of `Post`.
#[allow(dead_code, non_upper_case_globals)]
pub const Post: &PostFields<Post, ::odmium::__private::Root> = ::odmium::__private::FieldSet::FIELDS;

/// The indexes of `Post`.
#[allow(dead_code, non_camel_case_types, clippy::exhaustive_enums)]
#[derive(
    ::odmium::__private::Clone,
    ::odmium::__private::Copy,
    ::odmium::__private::Debug,
    ::odmium::__private::PartialEq,
    ::odmium::__private::Eq
)]
pub enum PostIndex {
    /// The index over `_id`, which every collection has.
    Id,
    /// The index over `slug`.
    Slug,
    /// The index over `author.city`, `published`.
    AuthorCityPublished,
    /// The index over `title`, `body`.
    TitleBody,
    /// The index over `slug`.
    Slug2,
    /// The index over `expires`.
    Expires,
}

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    #[automatically_derived]
    impl<__D: 'static, __P: __odmium::StaticPath> __odmium::FieldSet
    for PostFields<__D, __P> {
        const NEW: Self = Self {
            id: __odmium::Field::NEW,
            author: __odmium::Field::NEW,
            slug: __odmium::Field::NEW,
            title: __odmium::Field::NEW,
            body: __odmium::Field::NEW,
            published: __odmium::Field::NEW,
            expires: __odmium::Field::NEW,
        };
        const FIELDS: &'static Self = &Self::NEW;
    }

    #[automatically_derived]
    impl __odmium::Embedded for Post {
        type Fields<__D: 'static, __P: __odmium::StaticPath> = PostFields<__D, __P>;
    }

    #[automatically_derived]
    impl __odmium::Keys for Post {
        const KEYS: &'static [&'static __odmium::str] = &[
            "_id",
            "author",
            "slug",
            "title",
            "body",
            "published",
            "expires",
        ];
    }

    #[automatically_derived]
    impl __odmium::EncodeDocument for Post {
        fn encode_fields(&self, __document: &mut __odmium::DocumentWriter) {
            <Id<Post> as __odmium::Stored>::write(&self.id, __document, b"\0_id\0");
            <Author as __odmium::Stored>::write(&self.author, __document, b"\0author\0");
            <String as __odmium::Stored>::write(&self.slug, __document, b"\0slug\0");
            <String as __odmium::Stored>::write(&self.title, __document, b"\0title\0");
            <String as __odmium::Stored>::write(&self.body, __document, b"\0body\0");
            <Option<
                DateTime,
            > as __odmium::Stored>::write(&self.published, __document, b"\0published\0");
            <Option<
                DateTime,
            > as __odmium::Stored>::write(&self.expires, __document, b"\0expires\0");
        }
    }

    #[automatically_derived]
    impl __odmium::Encode for Post {
        #[inline]
        fn encode(&self, __slot: __odmium::Slot<'_>) {
            __odmium::encode_document(self, __slot)
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::DecodeDocument<'__de> for Post {
        fn decode_fields(
            __document: &mut __odmium::DocumentReader<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            let mut __id = __odmium::None;
            let mut __author = __odmium::None;
            let mut __slug = __odmium::None;
            let mut __title = __odmium::None;
            let mut __body = __odmium::None;
            let mut __published = __odmium::None;
            let mut __expires = __odmium::None;
            <Id<Post> as __odmium::Stored>::take(__document, b"\0_id\0", &mut __id)?;
            <Author as __odmium::Stored>::take(
                __document,
                b"\0author\0",
                &mut __author,
            )?;
            <String as __odmium::Stored>::take(__document, b"\0slug\0", &mut __slug)?;
            <String as __odmium::Stored>::take(__document, b"\0title\0", &mut __title)?;
            <String as __odmium::Stored>::take(__document, b"\0body\0", &mut __body)?;
            <Option<
                DateTime,
            > as __odmium::Stored>::take(
                __document,
                b"\0published\0",
                &mut __published,
            )?;
            <Option<
                DateTime,
            > as __odmium::Stored>::take(__document, b"\0expires\0", &mut __expires)?;
            while let __odmium::Some(__index) = __document
                .next_field(<Self as __odmium::Keys>::KEYS)?
            {
                match __index {
                    0 => <Id<Post> as __odmium::Stored>::read(__document, &mut __id)?,
                    1 => <Author as __odmium::Stored>::read(__document, &mut __author)?,
                    2 => <String as __odmium::Stored>::read(__document, &mut __slug)?,
                    3 => <String as __odmium::Stored>::read(__document, &mut __title)?,
                    4 => <String as __odmium::Stored>::read(__document, &mut __body)?,
                    5 => {
                        <Option<
                            DateTime,
                        > as __odmium::Stored>::read(__document, &mut __published)?
                    }
                    6 => {
                        <Option<
                            DateTime,
                        > as __odmium::Stored>::read(__document, &mut __expires)?
                    }
                    _ => {}
                }
            }
            __odmium::Ok(Self {
                id: <Id<Post> as __odmium::Stored>::require(__id, "_id")?,
                author: <Author as __odmium::Stored>::require(__author, "author")?,
                slug: <String as __odmium::Stored>::require(__slug, "slug")?,
                title: <String as __odmium::Stored>::require(__title, "title")?,
                body: <String as __odmium::Stored>::require(__body, "body")?,
                published: <Option<
                    DateTime,
                > as __odmium::Stored>::require(__published, "published")?,
                expires: <Option<
                    DateTime,
                > as __odmium::Stored>::require(__expires, "expires")?,
            })
        }
    }

    #[automatically_derived]
    impl<'__de> __odmium::Decode<'__de> for Post {
        const LIKELY: __odmium::Likely = __odmium::DOCUMENT;
        #[inline]
        fn decode(
            __value: __odmium::RawValue<'__de>,
        ) -> __odmium::Result<Self, __odmium::DecodeError> {
            __odmium::decode_document(__value)
        }
    }

    #[automatically_derived]
    impl __odmium::Record for Post {
        type Id = Id<Post>;
        type Borrowed<'__de> = Post;
    }

    #[automatically_derived]
    impl __odmium::Document for Post {
        const COLLECTION: &'static __odmium::str = "posts";
        type Index = PostIndex;
        fn indexes() -> __odmium::Vec<__odmium::Index<Self>> {
            #[allow(unused_imports)]
            use __odmium::Plain as _;
            let __root = <Self as __odmium::Document>::fields();
            __odmium::indexes([
                {
                    let __path0 = __root.slug;
                    __odmium::IndexKeys::new()
                        .hashed(__path0, __odmium::PathStep::at(&__path0).kind())
                        .build()
                },
                {
                    let __path0 = __odmium::PathStep::at(&__root.author).down().city;
                    let __path1 = __root.published;
                    __odmium::IndexKeys::new()
                        .asc(__path0, __odmium::PathStep::at(&__path0).kind())
                        .desc(__path1, __odmium::PathStep::at(&__path1).kind())
                        .build()
                        .unique()
                },
                {
                    let __path0 = __root.title;
                    let __path1 = __root.body;
                    __odmium::IndexKeys::new()
                        .text(__path0, __odmium::PathStep::at(&__path0).kind())
                        .text(__path1, __odmium::PathStep::at(&__path1).kind())
                        .build()
                        .weights(
                            doc! {
                                "title" : 3
                            },
                        )
                },
                {
                    let __path0 = __root.slug;
                    __odmium::IndexKeys::new()
                        .asc(__path0, __odmium::PathStep::at(&__path0).kind())
                        .build()
                        .named("by_slug")
                        .partial(Post.published.is_some())
                },
                {
                    let __path0 = __root.expires;
                    __odmium::IndexKeys::new()
                        .ttl(__path0, __odmium::PathStep::at(&__path0).kind())
                        .build()
                        .expire_after(__odmium::Duration::from_secs(2592000))
                },
            ])
        }
    }

    #[automatically_derived]
    impl __odmium::Identified for Post {
        fn id_of(&self) -> &Id<Post> {
            &self.id
        }
    }

    #[automatically_derived]
    impl __odmium::ReadWrite for Post {}
    #[automatically_derived]
    impl __odmium::Unique<__odmium::Sub<__odmium::Root, Post, __odmium::D0>> for Post {}
    #[automatically_derived]
    impl __odmium::IndexName for PostIndex {
        const ALL: &'static [Self] = &[
            Self::Id,
            Self::Slug,
            Self::AuthorCityPublished,
            Self::TitleBody,
            Self::Slug2,
            Self::Expires,
        ];
        fn name(self) -> &'static __odmium::str {
            static NAMES: __odmium::IndexNames = __odmium::IndexNames::new();
            NAMES.get::<Post>(self as __odmium::usize)
        }
    }

    #[automatically_derived]
    impl __odmium::TextSearch for Post {}
    #[automatically_derived]
    impl __odmium::Value<Post> for Post {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(&self)
        }
    }

    #[automatically_derived]
    impl __odmium::Value<Post> for &Post {
        fn into_bson(self) -> __odmium::Result<__odmium::Bson, __odmium::EncodeError> {
            __odmium::encode_to_bson(self)
        }
    }
};
