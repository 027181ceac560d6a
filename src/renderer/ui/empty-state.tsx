import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** What stands where nothing is: what this place is for and what to do. */
export function EmptyState({
  icon: Icon,
  title,
  text,
  isPage = false,
  children,
}: {
  icon: LucideIcon;
  title: string;
  text: string;
  /** Stands for the whole page, so its title is the page's. */
  isPage?: boolean;
  children?: ReactNode;
}) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div className="flex h-full flex-col items-center justify-center overflow-y-auto px-6 py-10 text-center">
      <div className="flex size-10 items-center justify-center rounded-xl border border-line bg-sunken text-faint">
        <Icon aria-hidden size={19} />
      </div>
      <Title className="mt-3 font-semibold text-balance">{title}</Title>
      <p className="mt-1 max-w-96 text-muted text-balance">{text}</p>
      {children !== undefined && <div className="mt-4 flex max-w-full flex-col items-center gap-3">{children}</div>}
    </div>
  );
}
