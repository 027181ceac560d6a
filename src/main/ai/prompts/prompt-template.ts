/** Text of a prompt. `{{name}}` stands for a variable, or for a part of the mode; see `promptFor`. */
export interface PromptTemplate {
  /** Grows with each change of the words. */
  version: number;
  /** The same for every request of a mode, so that providers can keep it. */
  system: string;
  prompt: string;
}
