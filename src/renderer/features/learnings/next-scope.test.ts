import { expect, test } from 'vitest';
import type { LearningScope } from '../../../shared/learning-views.ts';
import { nextScope, type ScopeTarget } from './next-scope.ts';

const everywhere = { scope: 'global', project_id: null, path: null };
const cases: [from: LearningScope, target: ScopeTarget, to: unknown][] = [
  ['global', { project: 'p', path: null }, { scope: 'project', project_id: 'p', path: null }],
  ['project', { project: 'p', path: 'src' }, { scope: 'path', project_id: 'p', path: 'src' }],
  ['project', { project: 'p', path: null }, 'ask'],
  ['path', { project: 'p', path: 'src' }, everywhere],
  ['global', { project: null, path: 'src' }, everywhere],
];

// Catches: a scope without the project or path that it speaks of, which the memory would refuse.
test.each(cases)('after %s with %o comes %o', (scope, target, next) => {
  expect(nextScope({ scope }, target)).toEqual(next);
});
