// For who changes schema.prisma: writes the migration for one kind of database, triggers and all.
// Usage: npm run build && DATABASE_URL=… node prisma/new-migration.mjs <name>   (once for SQLite, once for PostgreSQL)
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { appendOnlySql } from '../dist/store/append-only.js';
import { everything, kindOf, openEngine, readMigrations } from '../dist/store/migrate.js';

const [name] = process.argv.slice(2);
const url = process.env.DATABASE_URL;
if (!name || !url) {
  process.stderr.write('Give a name for the migration, and DATABASE_URL.\n');
  process.exit(2);
}
const kind = kindOf(url);
const schema = readFileSync('prisma/schema.prisma', 'utf8').replace(
  'provider = "sqlite"',
  `provider = "${kind}"`,
);
const files = [{ path: 'schema.prisma', content: schema }];
const base = `prisma/migrations/${kind}`;
mkdirSync(base, { recursive: true });
const past = readMigrations(kind);
const engine = await openEngine(url, [['schema.prisma', schema]]);
const { stdout } = await engine.diff({
  from: past.migrationDirectories.length > 0 ? { tag: 'migrations', ...past } : { tag: 'empty' },
  to: { tag: 'schemaDatamodel', files, configDir: 'prisma' },
  script: true,
  exitCode: null,
  shadowDatabaseUrl: null,
  filters: everything,
});
await engine.close();
const folder = `${base}/${new Date().toISOString().slice(0, 10).replaceAll('-', '')}_${name}`;
mkdirSync(folder, { recursive: true });
writeFileSync(
  `${folder}/migration.sql`,
  `${stdout.trimEnd()}\n\n-- Append-only: made again by every migration.\n${appendOnlySql(kind)}\n`,
);
process.stderr.write(`${folder}/migration.sql\n`);
