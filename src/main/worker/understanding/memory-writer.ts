import { createHash } from 'node:crypto';
import type { MemoryChange, NewMemory } from '../../api/memory-services.ts';
import { sanitizeText } from '../../capture/sanitize.ts';
import { newId } from '../../store/ids.ts';
import { createMemoryWriter, type MemoryRecord } from '../../store/tables/memories.ts';
import { Refusal } from '../refusal.ts';
import type { WriterOperationParts } from '../writer-operations.ts';

/** A working memory without a time to live is for the day. */
const workingTtlSeconds = 24 * 60 * 60;
/** What was forgotten can be taken back for so long. */
const forgottenKeptMs = 30 * 24 * 60 * 60 * 1000;

type Metadata = NewMemory['metadata'];

/** What the writer does about memories: nothing is kept that a hook would not keep, secrets and private blocks least of all. */
export function createMemoryOperations({ db, ledger }: WriterOperationParts) {
  const memories = createMemoryWriter(db);
  const project = db.prepare<[string], number>('SELECT pk FROM projects WHERE id = ?').pluck();

  function projectPk(id: string | undefined): number | null {
    if (id === undefined) return null;
    const pk = project.get(id);
    if (pk === undefined) throw new Refusal('NOT_FOUND', `There is no project with the id ${id}.`);
    return pk;
  }

  function tell(id: string, change: string, record: Pick<MemoryRecord, 'project_pk' | 'type'>, at: number): void {
    const data = { memory_id: id, change, memory_type: record.type };
    ledger.log({ type: 'memory.changed', at, projectPk: record.project_pk, sessionPk: null, data });
  }

  function living(id: string): MemoryRecord | null {
    const record = memories.find(id);
    return record === null || record.forgotten_at !== null ? null : record;
  }

  function remember(memory: NewMemory, at: number): string {
    const { type } = memory;
    const words = clean(memory);
    const pk = projectPk(memory.project_id);
    const expiresAt = expiryOf(type, memory.ttl_seconds, at);
    const same = memories.findSame(words.textHash, pk, type, at);
    if (same !== null) {
      memories.seenAgain(same.pk, expiresAt, at);
      tell(same.id, 'seen', { project_pk: pk, type }, at);
      return same.id;
    }
    const id = newId(at);
    const validFrom = timeOf(memory.valid_from, at);
    memories.insert({ ...words, id, type, projectPk: pk, expiresAt, validFrom, importance: memory.importance, at });
    tell(id, 'remembered', { project_pk: pk, type }, at);
    return id;
  }

  return {
    /** The id of the memory, which may be there already: the same words are counted, never refused. */
    rememberMemory: ({ memory, at }: { memory: NewMemory; at: number }): string => remember(memory, at),
    /** The same for many: all of them or none. */
    rememberMemories: ({ memories: wanted, at }: { memories: readonly NewMemory[]; at: number }): string[] =>
      wanted.map((memory) => remember(memory, at)),
    /** A new version; false when there is no such memory. */
    reviseMemory({ id, change, at }: { id: string; change: MemoryChange; at: number }): boolean {
      const record = living(id);
      if (record === null) return false;
      const {
        text = record.text,
        tags = record.tags,
        metadata = record.metadata,
        importance = record.importance,
      } = change;
      const pk = change.project_id === undefined ? record.project_pk : projectPk(change.project_id);
      const ttl = change.ttl_seconds;
      const expiresAt = ttl === undefined ? record.expires_at : expiryOf(record.type, ttl, at);
      const validFrom = timeOf(change.valid_from, at);
      const words = clean({ text, tags, metadata });
      memories.revise(record.pk, record.version, { ...words, importance, validFrom, projectPk: pk, expiresAt, at });
      tell(id, 'revised', { project_pk: pk, type: record.type }, at);
      return true;
    },
    /** Those that were there. */
    forgetMemories({ ids, at }: { ids: readonly string[]; at: number }): string[] {
      return ids.filter((id) => {
        const record = living(id);
        if (record === null) return false;
        memories.forget(record.pk, at);
        tell(id, 'forgotten', record, at);
        return true;
      });
    },
    restoreMemory({ id, at }: { id: string; at: number }): boolean {
      const record = memories.find(id);
      if (record === null) return false;
      memories.restore(record.pk, at);
      tell(id, 'restored', record, at);
      return true;
    },
    touchMemory: ({ id, at }: { id: string; at: number }): void => memories.touch(id, at),
    /** For good: working memories whose time is over, and what was forgotten a month ago; how many. */
    eraseForgottenMemories: ({ at }: { at: number }): number => memories.erase(at, at - forgottenKeptMs),
  };
}

function clean({ text, tags, metadata }: Pick<NewMemory, 'text' | 'tags' | 'metadata'>) {
  const kept = sanitizeText(text).trim();
  if (kept === '') throw new Refusal('REFUSED', 'All of it is private: there is nothing to remember.');
  const entries = Object.entries(metadata).map(([name, value]): [string, Metadata[string]] => [
    sanitizeText(name),
    typeof value === 'string' ? sanitizeText(value) : value,
  ]);
  return {
    text: kept,
    textHash: createHash('sha256').update(kept.replaceAll(/\s+/g, ' ').toLowerCase()).digest(),
    tags: [...new Set(tags.map((tag) => sanitizeText(tag).trim()).filter(Boolean))],
    metadata: Object.fromEntries(entries),
  };
}

function expiryOf(type: NewMemory['type'], ttlSeconds: number | undefined, at: number): number | null {
  const seconds = ttlSeconds ?? (type === 'working' ? workingTtlSeconds : null);
  return seconds === null ? null : at + seconds * 1_000;
}

function timeOf(iso: string | undefined, otherwise: number): number {
  return iso === undefined ? otherwise : Date.parse(iso);
}
