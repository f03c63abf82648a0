import { usePortal } from '../__testUtils__/usePortal';

const test = usePortal();

/** Lets the database refuse some statements, and then take them as if nothing had been. */
async function refuse(of: {
  table: string;
  on: 'insert' | 'update';
  when: string;
  times: number;
}): Promise<void> {
  const { table, on, when, times } = of;
  // A sequence counts what was rolled back, too.
  await test.knex.raw(`
    create sequence refusals;
    create function refuse() returns trigger language plpgsql as $$
      begin
        if nextval('refusals') <= ${times} then
          raise exception 'the database is away';
        end if;
        return new;
      end
    $$;
    create trigger refuse before ${on} on ${table} for each row
      when (${when}) execute function refuse();
  `);
}

const refusals = async () =>
  Number(
    (await test.knex.raw('select last_value from refusals')).rows[0].last_value,
  );

async function made() {
  const amara = test.portal.as('amara');
  const { body } = await amara.ask().expect(202);
  const detail = await amara.until(body.id, 'done', 'failed', 'interrupted');
  return { ...detail, applied: test.engine.applied.get(body.resourceId) };
}

describe('a database that is away for a moment', () => {
  it('does not make unknown what was done', async () => {
    await refuse({
      table: 'requests',
      on: 'update',
      when: `new.state = 'done'`,
      times: 2,
    });
    expect(await made()).toMatchObject({ state: 'done', applied: 1 });
    expect(await refusals()).toBe(3);
  });

  it('stops no run at a step, and loses no line of its log', async () => {
    await refuse({
      table: 'run_lines',
      on: 'insert',
      when: `new.text like 'Make the thing'`,
      times: 1,
    });
    const { id, ...detail } = await made();
    expect(detail).toMatchObject({ state: 'done', applied: 1 });
    const { body } = await test.portal.as('amara').get(`/requests/${id}/log`);
    expect(body.lines.map(({ text }: { text: string }) => text)).toEqual(
      expect.arrayContaining(['Make the thing', 'the password is [concealed]']),
    );
    expect(await refusals()).toBeGreaterThan(1);
  });
});
