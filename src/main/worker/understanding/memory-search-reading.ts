import type { MemorySearchRequest } from '../../api/memory-services.ts';
import type { Known, KnowledgeIndex } from '../../search/knowledge/knowledge-index.ts';
import type { MemoryHit } from '../../../shared/note-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createMemoryReader } from '../../store/tables/memories.ts';

const readAtOnce = 200;
/** A third of a millisecond each, once; a hit that has no vector yet would be missing without a word. */
const embeddedAtOnce = 3_000;

/** Memories by words, meaning, tags and the time of their making. */
export function createMemorySearchReading(db: ReadableDb, knowledge: KnowledgeIndex) {
  const memories = createMemoryReader(db);

  /** All of them, the last changed first. */
  function* living(request: MemorySearchRequest, now: number): Generator<MemoryHit> {
    const { project_id, type } = request;
    const tags = request.tag_match === 'any' ? undefined : request.tags;
    let cursor: string | undefined;
    do {
      const page = memories.list({ project_id, type, tags, cursor, limit: readAtOnce }, now);
      for (const memory of page.data) yield { memory, score: null, matched_terms: [] };
      cursor = page.pagination.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }

  function* saying(text: string, { project_id, mode }: MemorySearchRequest, now: number): Generator<MemoryHit> {
    const limit = Number.MAX_SAFE_INTEGER;
    const alsoFar = mode === 'vector';
    const known = knowledge.find({ text, projectId: project_id, limit, now, alsoFar, embeddedAtOnce });
    const hits = known.filter(({ kind }) => kind === 'memory');
    for (const { id, score, matched_terms } of inOrderOf(mode, hits)) {
      const memory = memories.get(id, now);
      if (memory !== null) yield { memory, score, matched_terms };
    }
  }

  return {
    searchMemories({ now, ...request }: MemorySearchRequest & { now: number }): MemoryHit[] {
      const hits: MemoryHit[] = [];
      const candidates = request.text === undefined ? living(request, now) : saying(request.text, request, now);
      for (const hit of candidates) {
        if (isWanted(hit, request)) hits.push(hit);
        if (hits.length === request.limit) break;
      }
      return hits;
    },
  };
}

function inOrderOf(mode: MemorySearchRequest['mode'], known: readonly Known[]): Known[] {
  if (mode === 'mixed') return [...known];
  const scoreOf = ({ coverage, cosine }: Known) => (mode === 'lexical' ? coverage : Math.max(0, cosine));
  return known
    .map((hit) => ({ ...hit, score: Math.round(scoreOf(hit) * 1_000) / 1_000 }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score || one.id.localeCompare(other.id));
}

function isWanted({ memory, score }: MemoryHit, request: MemorySearchRequest): boolean {
  const { type, tags = [], tag_match, since, until, min_score = 0, except_id } = request;
  const isTagged = (tag: string) => memory.tags.includes(tag);
  const madeAt = Date.parse(memory.created_at);
  return (
    (type === undefined || memory.type === type) &&
    (tag_match === 'any' && tags.length > 0 ? tags.some(isTagged) : tags.every(isTagged)) &&
    (score === null || score >= min_score) &&
    memory.id !== except_id &&
    (since === undefined || madeAt >= Date.parse(since)) &&
    (until === undefined || madeAt < Date.parse(until))
  );
}
