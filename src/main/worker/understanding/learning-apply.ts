import { covers, isSamePlace } from '../../memory/learnings/compare-drafts.ts';
import { longestDetail, longestQuote, longestStatement, type LearningDraft } from '../../memory/learnings/draft.ts';
import { createComparer } from '../../memory/learnings/relation.ts';
import { stem } from '../../search/stem.ts';
import { newId } from '../../store/ids.ts';
import { createChangeReader } from '../../store/tables/learning-changes.ts';
import { conflictPair, createConflictWriter } from '../../store/tables/learning-conflicts.ts';
import { createEvidenceWriter } from '../../store/tables/learning-evidence.ts';
import { createOriginReader, createOriginWriter } from '../../store/tables/learning-origins.ts';
import type { LearningRow } from '../../store/tables/learnings.ts';
import type { WriterOperationParts } from '../writer-operations.ts';
import { unitedTags } from './kept-tags.ts';
import { createLearningHistory, type Batch } from './learning-history.ts';
import { createLearningTools, emptyRow } from './learning-tools.ts';
import { createSameWords } from './same-words.ts';

/** A draft and what it is to what is known, most similar first. */
export interface ComparedDraft {
  projectPk: number;
  draft: LearningDraft;
  duplicates: { pk: number; similarity: number }[];
  contradictions: { pk: number; similarity: number }[];
}

export interface LearningApplication {
  drafts: ComparedDraft[];
  /** The newest change that the comparison knew of. */
  basis: number;
}

const expiredAtOnce = 200;
/** From here on 95 of 100 duplicates are some (bench: learnings, held-out half); below, a person may merge them. */
const sureEnough = 0.7;
/** Whoever hands a learning to an agent only counts it; what that says about it is reckoned here, at the next turn's end. */
const usesWeighedMs = 24 * 60 * 60 * 1000;

