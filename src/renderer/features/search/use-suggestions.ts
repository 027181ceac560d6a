import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Suggestion } from '../../../shared/search-views.ts';
import { client } from '../../lib/trpc.ts';

const pauseMs = 60;
const most = 7;
const none: readonly Suggestion[] = [];

export interface Typed {
  text: string;
  caret: number;
}

export interface Suggestions {
  items: readonly Suggestion[];
  /** False while they belong to an older text: their ranges must not be written into this one. */
  isCurrent: boolean;
}

/** What the text could go on with, asked for after a short pause; nothing while `typed` is null. */
export function useSuggestions(typed: Typed | null): Suggestions {
  const [settled, setSettled] = useState<Typed | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const { text = '', caret = 0 } = settled ?? {};
  const query = useQuery({
    queryKey: ['search', 'suggest', text, caret],
    queryFn: ({ signal }) =>
      client.search.suggest.query({ text, caret, limit: most }, { signal, context: { alone: true } }),
    enabled: settled !== null,
    // Help that does not come is no error to be told of.
    retry: false,
    gcTime: 60_000,
  });
  const fresh = settled !== null && typed === settled ? query.data : undefined;
  const [shown, setShown] = useState(none);
  // What was shown stays until the next is there, so that the list does not blink with every key.
  const next = typed === null ? none : (fresh ?? shown);
  if (next !== shown) setShown(next);
  return { items: next, isCurrent: fresh !== undefined };
}
