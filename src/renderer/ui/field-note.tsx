import { createContext, useContext, useId, useState } from 'react';
import { classes } from '../lib/classes.ts';

/** Whether somebody tried to send the form around a field. */
export const FormTried = createContext(false);

export interface FieldNoteTexts {
  /** What may stand in the field. */
  hint?: string | undefined;
  /** What is wrong with what stands in it. */
  error?: string | undefined;
}

/** A field is often left for a button: what is shown while that is pressed would move it away, and nothing would be clicked. */
function afterPress(run: () => void): void {
  if (document.querySelector(':active') === null) run();
  else window.addEventListener('pointerup', () => setTimeout(run), { once: true });
}

/**
 * What stands under a field: its hint, or what is wrong. An error is said once the field was left or the form was tried, not while
 * it is typed for the first time. `aria` goes to the field itself, whose typing and leaving is told with `onType` and `onLeave`.
 */
export function useFieldNote({ hint, error }: FieldNoteTexts) {
  const isTried = useContext(FormTried);
  const id = useId();
  const [standing, setStanding] = useState<'fresh' | 'typed' | 'left'>('fresh');
  const isWrong = error !== undefined && (isTried || standing === 'left');
  const text = isWrong ? error : hint;
  return {
    isWrong,
    note: { id, text, isWrong },
    aria: { 'aria-invalid': isWrong || undefined, 'aria-describedby': text === undefined ? undefined : id },
    onType(): void {
      if (standing === 'fresh') setStanding('typed');
    },
    onLeave(): void {
      if (standing === 'typed') afterPress(() => setStanding('left'));
    },
  };
}

/** Always there, so that a screen reader hears when it begins to say something. */
export function FieldNote({
  id,
  text,
  isWrong,
  className,
}: ReturnType<typeof useFieldNote>['note'] & { className?: string }) {
  return (
    <p
      id={id}
      aria-live="polite"
      className={classes(
        'text-xs [overflow-wrap:anywhere] empty:sr-only',
        isWrong ? 'text-danger-ink' : 'text-faint',
        className,
      )}
    >
      {text}
    </p>
  );
}

/** The frame of a field, in another colour while something is wrong with it. */
export function fieldFrame(isWrong: boolean): string {
  return classes(
    'rounded-md border bg-panel text-ink placeholder:text-faint focus:outline-1 focus:outline-offset-0',
    isWrong
      ? 'border-danger focus:outline-danger'
      : 'border-line hover:border-line-strong focus:border-accent focus:outline-accent',
  );
}
