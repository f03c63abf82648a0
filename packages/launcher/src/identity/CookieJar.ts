/** Just enough of a browser to sign in: follows redirects and keeps cookies per host. */
export class CookieJar {
  readonly #cookies = new Map<string, Map<string, string>>();

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        ...init.headers,
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  /** Follows redirects; answers the last response and its address. */
  async follow(
    url: string,
    init: RequestInit = {},
  ): Promise<{ url: string; response: Response }> {
    let response = await this.fetch(url, init);
    let at = url;
    for (let hops = 0; hops < 10; hops += 1) {
      const location = response.headers.get('location');
      if (!location) return { url: at, response };
      at = new URL(location, at).href;
      response = await this.fetch(at);
    }
    throw new Error(`Too many redirects while signing in, last to ${at}`);
  }
}
