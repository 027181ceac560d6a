import { useId, type ComponentProps } from 'react';
import { classes } from '../lib/classes.ts';

export interface FormFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'id'> {
  label: string;
  value: string;
  onChange(value: string): void;
  /** Code letters, for addresses and names of models. */
  code?: boolean;
}

/** One labelled line of a form. */
export function FormField({ label, value, onChange, code = false, className, ...rest }: FormFieldProps) {
  const id = useId();
  return (
    <div className={classes('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {label}
      </label>
      <input
        id={id}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
        className={classes(
          'h-8 w-full min-w-0 rounded-md border border-line bg-panel px-2.5 text-ink placeholder:text-faint hover:border-line-strong focus:border-accent focus:outline-1 focus:outline-offset-0 focus:outline-accent',
          code && 'font-mono text-xs',
        )}
        {...rest}
      />
    </div>
  );
}
