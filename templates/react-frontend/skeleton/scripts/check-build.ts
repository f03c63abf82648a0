/** Looks at what was built: whether a CDN can keep it for ever, and whether it is small enough. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** What a visitor loads before the page shows: kilobytes of JavaScript and CSS, compressed. */
const budgetKb = 120;

const dist = new URL('../dist/', import.meta.url);
const assets = readdirSync(new URL('assets/', dist)).filter(
  name => !name.endsWith('.map'),
);
const page = readFileSync(new URL('index.html', dist), 'utf8');
const problems: string[] = [];

for (const name of assets) {
  if (!/-[\w-]{8,}\.\w+$/.test(name)) {
    problems.push(`assets/${name} has no hash in its name`);
  }
}
if (/<script(?![^>]*\bsrc=)[^>]*>\s*\S|<style|\son\w+=/.test(page)) {
  problems.push('index.html has something inline, which its policy forbids');
}
if (/(?:src|href)="(?!\.\/)/.test(page)) {
  problems.push('index.html has an address that is not relative to it');
}
const kb =
  assets
    .filter(name => /\.(?:js|css)$/.test(name) && page.includes(name))
    .map(name => gzipSync(readFileSync(new URL(`assets/${name}`, dist))).length)
    .reduce((sum, size) => sum + size, 0) / 1024;
if (kb > budgetKb) {
  problems.push(`the page loads ${kb.toFixed(1)} kB, and may ${budgetKb}`);
}
statSync(new URL('settings.json', dist));
statSync(new URL('_headers', dist));

for (const problem of problems) console.error(problem);
console.log(`${kb.toFixed(1)} of ${budgetKb} kB, ${assets.length} assets`);
process.exitCode = problems.length > 0 ? 1 : 0;
