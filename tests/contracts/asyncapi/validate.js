// Reads an AsyncAPI document and prints what the official parser thinks of it, as JSON.
const fs = require("node:fs");
const { Parser } = require("@asyncapi/parser");

const LEVELS = ["error", "warning", "info", "hint"];

new Parser().parse(fs.readFileSync(process.argv[2], "utf8")).then(({ document, diagnostics }) => {
  console.log(
    JSON.stringify({
      valid: Boolean(document),
      channels: document ? document.channels().all().map((it) => it.address()) : [],
      messages: document ? document.messages().all().map((it) => it.name()) : [],
      diagnostics: diagnostics.map((it) => ({
        level: LEVELS[it.severity],
        code: it.code,
        path: it.path.join("."),
        message: it.message,
      })),
    }),
  );
});
