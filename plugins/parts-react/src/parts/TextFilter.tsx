import { TextField } from '@backstage/ui';
import { useEffect, useState } from 'react';

/** A filter that is typed: it takes effect with Enter, or when the field is left. */
export function TextFilter(props: {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { label, placeholder, value, onChange } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const settle = () => text.trim() !== value && onChange(text.trim());
  return (
    <TextField
      label={label}
      size="small"
      placeholder={placeholder}
      value={text}
      onChange={setText}
      onBlur={settle}
      onKeyDown={event => event.key === 'Enter' && settle()}
    />
  );
}
