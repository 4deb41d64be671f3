// The tasks of P9 by Mongoose: prints the name of each with its wall and CPU seconds. Models are made before the clock starts.
const mongoose = require("mongoose");

const [OPERATIONS, LARGE, STREAMED] = [250, 10, 30_000];
const range = (count, first = 1) => Array.from({ length: count }, (_, index) => index + first);
const fields = (name, keys, value) => Object.fromEntries(keys.map((key) => [`${name}${key}`, value(key)]));

const flatSchema = () => new mongoose.Schema({ ...fields("field", range(7), () => String), ...fields("field", range(6, 8), () => Number) });
const Flat = mongoose.model("Flat", flatSchema());
const Streamed = mongoose.model("Streamed", flatSchema());
const Large = mongoose.model("Large", new mongoose.Schema({
  binary: Buffer,
  ...fields("text", range(25), () => String),
  ...fields("number", range(25), () => Number),
}));
const Post = mongoose.model("Post", new mongoose.Schema({
  title: String,
  author: { type: mongoose.Schema.Types.ObjectId, ref: "Flat", index: true },
}));
const texts = new mongoose.Schema(fields("field", range(15), () => String), { _id: false });
const integers = new mongoose.Schema(fields("field", range(15), () => Number), { _id: false });
const nestedSchema = new mongoose.Schema({
  ...fields("embedded_", range(5), () => texts),
  embedded_array: [texts],
  ...fields("embedded_", range(7, 6), () => integers),
});
nestedSchema.index({ "embedded_1.field2": 1 });
nestedSchema.index({ "embedded_array.0.field2": 1 });
const Nested = mongoose.model("Nested", nestedSchema);

const text = (number) => `text${String(number).padStart(5, "0")}`;
const flat = (model, number) => new model({
  ...fields("field", range(7), () => text(number)),
  ...fields("field", range(6, 8), (key) => number + key),
});
const large = (number) => new Large({
  binary: Buffer.alloc(2_400_000),
  ...fields("text", range(25), () => text(number)),
  ...fields("number", range(25), (key) => number + key),
});
const nested = (number) => {
  const long = (place) => fields("field", range(15), (key) => `${place}-${key}-${number}-`.padEnd(44, "x"));
  const numbers = () => fields("field", range(15), (key) => number + key);
  return new Nested({
    ...fields("embedded_", range(5), long),
    embedded_array: [long(6), long(7)],
    ...fields("embedded_", range(7, 6), numbers),
  });
};

async function timed(name, work) {
  const [wall, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  console.log(name, (performance.now() - wall) / 1e3, (user + system) / 1e6);
}

async function each(name, items, work) {
  await timed(name, async () => {
    for (const item of items) if (!(await work(item))) throw new Error(`${name}: nothing was found`);
  });
}

async function main(uri, dbName) {
  await mongoose.connect(uri, { dbName });
  await mongoose.connection.dropDatabase();
  await Promise.all([Flat, Streamed, Large, Post, Nested].map((model) => model.init().then(() => model.createIndexes())));
  const flats = range(OPERATIONS, 0).map((number) => flat(Flat, number));
  const larges = range(LARGE, 0).map(large);
  const nesteds = range(OPERATIONS, 0).map(nested);

  await each("flat_create", flats, (it) => it.save());
  await each("flat_update", flats, (it) => Flat.updateOne({ _id: it._id }, { field8: 1 }));
  await each("flat_find", flats, (it) => Flat.findById(it._id));
  await Post.insertMany(flats.map((it) => ({ title: "A post", author: it._id })));
  await each("flat_join", flats, (it) => Post.find({ author: it._id }).populate("author"));
  await each("large_create", larges, (it) => it.save());
  await each("large_update", larges, (it) => Large.updateOne({ _id: it._id }, { text1: "new" }));
  await each("nested_create", nesteds, (it) => it.save());
  await each("nested_update", nesteds, (it) => Nested.updateOne({ _id: it._id }, { "embedded_1.field1": "new" }));
  await each("nested_find", nesteds, (it) => Nested.findOne({ "embedded_1.field2": it.embedded_1.field2 }));
  const inArray = (it) => Nested.findOne({ "embedded_array.0.field2": it.embedded_array[0].field2 });
  await each("nested_find_array", nesteds, inArray);
  await Streamed.insertMany(range(STREAMED, 0).map((number) => flat(Streamed, number)));
  await timed("stream", async () => {
    let found = 0;
    for await (const _ of Streamed.find().cursor()) found += 1;
    if (found !== STREAMED) throw new Error(`the stream gave ${found}`);
  });
  await mongoose.connection.dropDatabase();
  await mongoose.disconnect();
}

main(...process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
