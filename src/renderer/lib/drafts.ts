import { useState } from 'react';

/** What was typed into forms and not sent yet, by what each is about; lives as long as the window. */
export type Drafts<T> = Map<string, T>;

export interface Draft<T> {
  value: T;
  change(part: Partial<T>): void;
  /** What is typed is kept no longer: it was sent, or given up. The form shows it as long as it is there. */
  forget(): void;
}

/** The state of a form that outlives it: whoever comes back finds what was typed. One that says what it began with is not kept. */
export function useDraft<T extends object>(drafts: Drafts<T>, about: string, begin: () => T): Draft<T> {
  const [beginning] = useState(begin);
  const [value, setValue] = useState<T>(() => drafts.get(about) ?? beginning);
  return {
    value,
    change(part) {
      const next = { ...value, ...part };
      if (JSON.stringify(next) === JSON.stringify(beginning)) drafts.delete(about);
      else drafts.set(about, next);
      setValue(next);
    },
    forget: () => void drafts.delete(about),
  };
}
