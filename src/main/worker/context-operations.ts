import type { InjectionListRequest, PreviewRequest, ContextChoiceView, ContextScope } from '../api/services.ts';
import { createFileFinder } from '../memory/file-history/find-file.ts';
import { createHandBack, type HandBackRequest } from '../memory/hand-back.ts';
import type { KnowledgeIndex } from '../search/knowledge/knowledge-index.ts';
import type { Searcher } from '../search/searcher.ts';
import type { AskedVector } from '../search/vector-search.ts';
import type { ReadableDb } from '../store/database.ts';
import { createContextChoiceReader, type ChoiceScope } from '../store/tables/context-choices.ts';
import { createInjectionReader } from '../store/tables/injections.ts';
import { createFindBelieved } from './find-believed.ts';
import { createFindRelated } from './find-related.ts';

/** What a reader thread knows of context: what would be given, what was, and what may be. */
export function createContextOperations(db: ReadableDb, searcher: Searcher, knowledge: KnowledgeIndex) {
  const findBelieved = createFindBelieved(knowledge);
  const handBack = createHandBack(db);
  const findFile = createFileFinder(db);
  const choices = createContextChoiceReader(db);
  const injections = createInjectionReader(db);
  const project = db.prepare<[string], { pk: number }>('SELECT pk FROM projects WHERE id = ?');
  const session = db.prepare<[string], { pk: number; project_pk: number }>(
    'SELECT pk, project_pk FROM sessions WHERE id = ?',
  );

  function resolve(scope: ContextScope): { scope: ChoiceScope; projectPk: number | null } | null {
    if (scope.session_id !== undefined) {
      const row = session.get(scope.session_id);
      return row ? { scope: { projectPk: null, sessionPk: row.pk }, projectPk: row.project_pk } : null;
    }
    if (scope.project_id === undefined) return { scope: { projectPk: null, sessionPk: null }, projectPk: null };
    const row = project.get(scope.project_id);
    return row ? { scope: { projectPk: row.pk, sessionPk: null }, projectPk: row.pk } : null;
  }

  return {
    handBack: ({ vector, ...request }: HandBackRequest & { vector: AskedVector }) =>
      handBack.build(request, createFindRelated(searcher, vector), findBelieved),
    /** Null when there is no such project, or the session is none of its. */
    previewContext({ vector, ...request }: PreviewRequest & { vector: AskedVector }) {
      const place = resolve({ project_id: request.project_id });
      if (place === null || place.projectPk === null) return null;
      const asking = request.session_id === undefined ? null : session.get(request.session_id);
      if (asking === undefined || (asking !== null && asking.project_pk !== place.projectPk)) return null;
      const { kind, prompt = null } = request;
      const file = request.file === undefined ? null : findFile(place.projectPk, request.file);
      const wanted = { kind, projectPk: place.projectPk, sessionPk: asking?.pk ?? null, prompt, file };
      return handBack.build(wanted, createFindRelated(searcher, vector), findBelieved);
    },
    listInjections: (request: InjectionListRequest) => injections.list(request),
    contextChoice(scope: ContextScope): ContextChoiceView | null {
      const place = resolve(scope);
      if (place === null) return null;
      return {
        choice: choices.choice(place.scope),
        effective: choices.effective(place.projectPk, place.scope.sessionPk),
      };
    },
    contextScope: (scope: ContextScope) => resolve(scope)?.scope ?? null,
  };
}
