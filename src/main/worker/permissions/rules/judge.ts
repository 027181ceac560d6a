import type { PermissionEffect } from '../../../../shared/permission-views.ts';
import type { PermissionAsk } from '../../../capture/permission-ask.ts';
import { allows, forbids, mayForbid } from './fits-rule.ts';
import { fitsGlob, hasStar } from './glob.ts';
import type { Subject } from './resolve-subject.ts';
import type { ShellPart } from './split-shell.ts';

export interface Rule {
  id: string;
  effect: PermissionEffect;
  tool: string;
  pattern: string | null;
  isOfProject: boolean;
  message: string | null;
}

/** Null: a person decides. */
export type Verdict = { behavior: 'allow' | 'deny'; rule: Rule } | null;

/** More parts than anybody writes are for a person. */
const mostParts = 200;
/** A longer command is for a person too. */
const longestJudged = 16_000;
const severity: Record<PermissionEffect, number> = { deny: 0, ask: 1, allow: 2 };

/** What a rule names exactly goes before what it names by a pattern, the text before the tool, the tool before the project. */
export function particularity({ tool, pattern, isOfProject }: Rule): number {
  const textClass = pattern === null ? 0 : hasStar(pattern) ? 1 : 2;
  const toolClass = tool === '*' ? 0 : hasStar(tool) ? 1 : 2;
  return textClass * 6 + toolClass * 2 + (isOfProject ? 1 : 0);
}

/** The most particular first; deny before ask before allow. */
export function inOrder<Known extends Rule>(rules: readonly Known[]): Known[] {
  return rules.toSorted(
    (a, b) => particularity(b) - particularity(a) || severity[a.effect] - severity[b.effect] || (a.id < b.id ? -1 : 1),
  );
}

/**
 * What the rules say of a question; they are those that are enabled and of its project. Each part of a command line has the
 * most particular rule that fits it; one denied part denies the line, and it is allowed only when all parts are.
 */
export function judge(
  rules: readonly Rule[],
  ask: Pick<PermissionAsk, 'tool' | 'leavesSandbox'>,
  subject: Subject,
): Verdict {
  const inQuestion = inOrder(rules.filter((rule) => fitsTool(rule, ask.tool)));
  if (inQuestion.length === 0) return null;
  const parts = partsOf(subject);
  if (parts === null) return null;
  const whole = new Map<Rule, boolean>();
  // The whole line is compared once with each rule, not once for each of its parts.
  const fitsWhole = (rule: Rule): boolean => {
    const known = whole.get(rule) ?? (rule.effect !== 'allow' && fits(rule, subject, null));
    whole.set(rule, known);
    return known;
  };
  const deciding = parts.map((part) =>
    inQuestion.find((rule) => fits(rule, subject, part) || (part !== null && fitsWhole(rule))),
  );
  const denial = deciding.find((rule) => rule?.effect === 'deny');
  if (denial !== undefined) return { behavior: 'deny', rule: denial };
  const leave = deciding.filter((rule) => rule?.effect === 'allow').filter((rule) => rule !== undefined);
  const [first] = leave.toSorted((a, b) => particularity(a) - particularity(b));
  if (first === undefined || leave.length < deciding.length || ask.leavesSandbox) return null;
  return isInDoubt(inQuestion, subject, particularity(first)) ? null : { behavior: 'allow', rule: first };
}

function partsOf(subject: Subject): (ShellPart | null)[] | null {
  if (subject.kind !== 'command') return [null];
  const { parts } = subject.line;
  if (subject.text.length > longestJudged || parts.length > mostParts) return null;
  return parts.length === 0 ? [null] : parts;
}

function fitsTool({ tool, effect }: Rule, name: string): boolean {
  if (effect === 'allow') return fitsGlob(tool, name, 'text');
  return fitsGlob(tool.toLowerCase(), name.toLowerCase(), 'text');
}

function fits({ pattern, effect }: Rule, subject: Subject, part: ShellPart | null): boolean {
  if (pattern === null) return true;
  return effect === 'allow' ? allows(pattern, subject, part) : forbids(pattern, subject, part);
}

/** A rule that denies or asks, no less particular than what allows, may be about something that is hidden in the line. */
function isInDoubt(rules: readonly Rule[], subject: Subject, allowed: number): boolean {
  if (subject.kind !== 'command') return false;
  return rules.some(
    (rule) =>
      rule.effect !== 'allow' &&
      rule.pattern !== null &&
      particularity(rule) >= allowed &&
      mayForbid(rule.pattern, subject.text),
  );
}
