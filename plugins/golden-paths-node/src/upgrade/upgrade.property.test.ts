import type { FileChange } from '@waymark/plugin-repositories-node';
import { releaseOf, text, UpgradeBench } from '../__testUtils__/UpgradeBench';
import { recordPath } from '../record/GoldenPathRecord';

const rounds = Number(process.env.WAYMARK_PROPERTY_ROUNDS ?? 40);
const bench = new UpgradeBench();

/** The same numbers for the same seed: mulberry32. */
function randomOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (limit: number) => Math.floor(next() * limit),
    chance: (share: number) => next() < share,
  };
}

type Random = ReturnType<typeof randomOf>;
/** Lines by path; each line stands once in the whole world, so that it can be followed. */
type Files = Map<string, string[]>;

const joined = (lines: string[]) => `${lines.join('\n')}\n`;

function freshFiles(random: Random, word: () => string): Files {
  return new Map(
    Array.from({ length: 3 + random.below(3) }, (_, index) => [
      `folder-${index % 2}/file-${index}.txt`,
      Array.from({ length: 4 + random.below(16) }, word),
    ]),
  );
}

/** Inserts, replaces and removes lines; adds, removes and renames files. */
function edited(
  random: Random,
  files: Files,
  options: { word: () => string; renames: boolean; newFile: string },
): { files: Files; renamed: Map<string, string> } {
  const result: Files = new Map();
  const renamed = new Map<string, string>();
  for (const [path, lines] of files) {
    if (random.chance(0.08)) continue;
    const changed = lines.flatMap(line => {
      if (random.chance(0.1)) return [line, options.word()];
      if (random.chance(0.08)) return [options.word()];
      return random.chance(0.06) ? [] : [line];
    });
    const to = options.renames && random.chance(0.12) ? `moved/${path}` : path;
    if (to !== path) renamed.set(path, to);
    result.set(to, random.chance(0.5) ? changed : lines);
  }
  if (random.chance(0.5)) {
    result.set(options.newFile, Array.from({ length: 3 }, options.word));
  }
  return { files: result, renamed };
}

function changesTo(before: Files, after: Files, renamed: Map<string, string>) {
  const changes: FileChange[] = [];
  for (const [from, to] of renamed) changes.push({ move: from, to });
  for (const path of before.keys()) {
    if (!after.has(path) && !renamed.has(path)) changes.push({ remove: path });
  }
  for (const [path, lines] of after) changes.push(text(path, joined(lines)));
  return changes;
}

const linesOf = (files: Iterable<string[]>) => new Set([...files].flat());
const asObject = (files: Files) =>
  Object.fromEntries([...files].map(([path, lines]) => [path, joined(lines)]));

it.each(Array.from({ length: rounds }, (_, index) => index + 1))(
  'loses nothing that people wrote, and hides no conflict: history %i',
  async seed => {
    const random = randomOf(seed);
    let words = 0;
    const word = (kind: string) => () => {
      words += 1;
      return `${kind}-${words}`;
    };
    bench.clear();
    const name = 'blue-paper';
    const old = freshFiles(random, word('old'));
    const theirs = edited(random, old, {
      word: word('template'),
      renames: false,
      newFile: 'folder-0/added.txt',
    }).files;
    const { files: ours, renamed } = edited(random, old, {
      word: word('people'),
      renames: true,
      newFile: random.chance(0.3) ? 'folder-0/added.txt' : 'own/file.txt',
    });
    await bench.scaffold(name, releaseOf('1.0.0', asObject(old)));
    await bench.edit(name, changesTo(old, ours, renamed));
    const before = await bench.git(name, 'rev-parse', 'main');

    const upgrade = await bench.upgrade(
      name,
      releaseOf('1.1.0', asObject(theirs)),
    );

    await expect(bench.git(name, 'rev-parse', 'main')).resolves.toBe(before);
    const files = await bench.files(name, upgrade.branch);
    files.delete(recordPath);
    const listed = new Map(
      upgrade.conflicts.map(({ path, kind }) => [path, kind]),
    );
    const after = linesOf([...files.values()].map(file => file.split('\n')));

    // 1. What people wrote is there.
    const written = [...linesOf(ours.values())].filter(line =>
      line.startsWith('people'),
    );
    expect(written.filter(line => !after.has(line))).toEqual([]);

    // 2. What the template wrote is there, but for files that people removed, which are listed.
    const withheld = new Set(
      [...theirs].flatMap(([path, lines]) =>
        listed.get(path) === 'removed-here' ? lines : [],
      ),
    );
    const news = [...linesOf(theirs.values())].filter(
      line => line.startsWith('template') && !withheld.has(line),
    );
    expect(news.filter(line => !after.has(line))).toEqual([]);

    // 3. What either side took out of a file stays out, where there is no conflict.
    const kept = linesOf(ours.values());
    const keptByTemplate = linesOf(theirs.values());
    const back = [...files]
      .filter(([path]) => !listed.has(path))
      .flatMap(([, content]) => content.split('\n'))
      .filter(
        line =>
          line.startsWith('old') &&
          !(kept.has(line) && keptByTemplate.has(line)),
      );
    expect(back).toEqual([]);

    // 4. Marks are where conflicts are listed, and nowhere else.
    const marked = [...files]
      .filter(([, content]) => /^<{7} /m.test(content))
      .map(([path]) => path);
    expect(marked.filter(path => !listed.has(path))).toEqual([]);
    expect(
      [...listed]
        .filter(([, kind]) => kind === 'both-changed' || kind === 'both-added')
        .map(([path]) => path)
        .filter(path => !marked.includes(path)),
    ).toEqual([]);

    // 5. A file that the template does not know is as people left it.
    for (const [path, lines] of ours) {
      if (old.has(path) || theirs.has(path) || renamed.has(path.slice(6))) {
        continue;
      }
      expect(files.get(path)).toBe(joined(lines));
    }
  },
);
