import {
  hashOf,
  parseRecord,
  recordPath,
  renderGoldenPath,
  type GoldenPath,
  type TemplateFile,
} from '.';

const file = (
  path: string,
  content: string,
  executable = false,
): TemplateFile => ({ path, content: Buffer.from(content), executable });

const goldenPath = (changes: Partial<GoldenPath> = {}): GoldenPath => ({
  template: 'template:default/go-service',
  version: '1.2.3',
  layers: [],
  skeleton: [],
  constants: {},
  ...changes,
});

/** What became of each file but the record. */
function render(changes: Partial<GoldenPath>, answers = {}) {
  return Object.fromEntries(
    renderGoldenPath(goldenPath(changes), {
      answers,
      portalUrl: 'https://portal.example',
    })
      .filter(({ path }) => path !== recordPath)
      .map(({ path, content }) => [path, content.toString('utf8')]),
  );
}

describe('files', () => {
  it('are rendered where their name says so, and else copied', () => {
    const skeleton = [
      file('README.md.njk', '# ${{ values.name }}'),
      file('ci.yaml', 'run: ${{ secrets.TOKEN }}'),
    ];
    expect(render({ skeleton }, { name: 'shop' })).toEqual({
      'README.md': '# shop',
      'ci.yaml': 'run: ${{ secrets.TOKEN }}',
    });
  });

  it('know the template, its version and its constants, and answers go before constants', () => {
    const skeleton = [
      file(
        'a.njk',
        '${{ values.templateName }} ${{ values.templateVersion }} ${{ values.language }} ${{ values.size }}',
      ),
    ];
    const constants = { language: 'go', size: 'small' };
    expect(render({ skeleton, constants }, { size: 'large' })).toEqual({
      a: 'go-service 1.2.3 go large',
    });
  });

  it('know where the portal is, whatever was answered', () => {
    const skeleton = [file('a.njk', '${{ values.portalUrl }}/docs')];
    expect(render({ skeleton }, { portalUrl: 'nowhere' })).toEqual({
      a: 'https://portal.example/docs',
    });
  });

  it('have paths that are rendered too, and are left out where one is empty', () => {
    const skeleton = [
      file('cmd/${{ values.name }}/main.go', 'package main'),
      file('${{ "worker" if values.worker }}/run.sh', 'exit'),
    ];
    expect(render({ skeleton }, { name: 'shop', worker: false })).toEqual({
      'cmd/shop/main.go': 'package main',
    });
    expect(
      Object.keys(render({ skeleton }, { name: 'shop', worker: true })),
    ).toContain('worker/run.sh');
  });

  it('keep what they are when they are programs or not text', () => {
    const bytes = Buffer.from([0, 255, 128, 10]);
    const files = renderGoldenPath(
      goldenPath({
        skeleton: [
          { path: 'gradlew', content: bytes, executable: true },
          file('run.sh.njk', 'exit', true),
        ],
      }),
      { answers: {} },
    );
    expect(files[0]).toEqual({
      path: 'gradlew',
      content: bytes,
      executable: true,
    });
    expect(files[1]).toMatchObject({ path: 'run.sh', executable: true });
  });

  it('come in one order, whatever the order they were read in', () => {
    const skeleton = [file('b', '1'), file('a', '2'), file('B', '3')];
    const once = renderGoldenPath(goldenPath({ skeleton }), {
      answers: { x: 1 },
    });
    const again = renderGoldenPath(
      goldenPath({ skeleton: [...skeleton].reverse() }),
      { answers: { x: 1 } },
    );
    expect(again).toEqual(once);
  });

  it('say where they cannot be rendered', () => {
    const skeleton = [
      file('docs/a.md.njk', 'one\n${{ values.name | nothing }}'),
    ];
    expect(() => render({ skeleton })).toThrow(/^docs\/a\.md\.njk, line 2 /);
  });
});

describe('layers', () => {
  it('lie below the skeleton', () => {
    const layers = [
      { name: 'one', files: [file('a', 'layer'), file('b.njk', 'layer')] },
    ];
    expect(render({ layers, skeleton: [file('b', 'own')] })).toEqual({
      a: 'layer',
      b: 'own',
    });
  });

  it('do not compete, under whichever name they bring a file', () => {
    const layers = [
      { name: 'one', files: [file('a', '')] },
      { name: 'two', files: [file('a.njk', '')] },
    ];
    expect(() => render({ layers })).toThrow(
      'The layers one and two both bring a.',
    );
  });
});

describe('the record', () => {
  const files = renderGoldenPath(
    goldenPath({ skeleton: [file('a.njk', '${{ values.name }}')] }),
    {
      answers: { name: 'shop', replicas: 2, tags: ['x'] },
      portalUrl: 'https://portal.example',
    },
  );
  const text = files
    .find(({ path }) => path === recordPath)!
    .content.toString('utf8');

  it('tells where the repository comes from', () => {
    expect(parseRecord(text)).toEqual({
      template: 'template:default/go-service',
      version: '1.2.3',
      answers: { name: 'shop', replicas: 2, tags: ['x'] },
      portalUrl: 'https://portal.example',
      files: { a: hashOf(Buffer.from('shop')) },
    });
  });

  it('of before the portal was in it is what it was, and so are the files', () => {
    const old = goldenPath({
      constants: { portalUrl: 'https://written.in.the.template' },
      skeleton: [file('a.njk', '${{ values.portalUrl }}')],
    });
    const [a, record] = renderGoldenPath(old, { answers: {} });
    expect(a.content.toString('utf8')).toBe('https://written.in.the.template');
    expect(record.content.toString('utf8')).not.toContain('portalUrl');
    expect(parseRecord(record.content.toString('utf8'))).not.toHaveProperty(
      'portalUrl',
    );
  });

  it.each([
    ['no JSON', '{', 'JSON'],
    ['empty', '{}', 'template'],
    [
      'of no version',
      text.replace('1.2.3', 'latest'),
      'is not a semantic version',
    ],
    ['without hashes', text.replace(/[0-9a-f]{64}/, 'none'), 'files'],
  ])('is refused with its reason when it is %s', (_, broken, reason) => {
    expect(() => parseRecord(broken)).toThrow(reason);
  });
});
