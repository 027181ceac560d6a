import type { ReadableDb } from '../database.ts';
import type { EvidenceSource } from './graph-writer.ts';

export interface KeptMention {
  entityPk: number;
  /** Of the entity. */
  id: string;
  row: number;
}

export interface KeptEvidence {
  relationPk: number;
  from: string;
  to: string;
  type: string;
  row: number;
}

/** What the graph says now, for whoever wants to know what has to change. */
export function createGraphCurrentReader(db: ReadableDb) {
  const seen = db.prepare<[number], number>('SELECT change FROM graph_sessions WHERE session_pk = ?').pluck();
  const mentions = db.prepare<[number], KeptMention>(`
    SELECT m.entity_pk AS entityPk, e.id, m.observation_pk AS row
    FROM entity_mentions m JOIN entities e ON e.pk = m.entity_pk WHERE m.session_pk = ?`);
  const evidence = db.prepare<[number, string], KeptEvidence>(`
    SELECT r.pk AS relationPk, f.id AS "from", t.id AS "to", r.type, v.observation_pk AS row
    FROM observations o JOIN relation_evidence v ON v.observation_pk = o.pk JOIN relations r ON r.pk = v.relation_pk
      JOIN entities f ON f.pk = r.from_pk JOIN entities t ON t.pk = r.to_pk
    WHERE o.session_pk = ? AND v.source = ?`);
  const learningMentions = db.prepare<[], KeptMention>(`
    SELECT m.entity_pk AS entityPk, e.id, m.learning_pk AS row
    FROM learning_mentions m JOIN entities e ON e.pk = m.entity_pk`);
  const conflicts = db.prepare<[], { relationPk: number; from: string; to: string; one: number; other: number }>(`
    SELECT r.pk AS relationPk, f.id AS "from", t.id AS "to", c.one_pk AS one, c.other_pk AS other
    FROM relation_conflicts c JOIN relations r ON r.pk = c.relation_pk JOIN entities f ON f.pk = r.from_pk
      JOIN entities t ON t.pk = r.to_pk`);
  return {
    /** 0 for a session that was never read. */
    seen: (sessionPk: number): number => seen.get(sessionPk) ?? 0,
    mentions: (sessionPk: number): KeptMention[] => mentions.all(sessionPk),
    evidence: (sessionPk: number, source: EvidenceSource): KeptEvidence[] => evidence.all(sessionPk, source),
    learningMentions: () => learningMentions.all(),
    conflicts: () => conflicts.all(),
  };
}
