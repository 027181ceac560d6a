/** What the installer of Claude Code's hooks says, in both languages; `fill` puts values into `{{name}}`. */

const en = {
  settings: {
    SETTINGS_INVALID_JSON:
      '{{file}} is not valid JSON: {{fault}} at line {{line}}, column {{column}}. Nothing was changed; correct it there and try again.',
    SETTINGS_WRONG_SHAPE:
      '{{file}} does not have the shape of Claude Code settings: "{{where}}" is of the wrong type. Nothing was changed; correct it and try again.',
    SETTINGS_NOT_UTF8: '{{file}} is not UTF-8 text. Nothing was changed; save it as UTF-8 and try again.',
    SETTINGS_TOO_LARGE:
      '{{file}} has {{bytes}} bytes, far more than settings need. Nothing was changed; check that it is the right file.',
    SETTINGS_CHANGING: '{{file}} is being changed by another program again and again. Nothing was changed; try again.',
    SETTINGS_UNUSABLE:
      '{{file}} cannot be read or written ({{reason}}). Nothing was changed; check the path and its permissions.',
  },
  faults: {
    comment: 'JSON has no comments, but there is one',
    trailing_comma: 'there is a comma too many',
    empty: 'the file is empty (write {} into it, or delete it)',
    end: 'the file ends too early',
    unexpected: 'this is not what JSON expects',
    too_deep: 'values are nested too deeply',
    after_end: 'there is something after the end',
  },
  installation: {
    absent: "The hooks are not in Claude Code's settings, so nothing is captured; install them.",
    outdated: 'These hooks are for another port or token, or were changed: {{events}}. Install the hooks again.',
    missing: 'These hooks are missing: {{events}}. Install the hooks again.',
    switched_off: '"{{setting}}" is on in this file, so Claude Code calls no hooks; take it out of the file.',
  },
};

const zhCN: typeof en = {
  settings: {
    SETTINGS_INVALID_JSON:
      '{{file}} 不是有效的 JSON：第 {{line}} 行第 {{column}} 列，{{fault}}。文件未改动；请修正后重试。',
    SETTINGS_WRONG_SHAPE: '{{file}} 不符合 Claude Code 设置的结构：“{{where}}”的类型不对。文件未改动；请修正后重试。',
    SETTINGS_NOT_UTF8: '{{file}} 不是 UTF-8 文本。文件未改动；请另存为 UTF-8 后重试。',
    SETTINGS_TOO_LARGE: '{{file}} 有 {{bytes}} 字节，远超设置所需。文件未改动；请确认路径是否正确。',
    SETTINGS_CHANGING: '{{file}} 正被其他程序不断修改。文件未改动；请重试。',
    SETTINGS_UNUSABLE: '无法读写 {{file}}（{{reason}}）。文件未改动；请检查路径和权限。',
  },
  faults: {
    comment: 'JSON 不允许注释，这里有一条注释',
    trailing_comma: '多了一个逗号',
    empty: '文件是空的（写入 {} 或删除该文件）',
    end: '文件意外结束',
    unexpected: '这里不符合 JSON 语法',
    too_deep: '嵌套层数过多',
    after_end: '结尾之后还有内容',
  },
  installation: {
    absent: 'Claude Code 的设置里没有钩子，因此不会记录任何内容；请安装钩子。',
    outdated: '以下钩子属于其他端口或令牌，或被改动过：{{events}}。请重新安装钩子。',
    missing: '缺少以下钩子：{{events}}。请重新安装钩子。',
    switched_off: '该文件启用了“{{setting}}”，Claude Code 不会调用任何钩子；请从文件中去掉它。',
  },
};

export const claudeHooksMessages = { en, 'zh-CN': zhCN };
