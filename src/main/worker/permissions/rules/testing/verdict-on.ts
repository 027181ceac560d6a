import { readPermissionAsk } from '../../../../capture/permission-ask.ts';
import type { PermissionEffect } from '../../../../../shared/permission-views.ts';
import { judge } from '../judge.ts';
import { resolveSubject } from '../resolve-subject.ts';

export type WrittenRule = [effect: PermissionEffect, tool: string, pattern: string | null, place?: 'project'];

export type Outcome = 'allow' | 'deny' | 'person';

/** What becomes of a question of an agent that stands in `root`, under these rules. */
export function verdictOn(root: string, tool: string, input: object, written: readonly WrittenRule[]): Outcome {
  const ask = readPermissionAsk({ tool_name: tool, tool_input: input });
  if (ask === null) return 'person';
  const rules = written.map(([effect, ofTool, pattern, place], index) => ({
    id: String(index),
    effect,
    tool: ofTool,
    pattern,
    isOfProject: place === 'project',
    message: null,
  }));
  return judge(rules, ask, resolveSubject(ask.subject, root, root).subject)?.behavior ?? 'person';
}
