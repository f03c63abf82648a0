import {
  documentedRoutes,
  servedRoutes,
} from '@waymark/plugin-openapi-node/testUtils';
import { contract } from './__testUtils__/portal';
import { createRouter } from './api/router';
import { createUploadRouter } from './api/uploadRouter';

it('serves what its document says, and nothing else', () => {
  const unused = {} as never;
  expect(
    servedRoutes(
      createUploadRouter({ httpAuth: unused, imports: unused }),
      createRouter({
        anomalies: unused,
        budgets: unused,
        changes: unused,
        forecast: unused,
        httpAuth: unused,
        imports: unused,
        rates: unused,
        recommendations: unused,
        rules: unused,
        signals: unused,
        totals: unused,
        units: unused,
      }),
    ),
  ).toEqual(documentedRoutes(contract));
});
