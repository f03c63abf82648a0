import { fakeRequest, fakeResource } from '../__testUtils__/fakes';
import {
  beginAgain,
  beginFrom,
  beginWith,
  filledIn,
  problemAt,
  requestOf,
  takingOfRequest,
} from './wishes';

describe('what a form begins with', () => {
  const options = {
    defaults: { connections: 10 },
    environments: ['development', 'staging'],
  };

  it('is what the offering says, in its first environment', () => {
    expect(beginWith({ ...options, given: {} })).toEqual({
      environment: 'development',
      parameters: { connections: 10 },
    });
  });

  it('is the draft, but for what the link says', () => {
    const kept = {
      name: 'orders',
      component: 'component:default/old',
      environment: 'staging',
      parameters: { connections: 4 },
    };
    expect(
      beginWith({
        ...options,
        kept,
        given: { component: 'component:default/new', owner: undefined },
      }),
    ).toEqual({ ...kept, component: 'component:default/new' });
  });
});

describe('what an address fills in', () => {
  const wish = {
    environment: 'staging',
    parameters: { size: 'db.m7g.xlarge', storageGb: 200, backups: true },
  };

  it('is the reason, and parameters in the kind they have', () => {
    const params = new URLSearchParams({
      reason: 'Make it smaller',
      'parameters.size': 'db.m7g.large',
      'parameters.storageGb': '100',
      'parameters.backups': 'false',
    });
    expect(filledIn(wish, params)).toEqual({
      environment: 'staging',
      reason: 'Make it smaller',
      parameters: { size: 'db.m7g.large', storageGb: 100, backups: false },
    });
  });

  it('is nothing that the form does not have', () => {
    const params = new URLSearchParams({
      'parameters.colour': 'red',
      'parameters.__proto__': 'x',
      resource: 'a',
    });
    expect(filledIn(wish, params)).toEqual(wish);
  });

  it('is left as it says where the kind does not fit, for the form to say so', () => {
    const params = new URLSearchParams({
      'parameters.storageGb': 'many',
      'parameters.backups': 'perhaps',
    });
    expect(filledIn(wish, params).parameters).toEqual({
      size: 'db.m7g.xlarge',
      storageGb: 'many',
      backups: 'perhaps',
    });
  });
});

describe('what is asked for', () => {
  const wish = {
    name: 'orders',
    environment: 'staging',
    owner: 'group:default/ledger',
    timeToLiveDays: 7,
    parameters: { connections: 4 },
  };

  it('is a new resource', () => {
    expect(requestOf('postgres-database', wish)).toEqual({
      ...wish,
      kind: 'create',
      offering: 'postgres-database',
    });
  });

  it('never ends by itself in production', () => {
    expect(
      requestOf('postgres-database', { ...wish, environment: 'production' })
        .timeToLiveDays,
    ).toBeUndefined();
  });

  it('is a change of the resource that the form is about', () => {
    const resource = fakeResource({ parameters: { connections: 8 } });
    expect(requestOf('postgres-database', beginFrom(resource))).toEqual({
      kind: 'update',
      resourceId: resource.id,
      parameters: { connections: 8 },
      dataClass: resource.dataClass,
    });
  });
});

describe('what is asked for again', () => {
  const { offering } = fakeRequest();
  const asked = {
    owner: 'group:default/ledger',
    dataClass: 'internal',
    timeToLiveDays: 7,
    parameters: { connections: 4 },
    reason: 'It keeps the books.',
  } as const;
  const again = (given: Parameters<typeof fakeRequest>[0]) => {
    const request = fakeRequest({ ...asked, ...given });
    return requestOf(offering, beginAgain(request), takingOfRequest(request));
  };

  it('is the same new resource', () => {
    expect(again({ kind: 'create', component: 'component:a/b' })).toEqual({
      ...asked,
      kind: 'create',
      offering,
      name: 'orders',
      environment: 'staging',
      component: 'component:a/b',
    });
  });

  it('is the same change of the same resource', () => {
    const { owner, ...change } = asked;
    const { resourceId } = fakeRequest();
    expect(again({ kind: 'update' })).toEqual({
      ...change,
      kind: 'update',
      resourceId,
    });
  });

  it('is the same takeover of what stands there', () => {
    const existing = [{ address: 'database', id: 'old_orders' }];
    expect(
      again({ kind: 'import', existing, markedFor: 'a-lost-one' }),
    ).toMatchObject({ kind: 'import', existing, markedFor: 'a-lost-one' });
  });
});

describe('problemAt', () => {
  const problems = [
    { field: 'parameters.cidrs[1]', message: 'is no range' },
    { field: 'name', message: 'is taken' },
  ];
  it.each([
    ['name', 'is taken'],
    ['parameters.cidrs', 'is no range'],
    ['parameters.cidr', undefined],
    ['owner', undefined],
  ])('finds what is said of %s', (path, message) => {
    expect(problemAt(problems, path)).toBe(message);
  });
});
