import type { LucideIcon } from 'lucide-react';
import { useId, type ReactNode } from 'react';

/** A titled group on the status page. */
export function Card({
  icon: Icon,
  title,
  action,
  children,
}: {
  icon: LucideIcon;
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col rounded-xl border border-line bg-panel">
      <header className="flex min-h-11 items-center gap-2 px-4 pt-1">
        <Icon aria-hidden size={15} className="text-faint" />
        <h2 id={id} className="flex-1 font-semibold">
          {title}
        </h2>
        {action}
      </header>
      <div className="px-4 pb-3.5">{children}</div>
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
