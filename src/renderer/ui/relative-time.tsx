import { useFormat } from '../lib/format.ts';
import { useNow } from '../lib/now.ts';

/** How long ago, with the exact time on hover. */
export function RelativeTime({ iso, className }: { iso: string; className?: string }) {
  const format = useFormat();
  const now = useNow();
  return (
    <time dateTime={iso} title={format.dateTime(iso)} className={className}>
      {format.relative(iso, now)}
    </time>
  );
}
