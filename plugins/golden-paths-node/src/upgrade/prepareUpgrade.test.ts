import { releaseOf, text, UpgradeBench } from '../__testUtils__/UpgradeBench';
import { recordPath } from '../record/GoldenPathRecord';
import { readMigrations, type Migration } from './Migration';

const lines = (...all: string[]) => `${all.join('\n')}\n`;
const numbered = lines('one', 'two', 'three', 'four', 'five', 'six', 'seven');
const bench = new UpgradeBench();
const name = 'blue-paper';

const first = releaseOf('1.0.0', {
  'numbers.txt': numbered,
  'old.txt': 'old\n',
  'kept.txt': 'kept\n',
});
const second = releaseOf(
  '1.1.0',
  {
    'numbers.txt': numbered.replace('six', 'SIX'),
    'kept.txt': 'kept\n',
    'new.txt': 'new\n',
  },
  {
    changelog:
      '# Changes\n\n## 1.1.0\n\n- Six is louder.\n\n## 1.0.0\n\n- First.\n',
  },
);

function migration(version: string, yaml: string): Migration[] {
  return readMigrations([
    {
      path: `migrations/${version}.yaml`,
      content: Buffer.from(yaml),
      executable: false,
    },
  ]);
}

beforeEach(async () => {
  bench.clear();
  await bench.scaffold(name, first);
});

describe('a repository that people worked on', () => {
  it('keeps their work, and gets what the template changed', async () => {
    await bench.edit(name, [
      text('numbers.txt', numbered.replace('two', 'two and a half')),
      text('mine.txt', 'mine\n'),
    ]);
    const before = await bench.git(name, 'rev-parse', 'main');

    const upgrade = await bench.upgrade(name, second);

    expect(upgrade).toMatchObject({
      from: '1.0.0',
      to: '1.1.0',
      branch: 'upgrade/paper-1.1.0',
      conflicts: [],
      title: 'Upgrade paper from 1.0.0 to 1.1.0',
      changes: [
        { path: recordPath, kind: 'changed' },
        { path: 'new.txt', kind: 'added' },
        { path: 'numbers.txt', kind: 'changed' },
        { path: 'old.txt', kind: 'removed' },
      ],
    });
    expect(upgrade.summary).toContain('- Six is louder.');
    expect(upgrade.summary).not.toContain('First.');
    const files = await bench.files(name, upgrade.branch);
    expect(files.get('numbers.txt')).toBe(
      numbered.replace('two', 'two and a half').replace('six', 'SIX'),
    );
    expect(files.get('mine.txt')).toBe('mine\n');
    expect(files.has('old.txt')).toBe(false);
    await expect(bench.git(name, 'rev-parse', 'main')).resolves.toBe(before);
    // A real merge: of the repository, and of what the template writes.
    await expect(
      bench.git(name, 'log', '-1', '--format=%P', upgrade.branch),
    ).resolves.toBe(
      `${before} ${await bench.git(name, 'rev-parse', 'golden-path')}`,
    );
    await expect(
      bench.git(name, 'fsck', '--full', '--strict'),
    ).resolves.not.toContain('error');
  });

  it('is marked where both changed the same lines, and nowhere else', async () => {
    await bench.edit(name, [
      text(
        'numbers.txt',
        numbered.replace('six', 'half a dozen').replace('one', 'ONE'),
      ),
    ]);
    const upgrade = await bench.upgrade(name, second);
    expect(upgrade.conflicts).toEqual([
      { path: 'numbers.txt', kind: 'both-changed' },
    ]);
    const files = await bench.files(name, upgrade.branch);
    expect(files.get('numbers.txt')).toBe(
      lines(
        'ONE',
        'two',
        'three',
        'four',
        'five',
        '<<<<<<< this-repository',
        'half a dozen',
        files.get('numbers.txt')!.match(/^\|{7}.*$/m)![0],
        'six',
        '=======',
        'SIX',
        '>>>>>>> paper-1.1.0',
        'seven',
      ),
    );
    expect(upgrade.summary).toContain('**To decide**\n\n- `numbers.txt`');
  });

  it('keeps removed what people removed, and keeps what they changed of what is removed', async () => {
    await bench.edit(name, [
      { remove: 'numbers.txt' },
      text('old.txt', 'old, and mine\n'),
    ]);
    const upgrade = await bench.upgrade(name, second);
    expect(upgrade.conflicts).toEqual([
      { path: 'numbers.txt', kind: 'removed-here' },
      { path: 'old.txt', kind: 'removed-in-template' },
    ]);
    const files = await bench.files(name, upgrade.branch);
    expect(files.has('numbers.txt')).toBe(false);
    expect(files.get('old.txt')).toBe('old, and mine\n');
  });

  it('has what the template changed in a file that people renamed', async () => {
    await bench.edit(name, [{ move: 'numbers.txt', to: 'lists/numbers.txt' }]);
    const upgrade = await bench.upgrade(name, second);
    expect(upgrade.conflicts).toEqual([]);
    const files = await bench.files(name, upgrade.branch);
    expect(files.get('lists/numbers.txt')).toContain('SIX');
    expect(files.has('numbers.txt')).toBe(false);
  });
});

