import {
  portalUrl,
  releaseOf,
  text,
  UpgradeBench,
} from '../__testUtils__/UpgradeBench';
import {
  parseRecord,
  recordPath,
  type GoldenPathRecord,
} from '../record/GoldenPathRecord';
import { renderAgain, type Release } from '../release/Release';
import { renderGoldenPath } from '../renderGoldenPath';
import { readDrift } from './readDrift';

const bench = new UpgradeBench();
const name = 'blue-paper';
const moved = 'https://moved.larkspur.example/portal';
// Lines between the edit and the address, which would be one change to Git.
const link = 'one\ntwo\nthree\nfour\nSee ${{ values.portalUrl }}/docs\nsix\n';
const linkTo = (url: string) =>
  link.replace('two', 'TWO').replace('${{ values.portalUrl }}', url);
const first = releaseOf('1.0.0', { 'link.txt.njk': link });
const second = releaseOf('1.1.0', { 'link.txt.njk': link, 'new.txt': 'new\n' });

/** A version of before files could know where the portal is. */
const example = releaseOf('1.0.0', {
  'link.txt': link.replace(
    '${{ values.portalUrl }}',
    'https://portal.example.com',
  ),
});

/** One commit that holds the edits already: what was written is in no history. */
async function imported(release: Release, url?: string) {
  const files = renderGoldenPath(release, {
    answers: { name },
    portalUrl: url,
  });
  await bench.create(
    name,
    Object.fromEntries(
      files.map(({ path, content }) => [
        path,
        path === recordPath
          ? content
          : content.toString('utf8').replace('two', 'TWO'),
      ]),
    ),
  );
}

async function recordOf(branch: string): Promise<GoldenPathRecord> {
  const files = await bench.files(name, branch);
  return parseRecord(files.get(recordPath)!);
}

beforeEach(() => bench.clear());

it('renders what was written with where the portal was, and what is new with where it is', async () => {
  await imported(first, portalUrl);
  const upgrade = await bench.upgrade(name, second, {
    current: first,
    portalUrl: moved,
  });
  expect(upgrade.conflicts).toEqual([]);
  const files = await bench.files(name, upgrade.branch);
  expect(files.get('link.txt')).toBe(linkTo(moved));
  await expect(recordOf('main')).resolves.toMatchObject({ portalUrl });
  await expect(recordOf(upgrade.branch)).resolves.toMatchObject({
    portalUrl: moved,
  });
});

it('shows what people changed beside what was written', async () => {
  await imported(first, portalUrl);
  const drift = await bench.inCopy(name, async copy =>
    readDrift(copy, renderAgain(first, await recordOf('main'))),
  );
  expect(drift).toMatchObject([{ path: 'link.txt', added: 1, removed: 1 }]);
});

describe('a repository that never heard where the portal is', () => {
  beforeEach(() => imported(example));

  it('is what it was, and hears it with the next version', async () => {
    const upgrade = await bench.upgrade(name, second, { current: example });
    expect(upgrade.conflicts).toEqual([]);
    const files = await bench.files(name, upgrade.branch);
    expect(files.get('link.txt')).toBe(linkTo(portalUrl));
    expect(await recordOf('main')).not.toHaveProperty('portalUrl');
    await expect(recordOf(upgrade.branch)).resolves.toMatchObject({
      portalUrl,
    });
  });

  it('is in no conflict where people have put the address in', async () => {
    await bench.edit(name, [text('link.txt', linkTo(portalUrl))]);
    const upgrade = await bench.upgrade(name, second, { current: example });
    expect(upgrade.conflicts).toEqual([]);
    const files = await bench.files(name, upgrade.branch);
    expect(files.get('link.txt')).toBe(linkTo(portalUrl));
  });

  it('keeps another address that people have put in, and lists it', async () => {
    const own = linkTo('https://own.larkspur.example');
    await bench.edit(name, [text('link.txt', own)]);
    const upgrade = await bench.upgrade(name, second, { current: example });
    expect(upgrade.conflicts).toEqual([
      { path: 'link.txt', kind: 'both-changed' },
    ]);
    const files = await bench.files(name, upgrade.branch);
    expect(files.get('link.txt')).toContain('https://own.larkspur.example');
  });
});
