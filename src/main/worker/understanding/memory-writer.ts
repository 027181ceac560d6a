import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { MemoryChange, NewMemory } from '../../api/memory-services.ts';
import { metadata as metadataSchema } from '../../api/metadata-schema.ts';
import { mostTags } from '../../api/tags-schema.ts';
import { sanitizeText } from '../../capture/sanitize.ts';
import { newId } from '../../store/ids.ts';
import { createMemoryWriter, type MemoryRecord } from '../../store/tables/memories.ts';
import type { MemoryView } from '../../../shared/note-views.ts';
import { Refusal } from '../refusal.ts';
import type { WriterOperationParts } from '../writer-operations.ts';
import { keptTags } from './kept-tags.ts';

/** A working memory without a time to live is for the day. */
const workingTtlSeconds = 24 * 60 * 60;
/** What was forgotten can be taken back for so long. */
const forgottenKeptMs = 30 * 24 * 60 * 60 * 1000;

type Metadata = MemoryView['metadata'];

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
    const { text, type = 'semantic', tags = [], metadata = {}, importance = 0.5 } = memory;
    const words = clean({ text, tags, metadata });
    const pk = projectPk(memory.project_id);
    const same = memories.findSame({ textHash: words.textHash, projectPk: pk, type, now: at });
    if (same !== null) {
      rememberAgain(same, memory, words, at);
      return same.id;
    }
    const id = newId(at);
    const expiresAt = expiryOf(type, memory.ttl_seconds, at);
    const validFrom = timeOf(memory.valid_from, at);
    memories.insert({ ...words, id, type, projectPk: pk, expiresAt, validFrom, importance, at });
    tell(id, 'remembered', { project_pk: pk, type }, at);
    return id;
  }

  /** What is said besides words that are known: a new version when it is new. */
  function rememberAgain(known: MemoryRecord, said: NewMemory, words: ReturnType<typeof clean>, at: number): void {
    const { pk, id, project_pk: projectPk } = known;
    const type = said.type ?? known.type;
    const expiresAt = expiryOf(type, said.ttl_seconds, at);
    const before = {
      type: known.type,
      tags: known.tags,
      metadata: known.metadata,
      importance: known.importance,
      validFrom: known.valid_from,
    };
    const after = {
      type,
      tags: [...new Set([...known.tags, ...words.tags])],
      metadata: { ...known.metadata, ...words.metadata },
      importance: said.importance ?? known.importance,
      validFrom: timeOf(said.valid_from, known.valid_from),
    };
    memories.seenAgain(pk, { type, expiresAt, at });
    if (isDeepStrictEqual(before, after)) return tell(id, 'seen', { project_pk: projectPk, type }, at);
    refuseTooMuch(after);
    const validFrom = timeOf(said.valid_from, at);
    const version = { ...after, text: known.text, textHash: words.textHash, validFrom };
    memories.revise(pk, known.version, { ...version, projectPk, expiresAt: expiresAt ?? known.expires_at, at });
    tell(id, 'revised', { project_pk: projectPk, type }, at);
  }

  return {
    /** The id of the memory, which may be there already: the same words are counted, never refused. */
    rememberMemory: ({ memory, at }: { memory: NewMemory; at: number }): string => remember(memory, at),
    /** The same for many: all of them or none. */
    rememberMemories: ({ memories: wanted, at }: { memories: readonly NewMemory[]; at: number }): string[] =>
      wanted.map((memory) => remember(memory, at)),
    /** A new version, none when nothing of it is new; false when there is no such memory. */
    reviseMemory({ id, change, at }: { id: string; change: MemoryChange; at: number }): boolean {
      const record = living(id);
      if (record === null) return false;
      const { text = record.text, tags = record.tags, importance = record.importance } = change;
      const metadata = { ...(change.metadata ?? record.metadata), ...change.add_metadata };
      const pk = change.project_id === undefined ? record.project_pk : projectPk(change.project_id);
      const ttl = change.ttl_seconds;
      const expiresAt = ttl === undefined ? record.expires_at : expiryOf(record.type, ttl, at);
      const validFrom = timeOf(change.valid_from, at);
      const words = clean({ text, tags, metadata });
      const before = { text: record.text, tags: record.tags, metadata: record.metadata, importance: record.importance };
      const after = { text: words.text, tags: words.tags, metadata: words.metadata, importance };
      if (change.add_metadata !== undefined) refuseTooMuch(after);
      const isPlaced = pk === record.project_pk && expiresAt === record.expires_at;
      if (
        isPlaced &&
        isDeepStrictEqual(before, after) &&
        timeOf(change.valid_from, record.valid_from) === record.valid_from
      ) {
        return true;
      }
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
    /** False when there is no such memory, or it is not away. */
    restoreMemory({ id, at }: { id: string; at: number }): boolean {
      const record = memories.find(id);
      if (record === null || !memories.restore(record.pk, at)) return false;
      tell(id, 'restored', record, at);
      return true;
    },
    touchMemory: ({ id, at }: { id: string; at: number }): void => memories.touch(id, at),
    /** For good: working memories whose time is over, and what was forgotten a month ago; how many. */
    eraseForgottenMemories: ({ at }: { at: number }): number => memories.erase(at, at - forgottenKeptMs),
  };
}

function clean({ text, tags, metadata }: { text: string; tags: readonly string[]; metadata: Metadata }) {
  const kept = sanitizeText(text).trim();
  if (kept === '') throw new Refusal('REFUSED', 'All of it is private: there is nothing to remember.');
  return { text: kept, textHash: hashOf(kept), tags: keptTags(tags), metadata: cleanEntries(metadata) };
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text.replaceAll(/\s+/g, ' ').toLowerCase()).digest();
}

function cleanEntries(entries: object): Metadata {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [sanitizeText(name), cleanValue(value)]));
}

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return sanitizeText(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  return typeof value === 'object' && value !== null ? cleanEntries(value) : value;
}

/** What is added bit by bit is bounded as what comes at once is (api/tags-schema, api/metadata-schema). */
function refuseTooMuch({ tags, metadata }: { tags: readonly string[]; metadata: Metadata }): void {
  if (tags.length > mostTags) {
    throw new Refusal('REFUSED', `With those that it has it would get more than ${mostTags} tags.`);
  }
  const fault = metadataSchema.safeParse(metadata).error?.issues[0]?.message;
  if (fault !== undefined) throw new Refusal('REFUSED', `With the metadata that it has it would be too much: ${fault}`);
}

function expiryOf(type: NewMemory['type'], ttlSeconds: number | undefined, at: number): number | null {
  const seconds = ttlSeconds ?? (type === 'working' ? workingTtlSeconds : null);
  return seconds === null ? null : at + seconds * 1_000;
}

function timeOf(iso: string | undefined, otherwise: number): number {
  return iso === undefined ? otherwise : Date.parse(iso);
}
