import { documentRoots, mendDocument } from './documents';

function readerOf(html: string): ShadowRoot {
  const host = document.createElement('div');
  host.setAttribute('data-testid', 'techdocs-native-shadowroot');
  document.body.replaceChildren(host);
  const root = host.attachShadow({ mode: 'open' });
  root.innerHTML = html;
  return root;
}

it('finds the tree of a document on the page', () => {
  const root = readerOf('');
  expect(documentRoots(document)).toEqual([root]);
});

it('leaves the landmarks to the page', () => {
  const root = readerOf(
    '<main class="md-main"><p>Text</p></main><footer></footer>',
  );
  mendDocument(root);
  expect(root.querySelector('main')).toBeNull();
  expect(root.querySelector('div.md-main')).toHaveTextContent('Text');
  expect(root.querySelector('footer')).toHaveAttribute('role', 'presentation');
});

it('underlines links in sentences, and not those of the navigation', () => {
  const root = readerOf(
    '<nav><li><a id="nav">A</a></li></nav><div class="md-content"><p>See <a id="text">b</a></p></div>',
  );
  mendDocument(root);
  expect(root.querySelector('#text')).toHaveStyle('text-decoration: underline');
  expect(root.querySelector<HTMLElement>('#nav')?.style.textDecoration).toBe(
    '',
  );
});
