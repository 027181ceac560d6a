import { Script } from 'node:vm';

/**
 * `import` as a word of the language; Node answers it with an object of its own realm, and this is where one could get out.
 * Said too often rather than too seldom: only what plainly is a part of a longer name, or a property's name, is let through.
 */
const importWord = /(?<![\w$]|(?<!\.)\.)import(?![\w$])/;

const parameters = '(input, console, scratch)';
/** The source begins a line of its own, which is counted as the first. */
const compiled = (text: string) => new Script(text, { filename: 'tool.js', lineOffset: -1 });

/** The script that gives the tool's function: `(input, console, scratch) => result`, its body the source. Throws what is wrong. */
export function compileSource(source: string): Script {
  if (importWord.test(source)) {
    throw new SyntaxError(
      'A tool cannot import anything, and the word import may not stand in it, in a text neither: write "imp" + "ort" there.',
    );
  }
  // What ends the function and begins another of its own would have to be right in both places: behind an arrow function in
  // brackets there can only be a comma or the bracket, and behind a declaration neither of them.
  compiled(`async function tool${parameters} {'use strict';\n${source}\n}`);
  return compiled(`(async ${parameters} => {'use strict';\n${source}\n})`);
}

/** What is wrong with the source, as a sentence with the line; null when it can be run. */
export function faultInSource(source: string): string | null {
  try {
    compileSource(source);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    const line = Number(/^tool\.js:(\d+)$/m.exec(error.stack ?? '')?.[1] ?? 0);
    if (line === 0) return error.message;
    const lines = source.split('\n').length;
    return line > lines
      ? `Line ${lines}: a bracket or a text is not closed by the end.`
      : `Line ${line}: ${error.message}.`;
  }
}
