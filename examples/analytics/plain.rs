//! The same questions, answered in plain Rust, to check the server's answers.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    data::{File, Kind, Package, Part},
    rows::{Rows, number, share, text},
};

pub(crate) fn parts(files: &[File]) -> Rows {
    let mut parts = BTreeMap::<Part, (i64, i64, i64)>::new();
    for file in files {
        let (count, lines, comments) = parts.entry(file.part).or_default();
        *count += 1;
        *lines += i64::from(file.lines);
        *comments += i64::from(file.comments);
    }
    let mut parts: Vec<_> = parts.into_iter().collect();
    parts.sort_by_key(|(_, (_, lines, _))| Reverse(*lines));
    let row = |(part, (count, lines, comments)): (Part, (i64, i64, i64))| {
        let average = share(lines as f64 / count as f64);
        vec![format!("{part:?}"), number(count), number(lines), number(comments), average]
    };
    parts.into_iter().map(row).collect()
}

/// Lines and words `unsafe` of each package's `src`, the longest first.
fn sizes(files: &[File]) -> Vec<(&str, i64, i64)> {
    let mut sizes = BTreeMap::<&str, (i64, i64)>::new();
    for file in files.iter().filter(|it| it.part == Part::Source) {
        let (lines, words) = sizes.entry(&file.package).or_default();
        *lines += i64::from(file.lines);
        *words += i64::from(file.unsafe_words);
    }
    let mut sizes: Vec<_> = sizes.into_iter().map(|(name, (lines, words))| (name, lines, words)).collect();
    sizes.sort_by_key(|(_, lines, _)| Reverse(*lines));
    sizes
}

fn license(packages: &[Package], id: &str) -> Option<String> {
    packages.iter().find(|it| it.id == id)?.license.clone()
}

pub(crate) fn largest(files: &[File], packages: &[Package]) -> Rows {
    let sizes = sizes(files).into_iter().take(8);
    sizes.map(|(id, lines, _)| vec![id.to_owned(), number(lines), text(license(packages, id))]).collect()
}

pub(crate) fn lengths(files: &[File]) -> Rows {
    let mut buckets = BTreeMap::<i32, (i64, i64)>::new();
    for file in files {
        let from = [1000, 500, 200, 100, 50].into_iter().find(|from| file.lines >= *from).unwrap_or(0);
        let (count, lines) = buckets.entry(from).or_default();
        *count += 1;
        *lines += i64::from(file.lines);
    }
    buckets
        .into_iter()
        .map(|(from, (count, lines))| vec![number(from), number(count), number(lines)])
        .collect()
}

pub(crate) fn most_unsafe(files: &[File]) -> Rows {
    let sizes = sizes(files).into_iter().filter(|(_, lines, _)| *lines >= 1000);
    let mut shares: Vec<_> =
        sizes.map(|(package, lines, words)| (package, (words * 1000) as f64 / lines as f64)).collect();
    shares.sort_by(|(a, a_share), (b, b_share)| b_share.total_cmp(a_share).then_with(|| a.cmp(b)));
    shares.into_iter().take(8).map(|(package, words)| vec![package.to_owned(), share(words)]).collect()
}

pub(crate) fn licenses(files: &[File], packages: &[Package]) -> Rows {
    let mut licenses = BTreeMap::<Option<String>, (i64, i64)>::new();
    for (id, lines, _) in sizes(files) {
        let (count, sum) = licenses.entry(license(packages, id)).or_default();
        *count += 1;
        *sum += lines;
    }
    let mut licenses: Vec<_> = licenses.into_iter().collect();
    licenses.sort_by_key(|(_, (_, lines))| Reverse(*lines));
    let row = |(license, (count, lines))| vec![text(license), number(count), number(lines)];
    licenses.into_iter().take(8).map(row).collect()
}

pub(crate) fn longest_files(files: &[File]) -> Rows {
    let mut packages = BTreeMap::<&str, Vec<&File>>::new();
    for file in files {
        packages.entry(&file.package).or_default().push(file);
    }
    for files in packages.values_mut() {
        files.sort_by_key(|file| (Reverse(file.lines), &file.path));
    }
    let mut packages: Vec<_> = packages.into_iter().collect();
    packages.sort_by_key(|(_, files)| Reverse(files[0].lines));
    let row = |(package, files): (&str, Vec<&File>)| {
        vec![package.to_owned(), files[0].path.clone(), number(files[0].lines), number(files.len())]
    };
    packages.into_iter().take(8).map(row).collect()
}

/// What is counted, the most frequent first.
fn by_count<T: Ord>(values: impl Iterator<Item = T>) -> impl Iterator<Item = (T, i64)> {
    let mut counts = BTreeMap::<T, i64>::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts.into_iter()
}

pub(crate) fn most_used(files: &[File]) -> Rows {
    let names = by_count(files.iter().flat_map(|file| &file.uses)).take(8);
    names.map(|(name, count)| vec![name.clone(), number(count)]).collect()
}

pub(crate) fn half_of_all(files: &[File]) -> Rows {
    let sizes = sizes(files);
    let all: i64 = sizes.iter().map(|(_, lines, _)| lines).sum();
    let mut so_far = 0;
    for (at, (_, lines, _)) in sizes.iter().enumerate() {
        so_far += lines;
        if so_far * 2 >= all {
            return vec![vec![number(at + 1), number(so_far), number(all)]];
        }
    }
    Vec::new()
}

pub(crate) fn reach(packages: &[Package]) -> Rows {
    let by_id: BTreeMap<_, _> = packages.iter().map(|it| (it.id.as_str(), it)).collect();
    let reach = |package: &Package| {
        let mut reached = BTreeSet::new();
        let mut next: Vec<_> = package.needs.iter().collect();
        while let Some(id) = next.pop() {
            if reached.insert(id) {
                next.extend(&by_id[id.as_str()].needs);
            }
        }
        vec![package.id.clone(), number(package.needs.len()), number(reached.len())]
    };
    by_id.values().filter(|it| it.is_member).map(|package| reach(package)).collect()
}

pub(crate) fn items(files: &[File]) -> Rows {
    let items = || files.iter().flat_map(|file| &file.items);
    let mut kinds: Vec<_> = by_count(items().map(|item| format!("{:?}", item.kind))).collect();
    kinds.sort_by_key(|(_, count)| Reverse(*count));
    let functions = items().filter(|item| item.kind == Kind::Fn && item.public);
    let names = by_count(functions.map(|item| format!("pub fn {}", item.name))).take(5);
    kinds.into_iter().chain(names).map(|(name, count)| vec![name, number(count)]).collect()
}
