import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../lib/classes.ts';

const tones = { danger: 'bg-danger-soft text-danger-ink', warning: 'bg-warning-soft text-warning-ink' };

/** A line across the window that says what holds on every page. */
export function Banner({
  tone,
  icon: Icon,
  children,
}: {
  tone: keyof typeof tones;
  icon: LucideIcon;
  children: ReactNode;
}) {
  return (
    <div
      role="status"
      className={classes('flex min-h-9 shrink-0 items-center gap-2.5 border-b border-line px-4 py-1.5', tones[tone])}
    >
      <Icon aria-hidden size={15} className="shrink-0" />
      {children}
    </div>
  );
}
