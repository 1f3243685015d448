// Uses the package in Pyodide, from wheels in a folder: loads an article, checks it and carries it over to a copy.
const { readFileSync, readdirSync } = require("fs");
const { join, dirname } = require("path");
const { loadPyodide } = require("pyodide");

(async () => {
  const folder = process.argv[2];
  const pyodide = await loadPyodide({ indexURL: dirname(require.resolve("pyodide/package.json")) });
  for (const wheel of readdirSync(folder)) {
    pyodide.unpackArchive(new Uint8Array(readFileSync(join(folder, wheel))), "wheel");
  }
  console.log(pyodide.runPython(`
from oped_dataset import export, load, validate
article = load("harbour-toll")
copy = article.attach(article.source.text.replace("\\n\\n", "\\n"))
f"{len(article.claims)} {validate(article).ok} {copy.coverage.sentences} {len(export(article, 'tables')['voices'])}"
`));
})().catch((error) => {
  console.error(String(error));
  process.exit(1);
});
