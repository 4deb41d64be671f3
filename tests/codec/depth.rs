//! Nesting: 100 levels are written and read, one more is an error on both sides, on a small stack.

use std::{collections::BTreeMap, fmt::Debug, thread};

use bson::{Bson, Document, JavaScriptCodeWithScope, RawDocumentBuf, doc};
use odmium::{
    Database,
    codec::{DecodeErrorKind, DecodeOwned, EncodeDocument, MAX_DEPTH, decode, encode_to_vec},
    prelude::*,
};

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Node {
    value: i32,
    next: Option<Box<Node>>,
}

#[derive(Embedded, Clone, Debug, PartialEq)]
#[document(tag = "op")]
enum Tree {
    Leaf,
    Not { of: Box<Tree> },
    All { of: Vec<Tree> },
}

#[derive(Embedded, Clone, Debug, PartialEq)]
struct Wide {
    by_name: BTreeMap<String, Wide>,
}

/// Runs on 2 MiB of stack, which is what threads of std and tokio have.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

/// What the `bson` crate writes; it needs more stack for what we refuse.
fn bytes_of(raw: fn(usize) -> Document, levels: usize) -> Vec<u8> {
    let thread = thread::Builder::new().stack_size(64 << 20).spawn(move || raw(levels).to_vec().unwrap());
    thread.unwrap().join().unwrap()
}

/// Writes and reads the deepest value allowed, then one level more. `build` gives a document of that many levels.
#[track_caller]
fn limit<T: EncodeDocument + DecodeOwned + PartialEq + Debug>(
    build: fn(usize) -> T,
    raw: fn(usize) -> Document,
) {
    let deepest = build(MAX_DEPTH);
    let bytes = encode_to_vec(&deepest).unwrap();
    assert_eq!(bytes, bytes_of(raw, MAX_DEPTH));
    assert_eq!(decode::<T>(&bytes).unwrap(), deepest);
    let error = encode_to_vec(&build(MAX_DEPTH + 1)).unwrap_err();
    assert!(error.to_string().ends_with("documents and arrays are nested deeper than 100 levels"), "{error}");
    assert_eq!(error.path().split('.').count(), MAX_DEPTH, "{error}");
    for deeper in [MAX_DEPTH + 1, MAX_DEPTH + 2, 1000] {
        let error = decode::<T>(&bytes_of(raw, deeper)).unwrap_err();
        assert_eq!(*error.kind(), DecodeErrorKind::TooDeep, "{error}");
        assert_eq!(error.path().split('.').count(), MAX_DEPTH, "{error}");
        assert!(error.to_string().ends_with("is nested deeper than 100 levels"), "{error}");
    }
}

/// `inner` in as many documents as make `levels` of them.
fn wrap(levels: usize, inner: Document, outer: impl Fn(Document) -> Document) -> Document {
    (1..levels).fold(inner, |document, _| outer(document))
}

// covers: T3
#[test]
fn a_boxed_model_goes_to_the_limit() {
    fn build(levels: usize) -> Node {
        (1..levels).fold(Node { value: 0, next: None }, |next, _| Node { value: 0, next: Some(next.into()) })
    }
    on_a_small_stack(|| {
        limit(build, |levels| wrap(levels, doc! { "value": 0 }, |next| doc! { "value": 0, "next": next }))
    });
}

// covers: T2, T3
#[test]
fn an_enum_of_documents_goes_to_the_limit() {
    fn build(levels: usize) -> Tree {
        (1..levels).fold(Tree::Leaf, |of, _| Tree::Not { of: of.into() })
    }
    on_a_small_stack(|| {
        limit(build, |levels| wrap(levels, doc! { "op": "Leaf" }, |of| doc! { "op": "Not", "of": of }))
    });
}

// covers: T2, T3
#[test]
fn every_array_is_a_level_too() {
    let build = |levels: usize| (1..levels).fold(Tree::Leaf, |of, _| Tree::All { of: vec![of] });
    on_a_small_stack(move || {
        // 49 times a document and an array, then the document in the last array.
        let deepest = build(50);
        let bytes = encode_to_vec(&deepest).unwrap();
        assert_eq!(decode::<Tree>(&bytes).unwrap(), deepest);
        let error = encode_to_vec(&build(51)).unwrap_err();
        assert!(error.path().ends_with("of.0"), "{error}");
        assert!(error.path().starts_with("of.0.of.0."), "{error}");
    });
}

