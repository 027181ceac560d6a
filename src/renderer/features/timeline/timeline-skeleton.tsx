import { Skeleton } from '../../ui/skeleton.tsx';

const widths = ['w-1/2', 'w-2/3', 'w-2/5', 'w-3/5', 'w-1/2'];

export function HeaderSkeleton() {
  return (
    <div className="flex h-[86px] shrink-0 flex-col justify-center gap-2 border-b border-line px-5">
      <Skeleton className="h-4 w-1/2" />
      <Skeleton className="h-3 w-3/4" />
    </div>
  );
}

export function TimelineSkeleton() {
  return (
    <div className="flex flex-col gap-3 p-5">
      <Skeleton className="h-14 w-full" />
      {widths.map((width, index) => (
        // The bars never move.
        // oxlint-disable-next-line react/no-array-index-key
        <Skeleton key={index} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}
