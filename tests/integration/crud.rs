use odmium::{
    Database,
    bson::{Document, doc},
    prelude::*,
};

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users", rename_all = "camelCase", index(address.city, -created_at), ttl(expires_at, after = "7d"))]
pub struct User {
    pub id: Id<User>,
    #[field(index(unique))]
    pub email: String,
    pub name: String,
    pub age: i32,
    pub role: Role,
    pub address: Address,
    pub work: Option<Address>,
    pub tags: Vec<String>,
    pub payment: Option<Payment>,
    pub created_at: DateTime,
    pub expires_at: Option<DateTime>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
pub struct Address {
    pub city: String,
    pub zip: String,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(rename_all = "lowercase")]
pub enum Role {
    Guest,
    Admin,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(tag = "kind")]
pub enum Payment {
    Card { last4: String },
    Iban { iban: String },
    Cash,
}

fn ann() -> User {
    User {
        id: Id::new(),
        email: "ann@x.org".into(),
        name: "Ann".into(),
        age: 30,
        role: Role::Admin,
        address: Address { city: "Paris".into(), zip: "75001".into() },
        work: None,
        tags: vec!["vip".into(), "a".into()],
        payment: Some(Payment::Card { last4: "4242".into() }),
        created_at: DateTime::from_millis(1),
        expires_at: None,
    }
}

#[odmium::test]
async fn a_document_goes_in_and_comes_out(db: Database) -> odmium::Result<()> {
    let users = db.collection::<User>();
    let ann = ann();
    assert_eq!(users.insert(&ann).await?, ann.id);
    assert_eq!(users.get(ann.id).await?, Some(ann.clone()));
    let found = users
        .find(User.age.gte(18) & User.address.city.eq("Paris") & !User.role.is_in([Role::Guest]))
        .sort((User.age.desc(), User.name.asc()))
        .limit(20)
        .await?;
    assert_eq!(found.first(), Some(&ann));
    assert_eq!(users.find(User.payment.card.last4.eq("4242")).first().await?, Some(ann.clone()));
    assert_eq!(users.find(User.work.is_none() & User.tags.contains("vip")).one().await?, ann);
    let result = users
        .update_one(User.id.eq(ann.id), (User.age.inc(1), User.name.set("Anna"), User.work.unset()))
        .await?;
    assert_eq!((result.matched, result.modified), (1, 1));
    let raw = db.collection_named::<Document>("users").find(Filter::everything()).one().await?;
    assert_eq!(raw.get_i32("age").unwrap(), 31);
    println!("{}", users.sync_indexes().plan().await?);
    users.sync_indexes().await?;
    let plan = users.sync_indexes().plan().await?;
    assert!(plan.is_done(), "{plan}");
    let mut bob = ann.clone();
    bob.id = Id::new();
    let error = users.insert(&bob).await.unwrap_err();
    assert_eq!(error.duplicate_key::<User>(), Some(UserIndex::Email), "{error:?}");
    println!("{error}");
    assert_eq!(users.update_one(User.name.eq("x"), User.work.zip.set("1")).await?.matched, 0);
    db.run_command(
        doc! { "update": "users", "updates": [{ "q": {}, "u": { "$set": { "address.zip": 5 } } }] },
    )
    .await?;
    println!("{}", users.find(Filter::everything()).await.unwrap_err());
    Ok(())
}
