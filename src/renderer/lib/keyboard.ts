import { useEffect, useRef } from 'react';
import { may, type Right } from './rights.ts';

export interface Shortcut {
  /** One stroke ('j', '?', 'Escape', 'Mod+k') or two after another ('g s'). Mod is ⌘ on a Mac, Ctrl elsewhere. */
  keys: string;
  run(): void;
  /** Works inside a text field too. */
  whileTyping?: boolean;
  /** The right without which the key does nothing. */
  needs?: Right;
}

/** How long the second stroke of a sequence may take. */
const sequenceMs = 1200;
const modifiers: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta']);

const registry: { current: readonly Shortcut[] }[] = [];
let pending: { stroke: string; at: number } | null = null;

interface KeyStroke {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** The name of a key press as shortcuts spell it; Shift shows in the key itself ('?', 'G'). */
export function strokeOf(event: KeyStroke): string {
  if (event.altKey) return `Alt+${event.key}`;
  return event.ctrlKey || event.metaKey ? `Mod+${event.key.toLowerCase()}` : event.key;
}

function isTyping(target: Element): boolean {
  return target.matches('input, textarea, select, [contenteditable="true"]');
}

/** Open dialogs, menus and lists keep their own keys. */
function isOverlay(target: Element): boolean {
  return target.closest('[role="dialog"], [role="alertdialog"], [role="listbox"], [role="menu"]') !== null;
}

function findShortcut(sequence: string, typing: boolean): Shortcut | undefined {
  // The newest registration wins: a page's keys go before the shell's.
  for (const { current } of registry.toReversed()) {
    const found = current.find(
      (shortcut) => shortcut.keys === sequence && (!typing || shortcut.whileTyping === true) && may(shortcut.needs),
    );
    if (found) return found;
  }
  return undefined;
}

function onKeyDown(event: KeyboardEvent): void {
  // While an input method composes, Enter and the arrows choose a candidate.
  if (event.defaultPrevented || event.isComposing || !(event.target instanceof Element)) return;
  // Shift on the way to '$' or 'G' is no stroke of its own, and must not break a sequence.
  if (modifiers.has(event.key) || isOverlay(event.target)) return;
  // Enter on a focused button or link already has a meaning.
  if (event.key === 'Enter' && event.target.closest('button, a[href]') !== null) return;
  const typing = isTyping(event.target);
  const stroke = strokeOf(event);
  const first = pending !== null && event.timeStamp - pending.at < sequenceMs ? pending.stroke : null;
  pending = null;
  const sequence = first === null ? stroke : `${first} ${stroke}`;
  const shortcut = findShortcut(sequence, typing);
  if (shortcut) {
    event.preventDefault();
    shortcut.run();
  } else if (
    first === null &&
    !typing &&
    registry.some(({ current }) => current.some(({ keys }) => keys.startsWith(`${stroke} `)))
  ) {
    pending = { stroke, at: event.timeStamp };
  }
}

/** Makes the shortcuts work while the component is on the screen. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const entry = useRef(shortcuts);
  useEffect(() => {
    entry.current = shortcuts;
  });
  useEffect(() => {
    if (registry.length === 0) window.addEventListener('keydown', onKeyDown);
    registry.push(entry);
    return () => {
      registry.splice(registry.indexOf(entry), 1);
      if (registry.length === 0) window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
