import { ConfigReader, type AppConfig, type Config } from '@backstage/config';

/**
 * The configuration that the backend wrote into the page.
 *
 * @throws Error when there is none, as in a page that no backend served
 */
export function readConfig(page: Document): Config {
  const script = page.querySelector('script[type="backstage.io/config"]');
  if (!script?.textContent) {
    throw new Error('The page came without configuration; load it again.');
  }
  const configs: AppConfig[] = JSON.parse(script.textContent);
  return ConfigReader.fromConfigs(configs);
}
