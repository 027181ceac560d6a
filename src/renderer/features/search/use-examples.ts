import { useQuery } from '@tanstack/react-query';
import { readableTitle } from '../../lib/readable.ts';
import { client } from '../../lib/trpc.ts';

const sessionsRead = 8;
const longest = 42;

/** The beginning of a title, cut between words. */
function shortened(title: string): string {
  const line = title.split('\n')[0]?.trim() ?? '';
  if (line.length <= longest) return line;
  const space = line.lastIndexOf(' ', longest);
  return line.slice(0, space > longest / 2 ? space : longest);
}

/** Questions that this memory can answer: titles of the last sessions and files that they worked on. */
async function readExamples(signal: AbortSignal): Promise<string[]> {
  const sessions = await client.sessions.list.query({ limit: sessionsRead }, { signal });
  const newest = sessions.data[0];
  const steps = newest
    ? await client.sessions.timeline.query({ session_id: newest.id, limit: 200 }, { signal })
    : { data: [] };
  const files = steps.data.flatMap(({ files_changed: changed, files_read: read }) => [...changed, ...read]);
  const names = [...new Set(files.map((file) => file.split(/[/\\]/).at(-1) ?? ''))].filter(Boolean);
  const titles = sessions.data.flatMap(({ title }) => readableTitle(title) ?? []).map(shortened);
  return [...new Set([...titles.slice(0, 4), ...names.slice(0, 3)])];
}

/** Examples from the person's own memory; empty while there are none. */
export function useExamples(): { examples: string[]; isPending: boolean } {
  const examples = useQuery({ queryKey: ['search', 'examples'], queryFn: ({ signal }) => readExamples(signal) });
  return { examples: examples.data ?? [], isPending: examples.isPending };
}
