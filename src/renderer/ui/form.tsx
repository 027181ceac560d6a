import { useEffect, useImperativeHandle, useRef, useState, type ReactNode, type Ref } from 'react';
import { FormTried } from './field-note.tsx';

export interface FormHandle {
  /** Does what a button other than the one that sends asks for; of a form with a fault it shows the fault instead. */
  attempt(run: () => void): void;
}

export interface FormProps {
  /** Whether what stands in it can be sent. */
  isValid: boolean;
  onSubmit(): void;
  label?: string;
  className?: string;
  ref?: Ref<FormHandle>;
  children: ReactNode;
}

/** A form whose button is never dead: tried with a fault, it sends nothing, its fields say what is wrong, and the first has the keyboard. */
export function Form({ isValid, onSubmit, label, className, ref, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);
  function attempt(run: () => void): void {
    if (isValid) run();
    else setTries(tries + 1);
  }
  useImperativeHandle(ref, () => ({ attempt }));
  return (
    <form
      ref={form}
      aria-label={label}
      // The browser's own bubbles speak its language and stop at the first field.
      noValidate
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        attempt(onSubmit);
      }}
    >
      <FormTried value={tries > 0}>{children}</FormTried>
    </form>
  );
}
