import { describe, expect, test } from 'vitest';
import { codeOf, folderOf, readSource, type SourceFile } from './source.ts';

const source = readSource();
const domain = [
  'patients',
  'objections',
  'extracts',
  'consents',
  'guard',
  'ledger',
  'monitor',
  'reports',
  'staff',
  'notices',
  'incidents',
  'work',
  'usage-account',
  'recipient-letters',
  'backup',
  'register',
];
const inDomain = source.filter(({ path }) => domain.includes(folderOf(path)));

/** Files of which an import is not as it should be, each with that import. */
function against(
  files: readonly SourceFile[],
  wrong: (imported: string, file: SourceFile) => boolean,
): string[] {
  return files.flatMap((file) =>
    file.imports
      .filter((imported) => wrong(imported, file))
      .map((imported) => `${file.path} imports ${imported}`),
  );
}

/** Files whose code has something in it that should not be there. */
const saying = (files: readonly SourceFile[], wrong: RegExp): string[] =>
  files.filter((file) => wrong.test(codeOf(file))).map(({ path }) => path);

test('the source is read, imports and all', () => {
  expect(source.length).toBeGreaterThan(100);
  expect(source.find(({ path }) => path === 'server.ts')?.imports).toContain('app.ts');
  expect(source.find(({ path }) => path === 'cli/serve.ts')?.imports).toContain('server.ts');
});

describe('what the practice does', () => {
  test('knows neither Express nor Prisma, neither pages nor tables', () => {
    const outside =
      /^(express|passport|helmet|multer|ejs|@prisma\/|pg$|better-sqlite3|web\/|store\/|cli\/|demo\/|services\/|app\.ts|server\.ts|services\.ts|config\.ts)/;
    expect(against(inDomain, (imported) => outside.test(imported))).toEqual([]);
  });

  test('reads no settings, and never the clock: now is passed in', () => {
    expect(saying(inDomain, /\bprocess\.env\b/)).toEqual([]);
    expect(saying(inDomain, /\bnew Date\(\)|\bDate\.now\b|\bperformance\.now\b/)).toEqual([]);
  });

  const uses: Readonly<Record<string, readonly string[]>> = {
    ledger: [],
    patients: ['ledger'],
    staff: ['ledger'],
    backup: ['ledger', 'extracts'],
    extracts: ['ledger', 'objections', 'patients'],
    consents: ['ledger', 'patients', 'objections'],
    objections: ['ledger', 'patients'],
    notices: ['ledger', 'patients', 'objections', 'extracts', 'reports', 'work'],
    guard: ['ledger', 'patients', 'objections', 'extracts', 'consents'],
    incidents: ['ledger', 'patients', 'objections', 'extracts', 'guard'],
    monitor: ['ledger', 'staff'],
    'usage-account': ['extracts', 'guard'],
    'recipient-letters': ['ledger', 'patients', 'objections', 'guard', 'usage-account'],
    register: ['ledger', 'patients', 'objections', 'extracts'],
  };

  test.each(Object.entries(uses))('of its other folders, %s uses %j', (folder, used) => {
    const files = source.filter(({ path }) => folderOf(path) === folder);
    expect(files).not.toEqual([]);
    const others = domain.filter((name) => name !== folder && !used.includes(name));
    expect(against(files, (imported) => others.includes(folderOf(imported)))).toEqual([]);
  });
});

test('only services.ts and its groups know the store, and only it knows the groups', () => {
  const outside = source.filter(({ path }) => !['store', 'services', 'services.ts'].includes(folderOf(path)));
  expect(against(outside, (imported) => ['store', 'services'].includes(folderOf(imported)))).toEqual([]);
});

test('only the store knows Prisma and the drivers of the databases', () => {
  const outside = source.filter(({ path }) => folderOf(path) !== 'store');
  expect(against(outside, (imported) => /^(@prisma\/|pg$|better-sqlite3)/.test(imported))).toEqual([]);
});

test('only the web sees requests and answers', () => {
  const outside = source.filter(({ path }) => folderOf(path) !== 'web' && path !== 'app.ts');
  const ofTheWeb = /^(express|passport|express-session|helmet|multer|ejs)/;
  expect(against(outside, (imported) => ofTheWeb.test(imported))).toEqual([]);
});

test('nothing but server.ts and the command line acts on import', () => {
  const acting = ['server.ts', 'cli/main.ts'];
  const quiet = source.filter(({ path }) => !acting.includes(path));
  // Whatever begins a line at the very left and is neither a declaration nor the end of one is done on import.
  const declaration =
    /^(import|export|const|let|type|interface|function|async function|class|declare|[})\]>]|$)/;
  const doing = quiet.flatMap((file) =>
    codeOf(file)
      .replace(/`(?:[^`\\]|\\.)*`/g, '``')
      .split('\n')
      .filter((line) => /^\S/.test(line) && (!declaration.test(line) || /=\s*await\b/.test(line)))
      .map((line) => `${file.path}: ${line}`),
  );
  expect(doing).toEqual([]);
  expect(against(quiet, (imported) => imported === 'cli/main.ts')).toEqual([]);
});

test('there are no drawers for anything', () => {
  expect(
    source
      .map(({ path }) => path)
      .filter((path) => /(^|\/)(utils?|helpers?|common|types|index)(\/|\.ts$)/.test(path)),
  ).toEqual([]);
});
