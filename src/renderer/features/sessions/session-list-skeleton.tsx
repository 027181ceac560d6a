import { Skeleton } from '../../ui/skeleton.tsx';

const widths = ['w-3/4', 'w-1/2', 'w-2/3', 'w-3/5', 'w-4/5', 'w-1/2', 'w-2/3'];

export function SessionListSkeleton() {
  return (
    <div className="flex flex-col pt-[30px]">
      {widths.map((width, index) => (
        // The bars never move.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="mx-4 flex h-[52px] flex-col justify-center gap-2">
          <Skeleton className={`h-3.5 ${width}`} />
          <Skeleton className="h-3 w-1/3" />
        </div>
      ))}
    </div>
  );
}
