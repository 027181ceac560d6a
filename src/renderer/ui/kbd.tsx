import { classes } from '../lib/classes.ts';
import { bridge } from '../lib/bridge.ts';

const isMac = bridge ? bridge.platform === 'darwin' : navigator.userAgent.includes('Mac');

const symbols: Record<string, string> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Enter: '↵',
  Escape: 'Esc',
  G: '⇧G',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** The keys of a shortcut, spelt as `useShortcuts` does: 'g s', 'Mod+k'. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <span className={classes('inline-flex gap-0.5 align-middle', className)}>
      {keys.split(/[ +]/).map((key, index) => (
        <kbd
          // A shortcut's strokes never change their order.
          key={`${index}${key}`}
          className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded border border-line-strong px-1 font-sans text-[11px] leading-none text-muted"
        >
          {symbols[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
        </kbd>
      ))}
    </span>
  );
}
