import type { MiddlewareHandler } from 'hono';
import type { AppVariables } from './app.ts';
import { fail } from './problem.ts';
import { callOperation } from './rest/call-operation.ts';
import { inOneSentence } from './rest/error-answer.ts';
import { planInput } from './rest/input-assembly.ts';
import type { RestOperation } from './rest/rest-operation.ts';
import { isAsyncIterable, type RestParts } from './rest/rest-routes.ts';
import { streamValues } from './rest/rest-stream.ts';

/**
 * `GET /api/v1/search` for who accepts `text/event-stream`: the event `lexical` at once and then the event that is named after
 * the mode that was asked for. All others go on to the answer as JSON.
 */
export function searchStream(
  operations: readonly RestOperation[],
  { router, log }: RestParts,
): MiddlewareHandler<{ Variables: AppVariables }> {
  const search = operations.find(({ name }) => name === 'search.query');
  return async (c, next) => {
    if (search === undefined || c.req.header('accept')?.includes('text/event-stream') !== true) return next();
    const query = new URL(c.req.url).searchParams;
    const mode = query.get('mode') ?? 'mixed';
    const { input, details } = planInput(search).assemble({ path: {}, query, body: undefined });
    if (details !== null) return fail(c, 400, 'INVALID_INPUT', inOneSentence(details), { details });
    const stop = new AbortController();
    const answers = await callOperation(c, router, { name: 'search.progressive', type: 'subscription' }, input, stop);
    if (!isAsyncIterable(answers)) throw new TypeError('The search gave no stream.');
    let isFirst = true;
    return streamValues(c, answers, stop, log, () => {
      const name = isFirst ? 'lexical' : mode;
      isFirst = false;
      return name;
    });
  };
}
