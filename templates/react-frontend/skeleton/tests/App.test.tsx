import { OpenFeatureTestProvider } from '@openfeature/react-sdk';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../src/App.tsx';
import { ErrorBoundary } from '../src/ErrorBoundary.tsx';
import { Notes } from '../src/notes/Notes.tsx';
import { expectAccessible } from './accessible.ts';

beforeEach(() => {
  document.documentElement.lang = 'en';
  document.title = 'Notes';
});

async function addNote(text: string): Promise<void> {
  await userEvent.type(screen.getByLabelText('Note'), text);
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
}

describe('the page', () => {
  it('adds and removes a note, says so, and does not lose the focus', async () => {
    render(<App />);
    await addNote('Water the plants');
    expect(screen.getByRole('status').textContent).toBe(
      'Added: Water the plants',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove Water the plants' }),
    );
    expect(screen.queryByRole('listitem')).toBeNull();
    expect(document.activeElement).toBe(screen.getByLabelText('Note'));
  });

  it('says what is wrong with a note', async () => {
    render(<App />);
    await addNote('   ');
    const field = screen.getByLabelText('Note');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').id).toBe(
      field.getAttribute('aria-describedby'),
    );
  });

  it('can be used with the keyboard alone', async () => {
    render(<App />);
    await userEvent.tab();
    expect(document.activeElement?.textContent).toBe('Skip to content');
    await userEvent.tab();
    await userEvent.keyboard('Tea{Enter}');
    expect(within(screen.getByRole('list')).getByText('Tea')).toBeDefined();
  });

  it('is accessible: empty, with a problem, with notes, and when it failed', async () => {
    const { unmount } = render(<App />);
    await expectAccessible();
    await addNote(' ');
    await expectAccessible();
    await addNote('Tea');
    await expectAccessible();
    unmount();

    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const Broken = () => {
      throw new Error('broken');
    };
    render(
      <ErrorBoundary>
        <Broken />
      </ErrorBoundary>,
    );
    expect(screen.getByRole('alert')).toBeDefined();
    await expectAccessible();
  });
});

describe('flags', () => {
  it('take a feature away', async () => {
    render(
      <OpenFeatureTestProvider flagValueMap={{ 'remove-notes': false }}>
        <Notes />
      </OpenFeatureTestProvider>,
    );
    await addNote('Tea');
    expect(screen.queryByRole('button', { name: 'Remove Tea' })).toBeNull();
  });

  it.each([
    ['warm', 'Write the first note'],
    ['plain', 'There are no notes yet'],
    ['a variant of tomorrow', 'There are no notes yet'],
  ])('choose the words of an experiment: %s', (variant, text) => {
    render(
      <OpenFeatureTestProvider flagValueMap={{ 'empty-notes-text': variant }}>
        <Notes />
      </OpenFeatureTestProvider>,
    );
    expect(screen.getByText(new RegExp(text))).toBeDefined();
  });
});
