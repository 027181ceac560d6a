import type { LucideIcon } from 'lucide-react';
import { useContext, useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../lib/classes.ts';
import { Badge } from '../../ui/badge.tsx';
import { WorkerAway } from './worker-away.ts';

/** A titled group on the status page; while the worker is away its state is unknown, and what is in it cannot be used. */
export function Card({
  icon: Icon,
  title,
  action,
  children,
}: {
  icon: LucideIcon;
  title: string;
  /** The state of what it is about, and what can be done with it at once. */
  action?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const id = useId();
  const isAway = useContext(WorkerAway);
  return (
    <section
      aria-labelledby={id}
      className={classes('flex min-w-0 flex-col rounded-xl border border-line bg-panel', isAway && 'opacity-60')}
    >
      <header className="flex min-h-11 items-center gap-2 px-4 pt-1">
        <Icon aria-hidden size={15} className="text-faint" />
        <h2 id={id} className="flex-1 font-semibold">
          {title}
        </h2>
        {isAway && action !== undefined ? <Badge>{t('status.unknown')}</Badge> : action}
      </header>
      <fieldset disabled={isAway} aria-labelledby={id} className="min-w-0 px-4 pb-3.5">
        {children}
      </fieldset>
    </section>
  );
}

/** Names on the left, values on the right; a value that is null is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(96px,auto)_1fr] gap-x-4 gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="tabular min-w-0 [overflow-wrap:anywhere] select-text">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