// covers: T3
#[test]
fn maps_of_maps_go_to_the_limit() {
    fn build(levels: usize) -> Wide {
        let empty = Wide { by_name: BTreeMap::new() };
        // Each level of the model is two of the document.
        (2..levels).step_by(2).fold(empty, |inner, _| Wide { by_name: BTreeMap::from([("a".into(), inner)]) })
    }
    fn raw(levels: usize) -> Document {
        wrap(levels.div_ceil(2), doc! { "by_name": {} }, |inner| doc! { "by_name": { "a": inner } })
    }
    on_a_small_stack(|| {
        let deepest = build(MAX_DEPTH);
        let bytes = encode_to_vec(&deepest).unwrap();
        assert_eq!(bytes, bytes_of(raw, MAX_DEPTH));
        assert_eq!(decode::<Wide>(&bytes).unwrap(), deepest);
        encode_to_vec(&build(MAX_DEPTH + 2)).unwrap_err();
        for deeper in [MAX_DEPTH + 1, 1000] {
            let error = decode::<Wide>(&bytes_of(raw, deeper)).unwrap_err();
            assert_eq!(*error.kind(), DecodeErrorKind::TooDeep, "{error}");
        }
    });
}

// covers: T3
#[test]
fn dynamic_documents_go_to_the_limit() {
    fn build(levels: usize) -> Document {
        wrap(levels, doc! {}, |inner| doc! { "a": inner })
    }
    on_a_small_stack(|| limit(build, build));
}

// covers: T3
#[test]
fn dynamic_arrays_go_to_the_limit() {
    fn build(levels: usize) -> Document {
        doc! { "a": (2..levels).fold(Bson::Array(Vec::new()), |inner, _| Bson::Array(vec![inner])) }
    }
    on_a_small_stack(|| limit(build, build));
}

// covers: T3
#[test]
fn the_variables_of_code_are_a_level() {
    fn build(levels: usize) -> Document {
        wrap(levels, doc! {}, |scope| doc! { "a": JavaScriptCodeWithScope { code: "f()".into(), scope } })
    }
    on_a_small_stack(|| {
        let bytes = encode_to_vec(&build(MAX_DEPTH)).unwrap();
        assert_eq!(decode::<Document>(&bytes).unwrap(), build(MAX_DEPTH));
        encode_to_vec(&build(MAX_DEPTH + 1)).unwrap_err();
        let error = decode::<Document>(&build(MAX_DEPTH + 1).to_vec().unwrap()).unwrap_err();
        assert_eq!(*error.kind(), DecodeErrorKind::TooDeep);
    });
}

macro_rules! large {
    ($($field:ident)*) => {
        #[derive(Embedded, Debug, Default, PartialEq)]
        struct Large {
            $($field: Option<String>,)*
            next: Option<Box<Large>>,
        }
    };
}
large! {
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9
    d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9
}

// covers: T2, T3
#[test]
fn a_model_of_sixty_fields_goes_to_the_limit() {
    fn build(levels: usize) -> Large {
        let outer = |next| Large { a0: Some("x".into()), next: Some(Box::new(next)), ..Large::default() };
        (1..levels).fold(Large::default(), |next, _| outer(next))
    }
    on_a_small_stack(|| {
        limit(build, |levels| wrap(levels, doc! {}, |next| doc! { "a0": "x", "next": next }))
    });
}

// covers: T3
#[odmium::test]
async fn the_server_takes_all_that_is_written_and_more(db: Database) -> odmium::Result<()> {
    let nodes = db.collection_named::<Document>("nodes");
    fn deep(levels: usize) -> Document {
        wrap(levels, doc! {}, |inner| doc! { "a": inner })
    }
    nodes.insert(&deep(MAX_DEPTH)).await?;
    assert_eq!(nodes.find(Filter::everything()).one().await?.len(), 2);
    let error = nodes.insert(&deep(MAX_DEPTH + 1)).await.unwrap_err();
    assert!(error.is_encode(), "{error}");
    // The manual says 100, the server takes 180 below the outermost; such a document is named, the others are read.
    let deeper = RawDocumentBuf::from_bytes(bytes_of(deep, 150)).unwrap();
    nodes.inner().insert_one(deeper).await.unwrap();
    nodes.insert(&doc! { "last": true }).await?;
    let mut cursor = nodes.find(Filter::everything()).cursor().await?;
    cursor.try_next().await?.unwrap();
    let error = cursor.try_next().await.unwrap_err();
    let error = error.decode_error().unwrap();
    assert_eq!(*error.kind(), DecodeErrorKind::TooDeep);
    assert!(error.id().is_some());
    assert!(cursor.try_next().await?.unwrap().contains_key("last"));
    assert!(cursor.try_next().await?.is_none());
    Ok(())
}
