import {
  ignored,
  jsonOf,
  readShape,
  requireHmacSha256,
  signaturesIn,
  text,
  type Delivery,
  type DeliverySource,
  type Reading,
} from '@waymark/plugin-dora-node';
import { z } from 'zod';
import type { JiraSettings } from './config';
import { readIssue } from './issue';

const webhook = z.object({ webhookEvent: text });

/** Webhooks of Jira Service Management. */
export class JiraSource implements DeliverySource {
  readonly id = 'jira';
  readonly title = 'Jira Service Management';
  readonly annotations = ['jira/project-key', 'jira/component'];
  readonly #settings: JiraSettings;

  constructor(settings: JiraSettings) {
    this.#settings = settings;
  }

  verify({ headers, body }: Delivery): void {
    requireHmacSha256({
      body,
      signatures: signaturesIn(headers['x-hub-signature'], 'sha256='),
      secrets: this.#settings.secrets,
      header: 'X-Hub-Signature',
    });
  }

  deliveryId({ headers }: Delivery): string | undefined {
    return headers['x-atlassian-webhook-identifier'];
  }

  read(delivery: Delivery): Reading {
    const payload = jsonOf(delivery);
    const { webhookEvent } = readShape(webhook, payload, 'The Jira webhook');
    if (webhookEvent === 'jira:issue_deleted') {
      return ignored(
        'The issue was deleted; mark the incident as not change-related if it was none',
      );
    }
    if (!/^jira:issue_(created|updated)$/.test(webhookEvent)) {
      return ignored(`Jira's ${webhookEvent} says nothing of an incident`);
    }
    return readIssue(payload, this.#settings);
  }
}
