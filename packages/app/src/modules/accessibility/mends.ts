/**
 * What upstream's pages get wrong for assistive technology and no theme can
 * reach. Each mend looks for one fault below `root` and puts it right; run
 * again on a mended page it changes nothing. A mend goes when upstream's own
 * repair arrives.
 */
export type Mend = (root: ParentNode) => void;

const mended = 'data-mended';

function attribute(element: Element, name: string, value: string | null) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/**
 * Upstream pages that bring their own `main` within the portal's page frame:
 * theirs is the one, and the frame's header becomes the banner above it.
 */
const oneMain: Mend = root => {
  for (const frame of root.querySelectorAll('[data-page-frame]')) {
    const inner = frame.querySelector('main');
    attribute(frame, 'role', inner ? null : 'main');
    attribute(
      frame.querySelector('[data-page-header]') ?? frame,
      'role',
      inner ? 'banner' : null,
    );
  }
};

/** What is shown where there is no page is the `main`, but not within the page of an entity. */
const noMainWithin: Mend = root => {
  for (const inner of root.querySelectorAll(
    ':is(main, [role=main]) [role=main]',
  )) {
    attribute(inner, 'role', 'group');
  }
};

/** Swagger UI's list of servers has a label beside it, not of it. */
const namedServers: Mend = root => {
  const servers = root.querySelector('.swagger-ui select#servers');
  if (servers) attribute(servers, 'aria-label', 'Server');
};

/** Swagger UI puts a link to the operation into the button that opens it. */
const noLinksWithinButtons: Mend = root => {
  for (const link of root.querySelectorAll(
    '.swagger-ui button.opblock-summary-control a[href]',
  )) {
    attribute(link, 'href', null);
  }
};

/** Column headings are wrapped in drag handles, a button within the sort button. */
const noDragHandles: Mend = root => {
  for (const handle of root.querySelectorAll('th [data-rbd-draggable-id]')) {
    attribute(handle, 'role', 'presentation');
    attribute(handle, 'tabindex', null);
    attribute(handle, 'aria-describedby', null);
  }
};

/** Headings of columns that hold only icons or checkboxes have no text. */
const noEmptyColumnHeadings: Mend = root => {
  for (const heading of root.querySelectorAll('th:not([role])')) {
    if (!heading.textContent?.trim() && !heading.hasAttribute('aria-label')) {
      attribute(heading, 'role', 'presentation');
    }
  }
};

/** Tabs that are links to pages control no panel, yet name one. */
const noMissingPanels: Mend = root => {
  for (const tab of root.querySelectorAll('[role=tab][aria-controls]')) {
    const panel = tab.getAttribute('aria-controls') ?? '';
    if (!document.getElementById(panel)) attribute(tab, 'aria-controls', null);
  }
};

/** Headings without text are read as nothing at all. */
const noEmptyHeadings: Mend = root => {
  for (const heading of root.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const empty =
      !heading.textContent?.trim() &&
      !heading.querySelector('img[alt]:not([alt=""]), [aria-label]');
    if (empty) attribute(heading, 'role', 'presentation');
    else if (heading.getAttribute('role') === 'presentation') {
      attribute(heading, 'role', null);
    }
  }
};

/** Headings chosen for their size skip levels: each goes one deeper at most. */
const headingsInOrder: Mend = root => {
  let previous = 0;
  for (const heading of root.querySelectorAll(
    ':is(main, [role=main], [data-page-frame]) :is(h1, h2, h3, h4, h5, h6)',
  )) {
    if (heading.getAttribute('role') === 'presentation') continue;
    const own = Number(heading.tagName[1]);
    const level = previous === 0 ? own : Math.min(own, previous + 1);
    if (level !== own) {
      attribute(heading, 'aria-level', String(level));
      attribute(heading, mended, 'level');
    } else if (heading.getAttribute(mended) === 'level') {
      attribute(heading, 'aria-level', null);
      attribute(heading, mended, null);
    }
    previous = level;
  }
};

/** List items stand in elements that are no lists. */
const itemsInLists: Mend = root => {
  for (const item of root.querySelectorAll('li:not([role])')) {
    if (!item.parentElement?.matches('ul, ol, menu, [role=list]')) {
      attribute(item, 'role', 'presentation');
    }
  }
};

/** What scrolls must scroll from the keyboard as well. */
const scrollersReachable: Mend = root => {
  for (const scroller of root.querySelectorAll(
    'pre, [style*="overflow-x: auto"], [class*="horizontalScrollContainer"]',
  )) {
    const scrolls =
      scroller.scrollWidth > scroller.clientWidth ||
      scroller.scrollHeight > scroller.clientHeight;
    if (scrolls && !scroller.hasAttribute('tabindex')) {
      attribute(scroller, 'tabindex', '0');
    }
  }
};

/** Each line number of a log calls itself a row, outside of any table. */
const linesOfLogs: Mend = root => {
  for (const line of root.querySelectorAll('a[role=row][href^="#line-"]')) {
    attribute(line, 'role', null);
    attribute(line, 'aria-label', `Line ${line.textContent}`);
  }
};

/** What is under way has a bar without a name. */
const namedProgress: Mend = root => {
  for (const bar of root.querySelectorAll(
    '[role=progressbar]:not([aria-label], [aria-labelledby])',
  )) {
    attribute(bar, 'aria-label', 'Progress');
  }
};

/** A log's filter button beside its search field shows an icon alone. */
const namedLogFilter: Mend = root => {
  for (const button of root.querySelectorAll(
    '.MuiTextField-root + button:not([aria-label])',
  )) {
    if (!button.textContent?.trim()) {
      attribute(button, 'aria-label', 'Show only lines that match');
    }
  }
};

/** Every mend, in the order in which they build on each other. */
export const mends: Mend[] = [
  oneMain,
  noMainWithin,
  namedServers,
  noLinksWithinButtons,
  noDragHandles,
  noEmptyColumnHeadings,
  noMissingPanels,
  noEmptyHeadings,
  headingsInOrder,
  itemsInLists,
  scrollersReachable,
  linesOfLogs,
  namedProgress,
  namedLogFilter,
];
