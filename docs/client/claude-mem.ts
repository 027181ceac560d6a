import type { Operations } from './claude-mem-api.d.ts';

interface Sent {
  path?: Record<string, string>;
  query?: Record<string, string | number | boolean | string[] | null | undefined>;
  body?: unknown;
}

/** Calls operations of a worker by method and path. What is refused rejects; `cause` is the worker's answer, with code and details. */
export function connect(url: string, token: string) {
  return async <Name extends keyof Operations>(
    name: Name,
    sent: Omit<Operations[Name], 'answer'> & Sent,
  ): Promise<Operations[Name]['answer']> => {
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
    if (!response.ok) throw new Error(`${name} was answered with ${response.status}.`, { cause: answer });
    // The worker's own test holds its answers against this document.
    return answer as Operations[Name]['answer'];
  };
}
