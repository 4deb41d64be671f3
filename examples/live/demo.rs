//! A collection that changes by itself, to have something to look at.

use std::time::Duration;

use odmium::{Collection, Database, prelude::*};

#[derive(Document, Clone)]
#[document(collection = "tasks")]
struct Task {
    id: Id<Task>,
    title: String,
    state: State,
    hours: i32,
    tags: Vec<String>,
    note: Option<String>,
}

#[derive(Embedded, Clone, Copy)]
#[document(rename_all = "lowercase")]
enum State {
    Open,
    Doing,
    Done,
}

const TITLES: [&str; 4] = ["Paint the fence", "Water the <b>plants</b>", "Mend the roof", "Bake \"bread\""];

/// Begins to change the collection `tasks`, until the program ends.
pub(crate) async fn start(db: &Database) -> odmium::Result<()> {
    // So that the page can show what a value was before.
    db.create_collection("tasks").pre_and_post_images(true).await?;
    let tasks = db.collection::<Task>();
    tokio::spawn(async move {
        for turn in 0.. {
            // While the server is away there is nothing to do but to try again.
            let _ = life_of_a_task(&tasks, turn).await;
        }
    });
    Ok(())
}

async fn life_of_a_task(tasks: &Collection<Task>, turn: usize) -> odmium::Result<()> {
    let pause = || tokio::time::sleep(Duration::from_millis(1500));
    let task = Task {
        id: Id::new(),
        title: TITLES[turn % TITLES.len()].into(),
        state: State::Open,
        hours: 1,
        tags: vec!["home".into()],
        note: Some("before the rain".into()),
    };
    tasks.insert(&task).await?;
    pause().await;
    let this = || Task.id.eq(task.id);
    tasks
        .update_one(this(), (Task.state.set(State::Doing), Task.hours.inc(2), Task.tags.push("urgent")))
        .await?;
    pause().await;
    tasks.update_one(this(), (Task.note.unset(), Task.hours.inc(1))).await?;
    pause().await;
    tasks.replace_one(this(), &Task { state: State::Done, note: None, ..task.clone() }).await?;
    pause().await;
    if turn % 2 == 1 {
        tasks.delete_one(this()).await?;
        pause().await;
    }
    Ok(())
}