/** Takes what the learn job found: new learnings, support for known ones, contradictions; each find counts once, however often it comes. */
export function createLearningApplication(parts: WriterOperationParts) {
  const { db } = parts;
  const { rows, writer, weigh, put, tell, begin } = createLearningTools(parts);
  const history = createLearningHistory(db);
  const changes = createChangeReader(db);
  const evidence = createEvidenceWriter(db);
  const origins = { ...createOriginReader(db), ...createOriginWriter(db) };
  const conflicts = createConflictWriter(db);
  const sameWords = createSameWords(db);
  // The model's memory is the readers'; words alone have to do here.
  const comparer = createComparer({ stem: (word) => stem(word, false), embed: null });
  const isThere = db.prepare<[number], number>('SELECT 1 FROM observations WHERE pk = ?').pluck();

  /** The one that stands for it now. */
  function standingFor(pk: number): LearningRow | null {
    let row = rows.byPk(pk);
    for (let steps = 0; row?.state === 'superseded' && row.superseded_by !== null && steps < 20; steps++) {
      row = rows.byPk(row.superseded_by);
    }
    return row;
  }

  function addEvidence(pk: number, role: 'supports' | 'contradicts', draft: LearningDraft): void {
    for (const { quote, observationPk, sessionPk, occurredAt } of draft.evidence) {
      evidence.add({
        learning_pk: pk,
        role,
        quote: quote.slice(0, longestQuote).toWellFormed(),
        observation_pk: observationPk,
        session_pk: sessionPk,
        occurred_at: occurredAt,
      });
    }
    weigh(pk);
  }

  function support(batch: Batch, row: LearningRow, draft: LearningDraft): number[] {
    return history.record(batch, 'support', [row.pk], () => {
      if (origins.find(draft.origin) === null) {
        origins.put({ origin: draft.origin, learning_pk: row.pk, found_at: batch.at });
      }
      const isOver = row.state === 'expired';
      // Whatever a person decided on keeps the tags that it had then.
      const isOpen = isOver || row.state === 'proposed';
      const tags = isOpen ? unitedTags([row, { tags: JSON.stringify(draft.tags ?? []) }]) : row.tags;
      // Its time was over before it was found again.
      const revived = isOver ? { state: 'proposed', expires_at: null } : {};
      if (isOver || tags !== row.tags) put(row, { ...revived, tags }, batch.at);
      addEvidence(row.pk, 'supports', draft);
    });
  }

  function create(batch: Batch, draft: LearningDraft, projectPk: number): number {
    return history.recordNew(batch, 'create', () => {
      const pk = writer.insert({
        ...emptyRow(batch.at),
        id: newId(batch.at),
        category: draft.category,
        statement: draft.statement.slice(0, longestStatement).toWellFormed(),
        detail: draft.detail?.slice(0, longestDetail).toWellFormed() ?? null,
        tags: JSON.stringify(draft.tags ?? []),
        language: draft.language,
        scope: draft.scope,
        project_pk: draft.scope === 'global' ? null : projectPk,
        path: draft.scope === 'path' ? draft.path : null,
        state: 'proposed',
        source: draft.source,
        origin: draft.origin,
        expires_at: null,
      });
      origins.put({ origin: draft.origin, learning_pk: pk, found_at: batch.at });
      addEvidence(pk, 'supports', draft);
      return pk;
    });
  }

  /** Both keep standing; the newer word of a person is proposed to take the older one's place. */
  function contradict(batch: Batch, pk: number, older: LearningRow, draft: LearningDraft, similarity: number): void {
    const newer_pk = draft.source === 'instruction' ? pk : null;
    history.record(batch, 'support', [older.pk, pk], () => {
      conflicts.add({ ...conflictPair(pk, older.pk), similarity, newer_pk, found_at: batch.at, settled_at: null });
      addEvidence(older.pk, 'contradicts', draft);
    });
  }

  /** What was changed while the job compared is compared here, by words alone. */
  function withLatest(compared: ComparedDraft, basis: number): ComparedDraft {
    const { draft, projectPk } = compared;
    const place = { ...draft, projectPk: draft.scope === 'global' ? null : projectPk };
    const { duplicates, contradictions } = {
      duplicates: [...compared.duplicates],
      contradictions: [...compared.contradictions],
    };
    for (const pk of changes.touchedAfter(basis)) {
      const row = rows.byPk(pk);
      if (row === null) continue;
      const known = { ...row, projectPk: row.project_pk };
      if ([...duplicates, ...contradictions].some((like) => like.pk === pk)) continue;
      const { kind, similarity } = comparer.compare(comparer.read(draft.statement), comparer.read(row.statement));
      if (kind === 'duplicate' && covers(known, place)) duplicates.push({ pk, similarity });
      if (kind === 'contradiction' && isSamePlace(known, place)) contradictions.push({ pk, similarity });
    }
    return { ...compared, duplicates, contradictions };
  }

  function take(batch: Batch, compared: ComparedDraft, basis: number): number[] {
    const evidenceLeft = compared.draft.evidence.filter(
      ({ observationPk }) => observationPk === null || isThere.get(observationPk) === 1,
    );
    if (evidenceLeft.length === 0) return [];
    const draft = { ...compared.draft, evidence: evidenceLeft };
    const known = origins.find(draft.origin);
    if (known !== null) {
      const row = known.learning_pk === null ? null : standingFor(known.learning_pk);
      return row === null || row.state === 'expired' ? [] : support(batch, row, draft);
    }
    const { statement, scope, path } = draft;
    const project_pk = scope === 'global' ? null : compared.projectPk;
    // Where no word of it carries sense, no comparison by sense finds it.
    const same = sameWords.find(statement, { scope, project_pk, path: scope === 'path' ? path : null });
    if (same !== null) return support(batch, same, draft);
    const { duplicates, contradictions } = withLatest({ ...compared, draft }, basis);
    for (const { pk, similarity } of duplicates) {
      const row = standingFor(pk);
      // What a person rejected is not to come back in other words; else, whoever is in doubt lets a person see both.
      if (row !== null && (row.state === 'rejected' || similarity >= sureEnough)) return support(batch, row, draft);
    }
    const made = create(batch, draft, compared.projectPk);
    for (const { pk, similarity } of contradictions) {
      const older = rows.byPk(pk);
      if (older === null || older.pk === made || !['proposed', 'approved'].includes(older.state)) continue;
      contradict(batch, made, older, draft, similarity);
    }
    return [made];
  }

  return {
    learningApply(application: LearningApplication): { batchId: string; ids: string[] } {
      const batch = begin('job');
      const touched = new Set<number>();
      for (const row of rows.due(batch.at, expiredAtOnce)) {
        const change = () => put(row, { state: 'expired' }, batch.at);
        for (const pk of history.record(batch, 'expire', [row.pk], change)) touched.add(pk);
      }
      for (const pk of rows.usedSince(batch.at - usesWeighedMs)) weigh(pk);
      for (const compared of application.drafts) {
        for (const pk of take(batch, compared, application.basis)) touched.add(pk);
      }
      return touched.size === 0 ? { batchId: batch.id, ids: [] } : tell(batch, 'create', [...touched]);
    },
  };
}
