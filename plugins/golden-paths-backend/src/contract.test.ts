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
    fleet: {
      templates: jest.fn(),
      list: jest.fn(),
      summary: jest.fn(),
      services: jest.fn(),
      find: jest.fn(),
      drift: jest.fn(),
    },
    upgrades: {
      preview: jest.fn(),
      request: jest.fn(),
      list: jest.fn(),
      find: jest.fn(),
      merge: jest.fn(),
    },
    exceptions: {
      list: jest.fn(),
      find: jest.fn(),
      ask: jest.fn(),
      decide: jest.fn(),
      end: jest.fn(),
    },
    adoptions: { preview: jest.fn(), adopt: jest.fn() },
    campaigns: {
      start: jest.fn(),
      list: jest.fn(),
      find: jest.fn(),
      pause: jest.fn(),
      resume: jest.fn(),
      cancel: jest.fn(),
    },
  });
  expect(servedRoutes(router)).toEqual(
    documentedRoutes(readContract('@waymark/plugin-golden-paths-common')),
  );
});
