import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { billsUntil, type Bill } from '../../src/demo/bills/bills.ts';
import { readEstate, type Item } from '../../src/demo/bills/estate.ts';
import {
  amountOf,
  amountText,
  focusColumns,
  times,
} from '../../src/demo/bills/focus.ts';

const until = Date.parse('2026-11-22T15:30:00Z');
let estate: Item[] = [];
/** The bills as their reader finds them. */
const bills = new Map<
  string,
  { bill: Bill; text: string; rows: Record<string, string>[] }
>();

/** Reads CSV as RFC 4180 has it. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g;
  for (const [, quoted, plain, end] of text.matchAll(cell)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

/** The rows of a bill by their columns. */
function readBill(text: string): Record<string, string>[] {
  const [head, ...lines] = parse(text.replace(/^\uFEFF/, ''));
  return lines.map(line =>
    Object.fromEntries(head.map((column, index) => [column, line[index]])),
  );
}

async function textOf(bill: Bill): Promise<string> {
  const content = await bill.content();
  const plain = bill.filename.endsWith('.gz')
    ? await promisify(gunzip)(content)
    : Buffer.from(content);
  return plain.toString();
}

before(async () => {
  estate = await readEstate();
  for (const bill of billsUntil(estate, until)) {
    const text = await textOf(bill);
    bills.set(`${bill.provider} ${bill.month}`, {
      bill,
      text,
      rows: readBill(text),
    });
  }
});

const bill = (name: string) => {
  const found = bills.get(name);
  assert.ok(found, name);
  return found;
};

/** An independent sum: of the text, digit by digit. */
function sum(rows: Record<string, string>[], column = 'BilledCost'): bigint {
  return rows.reduce((total, row) => {
    const [, sign, whole, fraction = ''] =
      /^(-?)(\d+)(?:\.(\d{1,10}))?$/.exec(row[column]) ??
      assert.fail(`${row[column]} is no amount`);
    const amount = BigInt(whole + fraction.padEnd(10, '0'));
    return sign ? total - amount : total + amount;
  }, 0n);
}

const named = (name: string, part: string) =>
  bill(name).rows.filter(({ ResourceName }) => ResourceName.includes(part));

describe('amounts', () => {
  test('are exact and written without what adds nothing', () => {
    assert.equal(amountText(amountOf(0)), '0');
    assert.equal(amountText(amountOf(-212.4)), '-212.4');
    assert.equal(amountText(amountOf(0.0000007625)), '0.0000007625');
    assert.equal(amountText(times(amountOf(3), amountOf(0.1))), '0.3');
    assert.equal(amountText(-1n), '-0.0000000001');
    assert.equal(amountText(amountOf(18_000_000.5)), '18000000.5');
  });
});

