import type { Mode } from '../mode.ts';

/** The mode that is there from the start: software development with a coding agent. */
export const codingMode: Mode = {
  name: 'coding',
  title: 'Software development',
  version: 1,
  types: [
    { name: 'bugfix', means: 'something was wrong and now works' },
    { name: 'feature', means: 'something can be done that could not be done before' },
    { name: 'refactor', means: 'the code reads or is arranged differently and does the same' },
    { name: 'change', means: 'configuration, documentation, dependencies, data' },
    { name: 'discovery', means: 'how something is or works was found out' },
    { name: 'decision', means: 'one way was chosen over another, with a reason' },
    { name: 'failure', means: 'something was tried and did not work' },
  ],
  concepts: [
    { name: 'how-it-works', means: 'how a part of the system behaves' },
    { name: 'problem-solution', means: 'a problem together with what solved it' },
    { name: 'gotcha', means: 'what surprises whoever does not know it' },
    { name: 'pattern', means: 'a way of doing things that this code base keeps to' },
    { name: 'trade-off', means: 'what was given up for what' },
    { name: 'why-it-exists', means: 'the reason behind code, a file or a rule' },
    { name: 'performance', means: 'time, memory, load' },
    { name: 'security', means: 'who may do or see what' },
    { name: 'testing', means: 'how it is proved that something works' },
    { name: 'tooling', means: 'builds, commands, environments' },
  ],
  role:
    'You keep the memory of software projects. The material records sessions in which a person worked with a coding agent: ' +
    'what the person asked, what the agent read, changed and ran, how commands ended, and what the agent said.',
  matters:
    'Worth keeping: causes of errors and what removed them, decisions with their reasons, how parts of the system behave, ' +
    'conventions and commands of the project, what was tried in vain, what is still open. Name files, functions, commands, ' +
    'options, error codes, versions and figures exactly as the material has them. Not worth keeping: that a file was opened, ' +
    'that a command was run whose outcome changed nothing, politeness, plans that were dropped without a reason.',
  fragments: {
    'summarise-session':
      'A fix counts as done only when a later command or message of the material shows that it worked; otherwise it is an open end.',
    learn:
      'A command that failed, a change, and the same command passing make a solution: say the error, its cause and the change. ' +
      'What the person demands or forbids in general ("always", "never", "from now on", 以后, 总是, 不要) makes a best practice, ' +
      'convention or preference.',
  },
};
