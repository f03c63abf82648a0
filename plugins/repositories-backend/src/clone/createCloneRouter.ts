import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  spawnGit,
  type LocalRepositories,
} from '@waymark/plugin-repositories-node';
import express from 'express';
import Router from 'express-promise-router';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { CloneAccess } from './CloneAccess';

const service = 'git-upload-pack';
// A clone over a slow line may take this long, and no longer.
const cloneTimeoutMs = 10 * 60_000;

// Two lengths of four hexadecimal digits frame the announcement; see gitprotocol-http(5).
const announcement = `001e# service=${service}\n0000`;

function nothingCached(res: express.Response, type: string): void {
  res.set({ 'Cache-Control': 'no-cache', 'Content-Type': type });
}

function protocolOf(req: express.Request): Record<string, string> {
  const asked = req.get('git-protocol');
  return asked && /^version=[012]$/.test(asked) ? { GIT_PROTOCOL: asked } : {};
}

/** Lets Git clone and fetch over HTTP, and refuses to be written to. */
export function createCloneRouter(options: {
  access: CloneAccess;
  repositories: LocalRepositories;
  logger: LoggerService;
}): express.Router {
  const { access, repositories, logger } = options;
  const router = Router();

  const placeFor = async (req: express.Request, res: express.Response) => {
    // Git asks the person for a token only when it sees this.
    res.set('WWW-Authenticate', 'Basic realm="Waymark"');
    const place = await access.placeOf(
      req.params.name,
      req.get('authorization'),
    );
    res.removeHeader('WWW-Authenticate');
    return place;
  };

  /** Runs Git's side of a conversation, and ends it when the other side leaves. */
  const converse = async (
    req: express.Request,
    res: express.Response,
    args: string[],
    input: NodeJS.ReadableStream | undefined,
  ) => {
    const git = spawnGit([service.slice('git-'.length), ...args], {
      repository: args[args.length - 1],
      env: protocolOf(req),
      timeoutMs: cloneTimeoutMs,
    });
    git.on('error', error => git.stdout.destroy(error));
    git.stderr.on('data', words =>
      logger.debug(`git ${service} for ${req.params.name}: ${words}`),
    );
    res.once('close', () => git.kill('SIGKILL'));
    try {
      await Promise.all([
        input ? pipeline(input, git.stdin) : git.stdin.end(),
        pipeline(git.stdout, res),
      ]);
    } catch (error) {
      git.kill('SIGKILL');
      // The head of the answer is gone: all that is left is to cut it short.
      logger.info(`A clone of ${req.params.name} ended early: ${error}`);
      res.destroy();
    }
  };

  router.get('/git/:name.git/info/refs', async (req, res) => {
    if (req.query.service === 'git-receive-pack') {
      throw new NotAllowedError(
        'Repositories kept by the portal are read-only over HTTP: push to your Git host',
      );
    }
    if (req.query.service !== service) {
      throw new InputError(
        `Only ${service} is served: clone with a Git of version 1.6.6 or newer`,
      );
    }
    const place = await placeFor(req, res);
    nothingCached(res, `application/x-${service}-advertisement`);
    res.write(announcement);
    await converse(
      req,
      res,
      ['--strict', '--stateless-rpc', '--http-backend-info-refs', place],
      undefined,
    );
  });

  router.post('/git/:name.git/git-upload-pack', async (req, res) => {
    if (req.get('content-type') !== `application/x-${service}-request`) {
      throw new InputError(
        `The body is to be application/x-${service}-request`,
      );
    }
    const place = await placeFor(req, res);
    nothingCached(res, `application/x-${service}-result`);
    await converse(
      req,
      res,
      ['--strict', '--stateless-rpc', place],
      req.get('content-encoding') === 'gzip' ? req.pipe(createGunzip()) : req,
    );
  });

  router.post('/git/:name.git/git-receive-pack', () => {
    throw new NotAllowedError(
      'Repositories kept by the portal are read-only over HTTP',
    );
  });

  // What a person sees who opens the address of a repository in a browser.
  router.get('/git/:name.git', async (req, res) => {
    await placeFor(req, res);
    const { name, description, cloneUrl, defaultBranch, head } =
      await repositories.describe(req.params.name);
    const { entries } = await repositories.tree({
      name,
      ref: defaultBranch,
      path: '',
    });
    res
      .type('text/plain; charset=utf-8')
      .send(
        [
          name,
          description,
          '',
          `  git clone ${cloneUrl} ${name}`,
          '',
          `${defaultBranch} is at ${head.commit.slice(0, 10)}, ${
            head.committedAt
          }`,
          `  ${head.message} (${head.author})`,
          '',
          ...entries.map(
            ({ path, type }) => `  ${path}${type === 'folder' ? '/' : ''}`,
          ),
          '',
        ].join('\n'),
      );
  });

  return router;
}
