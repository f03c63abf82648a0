import path from 'node:path';
import { parse } from 'yaml';
import { manifestsOf, readModule } from './manifests';
import { orderFor } from './__testUtils__/World';

const shipped = path.resolve(__dirname, '../../../infrastructure/modules');

const tags = {
  'managed-by': 'waymark',
  owner: 'group:default/ledger',
  team: 'ledger',
  environment: 'staging',
  component: 'component:default/payments-gateway',
  system: 'system:default/payments',
  'cost-centre': 'CC 100 / Payments',
  'data-class': 'confidential',
  'request-id': '8d0d4c5e-6f4e-4d62-9a53-5d0f6b2f2a11',
};

const parameters = { cpu: 4, memoryGb: 8, pods: 30 };

/** The manifest of the namespace that is shipped. */
function namespaceWith(given: Record<string, string>) {
  const module = readModule(shipped, {
    module: 'kubernetes-namespace',
    repository: 'environments',
  });
  const order = orderFor({
    parameters,
    tags: given,
    resource: { name: 'orders' },
  });
  return parse(manifestsOf(module, order).get('namespace.yaml')!);
}

describe('the namespace that is shipped', () => {
  it('carries the tags of the platform as labels, beside its own', () => {
    expect(namespaceWith(tags).metadata.labels).toEqual({
      'app.kubernetes.io/managed-by': 'waymark',
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
      'waymark.dev/managed-by': 'waymark',
      'waymark.dev/owner': 'ledger',
      'waymark.dev/team': 'ledger',
      'waymark.dev/environment': 'staging',
      'waymark.dev/component': 'payments-gateway',
      'waymark.dev/system': 'payments',
      'waymark.dev/data-class': 'confidential',
      'waymark.dev/request-id': tags['request-id'],
    });
  });

  it('carries all of them in full as annotations, also what can be no label', () => {
    expect(namespaceWith(tags).metadata.annotations).toEqual(
      Object.fromEntries(
        Object.entries(tags).map(([name, value]) => [
          `waymark.dev/${name}`,
          value,
        ]),
      ),
    );
  });

  it.each([
    ['holds a space', 'CC 100'],
    ['ends with a dash', 'CC-'],
    ['is longer than 63 letters', 'x'.repeat(64)],
    ['is empty', ''],
  ])('has no label for what %s', (_, value) => {
    const { labels, annotations } = namespaceWith({
      'cost-centre': value,
      'request-id': '1',
    }).metadata;
    expect(labels).not.toHaveProperty(['waymark.dev/cost-centre']);
    expect(annotations['waymark.dev/cost-centre']).toBe(value);
  });
});

describe('a map that merges a word', () => {
  const rendered = (text: string) =>
    parse(
      manifestsOf(
        { name: 'made', manifests: [{ file: 'made.yaml', text }], outputs: {} },
        orderFor({
          parameters,
          tags: { team: '${pods}', 'request-id': '1' },
        }),
      ).get('made.yaml')!,
    );

  it('keeps what it says itself, and fills in nothing twice', () => {
    expect(
      rendered('waymark.dev/request-id: mine\n<<: ${tagLabels}\nb: ${pods}'),
    ).toEqual({ 'waymark.dev/request-id': 'mine', b: 30 });
    expect(rendered('<<: ${tagAnnotations}')).toEqual({
      'waymark.dev/team': '${pods}',
      'waymark.dev/request-id': '1',
    });
  });

  it('says when there is nothing to merge', () => {
    expect(() => rendered('<<: ${pods}')).toThrow(
      'made/manifests/made.yaml has "<<: ${pods}", and pods is no map',
    );
  });
});
