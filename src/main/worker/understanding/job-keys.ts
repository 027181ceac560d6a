/** The same work has the same key, whoever queues it. */
export const jobKeys = {
  turn: (sessionPk: number, promptId: string) => `summarise:turn:${sessionPk}:${promptId}`,
  session: (sessionPk: number) => `summarise:session:${sessionPk}`,
  week: (projectPk: number, week: string) => `summarise:week:${projectPk}:${week}`,
  learn: (sessionPk: number) => `learn:${sessionPk}`,
  graph: (sessionPk: number) => `graph:${sessionPk}`,
  wholeGraph: 'graph:all',
} as const;
