import { setTimeout as delay } from 'node:timers/promises';
import { seeded, type Random } from '../../../src/demo/random.ts';
import { killPostgres } from './postgresProcesses.ts';
import { terraform, type Shop } from './shop.ts';
import { until } from './until.ts';

const targets = terraform
  ? (['backend', 'runner', 'postgres'] as const)
  : (['backend', 'postgres'] as const);

type Target = (typeof targets)[number];

/** In another order each time, so that every target comes equally often. */
function shuffled(random: Random): Target[] {
  const left: Target[] = [...targets];
  const order: Target[] = [];
  while (left.length) {
    order.push(...left.splice(random.whole(0, left.length - 1), 1));
  }
  return order;
}

async function killRunner(shop: Shop, random: Random): Promise<void> {
  let running: number[] = [];
  await until('Terraform is at work', () => {
    running = shop.runners();
    return running.length > 0;
  });
  try {
    process.kill(-random.pick(running), 'SIGKILL');
  } catch {
    // It ended in the meantime: another is waited for.
    await killRunner(shop, random);
  }
}

async function kill(target: Target, shop: Shop, random: Random): Promise<void> {
  switch (target) {
    case 'backend':
      await shop.replace(random.whole(0, shop.portals.length - 1));
      break;
    case 'postgres':
      await killPostgres(shop.world.home);
      await shop.world.startDatabase();
      break;
    default:
      await killRunner(shop, random);
  }
}

/**
 * Kills backends, runners and PostgreSQL with SIGKILL at moments that the seed
 * decides, and lets each rise again.
 */
export async function killAtRandom(
  shop: Shop,
  options: { count: number; seed: string; tell: (line: string) => void },
): Promise<void> {
  const { count, seed, tell } = options;
  const random = seeded(seed);
  let waiting: Target[] = [];
  for (let number = 1; number <= count; number += 1) {
    if (waiting.length === 0) waiting = shuffled(random);
    const target = waiting.pop() as Target;
    const pauseMs = random.whole(100, 4_000);
    await delay(pauseMs);
    tell(`kill ${number} of ${count}: ${target}, after ${pauseMs} ms`);
    await kill(target, shop, random);
  }
}
