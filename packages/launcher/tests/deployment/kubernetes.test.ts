import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { ICronJob } from 'kubernetes-models/batch/v1';
import type {
  IIngress,
  INetworkPolicy,
} from 'kubernetes-models/networking.k8s.io/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type {
  IConfigMap,
  IPersistentVolumeClaim,
  IService,
  IServiceAccount,
} from 'kubernetes-models/v1';
import { parse } from 'yaml';
import {
  apiErrors,
  parseManifests,
  type Manifest,
} from '../../src/kubernetes/manifests.ts';
import { hasProgram, inRepository, manifestFiles, readText } from './files.ts';

const folder = inRepository('docker', 'kubernetes');
const objectFiles = manifestFiles().filter(
  file => path.basename(file) !== 'kustomization.yaml',
);
const objects = objectFiles.flatMap(file =>
  parseManifests(fs.readFileSync(file, 'utf8')),
);

function find<T>(kind: string, name = 'waymark'): T {
  const found = objects.filter(
    one => one.kind === kind && one.metadata.name === name,
  );
  assert.equal(found.length, 1, `${kind} ${name}`);
  // The schema check below is what makes this true.
  return found[0] as T;
}

const deployment = find<IDeployment>('Deployment');
const cronJob = find<ICronJob>('CronJob', 'waymark-backup');
const podSpec = deployment.spec?.template.spec;
const podSpecs = [podSpec, cronJob.spec?.jobTemplate.spec?.template.spec];
const portal = podSpec?.containers[0];

