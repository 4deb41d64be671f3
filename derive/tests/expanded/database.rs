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
    #[automatically_derived]
    impl __odmium::schema::Schema for Shop {
        const DATABASE: __odmium::Option<&'static __odmium::str> = __odmium::Some(
            "shop",
        );
        const MEMBERS: &'static [__odmium::schema::Entry] = &[
            __odmium::schema::Entry::new::<
                Collection<User>,
            >("users", "Collection<User>", __odmium::None),
            __odmium::schema::Entry::new::<
                Collection<Audit>,
            >("audit", "Collection<Audit>", __odmium::Some("audit_2026")),
            __odmium::schema::Entry::new::<Archive>("archive", "Archive", __odmium::None)
                .at(__odmium::Some("archive"), __odmium::Some("old_")),
        ];
        fn build(__place: &__odmium::schema::Place) -> Self {
            Self {
                users: <Collection<
                    User,
                > as __odmium::schema::Member>::open(
                    __place,
                    __odmium::schema::Settings::new(),
                ),
                audit: <Collection<
                    Audit,
                > as __odmium::schema::Member>::open(
                    __place,
                    __odmium::schema::Settings::new()
                        .collection("audit_2026")
                        .timeout(Duration::from_secs(5)),
                ),
                archive: <Archive as __odmium::schema::Member>::open(
                    __place,
                    __odmium::schema::Settings::new().database("archive").prefix("old_"),
                ),
            }
        }
        fn parts(&self) -> __odmium::Vec<&dyn __odmium::schema::Part> {
            __odmium::schema::list([
                <Collection<User> as __odmium::schema::Member>::part(&self.users),
                <Collection<Audit> as __odmium::schema::Member>::part(&self.audit),
                <Archive as __odmium::schema::Member>::part(&self.archive),
            ])
        }
    }
    const _: () = {
        __odmium::schema::check_name(&<Shop as __odmium::schema::Schema>::MEMBERS[0]);
        __odmium::schema::check_names(<Shop as __odmium::schema::Schema>::MEMBERS, 0);
    };
    const _: () = __odmium::schema::check_key(
        <Collection<Audit> as __odmium::schema::Member>::KIND,
        "collection",
    );
    const _: () = __odmium::schema::check_key(
        <Collection<Audit> as __odmium::schema::Member>::KIND,
        "timeout",
    );
    const _: () = {
        __odmium::schema::check_name(&<Shop as __odmium::schema::Schema>::MEMBERS[1]);
        __odmium::schema::check_names(<Shop as __odmium::schema::Schema>::MEMBERS, 1);
    };
    const _: () = __odmium::schema::check_key(
        <Archive as __odmium::schema::Member>::KIND,
        "database",
    );
    const _: () = __odmium::schema::check_key(
        <Archive as __odmium::schema::Member>::KIND,
        "prefix",
    );
    const _: () = {
        __odmium::schema::check_name(&<Shop as __odmium::schema::Schema>::MEMBERS[2]);
        __odmium::schema::check_names(<Shop as __odmium::schema::Schema>::MEMBERS, 2);
    };
};
