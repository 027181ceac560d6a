import { useId, type Ref } from 'react';
import { classes } from '../lib/classes.ts';

export interface TextAreaProps {
  label: string;
  value: string;
  onChange(value: string): void;
  rows: number;
  /** ⌘ or Ctrl with Enter, where a plain Enter begins a line. */
  onSubmit?(): void;
  hint?: string;
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
  large = false,
  className,
  ref,
}: TextAreaProps) {
  const id = useId();
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
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          if (!onSubmit || event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          onSubmit();
        }}
        className={classes(
          'field-sizing-content max-h-[50vh] w-full min-w-0 resize-none rounded-md border border-line bg-panel px-2.5 py-1.5 text-ink placeholder:text-faint hover:border-line-strong focus:border-accent focus:outline-1 focus:outline-offset-0 focus:outline-accent',
          large && 'text-[15px] leading-[22px] font-medium',
        )}
      />
    </div>
  );
}
