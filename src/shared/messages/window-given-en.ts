/** What the context page says of lines that newer rules give; the page comes later than the first screen. */
export const givenEnglish = {
  'context.section.notes': 'Notes on where the work stands',
  'context.reason.session_note': 'A note of a session',
};
