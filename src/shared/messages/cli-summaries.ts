/** What the command line says about summaries, in both languages; `fill` puts values into `{{name}}`. */

const en = {
  help: {
    summary: 'What a session or a week came to',
    session: 'the id of a session, or its beginning; the latest one without it',
    week: 'a project’s week, by any day of it; this week without one',
    project: 'of this project, by name or id',
    turns: 'each turn of the session besides',
  },
  fields: {
    request: 'Asked',
    done: 'Done',
    learned: 'Learned',
    open_ends: 'Open',
    key_points: 'Also',
    investigated: 'Looked at',
    commands: 'Commands',
    files: 'Files',
  },
  outcomes: { passed: 'passed', failed: 'failed' },
  changed: 'changed',
  more_files: 'and {{count}} more',
  sources: { extractive: 'by rules', model: 'by {{model}}', client: 'by the agent itself' },
  version: 'version {{version}}, {{source}}, {{at}}',
  none: 'There is no summary yet: a session is summed up when it ends, or when nothing has happened in it for five minutes.',
  none_of_week: 'There is no summary of the week of {{week}}: it is made of the summaries of its sessions.',
  invalid_day: '“{{value}}” is no day. Write it like 2026-11-20.',
  session_and_week: 'Say a session or --week, not both.',
};

const zhCN: typeof en = {
  help: {
    summary: '一次会话或一周做了什么',
    session: '会话 id 或其开头；不写则为最近一次',
    week: '项目的一周，给出其中任意一天；不写则为本周',
    project: '属于此项目（名称或 id）',
    turns: '同时列出会话的每一轮',
  },
  fields: {
    request: '请求',
    done: '完成',
    learned: '了解到',
    open_ends: '未完成',
    key_points: '其他',
    investigated: '查看过',
    commands: '命令',
    files: '文件',
  },
  outcomes: { passed: '通过', failed: '失败' },
  changed: '已修改',
  more_files: '另有 {{count}} 个',
  sources: { extractive: '由规则生成', model: '由 {{model}} 生成', client: '由智能体自己生成' },
  version: '第 {{version}} 版，{{source}}，{{at}}',
  none: '还没有摘要：会话结束后，或五分钟没有动静时，才会生成。',
  none_of_week: '{{week}} 这一周还没有摘要：它由该周各次会话的摘要汇总而成。',
  invalid_day: '“{{value}}”不是日期。请写成 2026-11-20。',
  session_and_week: '会话与 --week 只能选一个。',
};

export const summaryMessages = { en, 'zh-CN': zhCN };
