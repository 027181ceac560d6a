import type { LucideIcon } from 'lucide-react';
import { classes } from '../lib/classes.ts';

/** A filter that is on or off. */
export function Toggle({
  label,
  icon: Icon,
  pressed,
  onChange,
}: {
  label: string;
  icon: LucideIcon;
  pressed: boolean;
  onChange(pressed: boolean): void;
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={() => onChange(!pressed)}
      className={classes(
        'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2 whitespace-nowrap transition-colors',
        pressed
          ? 'border-transparent bg-danger-soft font-medium text-danger-ink'
          : 'border-line bg-panel text-muted hover:bg-hover hover:text-ink',
      )}
    >
      <Icon aria-hidden size={13} />
      {label}
    </button>
  );
}
