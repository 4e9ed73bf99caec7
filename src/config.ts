import { join, resolve } from 'node:path';
import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((word) => word === 'true');
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const secret = z.string().min(32, 'must be at least 32 characters; make one with: openssl rand -base64 32');

const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:|postgres(ql)?:\/\/)/, 'must begin with file: or postgresql://')
    .optional(),
  DEMO: flag.optional(),
  MASTER_KEY: secret.optional(),
  SESSION_SECRET: secret.optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://registry.example' })
    .optional(),
  /** How many proxies stand in front of the app. */
  TRUST_PROXY: whole(0, 10).default(0),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** With which a monitoring system reads /metrics; without it there is no such page. */
  METRICS_TOKEN: secret.optional(),
  /** Largest spool of one release, in bytes. */
  SPOOL_MAX: whole(1024, Number.MAX_SAFE_INTEGER).default(20 * 1024 ** 3),
  SPOOLS_MAX: whole(1024, Number.MAX_SAFE_INTEGER).default(80 * 1024 ** 3),
  /** How many releases each process works on at once. */
  RELEASES_MAX: whole(1, 100_000).default(32),
  /** How long a client of a release may make no progress, in seconds. */
  CLIENT_STALL_SECONDS: whole(1, 3600).default(60),
  /** How many requests a minute one key may send, to each process. */
  KEY_REQUESTS_PER_MINUTE: whole(1, 1_000_000).default(60_000),
  SESSION_IDLE_MINUTES: whole(1, 60).default(15),
  SESSION_HOURS: whole(1, 24).default(8),
});

export type Config = {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  /** Absolute. Holds the database (unless it is elsewhere), the spool and the keys. */
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly demo: boolean;
  /** Undefined outside production: made at first start and kept in the data folder (src/secrets.ts). */
  readonly masterKey: string | undefined;
  readonly sessionSecret: string | undefined;
  readonly publicUrl: string;
  readonly trustProxy: number;
  readonly logLevel: string;
  readonly metricsToken: string | undefined;
  readonly spoolMaxBytes: number;
  readonly spoolsMaxBytes: number;
  readonly releasesMax: number;
  readonly clientStallMs: number;
  readonly keyRequestsPerMinute: number;
  readonly sessionIdleMs: number;
  readonly sessionAbsoluteMs: number;
};

/**
 * Reads the settings from the environment (README lists them).
 * Every fault is named at once, each with what to do, so that nobody has to start the app five times.
 */
export function readConfig(
  env: NodeJS.ProcessEnv,
): { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly faults: string[] } {
  // An empty setting is one that was not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = environment.safeParse(given);
  const faults = read.success
    ? []
    : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (given.NODE_ENV === 'production') faults.push(...productionFaults(given));
  if (!read.success || faults.length > 0) return { ok: false, faults };
  const { data } = read;
  const dataDir = resolve(data.DATA_DIR);
  return {
    ok: true,
    config: {
      production: data.NODE_ENV === 'production',
      port: data.PORT,
      host: data.HOST,
      dataDir,
      databaseUrl: data.DATABASE_URL ?? `file:${join(dataDir, 'registry.db')}`,
      demo: data.DEMO ?? data.NODE_ENV !== 'production',
      masterKey: data.MASTER_KEY,
      sessionSecret: data.SESSION_SECRET,
      publicUrl: (data.PUBLIC_URL ?? `http://localhost:${data.PORT}`).replace(/\/$/, ''),
      trustProxy: data.TRUST_PROXY,
      logLevel: data.LOG_LEVEL,
      metricsToken: data.METRICS_TOKEN,
      spoolMaxBytes: data.SPOOL_MAX,
      spoolsMaxBytes: data.SPOOLS_MAX,
      releasesMax: data.RELEASES_MAX,
      clientStallMs: data.CLIENT_STALL_SECONDS * 1000,
      keyRequestsPerMinute: data.KEY_REQUESTS_PER_MINUTE,
      sessionIdleMs: data.SESSION_IDLE_MINUTES * 60_000,
      sessionAbsoluteMs: data.SESSION_HOURS * 3_600_000,
    },
  };
}

function productionFaults(given: Record<string, string | undefined>): string[] {
  const faults = ['MASTER_KEY', 'SESSION_SECRET']
    .filter((name) => given[name] === undefined)
    .map((name) => `${name}: is needed in production; make one with: openssl rand -base64 32`);
  if (given.PUBLIC_URL === undefined) {
    faults.push('PUBLIC_URL: is needed in production; the address at which staff reach the app, https://…');
  } else if (!given.PUBLIC_URL.startsWith('https://')) {
    faults.push('PUBLIC_URL: must begin with https:// in production, because sessions travel over it');
  }
  if (given.DEMO === 'true')
    faults.push('DEMO: cannot be true in production; the made-up practice is for trying things out');
  return faults;
}
