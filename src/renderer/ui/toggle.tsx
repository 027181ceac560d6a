import type { LucideIcon } from 'lucide-react';
import { classes } from '../lib/classes.ts';

const tones = { danger: 'bg-danger-soft text-danger-ink', accent: 'bg-accent-soft text-accent-ink' };

/** A filter that is on or off. */
export function Toggle({
  label,
  icon: Icon,
  pressed,
  tone = 'danger',
  onChange,
}: {
  label: string;
  icon: LucideIcon;
  pressed: boolean;
  tone?: 'danger' | 'accent';
  onChange(pressed: boolean): void;
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={() => onChange(!pressed)}
      className={classes(
        'inline-flex h-7 max-w-full shrink-0 items-center gap-1.5 rounded-md border px-2 whitespace-nowrap transition-colors',
        pressed
          ? `border-transparent font-medium ${tones[tone]}`
          : 'border-line bg-panel text-muted hover:bg-hover hover:text-ink',
      )}
    >
      <Icon aria-hidden size={13} className="shrink-0" />
      <span className="truncate">{label}</span>
    </button>
  );
}
