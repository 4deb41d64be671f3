"use strict";

// As many changes stay on the page; older ones go.
const KEPT = 300;
const OPERATIONS = ["insert", "update", "replace", "delete", "other"];

const at = (id) => document.getElementById(id);
const counts = {};
const shown = {};
// The place in the collection's history up to which this page is.
let token = null;
let failures = 0;

for (const operation of OPERATIONS) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  const name = document.createElement("span");
  const count = document.createElement("output");
  box.type = "checkbox";
  box.checked = shown[operation] = true;
  label.dataset.operation = name.textContent = operation;
  counts[operation] = count;
  count.value = 0;
  box.addEventListener("change", () => {
    shown[operation] = box.checked;
    for (const item of at("changes").children) hide(item);
  });
  label.append(box, name, count);
  at("filter").append(label);
}

function hide(item) {
  item.hidden = !shown[item.dataset.operation];
}

function state(name) {
  at("state").textContent = name;
  at("state").dataset.state = name;
}

function problem(text) {
  at("problem").textContent = text ?? "";
  at("problem").hidden = !text;
}

// Values come from the database: they are only ever put in as text.
function part(tag, text) {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}

function show(change) {
  const operation = OPERATIONS.includes(change.operation) ? change.operation : "other";
  const item = at("change").content.firstElementChild.cloneNode(true);
  item.dataset.operation = operation;
  item.querySelector(".operation").textContent = change.operation;
  item.querySelector(".id").textContent = change.id ?? "";
  const time = item.querySelector("time");
  if (change.at) {
    time.dateTime = change.at;
    time.textContent = new Date(change.at).toLocaleTimeString();
  }
  const list = item.querySelector("dl");
  for (const field of change.fields) {
    const values = document.createElement("dd");
    if (field.before !== null) values.append(part("del", field.before));
    if (field.after !== null) values.append(part("ins", field.after));
    list.append(part("dt", field.path), values);
  }
  item.classList.add("fresh");
  hide(item);
  at("changes").prepend(item);
  while (at("changes").children.length > KEPT) at("changes").lastElementChild.remove();
  counts[operation].value = Number(counts[operation].value) + 1;
  at("empty").hidden = true;
}

function connect() {
  const address = new URL("changes", location.href.replace(/^http/, "ws"));
  if (token) address.searchParams.set("after", token);
  const socket = new WebSocket(address);
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    if (message.token) token = message.token;
    switch (message.type) {
      case "open":
        failures = 0;
        at("name").textContent = message.name;
        document.title = `Changes of ${message.name}`;
        state("live");
        problem(null);
        break;
      case "change":
        problem(null);
        show(message);
        break;
      case "problem":
        // What was missed cannot be had any more: go on with what happens from here on.
        if (message.isLost) token = null;
        problem(message.text);
        break;
    }
  });
  socket.addEventListener("close", () => {
    state("lost");
    failures += 1;
    // Longer and longer, and not all pages at the same moment.
    const pause = Math.min(10_000, 250 * 2 ** Math.min(failures, 6));
    setTimeout(connect, pause * (0.5 + Math.random() / 2));
  });
}

connect();
