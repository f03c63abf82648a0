/** Where upstream's reader puts a document: apart from the page, in a tree of its own. */
const hosts = '[data-testid="techdocs-native-shadowroot"]';

/** The trees of the documents on the page. */
export function documentRoots(page: ParentNode): ShadowRoot[] {
  return [...page.querySelectorAll(hosts)].flatMap(host =>
    host.shadowRoot ? [host.shadowRoot] : [],
  );
}

/**
 * Puts right what MkDocs writes for a page that is a document alone: within the
 * portal the page is the landmark, not the document, and a link in a sentence
 * is known by more than its colour.
 */
export function mendDocument(root: ParentNode): void {
  for (const landmark of root.querySelectorAll('main, footer, header')) {
    if (!landmark.hasAttribute('role')) {
      landmark.setAttribute('role', 'presentation');
    }
  }
  for (const link of root.querySelectorAll<HTMLElement>(
    '.md-content :is(p, li, td) a:not(.headerlink, .md-button)',
  )) {
    if (link.style.textDecoration !== 'underline') {
      link.style.textDecoration = 'underline';
    }
  }
}
