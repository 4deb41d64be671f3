//! The models that the tests share.

use odmium::{Database, bson::Document as Bag, prelude::*};
use odmium_tests::Recorder;

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "companies")]
pub struct Company {
    pub id: i32,
    pub name: String,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "users", deny_unknown)]
pub struct User {
    pub id: Id<User>,
    pub name: String,
    pub company: Option<Ref<Company>>,
    pub boss: Option<Ref<User>>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "tags")]
pub struct Tag {
    pub id: String,
    pub rank: i32,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "posts", deny_unknown)]
pub struct Post {
    pub id: i32,
    pub title: String,
    pub author: Ref<User>,
    pub editor: Option<Ref<User>>,
    pub tags: Vec<Ref<Tag>>,
    pub source: Option<Source>,
    pub lines: Vec<Line>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
pub struct Source {
    pub company: Ref<Company>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
pub struct Line {
    pub user: Ref<User>,
}

#[derive(Document, Clone, Debug, PartialEq)]
#[document(collection = "comments")]
pub struct Comment {
    pub id: i32,
    pub post: Ref<Post>,
    pub text: String,
    pub likes: i32,
    pub answers: Option<Ref<Comment>>,
}

pub fn post(id: i32, author: Id<User>) -> Post {
    Post {
        id,
        title: format!("Post {id}"),
        author: author.into(),
        editor: None,
        tags: Vec::new(),
        source: None,
        lines: Vec::new(),
    }
}

pub fn comment(id: i32, post: i32, likes: i32) -> Comment {
    Comment { id, post: Ref::new(post), text: format!("Comment {id}"), likes, answers: None }
}

pub fn tag(id: &str, rank: i32) -> Tag {
    Tag { id: id.into(), rank }
}

pub fn tags<const N: usize>(ids: [&str; N]) -> Vec<Ref<Tag>> {
    ids.map(|id| Ref::new(id.to_owned())).into()
}

/// What is stored: two companies, Ann and Bob, three tags, four posts, five comments.
pub struct Blog {
    pub db: Database,
    pub sent: Recorder,
    pub acme: Company,
    pub ann: User,
    pub bob: User,
    /// Refers to nobody who is there.
    pub gone: Id<User>,
    pub posts: Vec<Post>,
    pub comments: Vec<Comment>,
}

impl Blog {
    pub async fn fill(db: &Database) -> odmium::Result<Self> {
        let (db, sent) = Recorder::attach(db).await?;
        let acme = Company { id: 1, name: "Acme".into() };
        let other = Company { id: 2, name: "Other".into() };
        let ann = User { id: Id::new(), name: "Ann".into(), company: Some(Ref::new(1)), boss: None };
        let bob = User { id: Id::new(), name: "Bob".into(), company: None, boss: Some(ann.id.into()) };
        let gone = Id::new();
        let posts = vec![
            Post { editor: Some(bob.id.into()), tags: tags(["b", "a"]), ..post(1, ann.id) },
            Post {
                source: Some(Source { company: Ref::new(2) }),
                lines: [bob.id, ann.id, bob.id].map(|user| Line { user: user.into() }).into(),
                ..post(2, bob.id)
            },
            Post { tags: tags(["c", "x", "a", "c"]), ..post(3, ann.id) },
            post(4, gone),
        ];
        let comments =
            vec![comment(1, 1, 5), comment(2, 1, 9), comment(3, 3, 1), comment(4, 1, 7), comment(5, 3, 1)];
        db.collection::<Company>().insert_many([&acme, &other]).await?;
        db.collection::<User>().insert_many([&ann, &bob]).await?;
        db.collection::<Tag>().insert_many([tag("a", 3), tag("b", 2), tag("c", 1)]).await?;
        db.collection::<Post>().insert_many(&posts).await?;
        db.collection::<Comment>().insert_many(&comments).await?;
        drop(sent.take());
        Ok(Self { db, sent, acme, ann, bob, gone, posts, comments })
    }

    pub fn posts(&self) -> odmium::Collection<Post> {
        self.db.collection()
    }

    /// The names of the commands that were sent, each with its collection.
    pub fn commands(&self) -> Vec<String> {
        names(&self.sent.take())
    }
}

pub fn names(commands: &[Bag]) -> Vec<String> {
    let name = |command: &Bag| {
        let (name, collection) = command.iter().next().unwrap();
        format!("{name} {}", collection.as_str().unwrap_or_default())
    };
    commands.iter().map(name).collect()
}
