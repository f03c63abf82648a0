import { useState, type Ref } from 'react';

type NoteFormProps = {
  field: Ref<HTMLInputElement>;
  onAdd: (text: string) => void;
};

const longest = 200;

/** Asks for a note, and says what is wrong with one where it is written. */
export function NoteForm({ field, onAdd }: NoteFormProps) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();

  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault();
        const note = text.trim();
        if (!note) {
          setProblem('Write something first.');
          return;
        }
        onAdd(note);
        setText('');
        setProblem(undefined);
      }}
    >
      <label htmlFor="note">Note</label>
      <input
        id="note"
        ref={field}
        value={text}
        maxLength={longest}
        autoComplete="off"
        aria-invalid={problem !== undefined}
        aria-describedby={problem && 'note-problem'}
        onChange={event => {
          setText(event.target.value);
        }}
      />
      <button type="submit">Add</button>
      {problem && (
        <p id="note-problem" role="alert" className="problem">
          {problem}
        </p>
      )}
    </form>
  );
}
