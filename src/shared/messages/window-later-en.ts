/** What approvals and the status page say beyond the first screen's catalogues. */
export const laterEnglish = {
  'permissions.held': 'Has just come up: answers wait a moment',
  'permissions.everyPlace': 'Replaces the text at every place where it stands in the file.',
  'rules.allowAll': 'Allow everything with {{tool}}',

  'status.unknown': 'Unknown',
  'status.lastAnswer': 'Last answer',
};
