import { Script } from 'node:vm';

/**
 * `import` as a word of the language; Node answers it with an object of its own realm, and this is where one could get out.
 * Said too often rather than too seldom: only what plainly is a part of a longer name, or a property's name, is let through.
 */
const importWord = /(?<![\w$]|(?<!\.)\.)import(?![\w$])/;

/** The script that gives the tool's function: `(input, console, scratch) => result`, its body the source. Throws what is wrong. */
export function compileSource(source: string): Script {
  if (importWord.test(source)) {
    throw new SyntaxError(
      'A tool cannot import anything, and the word import may not stand in it, in a text neither: write "imp" + "ort" there.',
    );
  }
  const text = `(async (input, console, scratch) => {'use strict';\n${source}\n})`;
  return new Script(text, { filename: 'tool.js', lineOffset: -1 });
}

/** What is wrong with the source, as a sentence; null when it can be run. */
export function faultInSource(source: string): string | null {
  try {
    compileSource(source);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
