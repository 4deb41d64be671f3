#!/usr/bin/env python3
"""Asks a real rust-analyzer what it completes on paths. By hand, not in CI:

    python3 tests/completion/run.py [path of rust-analyzer]

Without an argument it takes `rust-analyzer` from PATH (`cargo install --locked ra_ap_rust-analyzer` gives one).
It fails when a field or operator that belongs there is missing, or when something internal is offered.
"""

import json
import pathlib
import queue
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]

MANIFEST = f"""
[package]
name = "completion"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
odmium = {{ path = {json.dumps(str(ROOT / "runtime"))} }}
"""

MODEL = """
use odmium::prelude::*;

#[derive(Embedded)]
pub struct Address { pub city: String, pub zip: String }

#[derive(Document)]
#[document(collection = "users")]
pub struct User {
    pub id: Id<User>,
    /// Years since birth.
    pub age: i32,
    pub name: String,
    pub address: Address,
    pub work: Option<Address>,
    pub tags: Vec<String>,
}

fn f() {
    let _ = %s
}
"""

FIELDS = {"id", "age", "name", "address", "work", "tags"}
EVERY = {"eq", "ne", "is_in", "not_in", "exists", "is_missing", "is_null", "set", "asc", "desc", "path"}
ORDER = {"gt", "gte", "lt", "lte", "between"}
NUMBER = {"inc", "modulo", "bits_all_set"}
TEXT = {"starts_with", "ends_with", "matches"}
ARRAY = {"contains", "any", "has_all", "len_eq"}
OPTION = {"is_none", "is_some", "unset"}

# What is typed, what must be offered, what must not.
CASES = [
    ("User.", FIELDS, EVERY),
    ("User.address.", {"city", "zip"} | EVERY, ORDER | NUMBER | TEXT | ARRAY | OPTION),
    ("User.work.", {"city", "zip"} | EVERY | OPTION, ORDER | NUMBER | TEXT | ARRAY),
    ("User.age.", EVERY | ORDER | NUMBER, TEXT | ARRAY | OPTION | FIELDS),
    ("User.name.", EVERY | ORDER | TEXT, NUMBER | {"any"} | OPTION),
    ("User.tags.", EVERY | ARRAY, ORDER | NUMBER | TEXT | OPTION),
]


class Server:
    """A language server on standard input and output."""

    def __init__(self, program, folder):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self.messages = queue.Queue()
        self.next_id = 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        stdout = self.process.stdout
        while True:
            length = 0
            while (line := stdout.readline().strip()) != b"":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if length == 0:
                return
            self.messages.put(json.loads(stdout.read(length)))

    def send(self, method, params, request=True):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if request:
            self.next_id += 1
            message["id"] = self.next_id
        self._write(message)
        return self.next_id

    def _write(self, message):
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def wait(self, wanted, seconds=600):
        """The first message that `wanted` accepts; requests of the server are answered with null on the way."""
        while True:
            message = self.messages.get(timeout=seconds)
            if "method" in message and "id" in message:
                self._write({"jsonrpc": "2.0", "id": message["id"], "result": None})
            if wanted(message):
                return message

    def ask(self, method, params):
        number = self.send(method, params)
        return self.wait(lambda message: message.get("id") == number and "method" not in message).get("result")


def complete(server, uri, version, expression):
    text = MODEL % expression
    before = text[: text.index(expression) + len(expression)]
    position = {"line": before.count("\n"), "character": len(before.rsplit("\n", 1)[1])}
    change = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]}
    server.send("textDocument/didChange", change, request=False)
    params = {"textDocument": {"uri": uri}, "position": position}
    result = server.ask("textDocument/completion", params)
    items = result["items"] if isinstance(result, dict) else result or []
    # Postfix snippets (`.if`, `.dbg`) are the editor's own, keywords (`await`) the language's.
    return {item["label"].split("(")[0].split(" ")[0]: item for item in items if item.get("kind") in (2, 3, 5)}


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else "rust-analyzer"
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "src" / "lib.rs"
        source.parent.mkdir()
        source.write_text(MODEL % "User.age;")
        (pathlib.Path(folder) / "Cargo.toml").write_text(MANIFEST)
        (pathlib.Path(folder) / "Cargo.lock").write_bytes((ROOT / "Cargo.lock").read_bytes())
        server = Server(program, folder)
        capabilities = {"window": {"workDoneProgress": True}, "experimental": {"serverStatusNotification": True}}
        options = {"checkOnSave": False, "cachePriming": {"enable": False}, "cargo": {"targetDir": True}}
        server.ask("initialize", {"rootUri": pathlib.Path(folder).as_uri(), "capabilities": capabilities,
                                  "initializationOptions": options})
        server.send("initialized", {}, request=False)
        uri = source.as_uri()
        document = {"uri": uri, "languageId": "rust", "version": 1, "text": source.read_text()}
        server.send("textDocument/didOpen", {"textDocument": document}, request=False)
        server.wait(lambda m: m.get("method") == "experimental/serverStatus" and m["params"].get("quiescent"))
        for version, (expression, wanted, unwanted) in enumerate(CASES, start=2):
            offered = complete(server, uri, version, expression)
            names = set(offered)
            internal = {name for name in names if name.startswith("_") or name in {"NEW", "FIELDS", "deref"}}
            missing, wrong = wanted - names, (unwanted & names) | internal
            print(f"{expression:15}", ", ".join(f"{name}" for name in sorted(names)))
            if missing or wrong:
                failed = True
                print(f"{'':15} MISSING {sorted(missing)} WRONG {sorted(wrong)}")
        server.process.kill()
    sys.exit(1 if failed else 0)


main()
