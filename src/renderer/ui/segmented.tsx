import type { LucideIcon } from 'lucide-react';
import { classes } from '../lib/classes.ts';

export interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; icon?: LucideIcon }[];
  onChange(value: T): void;
  className?: string;
}

/** Two or three choices side by side; options with an icon show only that. */
export function Segmented<T extends string>({ label, value, options, onChange, className }: SegmentedProps<T>) {
  return (
    <div role="group" aria-label={label} className={classes('flex rounded-md bg-hover p-0.5', className)}>
      {options.map(({ value: option, label: name, icon: Icon }) => (
        <button
          key={option}
          type="button"
          aria-pressed={option === value}
          aria-label={name}
          title={Icon ? name : undefined}
          onClick={() => onChange(option)}
          className={classes(
            'flex h-6 min-w-0 flex-[1_0_auto] items-center justify-center rounded px-2 text-xs whitespace-nowrap transition-colors',
            option === value
              ? 'bg-raised font-medium text-ink shadow-[0_0_0_1px_var(--line)]'
              : 'text-muted hover:text-ink',
          )}
        >
          {Icon ? <Icon aria-hidden size={13} /> : name}
        </button>
      ))}
    </div>
  );
}
