import pino, { type DestinationStream, type Logger } from 'pino';

/**
 * What may stand in a log line, and nothing else: no name, no NHS number, no address of a page with an id in it
 * that is not random, no text of an error from outside.
 */
export type LogFields = {
  readonly event: string;
  readonly requestId?: string;
  readonly method?: string;
  /** The route's pattern, such as /patients/:id, never the address itself. */
  readonly route?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly practice?: string;
  readonly staffId?: string;
  readonly keyId?: string;
  readonly releaseId?: string;
  readonly extract?: string;
  readonly reason?: string;
  readonly count?: number;
  readonly size?: number;
  readonly error?: unknown;
};

export type Log = {
  info(fields: LogFields): void;
  warn(fields: LogFields): void;
  error(fields: LogFields): void;
};

const allowed = [
  'event',
  'requestId',
  'method',
  'route',
  'status',
  'ms',
  'practice',
  'staffId',
  'keyId',
  'releaseId',
  'extract',
  'reason',
  'count',
  'size',
] as const;

/** Structured lines on standard output: only the allowed fields, and of an error its kind, code and place. */
export function openLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger: Logger = destination ? pino(options, destination) : pino(options);
  return {
    info: (fields) => logger.info(pick(fields)),
    warn: (fields) => logger.warn(pick(fields)),
    error: (fields) => logger.error(pick(fields)),
  };
}

function pick(fields: LogFields): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const name of allowed) if (fields[name] !== undefined) line[name] = fields[name];
  if (fields.error !== undefined) line.error = describe(fields.error);
  return line;
}

/** An error's message may quote what a patient is called; where it happened may not. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code } = error as { code?: unknown };
  const places = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8);
  return {
    kind: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    at: places.map((line) => line.trim().replace(/\(?(file:\/\/)?\/.*\/(src|dist|node_modules)\//, '($2/')),
  };
}
