// Makes the checkout ready to run: installs what is missing, writes the database clients, compiles. Does nothing that is already done.
// Usage: node .ci/prepare.mjs [--tests] [--quiet]. Works with nothing but Node and npm on the machine.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const quiet = process.argv.includes('--quiet');
const say = (text) => quiet || process.stderr.write(`${text}\n`);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Node 20.19 or newer is needed; this is ${process.version}.\n`);
  process.exit(1);
}

const filesUnder = (folder, ending) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();

const digestOf = (files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
};

/** Runs a step only when its inputs changed since it last succeeded. */
function step(name, inputs, done, run) {
  const stamp = join('node_modules', '.stamps', name);
  const digest = digestOf(inputs);
  if (done() && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  say(`${name} …`);
  run();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

const run = (command, args, extra = {}) =>
  execFileSync(command, args, {
    stdio: ['ignore', quiet ? 'ignore' : 2, 2],
    env: { ...process.env, ...extra },
  });

// `npm install` on the lock file, not `npm ci`: ci refuses when a registry mirror lacks a package that only another platform needs.
// Where better-sqlite3 finds no prebuilt binary it is compiled; jobs=max uses every core for that, and
// -O1 halves the time; what this app asks of SQLite is no slower with it. CFLAGS of the environment come first.
const tests = process.argv.includes('--tests');
const installed = () => existsSync(tests ? 'node_modules/vitest' : 'node_modules/express');
step(tests ? 'install with test tools' : 'install', ['package.json', 'package-lock.json'], installed, () => {
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  if (!tests && !existsSync('node_modules/vitest')) args.push('--omit=dev');
  const build = { npm_config_jobs: 'max', CFLAGS: process.env.CFLAGS ?? '-O1' };
  try {
    run('npm', args, build);
  } catch {
    say('The first try failed; once more …');
    run('npm', args, build);
  }
});

step(
  'database clients',
  ['prisma/schema.prisma', 'package-lock.json'],
  () =>
    existsSync('src/store/generated/postgresql/client.ts') &&
    existsSync('src/store/generated/sqlite/client.ts'),
  () => {
    rmSync('src/store/generated', { recursive: true, force: true });
    const twin = readFileSync('prisma/schema.prisma', 'utf8')
      .replace('provider = "sqlite"', 'provider = "postgresql"')
      .replace('generated/sqlite', 'generated/postgresql')
      .replace('"../src', '"../../../src');
    mkdirSync('node_modules/.cache/prisma', { recursive: true });
    writeFileSync('node_modules/.cache/prisma/postgresql.prisma', twin);
    // generate needs no schema engine; naming one that does nothing keeps it from downloading it.
    const engine = {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    };
    for (const schema of ['prisma/schema.prisma', 'node_modules/.cache/prisma/postgresql.prisma']) {
      run(
        process.execPath,
        ['node_modules/prisma/build/index.js', 'generate', '--schema', schema, '--no-hints'],
        engine,
      );
    }
  },
);

step(
  'compile',
  [...filesUnder('src', '.ts'), 'tsconfig.json', 'tsconfig.build.json'],
  () => existsSync('dist/server.js'),
  () => {
    rmSync('dist', { recursive: true, force: true });
    run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']);
  },
);

say('ready');
