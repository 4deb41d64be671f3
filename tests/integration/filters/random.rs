//! Random filters of `&`, `|`, `!` and nor, beside the same reckoned in Rust: none loses a condition.

use odmium::{Database, bson::doc, prelude::*};

use super::agree::holding;

#[derive(Document, Debug)]
#[document(collection = "points")]
struct Point {
    id: i32,
    x: Option<i32>,
    y: Option<i32>,
    list: Vec<i32>,
}

/// A condition and what it says of a document.
type Both = (Filter<Point>, Box<dyn Fn(&Point) -> bool>);

/// Numbers that are the same at each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: i32) -> i32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as i32
    }

    fn filter(&mut self, depth: i32) -> Both {
        let n = self.below(4);
        match if depth == 0 { self.below(6) } else { 6 + self.below(5) } {
            0 => (Point.x.eq(n), Box::new(move |it| it.x == Some(n))),
            1 => (Point.x.gt(n), Box::new(move |it| it.x.is_some_and(|x| x > n))),
            2 => (Point.y.ne(n), Box::new(move |it| it.y != Some(n))),
            3 => (Point.y.is_in([n, n + 1]), Box::new(move |it| it.y == Some(n) || it.y == Some(n + 1))),
            4 => (Point.x.is_none(), Box::new(|it| it.x.is_none())),
            5 => (
                Point.list.any_value(|it| it.gt(n) & !it.eq(3)),
                Box::new(move |point| point.list.iter().any(|it| *it > n && *it != 3)),
            ),
            6 | 7 => {
                let ((a, in_a), (b, in_b)) = (self.filter(depth - 1), self.filter(depth - 1));
                (a & b, Box::new(move |it| in_a(it) && in_b(it)))
            }
            8 => {
                let ((a, in_a), (b, in_b)) = (self.filter(depth - 1), self.filter(depth - 1));
                (a | b, Box::new(move |it| in_a(it) || in_b(it)))
            }
            9 => {
                let (a, in_a) = self.filter(depth - 1);
                (!a, Box::new(move |it| !in_a(it)))
            }
            _ => {
                let ((a, in_a), (b, in_b)) = (self.filter(depth - 1), self.filter(depth - 1));
                (Filter::none([a, b]), Box::new(move |it| !in_a(it) && !in_b(it)))
            }
        }
    }
}

// covers: T5, T6
#[odmium::test]
async fn random_filters_mean_what_they_say(db: Database) -> odmium::Result<()> {
    let values = [None, Some(0), Some(1), Some(3)];
    let pairs = values.iter().flat_map(|x| values.iter().map(move |y| (*x, *y)));
    let documents =
        (0..).zip(pairs).map(|(id, (x, y))| doc! { "_id": id, "x": x, "y": y, "list": [id % 5, x] });
    let documents = documents.map(|mut it| {
        if it.get_i32("x").is_err() {
            it.remove("x");
            it.insert("list", Vec::<i32>::new());
        }
        it
    });
    let points = holding::<Point>(&db, documents).await?;
    let everything = points.find(Filter::everything()).sort(Point.id.asc()).await?;
    let mut dice = Dice(42);
    for round in 0..300 {
        let (filter, holds) = dice.filter(round % 5);
        let found = points.find(filter.clone()).sort(Point.id.asc()).await?;
        let found: Vec<i32> = found.iter().map(|it| it.id).collect();
        let expected: Vec<i32> = everything.iter().filter(|it| holds(it)).map(|it| it.id).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
    Ok(())
}