describe('the bills', () => {
  test('are the same for the same day', async () => {
    const later = Date.parse('2026-11-22T22:00:00Z');
    for (const again of billsUntil(estate, later)) {
      const { text } = bill(`${again.provider} ${again.month}`);
      assert.equal(await textOf(again), text, again.filename);
    }
  });

  test('of a thing depend on no other thing', async () => {
    const [first] = billsUntil(
      estate.filter(({ name }) => name === 'orders-db'),
      until,
    );
    const alone = readBill(await textOf(first));
    const isIt = (row: Record<string, string>) =>
      row.ResourceName === 'orders-db';
    const among = bill('aws 2025-11').rows.filter(isIt);
    assert.ok(among.length > 0);
    assert.deepEqual(alone.filter(isIt), among);
  });

  test('are of thirteen months and three providers, and know nothing of the future', () => {
    assert.equal(bills.size, 39);
    assert.deepEqual(
      [...bills.keys()].filter(name => name.startsWith('aws')).at(-1),
      'aws 2026-11',
    );
    for (const { rows, bill: said } of bills.values()) {
      assert.equal(rows.length, said.rows);
      for (const row of rows) {
        assert.ok(row.BillingPeriodStart.startsWith(said.month));
        if (
          row.ChargeCategory === 'Usage' &&
          row.ChargeClass !== 'Correction'
        ) {
          assert.ok(row.ChargePeriodStart < '2026-11-22');
        }
      }
    }
    const rows = [...bills.values()].reduce(
      (count, { bill: { rows: more } }) => count + more,
      0,
    );
    assert.ok(rows > 40_000 && rows < 80_000, `${rows} rows`);
  });

  test('add up to their invoice to the last digit', () => {
    for (const { bill: said, rows } of bills.values()) {
      assert.equal(amountText(sum(rows)), amountText(said.total));
    }
  });

  test('have the columns of their version of FOCUS', () => {
    const columns = (name: string) => Object.keys(bill(name).rows[0]);
    assert.deepEqual(columns('aws 2026-11'), focusColumns['1.2']);
    assert.deepEqual(columns('azure 2026-01'), focusColumns['1.0']);
    assert.deepEqual(columns('azure 2026-11'), focusColumns['1.1']);
    assert.deepEqual(columns('google 2026-11'), focusColumns['1.0']);
    assert.deepEqual(
      Object.values(focusColumns).map(({ length }) => length),
      [43, 50, 57],
    );
  });

  test('are written with the habits of each provider', () => {
    const azure = bill('azure 2026-05');
    assert.ok(azure.text.startsWith('\uFEFF'));
    assert.ok(azure.rows.every(row => !row.ChargePeriodStart.endsWith('Z')));
    assert.ok(azure.rows.some(({ Tags }) => Tags === 'NULL'));
    assert.ok(azure.rows.some(({ Tags }) => Tags.includes('" team"')));
    assert.ok(
      azure.rows.some(
        row => row.ChargeClass === 'Correction' && row.BilledCost === '-212.4',
      ),
    );
    const google = bill('google 2026-05');
    assert.ok(google.rows.every(row => row.BillingCurrency === 'EUR'));
    assert.ok(
      google.rows.some(
        row => row.ChargeCategory === 'Credit' && row.BilledCost === '-250',
      ),
    );
    const aws = bill('aws 2026-05');
    assert.ok(aws.rows.some(row => /\.\d{10}$/.test(row.BilledCost)));
    assert.ok(aws.rows.some(({ Tags }) => Tags === ''));
  });

  test('spend the savings plan to the last digit, and tell billed from effective', () => {
    const { rows } = bill('aws 2026-10');
    const ofPlan = rows.filter(row => row.CommitmentDiscountId);
    assert.equal(
      amountText(sum(ofPlan)),
      amountText(sum(ofPlan, 'EffectiveCost')),
    );
    assert.equal(amountText(sum(ofPlan)), String(260 * 31));
    const covered = ofPlan.filter(
      row => row.CommitmentDiscountStatus === 'Used',
    );
    assert.ok(covered.length > 0);
    assert.equal(sum(covered), 0n);
    assert.ok(sum(covered, 'EffectiveCost') > 0n);
  });

  test('bill what is paid in advance once, and use it up by the day', () => {
    const reserved = (name: string) => {
      const rows = named(name, 'product-search-index');
      return {
        billed: Number(sum(rows)) / 1e10,
        effective: Number(sum(rows, 'EffectiveCost')) / 1e10,
      };
    };
    const earlier = reserved('aws 2026-04');
    assert.equal(earlier.billed, earlier.effective);
    const paid = reserved('aws 2026-05');
    assert.ok(paid.billed > paid.effective + 15_000);
    const used = reserved('aws 2026-06');
    assert.ok(used.effective > used.billed + 1500);
    assert.ok(used.effective < earlier.effective);
  });
});

describe('what happened', () => {
  const monthOf = (name: string, part: string) =>
    Number(sum(named(name, part))) / 1e10;

  test('a cluster was forgotten in June, and nobody is named on it', () => {
    assert.deepEqual(named('aws 2026-05', 'loadtest'), []);
    const forgotten = named('aws 2026-07', 'loadtest');
    assert.ok(forgotten.length > 0);
    assert.ok(forgotten.every(({ Tags }) => Tags === ''));
    assert.ok(monthOf('aws 2026-10', 'loadtest') > 1500);
  });

  test('databases became dearer in August, though nobody used more of them', () => {
    const hours = (name: string) =>
      named(name, 'orders-db').filter(row => row.PricingUnit === 'Hrs');
    const cheap = hours('aws 2026-07')[0];
    const dear = hours('aws 2026-08')[0];
    assert.equal(cheap.ListUnitPrice, '1.148');
    assert.equal(dear.ListUnitPrice, '1.35464');
  });

  test('the launch of September brought people to the shop, and half of them stayed', () => {
    const shop = (name: string) => monthOf(name, 'storefront-web');
    assert.ok(shop('aws 2026-09') > shop('aws 2026-08') * 1.3);
    assert.ok(shop('aws 2026-10') > shop('aws 2026-08') * 1.3);
  });

  test('the lake was read from another region for three days of October', () => {
    const spent = named('aws 2026-10', 'event-lake')
      .filter(({ SkuId }) => SkuId.includes('USE1'))
      .map(
        row =>
          [row.ChargePeriodStart.slice(8, 10), Number(row.BilledCost)] as const,
      );
    const spike = spent.filter(([, amount]) => amount > 500);
    assert.deepEqual(
      spike.map(([date]) => date),
      ['09', '10', '11'],
    );
  });
});
