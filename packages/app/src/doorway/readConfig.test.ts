import { readConfig } from './readConfig';

function pageWith(content: string) {
  return new DOMParser().parseFromString(content, 'text/html');
}

describe('readConfig', () => {
  it('reads what the backend wrote, later sources over earlier ones', () => {
    const config = readConfig(
      pageWith(
        `<script type="backstage.io/config">[
          {"context": "env", "data": {"app": {"title": "Waymark", "baseUrl": "/"}}},
          {"context": "app", "data": {"app": {"title": "Ours"}}}
        ]</script>`,
      ),
    );

    expect(config.getString('app.title')).toBe('Ours');
    expect(config.getString('app.baseUrl')).toBe('/');
  });

  it('says what to do about a page without configuration', () => {
    expect(() => readConfig(pageWith('<p>Hello</p>'))).toThrow('load it again');
  });
});
