import type { Context } from 'hono';
import type { AppVariables } from '../app.ts';
import { fail } from '../problem.ts';
import { entityTag, isAllWeak, isMatched, knownTag } from './etag.ts';
import type { RestOperation } from './rest-operation.ts';

type RestContext = Context<{ Variables: AppVariables }>;

const staleTag = 'ETAG_MISMATCH';

export function isConditional(c: RestContext): boolean {
  return c.req.header('if-match') !== undefined || c.req.header('if-none-match') !== undefined;
}

/** Writes at one address, one after the other: none comes between the check of another one and what it does. */
const running = new Map<string, Promise<unknown>>();

/**
 * Does `write` when `If-Match` and `If-None-Match` allow it (RFC 9110, 13.2), else answers 412. `read` gives the thing as it is
 * now and rejects when there is none, or the caller may not see it; it is asked only where a tag is to be compared.
 */
export async function writeIfAllowed(
  c: RestContext,
  operation: RestOperation,
  read: () => Promise<unknown>,
  write: () => Promise<Response>,
): Promise<Response> {
  const checked = async () => (await refusalOf(c, operation, read)) ?? write();
  if (operation.reading === null) return checked();
  const { caller } = c.get('api');
  const address = JSON.stringify([caller.organizationId, operation.meta.rest.path, c.req.param()]);
  const before = running.get(address) ?? Promise.resolve();
  const own = before.then(checked, checked);
  running.set(address, own);
  try {
    return await own;
  } finally {
    if (running.get(address) === own) running.delete(address);
  }
}

async function refusalOf(c: RestContext, { reading, meta }: RestOperation, read: () => Promise<unknown>) {
  const ifMatch = c.req.header('if-match');
  const ifNoneMatch = c.req.header('if-none-match');
  // That there is something the write finds out by itself.
  const isCompared = ifMatch !== undefined && ifMatch.trim() !== '*';
  if (!isCompared && (ifNoneMatch === undefined || reading === null)) return null;
  const address = new URL(c.req.url);
  const here = `${address.pathname}${address.search}`;
  if (reading === null) {
    return fail(c, 412, staleTag, `${meta.rest.method} ${here} is about nothing that has an ETag: leave out If-Match.`);
  }
  const tag = entityTag(await read());
  if (isCompared && !isMatched(ifMatch, tag)) return fail(c, 412, staleTag, mismatch(ifMatch, here));
  if (knownTag(ifNoneMatch, tag) === null) return null;
  return fail(c, 412, staleTag, `If-None-Match names what is at ${here} now.`);
}

/** What `If-Match` on a read that has this tag is answered with, null when it fits. */
export function refusalOfRead(c: RestContext, tag: string): Response | null {
  const ifMatch = c.req.header('if-match');
  if (ifMatch === undefined || isMatched(ifMatch, tag)) return null;
  return fail(c, 412, staleTag, mismatch(ifMatch, c.req.path));
}

function mismatch(ifMatch: string, here: string): string {
  return isAllWeak(ifMatch)
    ? `A weak tag (W/) never fits If-Match. GET ${here} and send its ETag as it is; a proxy on the way may have changed it.`
    : `It is not what If-Match names any more. GET ${here} again, look at what changed, and send the ETag of that answer.`;
}
