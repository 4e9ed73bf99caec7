import { z } from 'zod';
import { extractStates, treatments } from '../../extracts/extract.ts';
import { type ProblemCode, problems } from './problems.ts';

// The one description of what goes over the wire: requests are checked with these, answers are typed by them, and
// openapi.json is written from them.

/** How many NHS numbers a check may ask about. */
export const MOST_NUMBERS = 100_000;

const day = z.string().meta({ format: 'date', example: '2026-11-22' });
const instant = z.string().meta({ format: 'date-time', example: '2026-11-22T06:00:00.000Z' });
const count = z.int().min(0);
export const extractId = z.string().meta({ example: 'research-events' });
const ledger = z
  .object({ size: count, root: z.string().meta({ description: 'SHA-256 in hexadecimal' }) })
  .meta({ description: 'The ledger on which it was decided: every objection in it counted.' });

/** The query of a list. */
export const page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^[\w-]{1,400}$/)
    .optional()
    .meta({ description: '`next` of the page before' }),
});

export const extract = z
  .object({
    id: extractId,
    name: z.string(),
    recipient: z.string(),
    purpose: z.string(),
    ground: z.string().meta({ example: 'nhs-england-direction' }),
    version: z.int().min(1),
    state: z.enum(extractStates),
    fields: z.array(z.object({ name: z.string(), treatment: z.enum(treatments) })),
    startsOn: day,
    endsOn: day,
  })
  .meta({ id: 'Extract' });

export const extracts = z
  .object({ items: z.array(extract), next: z.string().nullable() })
  .meta({ id: 'Extracts' });

export const readiness = z
  .object({
    ready: z.boolean(),
    reasons: z.array(z.string()).meta({ description: 'Codes of problems; empty when ready.' }),
  })
  .meta({ id: 'Readiness' });

export const check = z
  .object({
    nhsNumbers: z
      .array(z.string())
      .min(1)
      .max(MOST_NUMBERS)
      .meta({ example: ['999 000 0018'] }),
  })
  .meta({ id: 'Check' });

export const checked = z
  .object({
    id: z.uuid(),
    extract: extractId,
    version: z.int().min(1),
    checkedAt: instant,
    permitted: z.array(z.string()).meta({
      description: 'In the order asked, ten digits, each once. Whoever is not here is not to leave.',
      example: ['9990000018'],
    }),
    counts: z
      .object({ asked: count, permitted: count, withheld: count })
      .meta({ description: 'A number asked twice counts twice.' }),
    ledger,
  })
  .meta({ id: 'Checked' });

export const release = z
  .object({
    id: z.uuid(),
    extract: extractId,
    version: z.int().min(1),
    kind: z.enum(['release', 'check']),
    status: z.enum(['started', 'complete', 'failed', 'interrupted']),
    reason: z.string().nullable().meta({ description: 'A code; null when nothing went wrong.' }),
    startedAt: instant,
    endedAt: instant.nullable(),
    format: z.string().meta({ example: 'text/csv' }),
    counts: z
      .object({ in: count.nullable(), out: count.nullable(), withheld: count.nullable() })
      .meta({ description: 'Null as long as nothing is decided.' }),
    digests: z
      .object({ in: z.string().nullable(), out: z.string().nullable() })
      .meta({ description: 'SHA-256 in hexadecimal of what came (unpacked) and of what leaves.' }),
    parts: z
      .array(
        z.object({
          name: z.string(),
          format: z.string(),
          counts: z.object({ in: count, out: count, withheld: count }),
          digests: z.object({ in: z.string(), out: z.string() }),
          bytes: count,
        }),
      )
      .optional()
      .meta({
        description:
          'Of a release in parts. Its own digests are then SHA-256 over a line for each: digest, two spaces, name, as sha256sum writes them.',
      }),
    ledger: ledger.nullable(),
  })
  .meta({ id: 'Release' });

/** A release in parts that began. */
export const begun = z.object({ id: z.uuid() }).meta({ id: 'Begun' });

const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What to do.' }),
    instance: z.string().optional().meta({ description: 'urn:uuid: and X-Request-ID, when that is a UUID' }),
    code: z.enum(codes),
    column: z.string().optional(),
    line: z.int().optional(),
    since: z.string().optional().meta({ description: 'The day on which the extract was suspended or ended' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457. Never holds an NHS number or a name.' });
