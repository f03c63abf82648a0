import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { actionlint } from '../../src/goldenPaths/tools.ts';
import { paths } from '../../src/paths.ts';
import { runLogged } from '../../src/toolchain/run.ts';

const plugin = path.join(
  paths.root,
  'plugins/scaffolder-backend-module-golden-paths/src/pipeline',
);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-pipeline-'));
after(() => fs.rmSync(scratch, { recursive: true }));

type Plan = { files: Map<string, Buffer> };
type Loaded = {
  Layers: new (folder: string) => object;
  planPipeline(
    repository: {
      defaultBranch: string;
      paths: string[];
      read(): Promise<Map<string, Buffer>>;
    },
    layers: object,
    wanted: string[],
  ): Promise<Plan>;
};

/** What is added is the portal's, and compiled as the portal compiles it. */
function load(): Loaded {
  process.env.WAYMARK_CACHE ??= paths.cache;
  const require = createRequire(import.meta.url);
  require('../../src/portal/loadTypeScript.cjs');
  return {
    ...require('@waymark/plugin-golden-paths-node'),
    ...require(path.join(plugin, 'planPipeline.ts')),
  };
}

const repositories: Record<string, string[]> = {
  'of every kind': [
    'package.json',
    'pyproject.toml',
    'go.mod',
    'pom.xml',
    'Dockerfile',
    'chart/Chart.yaml',
    'main.tf',
  ],
  'with several of a kind': [
    'services/a/package.json',
    'services/b_1/package.json',
    'infra/staging/main.tf',
    'infra/production/main.tf',
  ],
};

describe('the standard pipeline', async () => {
  const { Layers, planPipeline } = load();
  const tool = await actionlint().catch(error => error.message);

  for (const [name, files] of Object.entries(repositories)) {
    it(`passes actionlint in a repository ${name}`, async t => {
      if (typeof tool === 'string') {
        t.skip(tool);
        return;
      }
      const plan = await planPipeline(
        {
          defaultBranch: 'main',
          paths: files,
          read: async () => new Map(),
        },
        new Layers(path.join(paths.root, 'templates/layers')),
        [],
      );
      const folder = path.join(scratch, name.replaceAll(' ', '-'));
      // By this folder actionlint knows where the repository begins.
      fs.mkdirSync(path.join(folder, '.git'), { recursive: true });
      for (const [file, content] of plan.files) {
        const at = path.join(folder, file);
        fs.mkdirSync(path.dirname(at), { recursive: true });
        fs.writeFileSync(at, content);
      }
      await runLogged(`pipeline-${files.length}`, tool.program, ['-no-color'], {
        cwd: folder,
        remedy: 'Correct templates/layers/workflows.',
      });
    });
  }
});
