import { mends } from './mends';

function mend(html: string): HTMLElement {
  document.body.innerHTML = html;
  mends.forEach(apply => apply(document.body));
  return document.body;
}

describe('mends', () => {
  it('leaves the page one main when it brings its own, and takes that back', () => {
    const body = mend(
      '<div role="main" data-page-frame><div data-page-header></div><main></main></div>',
    );
    const frame = body.querySelector('[data-page-frame]')!;
    const header = body.querySelector('[data-page-header]')!;
    expect(frame.hasAttribute('role')).toBe(false);
    expect(header.getAttribute('role')).toBe('banner');

    body.querySelector('main')!.remove();
    mends.forEach(apply => apply(body));
    expect(frame.getAttribute('role')).toBe('main');
    expect(header.hasAttribute('role')).toBe(false);
  });

  it('lets headings go one level deeper at most', () => {
    const body = mend('<main><h1>A</h1><h5>B</h5><h6>C</h6><h2>D</h2></main>');
    const levels = [...body.querySelectorAll('h1, h2, h5, h6')].map(heading =>
      heading.getAttribute('aria-level'),
    );
    expect(levels).toEqual([null, '2', '3', null]);
  });

  it('silences headings without text and lets them speak once they have some', () => {
    const body = mend('<h2></h2>');
    const heading = body.querySelector('h2')!;
    expect(heading.getAttribute('role')).toBe('presentation');
    heading.textContent = 'Here now';
    mends.forEach(apply => apply(body));
    expect(heading.hasAttribute('role')).toBe(false);
  });

  it('takes drag handles out of sort buttons and names no empty column', () => {
    const body = mend(
      '<table><tr><th><div data-rbd-draggable-id="0" role="button" tabindex="0">Name</div></th><th></th></tr></table>',
    );
    const handle = body.querySelector('[data-rbd-draggable-id]')!;
    expect(handle.getAttribute('role')).toBe('presentation');
    expect(handle.hasAttribute('tabindex')).toBe(false);
    expect(
      [...body.querySelectorAll('th')].map(cell => cell.getAttribute('role')),
    ).toEqual([null, 'presentation']);
  });

  it('keeps the panels that tabs name only where there are such', () => {
    const body = mend(
      '<a role="tab" aria-controls="gone"></a><a role="tab" aria-controls="here"></a><div id="here"></div>',
    );
    expect(
      [...body.querySelectorAll('a')].map(tab =>
        tab.getAttribute('aria-controls'),
      ),
    ).toEqual([null, 'here']);
  });

  it('leaves items of real lists alone', () => {
    const body = mend('<ul><li>a</li></ul><div><li>b</li></div>');
    expect(
      [...body.querySelectorAll('li')].map(item => item.getAttribute('role')),
    ).toEqual([null, 'presentation']);
  });

  it('names the lines of a log, its filter, and what is under way', () => {
    const body = mend(
      '<a role="row" href="#line-7">7</a><div class="MuiTextField-root"></div><button><svg></svg></button><div role="progressbar"></div>',
    );
    const line = body.querySelector('a')!;
    expect(line.hasAttribute('role')).toBe(false);
    expect(line.getAttribute('aria-label')).toBe('Line 7');
    expect(body.querySelector('button')!.getAttribute('aria-label')).toBe(
      'Show only lines that match',
    );
    expect(
      body.querySelector('[role=progressbar]')!.getAttribute('aria-label'),
    ).toBe('Progress');
  });
});
