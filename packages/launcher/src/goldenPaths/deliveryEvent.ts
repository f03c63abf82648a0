import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Collector } from './collector.ts';
import { runIn, type Repository } from './step.ts';

const secret = 'only-for-tests';
const commit = 'a10867b14bb761a232cd80139fbd4c0d33264240';

/** What the pipeline tells the portal of a deployment is signed and names what the portal looks for. */
export async function checkDeliveryEvent(
  repository: Repository,
): Promise<void> {
  const portal = await Collector.start();
  try {
    await runIn(
      repository,
      'delivery-event',
      'deploy/report.sh',
      ['staging', commit],
      { PORTAL_URL: portal.url, PORTAL_DELIVERY_SECRET: secret },
    );
  } finally {
    await portal.stop();
  }
  const [{ path, headers, body }] = portal.received;
  assert.equal(path, '/api/dora/webhooks/cdevents');
  assert.equal(
    headers['x-waymark-signature'],
    `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  );
  const event = JSON.parse(body.toString('utf8'));
  assert.equal(event.context.type, 'dev.cdevents.service.deployed.0.2.0');
  assert.ok(Date.parse(event.context.timestamp) > 0);
  assert.equal(event.subject.id, repository.answers.name);
  assert.deepEqual(event.subject.content, { environment: { id: 'staging' } });
  assert.deepEqual(event.customData, { commit });
}
