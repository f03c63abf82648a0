import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';

/** What the portal asked of the scaffolder. */
export type AskedDryRun = {
  authorization: string | undefined;
  body: {
    template: { spec: { steps: Array<{ action: string }> } };
    values: object;
    directoryContents: Array<{ path: string; base64Content: string }>;
  };
};

/** In the scaffolder's place: remembers what it is asked, and answers as told. */
export function fakeScaffolder(answer: { status: number; body: unknown }) {
  const asked: AskedDryRun[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'scaffolder',
    register(registry) {
      registry.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          const router = express.Router();
          router.use(express.json({ limit: '10mb' }));
          router.post('/v2/dry-run', (req, res) => {
            asked.push({
              authorization: req.headers.authorization,
              body: req.body,
            });
            res.status(answer.status).json(answer.body);
          });
          httpRouter.use(router);
        },
      });
    },
  });
  return { plugin, asked };
}

/** A dry run's answer with these files. */
export function dryRunOf(files: Record<string, string | Buffer>) {
  return {
    status: 200,
    body: {
      log: [
        {
          body: {
            message: 'Beginning step Write',
            stepId: 'fetch',
            status: 'processing',
          },
        },
        {
          body: {
            message: 'Running fetch:template with {"secret":"input"}',
            stepId: 'fetch',
          },
        },
        {
          body: {
            message: 'Finished step Write',
            stepId: 'fetch',
            status: 'completed',
          },
        },
      ],
      directoryContents: Object.entries(files).map(([file, content]) => ({
        path: file,
        base64Content: Buffer.from(content).toString('base64'),
      })),
      output: {},
    },
  };
}
