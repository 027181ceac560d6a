/** What commander says of a command line that it cannot read, as it writes it, in both languages. */
export const grammarMessages = {
  en: {
    grammar: {
      unknown_command: "unknown command '{{name}}'",
      unknown_option: "unknown option '{{name}}'",
      missing_argument: "missing required argument '{{name}}'",
      missing_value: "option '{{flags}}' argument missing",
      too_many: "too many arguments for '{{name}}'. Expected {{expected}} arguments but got {{count}}: {{given}}.",
      too_many_of_one: "too many arguments for '{{name}}'. Expected 1 argument but got {{count}}: {{given}}.",
      meant: '(Did you mean {{name}}?)',
      meant_one_of: '(Did you mean one of {{names}}?)',
    },
  },
  'zh-CN': {
    grammar: {
      unknown_command: '没有命令“{{name}}”',
      unknown_option: '没有选项“{{name}}”',
      missing_argument: '缺少参数“{{name}}”',
      missing_value: '选项“{{flags}}”缺少值',
      too_many: '命令“{{name}}”的参数过多：需要 {{expected}} 个，给了 {{count}} 个：{{given}}。',
      too_many_of_one: '命令“{{name}}”的参数过多：需要 1 个，给了 {{count}} 个：{{given}}。',
      meant: '（您是不是想用 {{name}}？）',
      meant_one_of: '（您是不是想用其中之一：{{names}}？）',
    },
  },
};
