import { mockServices } from '@backstage/backend-test-utils';
import { readContract } from '@waymark/plugin-openapi-node';
import {
  documentedRoutes,
  servedRoutes,
} from '@waymark/plugin-openapi-node/testUtils';
import { createRouter } from './router';

it('serves every route of its contract, and no other', () => {
  const router = createRouter({
    httpAuth: mockServices.httpAuth.mock(),
    names: { check: jest.fn() },
    previews: { create: jest.fn() },
  });
  expect(servedRoutes(router)).toEqual(
    documentedRoutes(readContract('@waymark/plugin-golden-paths-common')),
  );
});
