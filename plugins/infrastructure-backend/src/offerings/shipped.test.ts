import type { JsonObject, JsonValue } from '@backstage/types';
import path from 'node:path';
import { Offerings } from './Offerings';
import { PriceBook } from './PriceBook';

const infrastructure = path.resolve(__dirname, '../../../../infrastructure');

async function readShipped() {
  return Offerings.read({
    folder: path.join(infrastructure, 'offerings'),
    prices: await PriceBook.read(path.join(infrastructure, 'prices')),
    engines: new Map(),
  });
}

type Field = { type: string; default?: JsonValue; enum?: JsonValue[] };

/** What a person leaves as it is, and where there is no default what makes sense. */
const filledIn: JsonObject = {
  codeBucket: 'code-of-ledger',
  codeKey: 'orders/1.0.0.zip',
  peerVpcId: 'vpc-0123456789abcdef0',
  peerCidr: '10.30.0.0/16',
  purpose: 'Orders are asked by the shop',
  allowedCidrs: ['10.20.0.0/16'],
};

const minutes = {
  'aurora-cluster': 60,
  'efs-mount': 15,
  'eks-cluster': 30,
  'kubernetes-namespace': 5,
  'postgres-database': 1,
  'rds-instance': 30,
  'redis-cluster': 15,
  's3-bucket': 5,
  'security-group': 5,
  'serverless-function': 5,
  'vpc-peering': 30,
};

describe('the offerings of this repository', () => {
  it('can all be read, and promise their times', async () => {
    const offerings = await readShipped();
    expect(offerings.problems).toEqual([]);
    expect(
      Object.fromEntries(
        offerings
          .all()
          .map(({ name, file }) => [name, file.spec.expectedMinutes]),
      ),
    ).toEqual(minutes);
  });

  it.each(Object.keys(minutes))(
    'say what %s costs, whatever is chosen',
    async name => {
      const offering = (await readShipped()).get(name);
      const fields = Object.entries(
        offering.file.spec.parameters.properties as Record<string, Field>,
      );
      const given = Object.fromEntries(
        Object.entries(filledIn).filter(([key]) =>
          fields.some(([field]) => field === key),
        ),
      );
      const { parameters, problems } = offering.check(given);
      expect(problems).toEqual([]);
      const regions = fields.find(([field]) => field === 'region')?.[1].enum;
      const choices = fields.flatMap(([field, { type, enum: values }]) =>
        (values ?? (type === 'boolean' ? [true, false] : [])).map(value => ({
          [field]: value,
        })),
      );
      for (const region of regions ?? [undefined]) {
        for (const choice of [{}, ...choices]) {
          const { low, high } = offering.estimate({
            ...parameters,
            ...(region !== undefined && { region }),
            ...choice,
          });
          expect(low).toBeLessThanOrEqual(high);
          expect(high).toBeLessThan(10_000);
        }
      }
    },
  );

  it('each show a price before anybody chose', async () => {
    for (const offering of (await readShipped()).all()) {
      const { monthlyCost } = await offering.describe(
        { promisedSeconds: 60, samples: 0 },
        undefined,
      );
      expect({ name: offering.name, monthlyCost }).toEqual({
        name: offering.name,
        monthlyCost: { low: expect.any(Number), high: expect.any(Number) },
      });
    }
  });

  it('cost more for more', async () => {
    const offering = (await readShipped()).get('rds-instance');
    const { parameters } = offering.check({});
    const cost = (change: JsonObject) =>
      offering.estimate({ ...parameters, ...change }).high;
    expect(cost({ highAvailability: true })).toBeGreaterThan(cost({}));
    expect(cost({ size: 'db.r7g.xlarge' })).toBeGreaterThan(cost({}));
    expect(cost({ storageGb: 1000 })).toBeGreaterThan(cost({}));
    expect(cost({ region: 'us-east-1' })).toBeLessThan(cost({}));
  });
});
