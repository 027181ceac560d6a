/** What the command line says about deleting, in both languages; `fill` puts values into `{{name}}`. */

const en = {
  help: {
    delete: 'Delete a session or an observation; it can be taken back for thirty days',
    kind: 'session or observation',
    id: 'its id; of a session its beginning is enough',
    for_good: 'erase it at once: nothing brings it back',
    deleted: 'List what was deleted and can be taken back',
    undelete: 'Take back what was deleted',
  },
  deleted: {
    session: 'The session is deleted; `cmem undelete session {{id}}` takes it back.',
    observation: 'The observation is deleted; `cmem undelete observation {{id}}` takes it back.',
  },
  erased: {
    session: 'The session {{id}} is erased.',
    observation: 'The observation {{id}} is erased.',
  },
  nothing: 'Nothing was deleted that could be taken back.',
  restored: 'It is back: {{title}}',
  invalid_kind: '“{{value}}” cannot be deleted; say one of: {{known}}.',
};

const zhCN: typeof en = {
  help: {
    delete: '删除一个会话或一条观察记录；三十天内可以恢复',
    kind: 'session（会话）或 observation（观察记录）',
    id: '它的 id；会话只需 id 的开头',
    for_good: '立即彻底清除：无法恢复',
    deleted: '列出已删除、仍可恢复的内容',
    undelete: '恢复已删除的内容',
  },
  deleted: {
    session: '会话已删除；可用 `cmem undelete session {{id}}` 恢复。',
    observation: '观察记录已删除；可用 `cmem undelete observation {{id}}` 恢复。',
  },
  erased: {
    session: '会话 {{id}} 已彻底清除。',
    observation: '观察记录 {{id}} 已彻底清除。',
  },
  nothing: '没有可以恢复的已删除内容。',
  restored: '已恢复：{{title}}',
  invalid_kind: '不能删除“{{value}}”；可用：{{known}}。',
};

export const recordMessages = { en, 'zh-CN': zhCN } as const;
