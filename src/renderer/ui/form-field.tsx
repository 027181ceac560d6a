import { useId, type ComponentProps } from 'react';
import { classes } from '../lib/classes.ts';
import { fieldFrame, FieldNote, useFieldNote, type FieldNoteTexts } from './field-note.tsx';

export interface FormFieldProps
  extends
    Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'id' | 'aria-invalid' | 'aria-describedby'>,
    FieldNoteTexts {
  label: string;
  value: string;
  onChange(value: string): void;
  /** Code letters, for addresses and names of models. */
  code?: boolean;
}

/** In a grid: names, fields and notes of a row stand on a line each, however long one of them is. */
export const alignedField = 'row-span-3 grid-rows-subgrid';

/** One labelled line of a form, with what may stand in it or what is wrong with it beneath. */
export function FormField({
  label,
  value,
  onChange,
  onBlur,
  code = false,
  hint,
  error,
  className,
  ...rest
}: FormFieldProps) {
  const id = useId();
  const { isWrong, note, aria, onType, onLeave } = useFieldNote({ hint, error });
  return (
    <div className={classes('grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-1', className)}>
      <label htmlFor={id} className="self-end text-xs font-medium text-muted">
        {label}
      </label>
      <input
        id={id}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => {
          onType();
          onChange(target.value);
        }}
        onBlur={(event) => {
          onLeave();
          onBlur?.(event);
        }}
        className={classes(fieldFrame(isWrong), 'h-8 w-full min-w-0 px-2.5', code && 'font-mono text-xs')}
        {...aria}
        {...rest}
      />
      <FieldNote {...note} />
    </div>
  );
}
