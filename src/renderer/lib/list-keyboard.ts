import { useCallback, useMemo, useState } from 'react';
import { useShortcuts, type Shortcut } from './keyboard.ts';

export interface ListKeyboard {
  /** -1 before anything was chosen. */
  active: number;
  /** Marks the row with this id; it may still be to come. */
  setActive(id: string): void;
}

export interface ListKeyboardOptions {
  /** The rows in their order; what is marked stays marked while they move. */
  ids: readonly string[];
  /** Brings the row into view. */
  show(index: number): void;
  open(index: number): void;
  /** Off while another list on the page has the keys. */
  enabled?: boolean;
  /** The arrows also work from the search field above the list. */
  whileTyping?: boolean;
  /** What the list answers to, such as its filters: a new question begins at the first row. */
  question?: string;
  /** False while the rows still answer the question before. */
  settled?: boolean;
  /** The row that is marked at first. */
  initialId?: string | undefined;
  /** Which one it is while no id says so; none unless said otherwise. */
  initialIndex?: number;
}

interface Choice {
  /** Null while the choice is a place alone: nothing yet, or the first row of an answer that is to come. */
  id: string | null;
  index: number;
}

/** Where the selection goes; stays inside the list, and -1 for an empty one. */
export function nextIndex(active: number, step: number, count: number): number {
  if (count === 0) return -1;
  if (active < 0) return step > 0 ? 0 : count - 1;
  return Math.max(0, Math.min(count - 1, active + step));
}

/** A selection that j, k and the arrows move and Enter opens. */
export function useListKeyboard({
  ids,
  show,
  open,
  enabled = true,
  whileTyping = false,
  question = '',
  settled = true,
  initialId,
  initialIndex = -1,
}: ListKeyboardOptions): ListKeyboard {
  const [choice, setChoice] = useState<Choice>({ id: initialId ?? null, index: initialIndex });
  const [asked, setAsked] = useState(question);
  const found = useMemo(() => (choice.id === null ? -1 : ids.indexOf(choice.id)), [ids, choice.id]);
  // A row that left gives its place to the one that follows.
  const active = found >= 0 ? found : Math.min(choice.index, ids.length - 1);

  if (asked !== question) {
    setAsked(question);
    setChoice({ id: null, index: 0 });
  } else if (settled && active >= 0 && (choice.id !== ids[active] || choice.index !== active)) {
    setChoice({ id: ids[active] ?? null, index: active });
  }

  function move(step: number): void {
    const index = nextIndex(active, step, ids.length);
    setChoice({ id: ids[index] ?? null, index });
    if (index >= 0) show(index);
  }

  const shortcuts: Shortcut[] = [
    { keys: 'j', run: () => move(1) },
    { keys: 'k', run: () => move(-1) },
    { keys: 'ArrowDown', run: () => move(1), whileTyping },
    { keys: 'ArrowUp', run: () => move(-1), whileTyping },
    {
      keys: 'Enter',
      whileTyping,
      run() {
        if (active >= 0) open(active);
      },
    },
  ];
  useShortcuts(enabled ? shortcuts : []);
  const setActive = useCallback((id: string) => setChoice({ id, index: -1 }), []);
  return { active, setActive };
}
