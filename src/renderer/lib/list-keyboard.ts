import { useState } from 'react';
import { useShortcuts, type Shortcut } from './keyboard.ts';

export interface ListKeyboard {
  /** -1 before anything was chosen. */
  active: number;
  setActive(index: number): void;
}

export interface ListKeyboardOptions {
  count: number;
  /** Brings the row into view. */
  show(index: number): void;
  open(index: number): void;
  /** Off while another list on the page has the keys. */
  enabled?: boolean;
  /** The arrows also work from the search field above the list. */
  whileTyping?: boolean;
}

/** Where the selection goes; stays inside the list, and -1 for an empty one. */
export function nextIndex(active: number, step: number, count: number): number {
  if (count === 0) return -1;
  if (active < 0) return step > 0 ? 0 : count - 1;
  return Math.max(0, Math.min(count - 1, active + step));
}

/** A selection that j, k and the arrows move and Enter opens. */
export function useListKeyboard({
  count,
  show,
  open,
  enabled = true,
  whileTyping = false,
}: ListKeyboardOptions): ListKeyboard {
  const [chosen, setActive] = useState(-1);
  const active = Math.min(chosen, count - 1);

  function move(step: number): void {
    const index = nextIndex(active, step, count);
    setActive(index);
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
  return { active, setActive };
}
