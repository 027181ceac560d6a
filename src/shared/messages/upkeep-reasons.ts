/** Why upkeep would do something, as `memory/aging` says it, in both languages; the longer form of two comes first. */
export const upkeepReasons = {
  en: {
    reason: {
      faded_unused: 'its strength is {{strength}}, below {{below}}; never used',
      faded_used: 'its strength is {{strength}}, below {{below}}; used {{uses}} times',
      faded: 'its strength is {{strength}}, below {{below}}',
      undecided: 'nobody decided on it for more than {{days}} days',
      alike: '{{share}} % like "{{statement}}"',
      named_alike: 'named alike: {{share}} %',
    },
  },
  'zh-CN': {
    reason: {
      faded_unused: '强度 {{strength}}，低于 {{below}}；从未使用',
      faded_used: '强度 {{strength}}，低于 {{below}}；使用过 {{uses}} 次',
      faded: '强度 {{strength}}，低于 {{below}}',
      undecided: '超过 {{days}} 天无人决定',
      alike: '与“{{statement}}”相似度 {{share}}%',
      named_alike: '名称相似度 {{share}}%',
    },
  },
};
