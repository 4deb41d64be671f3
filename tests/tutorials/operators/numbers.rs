//! The manual's pages on numbers and trigonometry.

use odmium::{
    Database,
    bson::{Decimal128, doc},
    expr::rand,
    prelude::*,
    update::UpdatePipeline,
};

use crate::support::{computed, numbered, page};

#[derive(Document)]
#[document(collection = "samples")]
struct Sample {
    id: i32,
    value: f64,
    start: i32,
    end: i32,
}

// covers: T10
#[odmium::test]
async fn arithmetic_rounding_and_logarithms(db: Database) {
    let sample = |(value, start, end): (f64, i32, i32)| doc! { "value": value, "start": start, "end": end };
    let samples = [(19.25, 5, 8), (28.73, 4, 4), (34.32, 9, 7), (-45.39, 6, 7)];
    let samples = page::<Sample>(&db, numbered(samples.map(sample))).await;
    let value = || Sample.value.expr();
    let typed = (Sample.start - Sample.end).abs();
    let found = computed(&samples, typed, doc! { "$abs": { "$subtract": ["$start", "$end"] } }).await;
    assert_eq!(found, [3, 0, 2, 1]);
    let found = computed(&samples, value().round(1), doc! { "$round": ["$value", 1] }).await;
    assert_eq!(found, [19.2, 28.7, 34.3, -45.4]);
    let found = computed(&samples, value().round(-1), doc! { "$round": ["$value", -1] }).await;
    assert_eq!(found, [20.0, 30.0, 30.0, -50.0]);
    let found = computed(&samples, value().trunc(1), doc! { "$trunc": ["$value", 1] }).await;
    assert_eq!(found, [19.2, 28.7, 34.3, -45.3]);
    let found = computed(&samples, value().ceil(), doc! { "$ceil": "$value" }).await;
    assert_eq!(found, [20.0, 29.0, 35.0, -45.0]);
    let found = computed(&samples, value().floor(), doc! { "$floor": "$value" }).await;
    assert_eq!(found, [19.0, 28.0, 34.0, -46.0]);
    let found = computed(&samples, Sample.start % Sample.end, doc! { "$mod": ["$start", "$end"] }).await;
    assert_eq!(found, [5, 0, 2, 6]);
    let found = computed(&samples, Sample.start / 2, doc! { "$divide": ["$start", 2] }).await;
    assert_eq!(found[0], 2.5);
    // How many bits a number needs.
    let bits = (Sample.start.expr().log(2.0) + 1).floor();
    let raw = doc! { "$floor": { "$add": [{ "$log": ["$start", 2] }, 1] } };
    assert_eq!(computed(&samples, bits, raw).await, [3.0, 3.0, 4.0, 3.0]);
    let raw = doc! { "$multiply": [{ "$log10": "$end" }, -1] };
    let found = computed(&samples, Sample.end.expr().log10() * -1, raw).await;
    assert!((found[0] + 8_f64.log10()).abs() < 1e-12);
    let raw = doc! { "$subtract": [{ "$ln": "$end" }, { "$exp": 0 }] };
    let found = computed(&samples, Sample.end.expr().ln() - odmium::expr::literal(0_i32).exp(), raw).await;
    assert!((found[0] - (8_f64.ln() - 1.0)).abs() < 1e-12);
}

// covers: T10
#[odmium::test]
async fn distance_and_variance(db: Database) {
    #[derive(Embedded)]
    struct Place {
        x: i32,
        y: i32,
    }
    #[derive(Document)]
    #[document(collection = "points")]
    struct Line {
        id: i32,
        p1: Place,
        p2: Place,
        scores: Vec<i32>,
    }
    let line = |a: [i32; 2], b: [i32; 2]| {
        doc! { "p1": { "x": a[0], "y": a[1] }, "p2": { "x": b[0], "y": b[1] }, "scores": [85, 92] }
    };
    let lines =
        page::<Line>(&db, numbered([line([5, 8], [0, 5]), line([-2, 1], [1, 5]), line([4, 4], [4, 0])]))
            .await;
    let typed = ((Line.p2.y - Line.p1.y).pow(2) + (Line.p2.x - Line.p1.x).pow(2)).sqrt();
    let square = |of: &str| {
        doc! { "$pow": [{ "$subtract": [format!("$p2.{of}"), format!("$p1.{of}")] }, 2] }
    };
    let found = computed(&lines, typed, doc! { "$sqrt": { "$add": [square("y"), square("x")] } }).await;
    assert_eq!(found, [5.830951894845301, 5.0, 4.0]);
    let typed = Line.scores.expr().std_dev_pop().pow(2);
    let found = computed(&lines, typed, doc! { "$pow": [{ "$stdDevPop": "$scores" }, 2] }).await;
    assert_eq!(found[0], Some(12.25));
}

// covers: T10
#[odmium::test]
async fn trigonometry(db: Database) {
    #[derive(Document)]
    #[document(collection = "trigonometry")]
    struct Triangle {
        id: i32,
        angle_a: Decimal128,
        side_a: Decimal128,
        side_b: Decimal128,
        hypotenuse: Decimal128,
    }
    let decimal = |text: &str| text.parse::<Decimal128>().unwrap();
    let triangles = page::<Triangle>(
        &db,
        [doc! {
            "_id": 1, "angle_a": decimal("53.13010235415597870314438744090659"), "side_a": decimal("3"),
            "side_b": decimal("4"), "hypotenuse": decimal("5"),
        }],
    )
    .await;
    let near = |found: Vec<Decimal128>, expected: f64| {
        let found: f64 = found[0].to_string().parse().unwrap();
        assert!((found - expected).abs() < 1e-9, "{found}");
    };
    let radians = || Triangle.angle_a.expr().degrees_to_radians();
    macro_rules! angles {
        ($($method:ident $op:literal $expected:expr;)*) => {$(
            let raw = doc! { $op: { "$degreesToRadians": "$angle_a" } };
            near(computed(&triangles, radians().$method(), raw).await, $expected);
        )*};
    }
    angles! {
        cos "$cos" 0.6; sin "$sin" 0.8; tan "$tan" 4.0 / 3.0; cosh "$cosh" 1.4616427410996713; sinh "$sinh" 1.066020404405732;
        tanh "$tanh" 0.7293303448445333; asinh "$asinh" 0.8290181196638567;
    }
}

// covers: T10
#[odmium::test]
async fn random_numbers_in_an_update(db: Database) {
    let samples = page::<Sample>(&db, numbered([doc! { "value": 0.0, "start": 0, "end": 1 }])).await;
    let update = UpdatePipeline::new().set(Sample.value, (rand() * 100.0).floor());
    samples.update_many(Filter::everything(), update).await.unwrap();
    let found = samples.get(1).await.unwrap().unwrap();
    assert!((0.0..100.0).contains(&found.value) && found.value.fract() == 0.0, "{}", found.value);
    let chance = Filter::expr(rand().lt(0.5));
    let raw = doc! { "$expr": { "$lt": [{ "$rand": {} }, 0.5] } };
    assert_eq!(chance.to_document().unwrap(), raw);
    assert!(samples.count(chance).await.unwrap() <= 1);
}
