/** SQL that is true of what a person has hidden or marked wrong; whoever hands something back leaves it out. */

export function unwantedObservation(pk: string): string {
  return `EXISTS (SELECT 1 FROM observation_marks WHERE observation_pk = ${pk} AND mark <> 'pinned')`;
}

export function unwantedSession(pk: string): string {
  return `EXISTS (SELECT 1 FROM session_marks WHERE session_pk = ${pk} AND mark <> 'pinned')`;
}

/** Of the event of a prompt or message: its observation is marked. */
export function unwantedEvent(pk: string): string {
  return `EXISTS (SELECT 1 FROM observations marked JOIN observation_marks mark ON mark.observation_pk = marked.pk
    WHERE marked.event_pk = ${pk} AND mark.mark <> 'pinned')`;
}

/** Of a session: one of its observations of that type is marked, so that the session's own copy of such a text may be that. */
export function hasUnwanted(sessionPk: string, type: 'request' | 'conclusion'): string {
  return `EXISTS (SELECT 1 FROM observation_marks mark JOIN observations marked ON marked.pk = mark.observation_pk
    WHERE mark.mark <> 'pinned' AND marked.session_pk = ${sessionPk} AND marked.type = '${type}')`;
}