describe('the Kubernetes manifests', () => {
  it('are what the Kubernetes API accepts', async () => {
    assert.deepEqual(await apiErrors(objects), []);
  });

  it('are checked by something that notices what is wrong', async () => {
    const changed = (from: string, to: string) =>
      parseManifests(
        readText('docker', 'kubernetes', 'base', 'deployment.yaml').replace(
          from,
          to,
        ),
      );
    const wrong: [string, string, RegExp][] = [
      ['readinessProbe:', 'readynessProbe:', /readynessProbe/],
      ['replicas: 3', "replicas: 'three'", /string/],
      ['kind: Deployment', 'kind: Deploymint', /Deploymint/],
      ['  selector:', '  selektor:', /selektor/],
      ['cpu: 500m', 'cpu: half', /requests\/cpu|cpu/],
    ];
    for (const [from, to, reason] of wrong) {
      assert.match((await apiErrors(changed(from, to))).join('\n'), reason, to);
    }
  });

  it('all belong to a kustomization', () => {
    const listed = manifestFiles()
      .filter(file => path.basename(file) === 'kustomization.yaml')
      .flatMap(file => {
        const { resources = [] }: { resources?: string[] } = parse(
          fs.readFileSync(file, 'utf8'),
        );
        return resources.map(name => path.join(path.dirname(file), name));
      });
    assert.deepEqual(
      objectFiles.filter(file => !listed.includes(file)),
      [],
    );
    for (const file of listed) assert.ok(fs.existsSync(file), file);
  });

  it('replace replicas without ever having fewer', () => {
    assert.equal(deployment.spec?.replicas, 3);
    assert.deepEqual(deployment.spec?.strategy?.rollingUpdate, {
      maxUnavailable: 0,
      maxSurge: 1,
    });
    const budget = find<IPodDisruptionBudget>('PodDisruptionBudget');
    assert.equal(budget.spec?.minAvailable, 2);
    const scaler = find<IHorizontalPodAutoscaler>('HorizontalPodAutoscaler');
    assert.equal(scaler.spec?.minReplicas, 3);
    assert.equal(scaler.spec?.scaleTargetRef.name, deployment.metadata?.name);
    assert.deepEqual(
      podSpec?.topologySpreadConstraints?.map(one => one.topologyKey),
      ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'],
    );
  });

  it('give a stopping replica the time it needs to drain', () => {
    const grace = podSpec?.terminationGracePeriodSeconds ?? 0;
    const before = portal?.lifecycle?.preStop?.sleep?.seconds ?? 0;
    assert.ok(before > 0);
    assert.ok(grace >= 45);
    // 25 s is the longest the portal takes from SIGTERM to its end.
    assert.ok(grace >= before + 25 + 10);
  });

  it('ask the right health route for the right question', () => {
    const health = '/.backstage/health/v1';
    assert.equal(portal?.startupProbe?.httpGet?.path, `${health}/readiness`);
    assert.equal(portal?.readinessProbe?.httpGet?.path, `${health}/readiness`);
    assert.equal(portal?.livenessProbe?.httpGet?.path, `${health}/liveness`);
    const { periodSeconds = 0, failureThreshold = 0 } =
      portal?.readinessProbe ?? {};
    assert.ok(periodSeconds * failureThreshold <= 10);
  });

  it('confine every pod', () => {
    for (const spec of podSpecs) {
      assert.equal(spec?.automountServiceAccountToken, false);
      assert.equal(spec?.securityContext?.runAsNonRoot, true);
      assert.equal(
        spec?.securityContext?.seccompProfile?.type,
        'RuntimeDefault',
      );
      for (const { securityContext, resources } of spec?.containers ?? []) {
        assert.equal(securityContext?.allowPrivilegeEscalation, false);
        assert.equal(securityContext?.readOnlyRootFilesystem, true);
        assert.deepEqual(securityContext?.capabilities?.drop, ['ALL']);
        assert.ok(resources?.limits?.memory && resources.limits.cpu);
        assert.ok(resources?.requests?.memory && resources.requests.cpu);
      }
    }
    assert.equal(
      find<IServiceAccount>('ServiceAccount').automountServiceAccountToken,
      false,
    );
  });

  it('run the portal as the user of its image', () => {
    const user = readText('docker', 'Dockerfile').match(/^USER (\d+):/m)?.[1];
    assert.equal(podSpec?.securityContext?.runAsUser, Number(user));
    const writable = portal?.volumeMounts?.map(mount => mount.mountPath);
    assert.deepEqual(writable, [
      '/tmp',
      '/var/lib/waymark',
      '/var/lib/waymark/repositories',
    ]);
  });

  it('keep repositories where every replica finds them and none takes them along', () => {
    const settings = find<IConfigMap>('ConfigMap', 'waymark-settings');
    const mount = portal?.volumeMounts?.find(
      one => one.mountPath === settings.data?.WAYMARK_REPOSITORIES,
    );
    const volume = podSpec?.volumes?.find(one => one.name === mount?.name);
    const claim = find<IPersistentVolumeClaim>(
      'PersistentVolumeClaim',
      volume?.persistentVolumeClaim?.claimName,
    );
    assert.deepEqual(claim.spec?.accessModes, ['ReadWriteMany']);
  });

  it('let a request through from the ingress to the portal, over TLS', () => {
    const ingress = find<IIngress>('Ingress');
    const hosts = ingress.spec?.rules?.map(rule => rule.host);
    assert.deepEqual(ingress.spec?.tls?.[0].hosts, hosts);
    const path0 = ingress.spec?.rules?.[0].http?.paths[0];
    const service = find<IService>('Service');
    assert.equal(path0?.backend.service?.name, service.metadata?.name);
    const port = service.spec?.ports?.[0];
    assert.equal(path0?.backend.service?.port?.name, port?.name);
    assert.equal(portal?.ports?.[0].name, port?.targetPort);
    const labels = deployment.spec?.template.metadata?.labels ?? {};
    const policy = find<INetworkPolicy>('NetworkPolicy');
    for (const selector of [
      service.spec?.selector,
      deployment.spec?.selector.matchLabels,
      policy.spec?.podSelector?.matchLabels,
    ]) {
      assert.notEqual(Object.keys(selector ?? {}).length, 0);
      for (const [key, value] of Object.entries(selector ?? {})) {
        assert.equal(labels[key], value);
      }
    }
    assert.deepEqual(policy.spec?.policyTypes, ['Ingress', 'Egress']);
  });

  it('hold no secret', () => {
    assert.deepEqual(
      objects.filter(one => one.kind === 'Secret'),
      [],
    );
  });

  it('render with kustomize, backup included', async t => {
    if (!hasProgram('kubectl', ['version', '--client'])) {
      t.skip('kubectl is not installed');
      return;
    }
    const overlay = fs.mkdtempSync(
      path.join(fs.realpathSync(os.tmpdir()), 'waymark-overlay-'),
    );
    const away = path.relative(overlay, folder);
    t.after(() => fs.rmSync(overlay, { recursive: true }));
    const settings = parse(
      readText('docker', 'kubernetes', 'kustomization.yaml'),
    );
    fs.writeFileSync(
      path.join(overlay, 'kustomization.yaml'),
      JSON.stringify({
        ...settings,
        resources: settings.resources.map((name: string) =>
          path.join(away, name),
        ),
        components: [
          path.join(away, 'components', 'autoscaling'),
          path.join(away, 'components', 'backup'),
        ],
      }),
    );
    const rendered: Manifest[] = parseManifests(
      execFileSync(
        'kubectl',
        ['kustomize', '--load-restrictor=LoadRestrictionsNone', overlay],
        { encoding: 'utf8' },
      ),
    );
    assert.equal(rendered.length, objects.length);
    assert.deepEqual(await apiErrors(rendered), []);
    for (const { kind, metadata } of rendered) {
      if (kind !== 'Namespace') assert.equal(metadata.namespace, 'waymark');
    }
    const scaled = rendered.find(one => one.kind === 'Deployment') as
      | IDeployment
      | undefined;
    assert.ok(scaled);
    // Set by the autoscaler, and by it alone.
    assert.equal(scaled.spec?.replicas, undefined);
    assert.match(
      scaled.spec?.template.spec?.containers[0].image ?? '',
      /:\d+\.\d+\.\d+$/,
    );
  });

  it('pass kubeconform', t => {
    if (!hasProgram('kubeconform', ['-v'])) {
      t.skip('kubeconform is not installed');
      return;
    }
    const { status, stdout, stderr } = spawnSync(
      'kubeconform',
      ['-strict', '-summary', ...objectFiles],
      { encoding: 'utf8' },
    );
    if (
      /failed downloading schema|could not find schema/i.test(stdout + stderr)
    ) {
      t.skip('kubeconform cannot fetch its schemas');
      return;
    }
    assert.equal(status, 0, stdout + stderr);
  });
});
