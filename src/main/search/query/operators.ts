import type { ObservationType } from '../../../shared/views.ts';
import { observationTypes } from '../../../shared/views.ts';

export const operatorKeys = [
  'project',
  'type',
  'tool',
  'file',
  'tag',
  'session',
  'is',
  'not',
  'since',
  'after',
  'before',
  'until',
  'on',
] as const;
export type OperatorKey = (typeof operatorKeys)[number];

/** Other names of the keys; the first Chinese one of each is what completion offers. */
export const keyAliases: Readonly<Record<OperatorKey, readonly string[]>> = {
  project: ['项目', 'repo'],
  type: ['类型'],
  tool: ['工具'],
  file: ['文件', '路径', 'path'],
  tag: ['标签', 'concept'],
  session: ['会话'],
  is: ['状态'],
  not: ['不含', '排除', '没有'],
  since: ['起始', '自从', '以来', '从'],
  after: ['之后', '以后'],
  before: ['之前', '以前'],
  until: ['截至', '直到', '截止'],
  on: ['时间', '日期'],
};

const keys = new Map<string, OperatorKey>();
for (const key of operatorKeys) for (const name of [key, ...keyAliases[key]]) keys.set(name, key);

/** Which operator a word before a colon names, in any case. */
export function operatorNamed(name: string): OperatorKey | undefined {
  return keys.get(name.toLowerCase());
}

/** What people call the types; the first name is what completion offers in Chinese. */
export const typeNames: Readonly<Record<ObservationType, readonly string[]>> = {
  request: ['提示', '请求', '提问', '需求', 'requests', 'prompt', 'prompts'],
  discovery: ['查看', '发现', '探索', 'discoveries', 'read', 'reads'],
  change: ['修改', '更改', '改动', '变更', 'changes', 'edit', 'edits'],
  command: ['命令', 'commands'],
  research: ['调研', '研究', '检索'],
  delegation: ['委派', '委托', 'delegations', 'subagent'],
  plan: ['计划', '规划', 'plans'],
  tool: ['工具', 'tools'],
  note: ['说明', '笔记', '备注', 'notes'],
  conclusion: ['最终回答', '结论', '回答', 'conclusions'],
  summary: ['摘要', '总结', '概要', 'summaries'],
};

const types = new Map<string, ObservationType>();
for (const type of observationTypes) for (const name of [type, ...typeNames[type]]) types.set(name, type);

export function typeNamed(name: string): ObservationType | undefined {
  return types.get(name.toLowerCase());
}

export type RowState = 'failed' | 'pinned';

/** Values of `is:`; the first Chinese one is what completion offers. */
export const stateNames: Readonly<Record<RowState, readonly string[]>> = {
  failed: ['失败', '出错', 'failure', 'failing', 'error', 'fail'],
  pinned: ['置顶', '固定', 'pin', 'starred'],
};

export function stateNamed(name: string): RowState | undefined {
  const word = name.toLowerCase();
  return (['failed', 'pinned'] as const).find((state) => state === word || stateNames[state].includes(word));
}
