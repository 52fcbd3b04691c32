// Builds the scripts of the pages into the package, and records what they are made of.
//
//   npm run build    writes the files
//   npm run check    fails where the files that are there differ from what would be written

import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const STATIC = fileURLToPath(new URL("../server/visidaerah/web/static/", import.meta.url));
const OURS = "Part of visidaerah (Apache-2.0).";

const { outputFiles, metafile } = await build({
  absWorkingDir: HERE,
  entryPoints: ["src/editor.js", "src/passage.js", "src/query.js", "src/trying.js"],
  outdir: STATIC,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  legalComments: "none",
  charset: "utf8",
  metafile: true,
  write: false,
});

const parts = await packagesOf(metafile);
const files = outputFiles.map(({ path, text }) => withNotice(path.split("/").at(-1), text));
const record = {
  files: Object.fromEntries(files.map(({ name, content }) => [name, digest(content)])),
  sources: await sourcesOf(metafile),
  packages: parts.map(({ name, version, license }) => ({ name, version, license })),
};
files.push({ name: "built.json", content: `${JSON.stringify(record, null, 2)}\n` });
files.push({ name: "licences.txt", content: licencesOf(parts) });
await (process.argv.includes("--check") ? check : write)(files);

function withNotice(name, text) {
  const made = name === "editor.js" ? `${OURS} It contains CodeMirror 6 (MIT): see licences.txt.` : OURS;
  return { name, content: `/* ${made} */\n${text}` };
}

function digest(content) {
  return createHash("sha256").update(content).digest("hex");
}

async function sourcesOf({ inputs }) {
  const own = Object.keys(inputs).filter((path) => !path.includes("node_modules")).sort();
  const found = await Promise.all(own.map(async (path) => [path, digest(await readFile(HERE + path))]));
  return Object.fromEntries(found);
}

/** Return the packages that the output contains, each with its licence text. */
async function packagesOf({ outputs }) {
  const used = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path),
  );
  const names = used.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  const unique = [...new Set(names.filter(Boolean))].sort();
  return Promise.all(unique.map(packageOf));
}

async function packageOf(name) {
  const folder = `${HERE}node_modules/${name}/`;
  const { version, license } = JSON.parse(await readFile(`${folder}package.json`, "utf8"));
  const text = await readFile(`${folder}LICENSE`, "utf8");
  return { name, version, license, text };
}

function licencesOf(parts) {
  const told = parts.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text.trim()}\n`);
  return `What editor.js contains besides the project's own code.\n\n${told.join(`\n${"-".repeat(72)}\n\n`)}`;
}

async function write(files) {
  for (const { name, content } of files) {
    await writeFile(STATIC + name, content);
    console.log(`${relative(process.cwd(), STATIC + name)}: ${Buffer.byteLength(content)} bytes`);
  }
}

async function check(files) {
  const kept = await Promise.all(files.map(({ name }) => readFile(STATIC + name, "utf8").catch(() => "")));
  const stale = files.filter(({ content }, at) => content !== kept[at]).map(({ name }) => name);
  if (stale.length) {
    console.error(`Not what the sources give: ${stale.join(", ")}. Run: npm run build`);
    process.exitCode = 1;
  }
}
