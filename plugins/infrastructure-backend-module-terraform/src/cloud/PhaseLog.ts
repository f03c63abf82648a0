import type { RunTools } from '@waymark/plugin-infrastructure-node';
import { readMessage } from '../messages';
import type { CloudApi } from './CloudApi';
import { phaseShape } from './shapes';

/** What HCP Terraform puts around a log. */
const begins = '\u0002';
const ended = '\u0003';

/** What a phase of a run writes, as it comes. */
export class PhaseLog {
  readonly errors: string[] = [];
  readonly #api: CloudApi;
  readonly #tools: RunTools;
  #shown = 0;

  constructor(api: CloudApi, tools: RunTools) {
    this.#api = api;
    this.#tools = tools;
  }

  /** Shows the whole lines that were not shown yet. */
  async read(phase: string): Promise<void> {
    const { data } = await this.#api.get(phase, phaseShape);
    const address = data.attributes['log-read-url'];
    if (!address) return;
    const bytes = await this.#api.download(address);
    const end = bytes.lastIndexOf('\n') + 1;
    const news = bytes.subarray(this.#shown, end).toString('utf8');
    this.#shown = Math.max(this.#shown, end);
    for (const line of news.split('\n')) {
      const { text, error } = readMessage(
        line.replaceAll(begins, '').replaceAll(ended, ''),
      );
      if (error) this.errors.push(error);
      if (text) this.#tools.log(text);
    }
  }
}
