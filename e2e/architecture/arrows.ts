import { arrows, mayReadVersion, packages, testArrows, testPackages, type Arrow } from './tables.ts';
import { localTarget, packageName, roomOf, type ImportFound, type SourceFile } from './source-files.ts';

/** Every import that breaks a table, as `file:line what is wrong: what to do`. */
export function brokenArrows(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [
    ...file.imports.flatMap((found) => checkImport(file, found) ?? []),
    ...file.unknownImportLines.map(
      (line) => `${file.path}:${line} imports what only the running program knows: name the file in a plain string.`,
    ),
  ]);
}

function checkImport(file: SourceFile, found: ImportFound): string | null {
  const room = roomOf(file.path) ?? '';
  const at = `${file.path}:${found.line}`;
  const target = localTarget(file.path, found.specifier);
  return target === null ? checkPackage(file, room, found, at) : checkLocal(file, room, found, target, at);
}

function checkPackage(file: SourceFile, room: string, found: ImportFound, at: string): string | null {
  const name = packageName(found.specifier);
  if (file.isTest && testPackages.has(name)) return null;
  if (name === 'vite' && found.typeOnly) return null;
  const rooms = packages[found.specifier] ?? packages[name];
  if (rooms === undefined && testPackages.has(name)) {
    return `${at} imports ${name} outside a test: rename the file to *.test.ts or drop it.`;
  }
  if (rooms === undefined) {
    return `${at} imports the unclassified package ${name}: say in e2e/architecture/tables.ts which rooms may use it.`;
  }
  const matches = rooms.filter((arrow) => roomName(arrow) === room);
  if (matches.some((arrow) => typeof arrow === 'string' || found.typeOnly)) return null;
  if (matches.length > 0) {
    return `${at} imports a value of ${found.specifier}: ${room} may only \`import type\` from it.`;
  }
  const who = rooms.map(roomName).join(', ');
  return `${at} imports ${found.specifier}, which ${room} may not: it belongs to ${who}. Take the value as an argument.`;
}

function checkLocal(file: SourceFile, room: string, found: ImportFound, target: string, at: string): string | null {
  const targetRoom = roomOf(target);
  if (targetRoom === null) {
    const isFixture = file.isTest && target.startsWith('e2e/');
    const isVersion = target === 'package.json' && mayReadVersion.includes(room);
    return isFixture || isVersion
      ? null
      : `${at} imports ${target}, which is outside src: move what is needed into src.`;
  }
  if (targetRoom === room) return null;
  if (!/\.(?:tsx?|css|json|svg|html)(?:\?\w+)?$/.test(target)) {
    return `${at} imports ${found.specifier} without its extension: write it, as Node wants it.`;
  }
  const allowed = allowedArrows(file, room);
  if (allowed === undefined) {
    return `${at} is in the unknown room ${room}: give it a row in e2e/architecture/tables.ts.`;
  }
  const matches = allowed.filter((arrow) => coversTarget(arrow, targetRoom, target));
  if (matches.some((arrow) => typeof arrow === 'string')) return null;
  if (matches.length > 0 && found.typeOnly) return null;
  if (matches.length > 0) return `${at} imports a value of ${targetRoom}: ${room} may only \`import type\` from it.`;
  return `${at} draws an arrow ${room} → ${targetRoom}, which DESIGN does not have: let worker/ hand it in, or move the code down.`;
}

function allowedArrows(file: SourceFile, room: string): readonly Arrow[] | undefined {
  if (!file.isTest) return arrows[room];
  if (testArrows[room] !== undefined) return testArrows[room];
  return arrows[room] === undefined ? undefined : testArrows['main'];
}

const roomName = (arrow: Arrow) => (typeof arrow === 'string' ? arrow : arrow.room);

function coversTarget(arrow: Arrow, targetRoom: string, target: string): boolean {
  const room = roomName(arrow);
  if (!room.includes('/')) return room === targetRoom;
  return (
    target.startsWith(`src/main/${room}.`) ||
    target.startsWith(`src/main/${room}/`) ||
    target.startsWith(`src/main/${room}-`)
  );
}
