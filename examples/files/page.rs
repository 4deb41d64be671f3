//! The page that lists the files. It has no script: the browser plays, and asks for the ranges that it needs.

use std::{fmt::Write, path::Path};

use odmium::gridfs::File;

use super::Details;

/// What the page may load: nothing from elsewhere.
pub(crate) const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'";

const TEMPLATE: &str = include_str!("page.html");

pub(crate) fn render(files: &[File<Details>]) -> String {
    let cards: String = files.iter().map(card).collect();
    let cards = if cards.is_empty() { "<p class=\"empty\">No files yet.</p>".to_owned() } else { cards };
    let (before, after) = TEMPLATE.split_once("<!-- files -->").unwrap_or((TEMPLATE, ""));
    let count = match files.len() {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    format!("{}{cards}{after}", before.replace("<!-- count -->", &count))
}

fn card(file: &File<Details>) -> String {
    let name = file.filename.as_deref().unwrap_or_default();
    let (title, link) = (escaped(name), format!("/files/{}", encoded(name)));
    let mut card = format!("<article>\n<h2>{title}</h2>\n");
    // Writing to a string cannot fail.
    let _ = match kind(name) {
        Kind::Video => writeln!(card, "<video controls preload=\"metadata\" src=\"{link}\"></video>"),
        Kind::Audio => writeln!(card, "<audio controls preload=\"metadata\" src=\"{link}\"></audio>"),
        Kind::Image => writeln!(card, "<img loading=\"lazy\" alt=\"\" src=\"{link}\">"),
        Kind::Other => Ok(()),
    };
    let date = file.upload_date.try_to_rfc3339_string().unwrap_or_default();
    let day = date.split('T').next().unwrap_or_default();
    let details = file.metadata.as_ref();
    let size = match details.filter(|details| details.content_encoding.is_some()) {
        Some(details) => {
            let original = size(u64::try_from(details.original_length).unwrap_or_default());
            format!("{original}, stored as {}", size(file.length))
        }
        None => size(file.length),
    };
    let badge = details.and_then(|details| details.content_encoding.as_deref()).map(escaped);
    let badge = badge.map_or_else(String::new, |coding| format!(" <span class=\"badge\">{coding}</span>"));
    let _ = writeln!(
        card,
        "<p class=\"details\"><span>{size}{badge}</span><time datetime=\"{date}\">{day}</time></p>\n\
         <p class=\"links\"><a href=\"{link}\">Open</a><a href=\"{link}\" download=\"{title}\">Download</a></p>\n\
         </article>",
    );
    card
}

enum Kind {
    Video,
    Audio,
    Image,
    Other,
}

fn kind(name: &str) -> Kind {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension.to_lowercase().as_str() {
        "mp4" | "m4v" | "mov" | "ogv" | "webm" => Kind::Video,
        "aac" | "flac" | "m4a" | "mp3" | "oga" | "ogg" | "opus" | "wav" => Kind::Audio,
        "avif" | "gif" | "jpeg" | "jpg" | "png" | "svg" | "webp" => Kind::Image,
        _ => Kind::Other,
    }
}

/// Text within HTML, also within a quoted attribute.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, c| {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
        escaped
    })
}

/// A name as one segment of a path.
fn encoded(name: &str) -> String {
    name.bytes().fold(String::new(), |mut encoded, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte.into()),
            // Writing to a string cannot fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
        encoded
    })
}

fn size(bytes: u64) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB"];
    let steps = (1..=4).rev().find(|step| bytes >= 1 << (10 * step));
    steps.map_or_else(
        || format!("{bytes} bytes"),
        |step| {
            format!("{:.1} {}", bytes as f64 / f64::from(1 << 10_i32).powi(step), units[step as usize - 1])
        },
    )
}
