//! Chromium, driven by `WebDriver`.

use std::{
    env,
    path::PathBuf,
    process::Stdio,
    time::{Duration, Instant},
};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// How long a page may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(40);

/// The browser and its driver.
pub(crate) fn programs() -> Option<(PathBuf, PathBuf)> {
    let find = |names: &[&str]| {
        let path = env::var_os("PATH")?;
        let files =
            env::split_paths(&path).flat_map(|folder| names.iter().map(move |name| folder.join(name)));
        files.into_iter().find(|file| file.is_file())
    };
    Some((find(&["chromium", "chromium-browser", "google-chrome"])?, find(&["chromedriver"])?))
}

/// A page in a browser of its own.
pub(crate) struct Page {
    client: Client,
    // Ends with the page.
    _driver: Child,
}

impl Page {
    pub(crate) async fn open(address: &str) -> Outcome<Self> {
        let (browser, driver) = programs().ok_or("there is no browser")?;
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(driver.stdout.take().ok_or("no output")?).lines();
        let port = loop {
            let line = lines.next_line().await?.ok_or("chromedriver ended")?;
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim_end_matches('.').parse::<u16>()?;
            }
        };
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        // Continuous integration runs as root, where Chromium's sandbox does not.
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
        let options = json!({ "binary": browser, "args": arguments });
        let capabilities = [("goog:chromeOptions".to_owned(), options)].into_iter().collect();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await?;
        client.goto(address).await?;
        Ok(Self { client, _driver: driver })
    }

    /// The value of a script that runs in the page.
    pub(crate) async fn script(&self, script: &str) -> Outcome<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Waits until a script's value is this one.
    pub(crate) async fn until(&self, script: &str, expected: Value) -> Outcome {
        let begun = Instant::now();
        loop {
            let value = self.script(script).await?;
            if value == expected {
                return Ok(());
            }
            if begun.elapsed() > PATIENCE {
                return Err(format!("{script}: {value:#} instead of {expected:#}").into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub(crate) async fn resize(&self, width: u32, height: u32) -> Outcome {
        Ok(self.client.set_window_size(width, height).await?)
    }

    pub(crate) async fn close(self) -> Outcome {
        Ok(self.client.close().await?)
    }
}
