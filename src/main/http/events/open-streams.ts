import type { StreamCounters } from '../../api/event-feed.ts';
import type { Access } from '../../access/access.ts';
import type { Scope } from '../../../shared/access-views.ts';
import { type Caller, isOwner } from '../../access/caller.ts';

/** What a stream of a client is to those who look after all of them. */
export interface OpenStream {
  kind: 'sse' | 'websocket';
  caller: Caller;
  /** What its caller must still be allowed; null: to come in at all. */
  scope: Scope | null;
  /** Every fifteen seconds. */
  beat(): void;
  /** Whether it has taken no byte of what waits for it for so long that nobody reads it any more. */
  isStalled(): boolean;
  /** Takes leave where there is a way to, then ends. */
  end(reason: EndReason): void;
}

/**
 * shutdown: the worker stops; expired: the access token has run out; access: key or login opens nothing any more; scope: it
 * opens this no more; stalled: nobody reads.
 */
export type EndReason = 'shutdown' | 'expired' | 'access' | 'scope' | 'stalled';

export interface OpenStreams {
  /** Null when there is room for one more of this caller. */
  refusal(caller: Caller): { status: 429 | 503; code: string; message: string } | null;
  /** Returns its stop; call it once the client has gone. A stream whose caller lost its rights on the way here ends in the next turn. */
  add(stream: OpenStream): () => void;
  /** How many an organisation has open; what others do is not for it to know. */
  openOf(organizationId: string): number;
  counters(): StreamCounters;
  /** Ends all of them, and takes no more. */
  close(): void;
}

export const beatMs = 15_000;
/** An idle one costs 70 kB (bench/fan-out.ts); 1,000 clients are what is promised. */
const mostStreams = 2_000;
/** Of one key or one user. */
const mostOfOne = 200;

export type StreamAccess = Pick<Access, 'current'> & { directory: Pick<Access['directory'], 'onChange'> };

/** Node takes no longer time than this at once, about 25 days. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Knows every open stream: how many there may be, that their callers still may, and that somebody reads them. What a commit or
 * the time takes from a caller ends its streams at that moment.
 */
export function createOpenStreams(access: StreamAccess, everyMs: number = beatMs): OpenStreams {
  const streams = new Set<OpenStream>();
  const leaving = new WeakSet<OpenStream>();
  const byCaller = new Map<string, number>();
  const byOrganization = new Map<string, number>();
  const totals = { opened: 0, refused: 0, cut: 0 };
  let isClosed = false;

  const timer = setInterval(() => {
    for (const stream of streams) {
      // Whoever was told to go and is still here takes no bytes either.
      const isStalled = leaving.has(stream) || stream.isStalled();
      const reason = isStalled ? 'stalled' : lossOf(stream);
      if (reason === null) stream.beat();
      else cut(stream, reason);
    }
  }, everyMs);
  timer.unref();

  const stopHearing = access.directory.onChange(lookAtAll);
  /** One for all of them: when the first one's time is over. */
  let endsAt = Infinity;
  let ending: NodeJS.Timeout | null = null;

  function lookAtAll(): void {
    endsAt = Infinity;
    if (ending !== null) clearTimeout(ending);
    for (const stream of streams) endUnlessAllowed(stream);
  }

  function lookAgainAt(at: number): void {
    if (isClosed || at >= endsAt) return;
    endsAt = at;
    if (ending !== null) clearTimeout(ending);
    ending = setTimeout(lookAtAll, Math.min(Math.max(at - Date.now(), 1), longestTimerMs)).unref();
  }

  function lossOf({ caller, scope }: OpenStream): EndReason | null {
    const now = access.current(caller);
    if (now !== null) return scope === null || now.scopes.has(scope) ? null : 'scope';
    return hasRunOut(caller) ? 'expired' : 'access';
  }

  function endUnlessAllowed(stream: OpenStream): void {
    if (!streams.has(stream) || leaving.has(stream)) return;
    const reason = lossOf(stream);
    if (reason !== null) return cut(stream, reason);
    // A key may have got another time since the stream was opened.
    const expiresAt = access.current(stream.caller)?.expiresAt ?? null;
    if (expiresAt !== null) lookAgainAt(expiresAt);
  }

  function cut(stream: OpenStream, reason: EndReason): void {
    if (!leaving.has(stream)) totals.cut++;
    leaving.add(stream);
    stream.end(reason);
  }

  function refused(status: 429 | 503, code: string, message: string) {
    totals.refused++;
    return { status, code, message };
  }

  return {
    refusal(caller) {
      if (isClosed) return refused(503, 'SHUTTING_DOWN', 'The memory is closing; come back in a moment.');
      if (streams.size >= mostStreams) {
        return refused(503, 'TOO_MANY_STREAMS', `There are ${mostStreams} open streams; no more are taken for now.`);
      }
      if (!isOwner(caller) && (byCaller.get(keyOf(caller)) ?? 0) >= mostOfOne) {
        return refused(429, 'TOO_MANY_STREAMS', `${caller.name} has ${mostOfOne} open streams; close some of them.`);
      }
      return null;
    },
    add(stream) {
      const key = keyOf(stream.caller);
      const { organizationId } = stream.caller;
      streams.add(stream);
      totals.opened++;
      addTo(byCaller, key, 1);
      addTo(byOrganization, organizationId, 1);
      // Its token was looked at before its memory was opened, and may be worth nothing since.
      queueMicrotask(() => endUnlessAllowed(stream));
      return () => {
        if (!streams.delete(stream)) return;
        addTo(byCaller, key, -1);
        addTo(byOrganization, organizationId, -1);
      };
    },
    openOf: (organizationId) => byOrganization.get(organizationId) ?? 0,
    counters() {
      let sse = 0;
      for (const { kind } of streams) if (kind === 'sse') sse++;
      return { sse, websocket: streams.size - sse, ...totals };
    },
    close() {
      isClosed = true;
      clearInterval(timer);
      if (ending !== null) clearTimeout(ending);
      stopHearing();
      for (const stream of streams) stream.end('shutdown');
    },
  };
}

function hasRunOut({ kind, expiresAt }: Caller): boolean {
  return kind === 'user' && expiresAt !== null && expiresAt <= Date.now();
}

function addTo(counts: Map<string, number>, key: string, by: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

function keyOf({ kind, id, organizationId }: Caller): string {
  return `${kind}:${id ?? ''}:${organizationId}`;
}
