import { parse } from 'yaml';
import { findParts } from './findParts';
import { writePipeline } from './writePipeline';

it('has a job for every directory, however alike they are', () => {
  const { found } = findParts([
    'a-b/go.mod',
    'a/b/go.mod',
    'a_b/go.mod',
    'A/b/go.mod',
    'a-b-2/go.mod',
    'Dockerfile',
  ]);
  const { jobs } = parse(
    writePipeline({ parts: found, security: true, defaultBranch: 'main' }),
  ) as {
    jobs: Record<string, { needs?: string[]; with?: { directory: string } }>;
  };
  const ids = Object.keys(jobs);
  expect(ids.flatMap(id => jobs[id].with?.directory ?? []).sort()).toEqual([
    'A/b',
    'a-b',
    'a-b-2',
    'a/b',
    'a_b',
  ]);
  expect(new Set(ids.map(id => id.toLowerCase())).size).toBe(ids.length);
  expect(ids.filter(id => !/^[a-z][A-Za-z0-9-]*$/.test(id))).toEqual([]);
  expect(jobs.container.needs).toEqual(ids.filter(id => id !== 'container'));
});
