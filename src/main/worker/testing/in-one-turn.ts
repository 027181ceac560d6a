import type { WriterClient } from '../writer-client.ts';

/** As the writer's thread answers: everything of one commit at once. */
export function inOneTurn({ call }: Pick<WriterClient, 'call'>): Pick<WriterClient, 'call'> {
  let commit: { answers: Promise<unknown>[]; done: Promise<unknown> } | null = null;
  return {
    async call(name, ...given) {
      const answer = call(name, ...given);
      if (commit === null) {
        const answers: Promise<unknown>[] = [];
        const done = new Promise((resolve) => setTimeout(resolve)).then(() => Promise.all(answers));
        commit = { answers, done };
        void done.then(() => (commit = null));
      }
      commit.answers.push(answer);
      await commit.done;
      return answer;
    },
  };
}
