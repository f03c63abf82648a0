import { enumValue, fieldsOf } from './schema';

const form = {
  type: 'object',
  required: ['connections'],
  properties: {
    connections: {
      type: 'integer',
      title: 'Connections',
      minimum: 2,
      maximum: 50,
      default: 10,
    },
    storageGb: { type: 'number', minimum: 1, 'x-form': { unit: 'GB' } },
    backups: { type: 'boolean', default: true },
    region: {
      type: 'string',
      enum: ['eu-west-1', 'us-east-1'],
      'x-form': { labels: { 'eu-west-1': 'Ireland' } },
    },
    version: { type: 'integer', enum: [15, 16] },
    notes: { type: 'string', maxLength: 9, 'x-form': { widget: 'textarea' } },
    cidrs: { type: 'array', items: { type: 'string' } },
    strange: { type: 'object' },
  },
};

describe('fieldsOf', () => {
  it('makes a field of each parameter it knows how to ask for', () => {
    const { fields, unknown, defaults } = fieldsOf(form);
    expect(
      fields.map(({ path, title, kind, range, isRequired }) => [
        path,
        title,
        kind,
        range,
        isRequired,
      ]),
    ).toEqual([
      ['parameters.connections', 'Connections', 'number', '2 to 50', true],
      [
        'parameters.storageGb',
        'Storage GB',
        'number',
        'a number from 1 GB',
        false,
      ],
      ['parameters.backups', 'Backups', 'switch', 'yes or no', false],
      ['parameters.region', 'Region', 'choice', 'Ireland, us-east-1', false],
      ['parameters.version', 'Version', 'choice', '15, 16', false],
      [
        'parameters.notes',
        'Notes',
        'longText',
        'text of at most 9 letters',
        false,
      ],
      [
        'parameters.cidrs',
        'Cidrs',
        'lines',
        'a list of texts, one a line',
        false,
      ],
    ]);
    expect(unknown).toEqual(['strange']);
    expect(defaults).toEqual({ connections: 10, backups: true });
  });

  it('makes nothing of a form that asks nothing', () => {
    expect(fieldsOf({ type: 'object' })).toEqual({
      fields: [],
      unknown: [],
      defaults: {},
    });
  });
});

describe('enumValue', () => {
  it('keeps the type that the schema wants', () => {
    expect(enumValue(form, 'version', '16')).toBe(16);
    expect(enumValue(form, 'region', 'us-east-1')).toBe('us-east-1');
  });
});
