//! The questions, asked of the server: one pipeline each.

use odmium::{
    Collection, Result,
    pipeline::{Bound, GraphLookup},
    prelude::*,
};

use super::{
    data::{File, Item, Kind, Package, Part},
    rows::{Rows, number, share, text},
};

#[derive(Embedded)]
#[document(group)]
struct PartStats {
    #[field(id)]
    part: Part,
    files: i64,
    lines: i64,
    comments: i64,
    average: Option<f64>,
}

pub(crate) async fn parts(files: &Collection<File>) -> Result<Rows> {
    let found: Vec<PartStats> = files
        .aggregate()
        .group_by(File.part, |g| PartStatsGroup {
            files: g.count(),
            lines: g.sum(File.lines),
            comments: g.sum(File.comments),
            average: g.avg(File.lines),
        })
        .sort(PartStats.lines.desc())
        .await?;
    let row = |it: PartStats| {
        let average = share(it.average.unwrap_or_default());
        vec![format!("{:?}", it.part), number(it.files), number(it.lines), number(it.comments), average]
    };
    Ok(found.into_iter().map(row).collect())
}

#[derive(Embedded)]
#[document(group)]
struct Size {
    #[field(id)]
    package: String,
    lines: i64,
    unsafe_words: i64,
}

/// The files of `src`, added up for each package.
fn sizes() -> Pipeline<File, Size> {
    Pipeline::new().filter(File.part.eq(Part::Source)).group_by(File.package, |g| SizeGroup {
        lines: g.sum(File.lines),
        unsafe_words: g.sum(File.unsafe_words),
    })
}

pub(crate) async fn largest(files: &Collection<File>) -> Result<Rows> {
    let found: Vec<(Size, Option<Package>)> = files
        .aggregate()
        .then(sizes())
        .sort((Size.lines.desc(), Size.package.asc()))
        .limit(8)
        .lookup_one(Size.package, Package.id)
        .await?;
    let row = |(size, package): (Size, Option<Package>)| {
        vec![size.package, number(size.lines), text(package.and_then(|it| it.license))]
    };
    Ok(found.into_iter().map(row).collect())
}

pub(crate) async fn lengths(files: &Collection<File>) -> Result<Rows> {
    let found = files
        .aggregate()
        .bucket_or(File.lines, [0, 50, 100, 200, 500, 1000], 1000, |g| (g.count(), g.sum(File.lines)))
        .await?;
    Ok(found
        .into_iter()
        .map(|(from, count, lines)| vec![number(from), number(count), number(lines)])
        .collect())
}

pub(crate) async fn most_unsafe(files: &Collection<File>) -> Result<Rows> {
    let found: Vec<(String, f64)> = files
        .aggregate()
        .then(sizes())
        .filter(Size.lines.gte(1000))
        .project((Size.package, Size.unsafe_words * 1000 / Size.lines))
        .with_fields(|rows, (package, share)| rows.sort((share.desc(), package.asc())))
        .limit(8)
        .await?;
    Ok(found.into_iter().map(|(package, per_mille)| vec![package, share(per_mille)]).collect())
}

pub(crate) async fn licenses(files: &Collection<File>) -> Result<Rows> {
    let found: Vec<(Option<String>, i64, i64)> = files
        .aggregate()
        .then(sizes())
        .lookup_one(Size.package, Package.id)
        .with_fields(|rows, (size, package)| {
            rows.group_by(package.license.expr(), |g| (g.count(), g.sum(size.lines)))
        })
        .with_fields(|rows, (license, _, lines)| rows.sort((lines.desc(), license.asc())))
        .limit(8)
        .await?;
    let row = |(license, packages, lines)| vec![text(license), number(packages), number(lines)];
    Ok(found.into_iter().map(row).collect())
}

#[derive(Embedded)]
#[document(group)]
struct Longest {
    #[field(id)]
    package: String,
    path: String,
    lines: i32,
    files: i64,
}

pub(crate) async fn longest_files(files: &Collection<File>) -> Result<Rows> {
    let order = || (File.lines.desc(), File.path.asc());
    let found: Vec<Longest> = files
        .aggregate()
        .group_by(File.package, |g| LongestGroup {
            path: g.top(order(), File.path),
            lines: g.top(order(), File.lines),
            files: g.count(),
        })
        .sort((Longest.lines.desc(), Longest.package.asc()))
        .limit(8)
        .await?;
    Ok(found.into_iter().map(|it| vec![it.package, it.path, number(it.lines), number(it.files)]).collect())
}

pub(crate) async fn most_used(files: &Collection<File>) -> Result<Rows> {
    let found: Vec<(String, i64)> = files
        .aggregate()
        .unwind(File.uses)
        .with_fields(|rows, (_, name)| rows.sort_by_count(name))
        .with_fields(|rows, (name, count)| rows.sort((count.desc(), name.asc())))
        .limit(8)
        .await?;
    Ok(found.into_iter().map(|(name, files)| vec![name, number(files)]).collect())
}

#[derive(Embedded)]
#[document(group)]
struct Ranked {
    #[field(flatten)]
    size: Size,
    place: i64,
    so_far: i64,
    all: i64,
}

pub(crate) async fn half_of_all(files: &Collection<File>) -> Result<Rows> {
    let found = files
        .aggregate()
        .then(sizes())
        .set_window_fields((Size.lines.desc(), Size.package.asc()), |w| RankedGroup {
            place: w.documents(Bound::Unbounded, Bound::Current).count(),
            so_far: w.documents(Bound::Unbounded, Bound::Current).sum(Size.lines),
            all: w.documents(Bound::Unbounded, Bound::Unbounded).sum(Size.lines),
        })
        .filter(Filter::expr((Ranked.so_far * 2).gte(Ranked.all)))
        .sort(Ranked.place.asc())
        .first()
        .await?;
    Ok(found.into_iter().map(|it| vec![number(it.place), number(it.so_far), number(it.all)]).collect())
}

pub(crate) async fn reach(packages: &Collection<Package>) -> Result<Rows> {
    let found: Vec<(String, i32, i32)> = packages
        .aggregate()
        .filter(Package.is_member.eq(true))
        .graph_lookup(Package.needs, GraphLookup::new(Package.needs, Package.id))
        .with_fields(|rows, (package, reached)| {
            rows.project((package.id, package.needs.expr().size(), reached.expr().size()))
        })
        .with_fields(|rows, (package, ..)| rows.sort(package.asc()))
        .await?;
    Ok(found.into_iter().map(|(package, near, all)| vec![package, number(near), number(all)]).collect())
}

pub(crate) async fn items(files: &Collection<File>) -> Result<Rows> {
    let kinds = Pipeline::new()
        .sort_by_count(Item.kind)
        .with_fields(|rows, (kind, count)| rows.sort((count.desc(), kind.asc())));
    let names = Pipeline::new()
        .filter(Item.kind.eq(Kind::Fn) & Item.public.eq(true))
        .sort_by_count(Item.name)
        .with_fields(|rows, (name, count)| rows.sort((count.desc(), name.asc())))
        .limit(5);
    let found = files.aggregate().unwind_elements(File.items).facet((kinds, names)).first().await?;
    let (kinds, names) = found.unwrap_or_default();
    let kinds = kinds.into_iter().map(|(kind, count)| vec![format!("{kind:?}"), number(count)]);
    let names = names.into_iter().map(|(name, count)| vec![format!("pub fn {name}"), number(count)]);
    Ok(kinds.chain(names).collect())
}
