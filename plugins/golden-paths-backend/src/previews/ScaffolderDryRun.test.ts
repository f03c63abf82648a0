import { mockServices } from '@backstage/backend-test-utils';
import { ScaffolderDryRun } from './ScaffolderDryRun';

const logger = mockServices.logger.mock();
const dryRun = ScaffolderDryRun.create({
  auth: mockServices.auth(),
  discovery: mockServices.discovery(),
  logger,
});
const request = {
  template: {
    apiVersion: 'scaffolder.backstage.io/v1beta3' as const,
    kind: 'Template' as const,
    metadata: { name: 'node-service' },
    spec: { type: 'service', steps: [] },
  },
  values: {},
  files: [],
};

afterEach(() => jest.restoreAllMocks());

it.each([
  [
    new DOMException('The operation was aborted', 'TimeoutError'),
    'The preview was not ready within 30 seconds. Try again in a moment.',
  ],
  [
    new TypeError('fetch failed'),
    'The scaffolder does not answer. Try again in a moment.',
  ],
])(
  'says of %s what it means, and leaves it to the log',
  async (cause, said) => {
    jest.spyOn(global, 'fetch').mockRejectedValue(cause);
    await expect(dryRun.run(request)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: said,
    });
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(cause.message),
    );
  },
);
