// For who changes schema.prisma: writes the migration from another state of it, triggers and all, for both kinds of
// database. It changes none, but the engine asks a PostgreSQL server for its version. A migration that was released is never edited: the next one adds to it.
// Usage: node .ci/prepare.mjs && git show <commit>:prisma/schema.prisma >/tmp/old.prisma
//        DATABASE_URL=postgresql://… node prisma/new-migration.mjs <name> /tmp/old.prisma
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { appendOnlySql } from '../dist/store/append-only.js';
import { everything, openEngine } from '../dist/store/migrate.js';

const [name, before] = process.argv.slice(2);
const server = process.env.DATABASE_URL;
if (!name || !before || !server) {
  process.stderr.write(
    'Give a name, a file with the schema as it was before, and DATABASE_URL of a PostgreSQL server.\n',
  );
  process.exit(2);
}

for (const kind of ['sqlite', 'postgresql']) {
  const schemaOf = (path) => ({
    tag: 'schemaDatamodel',
    files: [
      {
        path: 'schema.prisma',
        content: readFileSync(path, 'utf8').replace('provider = "sqlite"', `provider = "${kind}"`),
      },
    ],
    configDir: 'prisma',
  });
  const engine = await openEngine(kind === 'sqlite' ? 'file::memory:' : server);
  const { stdout } = await engine.diff({
    from: schemaOf(before),
    to: schemaOf('prisma/schema.prisma'),
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: everything,
  });
  await engine.close();
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const folder = `prisma/migrations/${kind}/${day}_${name}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    `${folder}/migration.sql`,
    `${stdout.trimEnd()}\n\n-- Append-only: made again by every migration.\n${appendOnlySql(kind)}\n`,
  );
  process.stderr.write(`${folder}/migration.sql\n`);
}
