// Bundle the chart library into the package, with the licences of everything it is made of; copy the font with its own.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../../mallette/widgets/static/vendor/", import.meta.url));

/** The package a bundled file belongs to: "node_modules/@scope/name/src/x.js" → "@scope/name". */
const packageOf = (path) => path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1];

const manifest = (name) => JSON.parse(readFileSync(`${here}node_modules/${name}/package.json`, "utf8"));

function licence(name) {
  const file = readdirSync(`${here}node_modules/${name}`).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`no licence file in ${name}: do not ship it before its terms are known`);
  return readFileSync(`${here}node_modules/${name}/${file}`, "utf8").trim();
}

/** Bundle an entry as a script that hands over one object, `name`: the one export that mallette/widgets/bundle.py links by. */
async function bundle(entry, file, name, library) {
  const { version, license } = manifest(library);
  const result = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "iife",
    globalName: name,
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
    banner: { js: `// ${library} ${version} (${license}) and what it uses: see LICENSES.txt. Made by outils/vendor/refresh.sh.` },
    footer: { js: `export { ${name} };` },
  });
  const code = result.outputFiles[0].text;
  const strays = code.split("\n").slice(0, -2).filter((line) => /^(import|export)\b/.test(line));
  if (strays.length > 0) throw new Error("the bundle holds import or export lines that bundle.py would take for its own");
  mkdirSync(target, { recursive: true });
  writeFileSync(`${target}${file}`, code);
  console.log(`${file}: ${Buffer.byteLength(code)} bytes minified, ${gzipSync(code, { level: 9 }).length} gzipped`);
  const used = Object.entries(Object.values(result.metafile.outputs)[0].inputs).filter(([, use]) => use.bytesInOutput > 0);
  return used.map(([path]) => packageOf(path)).filter(Boolean);
}

const found = [
  ...await bundle("entry.js", "plot.js", "Plot", "@observablehq/plot"),
  ...await bundle("entry-zip.js", "zip.js", "Zip", "fflate"),
];
const names = [...new Set(found)].sort();
const licences = names.map((name) => {
  const { version, license } = manifest(name);
  return `${"=".repeat(100)}\n${name} ${version} (${license})\n${"=".repeat(100)}\n\n${licence(name)}\n`;
});

writeFileSync(`${target}LICENSES.txt`, `Licences of the packages bundled in the scripts of this folder.\n\n${licences.join("\n")}`);
console.log(`${names.length} licences`);

// Typst reads TTF, not the WOFF2 of most packages of fonts.
const font = `${here}node_modules/@expo-google-fonts/atkinson-hyperlegible-next/`;
const fonts = fileURLToPath(new URL("../../mallette/design/polices/", import.meta.url));
const styles = { "400Regular": "Regular", "400Regular_Italic": "Italic", "700Bold": "Bold", "700Bold_Italic": "BoldItalic" };
mkdirSync(fonts, { recursive: true });
for (const [style, name] of Object.entries(styles)) {
  copyFileSync(
    `${font}${style}/AtkinsonHyperlegibleNext_${style}.ttf`,
    `${fonts}AtkinsonHyperlegibleNext-${name}.ttf`,
  );
}
copyFileSync(`${font}LICENSE_FONT`, `${fonts}OFL.txt`);
