// A database: names, settings, nesting.

#[derive(Database)]
#[database(name = "shop")]
struct Shop {
    users: Collection<User>,
    #[database(collection = "audit_2026", timeout = Duration::from_secs(5))]
    audit: Collection<Audit>,
    #[database(database = "archive", prefix = "old_")]
    archive: Archive,
}

const _: () = {
    #[allow(unused_imports)]
    use ::odmium::__private as __odmium;
    const __MEMBER0: __odmium::schema::Handle<Collection<User>> = __odmium::schema::Handle::<
        Collection<User>,
    >::new("users", "Collection<User>", __odmium::None);
    const _: () = __odmium::assert!(
        __MEMBER0.is_named(),
        "this collection has no model that names it: write `#[database(collection = \"..\")]`"
    );
    const _: () = __odmium::assert!(
        __odmium::schema::has_own_name(< Shop as __odmium::schema::Schema > ::MEMBERS,
        0),
        "another field has a collection or bucket of this name: give one a name by `#[database(collection = \"..\")]` or \
             `bucket`, or declare the models as variants of one enum (`#[document(variant_of = ..)]`)"
    );
    const __MEMBER1: __odmium::schema::Handle<Collection<Audit>> = __odmium::schema::Handle::<
        Collection<Audit>,
    >::new("audit", "Collection<Audit>", __odmium::Some("audit_2026"));
    const _: () = __odmium::assert!(
        __MEMBER1.takes("collection"),
        "`collection` is for a `Collection<..>`, which this field is not"
    );
    const _: () = __odmium::assert!(
        __MEMBER1.takes("timeout"),
        "`timeout` is for a `Collection<..>`, which this field is not"
    );
    const _: () = __odmium::assert!(
        __MEMBER1.is_named(),
        "this collection has no model that names it: write `#[database(collection = \"..\")]`"
    );
    const _: () = __odmium::assert!(
        __odmium::schema::has_own_name(< Shop as __odmium::schema::Schema > ::MEMBERS,
        1),
        "another field has a collection or bucket of this name: give one a name by `#[database(collection = \"..\")]` or \
             `bucket`, or declare the models as variants of one enum (`#[document(variant_of = ..)]`)"
    );
    const __MEMBER2: __odmium::schema::Handle<Archive> = __odmium::schema::Handle::<
        Archive,
    >::new("archive", "Archive", __odmium::None)
        .at(__odmium::Some("archive"), __odmium::Some("old_"));
    const _: () = __odmium::assert!(
        __MEMBER2.takes("database"),
        "`database` is for a nested struct with `#[derive(Database)]`, which this field is not"
    );
    const _: () = __odmium::assert!(
        __MEMBER2.takes("prefix"),
        "`prefix` is for a nested struct with `#[derive(Database)]`, which this field is not"
    );
    const _: () = __odmium::assert!(
        __MEMBER2.is_named(),
        "this collection has no model that names it: write `#[database(collection = \"..\")]`"
    );
    const _: () = __odmium::assert!(
        __odmium::schema::has_own_name(< Shop as __odmium::schema::Schema > ::MEMBERS,
        2),
        "another field has a collection or bucket of this name: give one a name by `#[database(collection = \"..\")]` or \
             `bucket`, or declare the models as variants of one enum (`#[document(variant_of = ..)]`)"
    );
    #[automatically_derived]
    impl __odmium::schema::Schema for Shop {
        const DATABASE: __odmium::Option<&'static __odmium::str> = __odmium::Some(
            "shop",
        );
        const MEMBERS: &'static [__odmium::schema::Entry] = &[
            __MEMBER0.entry,
            __MEMBER1.entry,
            __MEMBER2.entry,
        ];
        fn build(__place: &__odmium::schema::Place) -> Self {
            Self {
                users: (__MEMBER0.open)(__place, __odmium::schema::Settings::new()),
                audit: (__MEMBER1
                    .open)(
                    __place,
                    __odmium::schema::Settings::new()
                        .collection("audit_2026")
                        .timeout(Duration::from_secs(5)),
                ),
                archive: (__MEMBER2
                    .open)(
                    __place,
                    __odmium::schema::Settings::new().database("archive").prefix("old_"),
                ),
            }
        }
        fn parts(&self) -> __odmium::Vec<&dyn __odmium::schema::Part> {
            __odmium::schema::list([
                (__MEMBER0.part)(&self.users),
                (__MEMBER1.part)(&self.audit),
                (__MEMBER2.part)(&self.archive),
            ])
        }
    }
};
