import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { Router } from 'express';
import type { ImportsService } from '../import/ImportsService';

/** Takes files, which are stored as they arrive. */
export function createUploadRouter(options: {
  httpAuth: HttpAuthService;
  imports: ImportsService;
}): Router {
  const { httpAuth, imports } = options;
  const router = Router();
  router.post('/imports', (req, res, next) => {
    httpAuth
      .credentials(req, { allow: ['user', 'service'] })
      .then(credentials => {
        // Known before anything is read, so that the sender hears why it is refused.
        const announced = Number(req.headers['content-length'] ?? 0);
        const upload = { content: req, announced };
        return imports.add(upload, req.query, { credentials });
      })
      .then(added => res.status(202).json(added))
      .catch(next);
  });
  return router;
}
