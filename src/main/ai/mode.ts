import { z } from 'zod';

/** What models are asked; each has its prompt. */
export const promptNames = ['summarise-turn', 'summarise-session', 'summarise-week', 'learn', 'graph', 'ask'] as const;
export type PromptName = (typeof promptNames)[number];

const line = z.string().trim().min(1).max(500);
const paragraph = z.string().trim().min(1).max(4_000);
const term = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, { error: 'A name has small letters, digits, - and _ only.' }),
  means: line,
});

/** A field of work as data: its words, and what the prompts say differently for it. */
export const mode = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: "A mode's name has small letters, digits and - only." }),
  title: line,
  /** Grows with each change, so that what was made with it can be told apart. */
  version: z.number().int().min(1),
  /** Kinds of things that happen. */
  types: z.array(term).min(1).max(40),
  /** What things can be about. */
  concepts: z.array(term).min(1).max(60),
  /** Who the model is, and what work the material is from. */
  role: paragraph,
  /** What is worth keeping of such work, and what is not. */
  matters: paragraph,
  /** Added to the prompt of that name. */
  fragments: z.partialRecord(z.enum(promptNames), paragraph).default({}),
});
export type Mode = z.infer<typeof mode>;
