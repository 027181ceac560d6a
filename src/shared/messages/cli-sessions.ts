/** What the command line says about sessions, in both languages; `fill` puts values into `{{name}}`. */

const en = {
  help: {
    sessions: 'list sessions, the last active first',
    words: 'words of the title, the folder, the branch or the id',
    project: 'of this project, by name or id',
  },
  columns: ['ID', 'LAST ACTIVE', 'STATE', 'PROMPTS', 'ENTRIES', 'FAILED', 'PROJECT', 'TITLE'],
  none: 'There are no such sessions.',
  unknown: 'No session has the id “{{value}}” or one that begins so. `cmem sessions` lists them.',
  unknown_deleted: 'No deleted session has the id “{{value}}” or one that begins so. `cmem deleted` lists them.',
  ambiguous: 'More than one session has an id that begins with “{{value}}”: {{known}}.',
};

const zhCN: typeof en = {
  help: {
    sessions: '列出会话，最近活动的在前',
    words: '标题、文件夹、分支或 id 中的文字',
    project: '属于此项目（名称或 id）',
  },
  columns: ['ID', '最近活动', '状态', '提问', '条目', '失败', '项目', '标题'],
  none: '没有这样的会话。',
  unknown: '没有 id 为“{{value}}”或以它开头的会话。可用 `cmem sessions` 查看。',
  unknown_deleted: '没有 id 为“{{value}}”或以它开头的已删除会话。可用 `cmem deleted` 查看。',
  ambiguous: 'id 以“{{value}}”开头的会话不止一个：{{known}}。',
};

export const sessionMessages = { en, 'zh-CN': zhCN };
