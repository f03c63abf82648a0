import type { Config } from '@backstage/config';
import { markShapes } from '../brand/markShapes';
import type { SignInProvider } from './providers';
import styles from './signInCard.module.css';

/** What the page that asks who somebody is has to say. */
export type SignInQuestion = {
  config: Config;
  providers: SignInProvider[];
  /** Why the last attempt failed. */
  failure?: string;
  onChoose: (provider: SignInProvider) => void;
};

type Attributes = Record<string, string | number>;

function fill<E extends Element>(
  element: E,
  attributes: Attributes,
  children: (Element | string)[] = [],
): E {
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

const html = <T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes,
  ...children: (Element | string)[]
) => fill(document.createElement(tag), attributes, children);

const svg = (
  tag: 'svg' | 'rect',
  attributes: Attributes,
  ...children: Element[]
) =>
  fill(
    document.createElementNS('http://www.w3.org/2000/svg', tag),
    attributes,
    children,
  );

function mark(): Element {
  return svg(
    'svg',
    { class: styles.mark, viewBox: '0 0 32 32', 'aria-hidden': 'true' },
    ...markShapes.map(shape => svg('rect', shape)),
  );
}

/** While it is not known yet whether somebody has to sign in. */
export function signInPending(): HTMLElement {
  return html('div', { class: styles.page, 'aria-busy': 'true' });
}

/**
 * The page that asks who somebody is. It is made without a framework: a
 * stranger receives it alone, and React would be nine tenths of it.
 */
export function signInCard(question: SignInQuestion): HTMLElement {
  const { config, providers, failure, onChoose } = question;
  const message =
    config.getOptionalString('waymark.signIn.message') ??
    'Find, create, run and understand software.';
  const buttons = providers.map(provider => {
    const button = html(
      'button',
      { type: 'button', class: styles.provider },
      `Continue with ${provider.title}`,
    );
    button.addEventListener('click', () => onChoose(provider));
    return button;
  });
  return html(
    'div',
    { class: styles.page },
    html(
      'main',
      { class: styles.card },
      mark(),
      html('h1', { class: styles.title }, config.getString('app.title')),
      html('p', { class: styles.lead }, message),
      ...(failure
        ? [html('p', { class: styles.failure, role: 'alert' }, failure)]
        : []),
      html('div', { class: styles.providers }, ...buttons),
    ),
  );
}
