import { useId, type Ref } from 'react';
import { classes } from '../lib/classes.ts';
import { fieldFrame, FieldNote, useFieldNote } from './field-note.tsx';

export interface TextAreaProps {
  label: string;
  value: string;
  onChange(value: string): void;
  rows: number;
  /** ⌘ or Ctrl with Enter, where a plain Enter begins a line. */
  onSubmit?(): void;
  hint?: string;
  /** What is wrong with what stands in it. */
  error?: string | undefined;
  /** For a sentence that is the heart of its form. */
  large?: boolean;
  className?: string;
  ref?: Ref<HTMLTextAreaElement>;
}

/** Some labelled lines of text; grows with what is written, up to half of the window. */
export function TextArea({
  label,
  value,
  onChange,
  rows,
  onSubmit,
  hint,
  error,
  large = false,
  className,
  ref,
}: TextAreaProps) {
  const id = useId();
  const { isWrong, note, aria, onType, onLeave } = useFieldNote({ error });
  return (
    <div className={classes('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {label}
      </label>
      <textarea
        ref={ref}
        id={id}
        dir="auto"
        value={value}
        rows={rows}
        placeholder={hint}
        onChange={({ target }) => {
          onType();
          onChange(target.value);
        }}
        onBlur={onLeave}
        onKeyDown={(event) => {
          if (!onSubmit || event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          onSubmit();
        }}
        {...aria}
        className={classes(
          fieldFrame(isWrong),
          'field-sizing-content max-h-[50vh] w-full min-w-0 resize-none px-2.5 py-1.5',
          large && 'text-[15px] leading-[22px] font-medium',
        )}
      />
      <FieldNote {...note} />
    </div>
  );
}
