/** What the command line says about questions and costs, in both languages; `fill` puts values into `{{name}}`. */

const en = {
  help: {
    ask: 'ask the memory a question; the answer names its sources',
    question: 'the question, in any words',
    costs: 'show what language models cost, and the caps',
    calls: 'the latest calls besides',
    day_cap: 'from now on at most so many US dollars a day; none lifts the cap',
    month_cap: 'from now on at most so many US dollars a month; none lifts the cap',
  },
  sources: 'Sources',
  kinds: { observation: 'observation', learning: 'learning', summary: 'summary', memory: 'memory' },
  fallback: 'Answered without the model: {{reason}}',
  by_model: '{{model}}, {{tokens}} tokens, {{cost}}',
  periods: { today: 'Today', month: 'This month', total: 'In all' },
  of_cap: '{{cost}} of {{cap}}',
  calls: '{{count}} calls',
  saved: 'the cache saved {{saved}}',
  capped: {
    day: "Today's cap leaves no room: {{count}} jobs wait until {{until}}.",
    month: "This month's cap leaves no room: {{count}} jobs wait until {{until}}.",
  },
  unpriced: 'Without a price, so that paid work waits: {{models}}. Set one in the window under Costs.',
  groups: { model: 'By model', purpose: 'By purpose', project: 'By project' },
  purposes: {
    summarise: 'summaries',
    learn: 'learnings',
    graph: 'graph',
    ask: 'questions',
    test: 'tests',
    embed: 'embeddings',
  },
  no_project: 'no project',
  states: { sent: 'no answer', answered: 'answered', failed: 'failed' },
  invalid_cap: '{{option}} takes a number of US dollars from 0 to 100000, or none; not "{{value}}".',
};

const zhCN: typeof en = {
  help: {
    ask: '向记忆提问；回答会注明来源',
    question: '问题，用任何说法都可以',
    costs: '显示语言模型的花费与上限',
    calls: '同时列出最近的调用',
    day_cap: '从现在起每天最多花多少美元；none 取消上限',
    month_cap: '从现在起每月最多花多少美元；none 取消上限',
  },
  sources: '来源',
  kinds: { observation: '观察', learning: '经验', summary: '摘要', memory: '记忆' },
  fallback: '未用模型回答：{{reason}}',
  by_model: '{{model}}，{{tokens}} 个词元，{{cost}}',
  periods: { today: '今天', month: '本月', total: '总计' },
  of_cap: '{{cost}}，上限 {{cap}}',
  calls: '{{count}} 次调用',
  saved: '缓存节省了 {{saved}}',
  capped: {
    day: '今天的上限已没有余额：{{count}} 个任务等到 {{until}}。',
    month: '本月的上限已没有余额：{{count}} 个任务等到 {{until}}。',
  },
  unpriced: '没有价格、因此付费任务在等待：{{models}}。请在窗口的“花费”页设置。',
  groups: { model: '按模型', purpose: '按用途', project: '按项目' },
  purposes: { summarise: '摘要', learn: '经验', graph: '关系图', ask: '提问', test: '测试', embed: '向量' },
  no_project: '无项目',
  states: { sent: '无回答', answered: '已回答', failed: '失败' },
  invalid_cap: '{{option}} 需要 0 到 100000 之间的美元数，或 none；不能是“{{value}}”。',
};

export const moneyMessages = { en, 'zh-CN': zhCN };
