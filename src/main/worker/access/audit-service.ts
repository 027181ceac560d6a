import type { AuditRecord, AuditService } from '../../api/access-services.ts';
import { newId } from '../../store/ids.ts';
import type { AuditRow } from '../../store/tables/audit-logs.ts';
import { withPage } from '../with-page.ts';
import type { AccessParts } from './access-parts.ts';
import { reachOf } from './rights.ts';

export interface AuditParts extends Pick<AccessParts, 'reader' | 'writer'> {
  access: Pick<AccessParts['access'], 'keyUses'>;
  onFault(fault: unknown): void;
  /** For tests. */
  refusalWindowMs?: number;
}

export interface Audit {
  service: AuditService;
  /** Writes what waits, counted refusals too. */
  close(): Promise<void>;
}

/** Entries that wait for a commit at once; more of them are a bug or a flood, and are dropped. */
const mostWaiting = 10_000;
const flushEveryMs = 500;
/** Refusals of one kind within this time are one row that counts them, and one more for the first of them. */
const refusalWindowMs = 60_000;
/** Kinds of refusal that are counted at once; all others share one row. */
const mostKinds = 500;
const keyUsesEveryMs = 30_000;

/** Writes down what was done and refused, a commit for many, without anybody waiting for it. */
export function createAudit(parts: AuditParts): Audit {
  const { reader, writer, access, onFault } = parts;
  const windowMs = parts.refusalWindowMs ?? refusalWindowMs;
  const counted = new Map<string, { row: AuditRow; since: number; more: number }>();
  let waiting: AuditRow[] = [];
  let timer: NodeJS.Timeout | null = null;
  let settling: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let usesWrittenAt = 0;

  function add(row: AuditRow): void {
    if (waiting.length < mostWaiting) waiting.push(row);
    timer ??= setTimeout(flush, flushEveryMs).unref();
  }

  /** The first of its kind is a row at once; those that follow are counted. */
  function addRefusal(row: AuditRow): void {
    const known = [row.actorKind, row.actorId ?? '', row.action, row.code ?? '', row.address ?? ''].join('\n');
    const kind = counted.has(known) || counted.size < mostKinds ? known : '';
    const entry = counted.get(kind);
    if (entry !== undefined) {
      entry.more += 1;
      return;
    }
    counted.set(kind, { row, since: row.at, more: 0 });
    add(row);
  }

  function settleRefusals(before: number): void {
    for (const [kind, { row, since, more }] of counted) {
      if (since > before) continue;
      counted.delete(kind);
      if (more > 0) add({ ...row, id: newId(Date.now()), at: Date.now(), target: null, count: more });
    }
  }

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const now = Date.now();
    settleRefusals(now - windowMs);
    const rows = waiting;
    waiting = [];
    if (rows.length > 0) write(writer.call('accessAudit', rows));
    if (now - usesWrittenAt > keyUsesEveryMs) writeUses(now);
    // A timer of its own, so that no entry waits for refusals to be counted.
    if (counted.size > 0) settling ??= setTimeout(settle, Math.min(windowMs, 10_000)).unref();
  }

  function settle(): void {
    settling = null;
    flush();
  }

  function writeUses(now: number): void {
    usesWrittenAt = now;
    const uses = access.keyUses();
    if (uses.length > 0) write(writer.call('accessKeysUsed', uses));
  }

  function write(task: Promise<unknown>): void {
    const done = task.then(() => {}, onFault);
    writing = Promise.all([writing, done]).then(() => {});
  }

  const uses = setInterval(() => writeUses(Date.now()), keyUsesEveryMs).unref();

  return {
    service: {
      record(entry) {
        const row = toRow(entry);
        if (entry.outcome === 'refused') addRefusal(row);
        else add(row);
      },
      async list(caller, { actor_id, since, until, ...request }) {
        // Whoever asks sees what was done until now.
        flush();
        await writing;
        return withPage(
          reader.call('accessAuditList', {
            ...request,
            organizationId: reachOf(caller),
            actorId: actor_id,
            since: since === undefined ? undefined : Date.parse(since),
            until: until === undefined ? undefined : Date.parse(until),
          }),
        );
      },
    },
    async close() {
      clearInterval(uses);
      settleRefusals(Infinity);
      usesWrittenAt = 0;
      flush();
      if (settling !== null) clearTimeout(settling);
      await writing;
    },
  };
}

function toRow({ caller, requestId, ...entry }: AuditRecord): AuditRow {
  const isKnown = caller !== null && !(caller.kind === 'user' && caller.id === null);
  return {
    ...entry,
    id: newId(Date.now()),
    at: Date.now(),
    organizationId: isKnown ? caller.organizationId : null,
    actorKind: isKnown ? caller.kind : 'nobody',
    actorId: isKnown ? caller.id : null,
    actorName: isKnown ? caller.name : 'nobody',
    requestId,
    count: 1,
  };
}