describe('one version after the other', () => {
  const third = releaseOf('1.2.0', {
    'numbers.txt': numbered.replace('six', 'SIX').replace('seven', 'SEVEN'),
    'kept.txt': 'kept\n',
    'new.txt': 'newer\n',
  });

  it.each(['merged', 'squashed'])(
    'goes on from an upgrade that was %s',
    async how => {
      await bench.edit(name, [
        text('numbers.txt', numbered.replace('one', 'ONE')),
      ]);
      const upgrade = await bench.upgrade(name, second);
      if (how === 'merged') {
        await bench.merge(name, upgrade);
      } else {
        const files = await bench.files(name, upgrade.branch);
        await bench.edit(name, [
          ...[...files].map(([path, content]) => text(path, content)),
          { remove: 'old.txt' },
        ]);
        await bench.git(
          name,
          'update-ref',
          '-d',
          `refs/heads/${upgrade.branch}`,
        );
      }
      const next = await bench.upgrade(name, third);
      expect(next).toMatchObject({ from: '1.1.0', conflicts: [] });
      const files = await bench.files(name, next.branch);
      expect(files.get('numbers.txt')).toBe(
        lines('ONE', 'two', 'three', 'four', 'five', 'SIX', 'SEVEN'),
      );
      expect(files.get('new.txt')).toBe('newer\n');
    },
  );

  it('goes from the first to the third when the second was never merged', async () => {
    await bench.upgrade(name, second);
    const next = await bench.upgrade(name, third);
    expect(next).toMatchObject({ from: '1.0.0', to: '1.2.0', conflicts: [] });
  });
});

describe('migrations', () => {
  const moved = releaseOf('2.0.0', {
    'lists/numbers.txt': numbered.replace('six', 'SIX'),
    'kept.txt': 'kept\n',
    'old.txt': 'old\n',
  });

  it('move what people have edited, and replace what they wrote by the old ways', async () => {
    await bench.edit(name, [
      text('numbers.txt', lines('totally', 'other', 'words', 'now', 'six')),
      text('mine.txt', 'calls numbers.txt twice: numbers.txt\n'),
    ]);
    const upgrade = await bench.upgrade(name, {
      ...moved,
      migrations: migration(
        '2.0.0',
        `title: Lists have a folder
notes: Look at your scripts.
steps:
  - move: numbers.txt
    to: lists/numbers.txt
  - move: nothing.txt
    to: lists/nothing.txt
  - replace: numbers.txt
    by: lists/numbers.txt
    in: mine.txt
`,
      ),
    });
    const files = await bench.files(name, upgrade.branch);
    expect(files.has('numbers.txt')).toBe(false);
    expect(files.get('lists/numbers.txt')).toContain('totally\nother\n');
    expect(files.get('mine.txt')).toBe(
      'calls lists/numbers.txt twice: lists/numbers.txt\n',
    );
    expect(upgrade.summary).toContain('- 2.0.0: Look at your scripts.');
  });

  it('run only when their version is crossed', async () => {
    const later = {
      ...moved,
      migrations: migration(
        '1.0.0',
        'title: Long ago\nsteps: [{move: old.txt, to: gone.txt}]',
      ),
    };
    const upgrade = await bench.upgrade(name, later);
    expect(upgrade.migrations).toEqual([]);
    const files = await bench.files(name, upgrade.branch);
    expect(files.has('gone.txt')).toBe(false);
  });

  it.each([
    ['a path that leads out', 'steps: [{move: ../../etc/passwd, to: a}]'],
    ['a path into .git', 'steps: [{replace: a, by: b, in: .git/config}]'],
    ['a step nobody knows', 'steps: [{run: rm -rf /}]'],
  ])('refuse %s', (_, steps) => {
    expect(() => migration('2.0.0', `title: Bad\n${steps}`)).toThrow(
      /migrations\/2\.0\.0\.yaml is no migration/,
    );
  });
});

