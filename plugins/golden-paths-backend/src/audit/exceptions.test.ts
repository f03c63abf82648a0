import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import type { Adoption, Exception } from '@waymark/plugin-golden-paths-common';
import { AuditedAdoptions } from './AuditedAdoptions';
import { AuditedExceptions } from './AuditedExceptions';

const caller = { credentials: mockCredentials.user('user:default/amara') };
const by = 'user:default/amara';
const wanted = {
  entityRef: 'component:default/payments-ledger',
  kind: 'version' as const,
  reason: 'It is replaced in spring.',
  until: '2027-03-31',
};
const exception: Exception = {
  ...wanted,
  id: 'exception-1',
  title: 'Payments ledger',
  state: 'pending',
  askedBy: by,
  askedAt: '2026-11-29T12:00:00.000Z',
};
const about = {
  id: exception.id,
  entityRef: exception.entityRef,
  kind: 'version',
  state: 'pending',
  until: '2027-03-31',
};

function setUp() {
  const event = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock({ createEvent: async () => event });
  const plain = {
    list: jest.fn(),
    find: jest.fn(),
    ask: jest.fn().mockResolvedValue(exception),
    decide: jest.fn().mockResolvedValue(exception),
    end: jest.fn().mockResolvedValue(exception),
  };
  return {
    event,
    auditor,
    plain,
    exceptions: new AuditedExceptions(plain, auditor),
  };
}

it.each([
  ['exception-ask', { ...wanted }, 'ask'],
  [
    'exception-decide',
    { id: exception.id, verdict: 'grant', comment: 'Until then.' },
    'decide',
  ],
  ['exception-end', { id: exception.id }, 'end'],
] as const)(
  'writes down %s, and what came of it',
  async (eventId, meta, deed) => {
    const { exceptions, auditor, event, plain } = setUp();
    const act = {
      ask: () => exceptions.ask(wanted, caller),
      decide: () =>
        exceptions.decide(
          exception.id,
          { verdict: 'grant', comment: 'Until then.' },
          caller,
        ),
      end: () => exceptions.end(exception.id, caller),
    }[deed];
    await act();
    expect(auditor.createEvent).toHaveBeenCalledWith({
      eventId,
      severityLevel: 'medium',
      meta: { by, ...meta },
    });
    expect(event.success).toHaveBeenCalledWith({ meta: about });
    const refusal = new NotAllowedError('not yours');
    plain[deed].mockRejectedValue(refusal);
    await expect(act()).rejects.toBe(refusal);
    expect(event.fail).toHaveBeenCalledWith({ error: refusal });
  },
);

it('writes down who adopted which golden path, and no preview', async () => {
  const { auditor, event } = setUp();
  const adoption: Adoption = {
    entityRef: exception.entityRef,
    repository: 'payments-ledger',
    repositoryUrl: 'http://localhost/payments-ledger',
    template: 'template:default/paper',
    version: '1.0.0',
    branch: 'adopt/paper-1.0.0',
    title: 'Adopt paper 1.0.0',
    summary: '',
    changes: [],
    differing: [],
    blocked: [],
  };
  const adoptions = new AuditedAdoptions(
    {
      preview: async () => adoption,
      adopt: async () => adoption,
    },
    auditor,
  );
  const request = {
    entityRef: adoption.entityRef,
    template: adoption.template,
    answers: { long: 'text' },
  };
  await adoptions.preview(request, caller);
  expect(auditor.createEvent).not.toHaveBeenCalled();
  await adoptions.adopt(request, caller);
  expect(auditor.createEvent).toHaveBeenCalledWith({
    eventId: 'golden-path-adopt',
    severityLevel: 'medium',
    meta: {
      by,
      entityRef: adoption.entityRef,
      template: adoption.template,
    },
  });
  expect(event.success).toHaveBeenCalledWith({
    meta: {
      repository: 'payments-ledger',
      version: '1.0.0',
      branch: 'adopt/paper-1.0.0',
    },
  });
});
