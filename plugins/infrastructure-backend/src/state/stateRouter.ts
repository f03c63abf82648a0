import {
  AuthenticationError,
  InputError,
  NotAllowedError,
} from '@backstage/errors';
import { createHash } from 'node:crypto';
import express, { Router, type Request, type Response } from 'express';
import type { Grant, StateGrants } from './StateGrants';
import type { StateService } from './StateService';

/** States hold texts, not data: a larger one is a mistake. */
const largestState = '32mb';

/** What a client shows by HTTP basic authentication, as Terraform does. */
function credentialsIn(req: Request): { id: string; token: string } {
  const [, encoded = ''] =
    /^Basic ([A-Za-z0-9+/=]+)$/i.exec(req.header('authorization') ?? '') ?? [];
  const [, id, token] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  if (id === undefined || token === undefined) {
    throw new AuthenticationError(
      'A state is opened by user name and password, which a run gets when it begins',
    );
  }
  return { id, token };
}

function bodyOf(req: Request): Buffer {
  const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  const stated = req.header('content-md5');
  if (stated && stated !== createHash('md5').update(body).digest('base64')) {
    throw new InputError(
      'The body is not what its Content-MD5 says; it was damaged on the way',
    );
  }
  return body;
}

/** Maps the protocol of Terraform's HTTP backend to the service. */
export function createStateRouter(options: {
  grants: StateGrants;
  states: StateService;
}): Router {
  const { grants, states } = options;
  const router = Router();
  const raw = express.raw({ type: () => true, limit: largestState });

  // Before the body is read: a stranger's is not worth the memory.
  router.use('/state/:resource', (req, res, next) => {
    res.set('cache-control', 'no-store');
    Promise.resolve()
      .then(() => grants.verify(credentialsIn(req)))
      .then(grant => {
        if (grant.resourceId !== req.params.resource) {
          throw new NotAllowedError(
            'These credentials open the state of another resource',
          );
        }
        res.locals.grant = grant;
        next();
      })
      .catch(next);
  });
  const opened =
    (act: (grant: Grant, req: Request, res: Response) => Promise<void>) =>
    (req: Request, res: Response, next: (error: unknown) => void) => {
      act(res.locals.grant, req, res).catch(next);
    };
  const lockIdIn = ({ query: { ID } }: Request) =>
    typeof ID === 'string' ? ID : undefined;

  const state = router.route('/state/:resource');
  state.get(
    opened(async (grant, _req, res) => {
      const body = await states.read(grant);
      if (body) res.type('json').send(body);
      else res.status(204).end();
    }),
  );
  state.post(
    raw,
    opened(async (grant, req, res) => {
      await states.write(grant, bodyOf(req), lockIdIn(req));
      res.status(200).end();
    }),
  );
  state.delete(
    opened(async (grant, req, res) => {
      await states.remove(grant, lockIdIn(req));
      res.status(200).end();
    }),
  );
  state.lock(
    raw,
    opened(async (grant, req, res) => {
      const holder = await states.lock(grant, bodyOf(req));
      if (holder) res.status(423).json(holder);
      else res.status(200).end();
    }),
  );
  state.unlock(
    raw,
    opened(async (grant, req, res) => {
      await states.unlock(grant, bodyOf(req));
      res.status(200).end();
    }),
  );
  return router;
}
