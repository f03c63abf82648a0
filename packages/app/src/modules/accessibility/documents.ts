/** Where upstream's reader puts a document: apart from the page, in a tree of its own. */
const hosts = '[data-testid="techdocs-native-shadowroot"]';

/** The trees of the documents on the page. */
export function documentRoots(page: ParentNode): ShadowRoot[] {
  return [...page.querySelectorAll(hosts)].flatMap(host =>
    host.shadowRoot ? [host.shadowRoot] : [],
  );
}

/** The same element under another name, with all that is in it. */
function renamed(element: Element, name: string): Element {
  const other = document.createElement(name);
  for (const { name: key, value } of element.attributes) {
    other.setAttribute(key, value);
  }
  other.append(...element.childNodes);
  return other;
}

/**
 * Puts right what MkDocs writes for a page that is a document alone: within the
 * portal the page is the landmark, not the document; a link in a sentence is
 * known by more than its colour; what scrolls does so from the keyboard as well.
 */
export function mendDocument(root: ParentNode): void {
  // No role may take the meaning of `main` away, so the element goes.
  for (const main of root.querySelectorAll('main')) {
    main.replaceWith(renamed(main, 'div'));
  }
  for (const landmark of root.querySelectorAll('footer, header')) {
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
  for (const scroller of root.querySelectorAll('table, pre')) {
    if (
      scroller.scrollWidth > scroller.clientWidth &&
      !scroller.hasAttribute('tabindex')
    ) {
      scroller.setAttribute('tabindex', '0');
    }
  }
}
