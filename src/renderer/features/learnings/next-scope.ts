import { learningScopes, type LearningScope, type LearningView } from '../../../shared/learning-views.ts';

/** Where a learning is to hold. */
export interface ScopeChange {
  scope: LearningScope;
  project_id: string | null;
  path: string | null;
}

/** What the scopes of a learning would be about: its own project and path, or the ones that it had or comes from. */
export interface ScopeTarget {
  project: string | null;
  path: string | null;
}

/**
 * The scope after this one: everywhere, a project, a path in it. A scope whose project nobody knows is passed over;
 * `ask` when the next one is a path that has to be typed.
 */
export function nextScope({ scope }: Pick<LearningView, 'scope'>, target: ScopeTarget): ScopeChange | 'ask' {
  const next = learningScopes[(learningScopes.indexOf(scope) + 1) % learningScopes.length] ?? 'global';
  if (next === 'global' || target.project === null) return { scope: 'global', project_id: null, path: null };
  if (next === 'project') return { scope: 'project', project_id: target.project, path: null };
  return target.path === null ? 'ask' : { scope: 'path', project_id: target.project, path: target.path };
}
