import { createMockDirectory } from '@backstage/backend-test-utils';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Offerings } from './Offerings';
import { PriceBook } from './PriceBook';

const folder = path.join(__dirname, '../__testUtils__');
const directory = createMockDirectory();

/** Reads offerings that differ in nothing but what they depend on. */
async function read(dependenciesOf: Record<string, string[]>) {
  const thing = await fs.readFile(path.join(folder, 'offerings/thing.yaml'));
  directory.setContent(
    Object.fromEntries(
      Object.entries(dependenciesOf).map(([name, dependencies]) => [
        `${name}.yaml`,
        `${thing
          .toString()
          .replace('name: thing', `name: ${name}`)
          .replace(
            'title: Thing',
            `title: The ${name}`,
          )}  dependencies: [${dependencies}]\n`,
      ]),
    ),
  );
  return Offerings.read({
    folder: directory.path,
    prices: await PriceBook.read(path.join(folder, 'prices')),
    engines: new Map(),
  });
}

const timing = { promisedSeconds: 60, samples: 0 };

describe('what an offering depends on', () => {
  it('is said with it, by name and title', async () => {
    const offerings = await read({ function: ['bucket'], bucket: [] });
    expect(offerings.problems).toEqual([]);
    const detail = (name: string) =>
      offerings
        .get(name)
        .detail(
          timing,
          undefined,
          other => offerings.get(other).file.metadata.title,
        );
    expect(await detail('function')).toMatchObject({
      dependencies: [{ name: 'bucket', title: 'The bucket' }],
    });
    expect(await detail('bucket')).toMatchObject({ dependencies: [] });
  });

  it('has to be offered, or it is left out with what depends on it', async () => {
    const offerings = await read({
      app: ['function'],
      bucket: [],
      function: ['bukcet'],
    });
    expect(offerings.all().map(({ name }) => name)).toEqual(['bucket']);
    expect(offerings.problems).toEqual([
      {
        file: 'function.yaml',
        message:
          'spec.dependencies: there is no offering bukcet; there are app, bucket, function',
      },
      {
        file: 'app.yaml',
        message:
          'spec.dependencies: there is no offering function; there are app, bucket',
      },
    ]);
  });

  it('cannot be itself', async () => {
    const { problems } = await read({ bucket: ['bucket'] });
    expect(problems).toEqual([
      {
        file: 'bucket.yaml',
        message: 'spec.dependencies: it cannot depend on itself',
      },
    ]);
  });
});
