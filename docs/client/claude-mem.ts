import type { Operations } from './claude-mem-api.d.ts';

interface Sent {
  path?: Record<string, string>;
  query?: Record<string, string | number | boolean | string[] | null | undefined>;
  body?: unknown;
}

/** What has to be sent may be left out where nothing has to. */
type Arguments<Needed> = Record<string, never> extends Needed ? [sent?: Needed] : [sent: Needed];

/** Calls operations of a worker by method and path. What is refused rejects with the worker's words; `cause` is its answer, with code and details. */
export function connect(url: string, token: string) {
  return async <Name extends keyof Operations>(
    name: Name,
    ...[given]: Arguments<Omit<Operations[Name], 'answer'> & Sent>
  ): Promise<Operations[Name]['answer']> => {
    const sent: Sent = given ?? {};
    const [method = 'GET', path = ''] = name.split(' ');
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(sent.path?.[part] ?? ''));
    const query = Object.entries(sent.query ?? {}).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(query.map(([key, value]) => [key, String(value)]));
    const response = await fetch(new URL(`${filled}?${search}`, url), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
    });
    const answer: unknown = response.status === 204 ? null : await response.json();
    const refusal = `${name} was answered with ${response.status}`;
    if (!response.ok) throw new Error(`${refusal}: ${told(answer)}`, { cause: answer });
    // The worker's own test holds its answers against this document.
    return answer as Operations[Name]['answer'];
  };
}

function told(answer: unknown): string {
  const isProblem = typeof answer === 'object' && answer !== null && 'error' in answer;
  return isProblem ? String(answer.error) : 'no reason was told.';
}
