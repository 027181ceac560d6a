import type { ReactNode } from 'react';

/** One of the ways to connect an agent. */
export function SetupWay({ name, text, children }: { name: string; text: string; children: ReactNode }) {
  return (
    <section
      aria-label={name}
      className="grid gap-x-4 gap-y-1.5 py-3 first:pt-0 last:pb-0 sm:grid-cols-[180px_minmax(0,1fr)]"
    >
      <div>
        <h3 className="font-medium">{name}</h3>
        <p className="text-xs text-muted">{text}</p>
      </div>
      <div className="flex min-w-0 flex-col items-start gap-1.5">{children}</div>
    </section>
  );
}
