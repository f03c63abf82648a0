import {
  useBooleanFlagValue,
  useStringFlagValue,
} from '@openfeature/react-sdk';
import { useRef, useState } from 'react';
import { flags } from '../flags/flags.ts';
import { NoteForm } from './NoteForm.tsx';

const invitations: Record<string, string> = {
  plain: 'There are no notes yet.',
  warm: 'What should nobody forget? Write the first note.',
};

type Note = { id: number; text: string };

/** The example: notes that last as long as the page. Replace it by your own. */
export function Notes() {
  const [notes, setNotes] = useState<Note[]>([]);
  const [said, setSaid] = useState('');
  const nextId = useRef(1);
  const field = useRef<HTMLInputElement>(null);
  const removable = useBooleanFlagValue('remove-notes', flags['remove-notes']);
  const invitation = useStringFlagValue(
    'empty-notes-text',
    flags['empty-notes-text'],
  );

  const add = (text: string) => {
    const id = nextId.current;
    nextId.current += 1;
    setNotes(before => [...before, { id, text }]);
    setSaid(`Added: ${text}`);
  };
  const remove = ({ id, text }: Note) => {
    setNotes(before => before.filter(note => note.id !== id));
    setSaid(`Removed: ${text}`);
    // The button that had the focus is gone.
    field.current?.focus();
  };

  return (
    <>
      <NoteForm field={field} onAdd={add} />
      {/* For those who do not see the list change. */}
      <p role="status" className="unseen">
        {said}
      </p>
      {notes.length === 0 ? (
        <p>{invitations[invitation] ?? invitations['plain']}</p>
      ) : (
        <ul className="notes">
          {notes.map(note => (
            <li key={note.id}>
              <span>{note.text}</span>
              {removable && (
                <button
                  type="button"
                  aria-label={`Remove ${note.text}`}
                  onClick={() => {
                    remove(note);
                  }}
                >
                  Remove
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
