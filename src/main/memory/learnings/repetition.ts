import { conceptsOfCommand } from '../command-concepts.ts';
import { shorten } from '../excerpts.ts';
import { commandKey, shortHash } from './command-key.ts';
import type { LearningDraft } from './draft.ts';
import type { SummaryLanguage } from '../../../shared/summary-views.ts';

/** A command that passed, of any session of the project, oldest first. */
export interface PassedCommand {
  observationPk: number;
  sessionPk: number;
  command: string;
  occurredAt: number;
}

/** Fewer sessions are a coincidence. */
const fewestSessions = 3;
/** Of the sessions with commands, at least so many have it. */
const smallestShare = 0.3;
const mostFound = 5;
const mostEvidence = 6;
const longestKey = 120;
const worthKnowing = new Set(['test', 'build', 'operations', 'database', 'dependencies']);

/** Commands that come back in a project's sessions: how it is tested, built, run. The most frequent first. */
export function findRepetitions(
  commands: readonly PassedCommand[],
  { projectId, language }: { projectId: string; language: SummaryLanguage },
): LearningDraft[] {
  const sessions = new Set(commands.map(({ sessionPk }) => sessionPk));
  const commits = lastCommits(commands);
  const byKey = new Map<string, PassedCommand[]>();
  for (const passed of commands) {
    const key = commandKey(passed.command);
    if (!isWorthKnowing(key)) continue;
    byKey.set(key, [...(byKey.get(key) ?? []), passed]);
  }
  const found = [...byKey].flatMap(([key, runs]) => {
    const firsts = [...new Map(runs.toReversed().map((run) => [run.sessionPk, run])).values()].toReversed();
    if (firsts.length < fewestSessions || firsts.length < sessions.size * smallestShare) return [];
    const committed = firsts.filter((run) => (commits.get(run.sessionPk) ?? 0) > run.occurredAt).length;
    return [{ key, firsts, beforeCommit: committed >= fewestSessions && committed >= commits.size * 0.6 }];
  });
  return found
    .toSorted((a, b) => b.firsts.length - a.firsts.length || (a.key < b.key ? -1 : 1))
    .slice(0, mostFound)
    .map(({ key, firsts, beforeCommit }) => ({
      category: 'workflow',
      statement: said(key, beforeCommit, language),
      detail: null,
      language,
      scope: 'project',
      path: null,
      source: 'repetition',
      origin: `repetition:${projectId}:${shortHash(key)}`,
      evidence: firsts.slice(-mostEvidence).map(({ command, observationPk, sessionPk, occurredAt }) => ({
        quote: shorten(command, 300),
        observationPk,
        sessionPk,
        occurredAt,
      })),
    }));
}

function isWorthKnowing(key: string): boolean {
  return (
    key.length <= longestKey &&
    !key.includes('\n') &&
    conceptsOfCommand(key).some((concept) => worthKnowing.has(concept))
  );
}

function lastCommits(commands: readonly PassedCommand[]): Map<number, number> {
  const commits = new Map<number, number>();
  for (const { sessionPk, command, occurredAt } of commands) {
    if (!/\bgit (?:-\S+ )*commit\b/.test(command)) continue;
    commits.set(sessionPk, Math.max(occurredAt, commits.get(sessionPk) ?? 0));
  }
  return commits;
}

function said(key: string, beforeCommit: boolean, language: SummaryLanguage): string {
  const purpose = conceptsOfCommand(key)[0] ?? '';
  if (language === 'zh') {
    if (beforeCommit) return `提交之前先运行 \`${key}\`。`;
    return `本项目${chinesePurposes[purpose] ?? '常用的命令是'} \`${key}\`。`;
  }
  if (beforeCommit) return `Run \`${key}\` before committing.`;
  return `In this project, ${englishPurposes[purpose] ?? 'a command in regular use is'} \`${key}\`.`;
}

const englishPurposes: Readonly<Record<string, string>> = {
  test: 'tests are run with',
  build: 'builds and checks are run with',
  dependencies: 'dependencies are installed with',
  operations: 'services are operated with',
  database: 'the database is looked at with',
};
const chinesePurposes: Readonly<Record<string, string>> = {
  test: '用以下命令运行测试：',
  build: '用以下命令构建和检查：',
  dependencies: '用以下命令安装依赖：',
  operations: '用以下命令操作服务：',
  database: '用以下命令查看数据库：',
};
