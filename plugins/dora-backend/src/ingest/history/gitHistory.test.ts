import { changesOf } from './changes';
import { landedBy, releasedBy } from './deployments';
import { readGitHistory } from './gitHistory';

const sha = (character: string) => character.repeat(40);

const record = (...fields: string[]) => `${fields.join('\x1f')}\x1e\n`;

/** @param more - subject and body, as Git writes them */
const commit = (
  id: string,
  parents: string[],
  at: string,
  ...more: [string?, string?]
) =>
  record(
    'commit',
    sha(id),
    parents.map(sha).join(' '),
    at,
    at,
    'Amara',
    more[0] ?? 'Work',
    more[1] ?? '',
  );

async function* inPieces(text: string, size: number) {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size);
  }
}

const read = (text: string, size = 1000) =>
  readGitHistory(inPieces(text, size));

const day = (number: number) =>
  `2026-03-${String(number).padStart(2, '0')}T09:00:00Z`;

describe('readGitHistory', () => {
  const text =
    record('head', sha('b')) +
    record('tag', 'v1', sha('f'), sha('a'), day(2)) +
    record('tag', 'a-tree', sha('e'), '', '') +
    commit('b', ['a'], day(3), 'Größe 👩‍🌾\0 ändern', 'Long\n\ntext') +
    commit('a', [], day(1));

  it.each([1, 7, 1000])('reads pieces of %i bytes', async size => {
    const history = await read(text, size);
    expect(history.head).toBe(sha('b'));
    expect(history.tags).toEqual([
      { name: 'v1', sha: sha('a'), createdAt: Date.parse(day(2)) },
    ]);
    expect(history.commits.get(sha('b'))).toMatchObject({
      subject: 'Größe 👩‍🌾 ändern',
      body: 'Long\n\ntext',
      parents: [sha('a')],
    });
  });

  it('never cuts a character into something that cannot be stored', async () => {
    const history = await read(
      record('head', sha('a')) +
        commit('a', [], day(1), `${'x'.repeat(999)}👍`),
    );
    expect(history.commits.get(sha('a'))?.subject).toBe('x'.repeat(999));
  });

  it.each([
    ['something else', 'hello', /ends in the middle of a record/],
    ['another record', record('blob', sha('a')), /Record 1 begins with "blob"/],
    ['no head', commit('a', [], day(1)), /nothing of the commit at its head/],
    [
      'a head that is not there',
      record('head', sha('b')) + commit('a', [], day(1)),
      /nothing of the commit at its head/,
    ],
    [
      'a wrong id',
      record('commit', '../../etc', '', day(1), day(1)),
      /Record 1: "..\/..\/etc" is not the id of a commit/,
    ],
    [
      'a wrong date',
      record('commit', sha('a'), '', 'yesterday', day(1)),
      /Record 1: "yesterday" is no instant/,
    ],
    ['what was cut off', text.slice(0, -30), /ends in the middle/],
  ])('refuses %s', async (_, given, message) => {
    await expect(read(given)).rejects.toThrow(message);
  });
});

describe('changes', () => {
  const titleOf = async (subject: string, body = '') =>
    changesOf(
      await read(
        record('head', sha('a')) + commit('a', [], day(1), subject, body),
      ),
    )[0];

  it.each([
    [
      "Merge branch 'slots' into 'main'",
      'Slots\n\nSee merge request shop/web!12',
      'Slots',
      '12',
    ],
    ['Merged PR 41: Slots', '', 'Merged PR 41: Slots', '41'],
    ['Slots (#9)', '', 'Slots (#9)', '9'],
    ['Slots', '', 'Slots', undefined],
  ])('reads "%s"', async (subject, body, title, number) => {
    expect(await titleOf(subject, body)).toMatchObject({ title, number });
  });

  it('gives a commit that two merges hold to the first', async () => {
    const history = await read(
      record('head', sha('e')) +
        commit('e', ['d', 'c'], day(5)) +
        commit('d', ['a', 'b'], day(4)) +
        commit('c', ['b'], day(3)) +
        commit('b', ['a'], day(2)) +
        commit('a', [], day(1)),
    );
    expect(
      changesOf(history).map(({ commits }) => commits?.map(part => part.sha)),
    ).toEqual([[], [sha('b')], [sha('c')]]);
  });

  it('goes on where the history was cut off', async () => {
    const history = await read(
      record('head', sha('c')) + commit('c', ['b', '9'], day(5)),
    );
    expect(changesOf(history)).toHaveLength(1);
  });
});

describe('releases', () => {
  const line = (subjects: string[]) =>
    record('head', sha(String(subjects.length))) +
    subjects
      .map((subject, index) =>
        commit(
          String(index + 1),
          index === 0 ? [] : [String(index)],
          day(index + 1),
          subject,
        ),
      )
      .join('');
  const tag = (name: string, id: string, at: string) =>
    record('tag', name, sha(id), '', at);

  it.each([
    ['v1.4.0', true],
    ['1.4', true],
    ['orders@2.0.1', true],
    ['release-3.2', true],
    ['v1.4.0-rc.1', false],
    ['v2.0.0-beta', false],
    ['1.0rc1', false],
    ['nightly', false],
    ['latest', false],
  ])('%s is one: %s', async (name, is) => {
    const history = await read(line(['Work']) + tag(name, '1', day(1)));
    expect(releasedBy(history, undefined)).toHaveLength(is ? 1 : 0);
  });

  it('counts a commit once, under its first name', async () => {
    const history = await read(
      line(['Work']) + tag('v1.0', '1', day(3)) + tag('v1.0.0', '1', day(2)),
    );
    expect(releasedBy(history, undefined)).toMatchObject([{ ref: 'v1.0.0' }]);
  });

  it('takes patches of nothing but fixes within a day for hotfixes', async () => {
    const quick =
      line(['Add slots', 'fix: slots']) + tag('v1.1.0', '1', day(2));
    const hours = '2026-03-02T20:00:00Z';
    const kinds = async (text: string) =>
      releasedBy(await read(text), undefined).map(({ kind }) => kind);
    expect(await kinds(quick + tag('v1.1.1', '2', hours))).toEqual([
      undefined,
      'hotfix',
    ]);
    expect(await kinds(quick + tag('v1.2.0', '2', hours))).toEqual([
      undefined,
      undefined,
    ]);
    expect(await kinds(quick + tag('v1.1.1', '2', day(9)))).toEqual([
      undefined,
      undefined,
    ]);
    expect(await kinds(quick + tag('hotfix-1.2.0', '2', day(9)))).toEqual([
      undefined,
      'hotfix',
    ]);
  });

  it('can be every landing', async () => {
    const history = await read(line(['One', 'Two']));
    expect(landedBy(changesOf(history))).toMatchObject([
      { id: `landing:${sha('1')}`, commits: [sha('1')] },
      { id: `landing:${sha('2')}`, title: 'Two' },
    ]);
  });
});
