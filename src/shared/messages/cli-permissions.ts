/** What the command line says about permission requests, in both languages; `fill` puts values into `{{name}}`. */

const en = {
  help: {
    permissions: 'Answer what agents ask leave for',
    list: 'List the requests that wait',
    all: 'also those that were decided, newest first',
    allow: 'Allow a request',
    deny: 'Deny a request',
    id: 'an id, as `cmem permissions list` shows it',
    remember: 'answer the next ones that are exactly like it, too',
    pattern: 'answer the next ones that fit this pattern, too',
    everywhere: 'in every project, not only in this one',
    message: 'what the agent is told',
    rules: 'List the rules, in the order in which they are asked',
  },
  none: 'No agent waits.',
  noRules: 'There are no rules yet.',
  decided: '{{state}}: {{summary}}',
  left: '{{seconds}} s left',
  everywhere: 'everywhere',
  anything: 'anything',
  off: 'off',
  states: {
    pending: 'waiting',
    allowed: 'allowed',
    denied: 'denied',
    expired: 'left to the terminal',
    withdrawn: 'no longer asked',
  },
  effects: { allow: 'allow', deny: 'deny', ask: 'ask' },
};

const zhCN: typeof en = {
  help: {
    permissions: '回答智能体的权限请求',
    list: '列出等待处理的请求',
    all: '也列出已经决定的，最新的在前',
    allow: '允许一个请求',
    deny: '拒绝一个请求',
    id: '`cmem permissions list` 显示的 id',
    remember: '之后完全相同的请求也这样回答',
    pattern: '之后符合此模式的请求也这样回答',
    everywhere: '在所有项目中，而不只是这一个',
    message: '告诉智能体的话',
    rules: '按询问的顺序列出规则',
  },
  none: '没有智能体在等待。',
  noRules: '还没有规则。',
  decided: '{{state}}：{{summary}}',
  left: '剩余 {{seconds}} 秒',
  everywhere: '所有项目',
  anything: '任何内容',
  off: '关',
  states: {
    pending: '等待中',
    allowed: '已允许',
    denied: '已拒绝',
    expired: '交给终端',
    withdrawn: '不再询问',
  },
  effects: { allow: '允许', deny: '拒绝', ask: '询问' },
};

export const permissionMessages = { en, 'zh-CN': zhCN };
