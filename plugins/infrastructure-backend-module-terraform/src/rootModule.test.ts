import type { Order } from '@waymark/plugin-infrastructure-node';
import type { Module } from './modules';
import { httpBackend, rootModule } from './rootModule';

const disk: Module = {
  name: 'disk',
  folder: '/modules/disk',
  digest: '0a1b',
  variables: ['name', 'size_gb', 'tags'],
  outputs: ['disk_name'],
  providers: { aws: { region: '${var.region}' } },
};

/** What Terraform would run, or fail of, wherever it read it as a template. */
const code = '${file("/etc/hostname")}%{ if true }x%{ endif }';

/** An order in which all that people may choose is code. */
const order: Order = {
  requestId: code,
  resource: {
    id: code,
    name: code,
    environment: code,
    owner: code,
    existing: [{ address: 'terraform_data.disk', id: code }],
  },
  settings: {},
  parameters: { sizeGb: code, labels: [code], more: { [code]: code } },
  tags: { team: code, 'cost-centre': code },
  wanted: 'present',
};

it.each([[{ markedFor: code }], [undefined]])(
  'holds no word of what people say as code, for takesOver %j',
  takesOver => {
    const { configuration, values } = rootModule(
      { ...order, takesOver },
      disk,
      httpBackend,
    );
    expect(JSON.stringify(configuration)).not.toContain('hostname');
    expect(values.name).toBe(code);
  },
);

it('keeps the ids of what it takes over for itself, whatever parameters are called', () => {
  const { configuration, values } = rootModule(
    { ...order, parameters: { waymarkExisting: ['mine'] }, takesOver: {} },
    disk,
  );
  expect(values.waymark_existing).toEqual([code]);
  expect(configuration.import).toEqual([
    {
      to: 'module.resource.terraform_data.disk',
      id: '${var.waymark_existing[0]}',
    },
  ]);
});