describe('what is refused leaves the repository as it was', () => {
  it.each([
    [
      'the version it is on',
      first,
      /is on version 1\.0\.0; 1\.0\.0 is not later/,
    ],
    [
      'another template',
      { ...second, template: 'template:default/stone' },
      /is on template:default\/paper/,
    ],
    [
      'a version that asks what was never answered',
      {
        ...second,
        answers: { color: { kind: 'form' as const, field: 'color' } },
      },
      /never answered: color/,
    ],
    [
      'a version that cannot be rendered',
      releaseOf('1.1.0', { 'a.njk': '${{ values.' }),
      /cannot be rendered/,
    ],
  ])('%s', async (_, release, message) => {
    const before = await bench.refs(name);
    await expect(bench.upgrade(name, release)).rejects.toThrow(message);
    await expect(bench.refs(name)).resolves.toBe(before);
  });
});

it('takes the default of a question that is new, or the answer that is given', async () => {
  const asking = {
    ...second,
    answers: {
      name: { kind: 'form' as const, field: 'name' },
      color: { kind: 'form' as const, field: 'color', default: 'white' },
    },
  };
  const color = async (more: object) => {
    const { branch } = await bench.upgrade(name, asking, more);
    const files = await bench.files(name, branch);
    return JSON.parse(files.get(recordPath)!).answers.color;
  };
  await expect(color({})).resolves.toBe('white');
  await expect(
    color({
      id: 'two',
      answers: { color: 'red' },
      replaces: await bench.git(name, 'rev-parse', 'upgrade/paper-1.1.0'),
    }),
  ).resolves.toBe('red');
});

it('never writes over what people put on the branch', async () => {
  await bench.upgrade(name, second);
  await bench.git(
    name,
    'update-ref',
    'refs/heads/upgrade/paper-1.1.0',
    await bench.git(name, 'rev-parse', 'main'),
  );
  await expect(bench.upgrade(name, second)).rejects.toMatchObject({
    name: 'ConflictError',
  });
});

it('finds its own work when it is prepared again, even if the repository went on', async () => {
  const made = await bench.upgrade(name, second);
  await bench.edit(name, [text('mine.txt', 'mine\n')]);
  await expect(bench.upgrade(name, second)).resolves.toMatchObject({
    commit: made.commit,
    moves: [],
  });
});

it('lets one of two win that upgrade at once, and the other begin again', async () => {
  const results = await Promise.allSettled([
    bench.upgrade(name, second, { id: 'one' }),
    bench.upgrade(name, second, { id: 'two' }),
  ]);
  const lost = results.filter(({ status }) => status === 'rejected');
  expect(lost).toHaveLength(1);
  expect(lost[0]).toMatchObject({ reason: { name: 'ConflictError' } });
  await expect(
    bench.git(name, 'rev-list', '--count', '--merges', '--all'),
  ).resolves.toBe('1');
});

it('renders the old version again where the history was cut', async () => {
  const files = await bench.files(name, 'main');
  const { [recordPath]: record, ...others } = Object.fromEntries(files);
  await bench.scaffold('cut-paper', first);
  // One commit that holds the edits already, as an import from elsewhere does.
  await bench.edit('cut-paper', [
    text('numbers.txt', others['numbers.txt'].replace('one', 'ONE')),
  ]);
  const tree = await bench.git('cut-paper', 'rev-parse', 'main^{tree}');
  const alone = await bench.git(
    'cut-paper',
    '-c',
    'user.name=a',
    '-c',
    'user.email=a@b',
    'commit-tree',
    tree,
    '-m',
    'Import',
  );
  await bench.git('cut-paper', 'update-ref', 'refs/heads/main', alone);
  expect(record).toBeDefined();

  await expect(bench.upgrade('cut-paper', second)).rejects.toThrow(
    /is found neither in the branch golden-path nor in the history/,
  );
  const upgrade = await bench.upgrade('cut-paper', second, { current: first });
  expect(upgrade.conflicts).toEqual([]);
  const upgraded = await bench.files('cut-paper', upgrade.branch);
  expect(upgraded.get('numbers.txt')).toBe(
    numbered.replace('one', 'ONE').replace('six', 'SIX'),
  );
});
