import { createHash } from 'node:crypto';
import { z } from 'zod';
import { monthsBetween } from '../day.ts';
import { type JsonObject, sameJson } from './jcs.ts';
import type { ActRow, LedgerReader, Problem, RegisterRow } from './ledger-reader.ts';
import type { ReadEntry } from './read-entry.ts';
import { RegisterLines, type RegisterRules } from './register-lines.ts';
import { RunningDigest } from './running-digest.ts';

const said = z.strictObject({ day: z.string(), digest: z.string(), months: z.array(z.string()) });

/** What of a published register the entries tell as well. */
const published = z.looseObject({
  day: z.string(),
  releasesFrom: z.string(),
  extracts: z.array(
    z.looseObject({
      id: z.string(),
      size: z.string().nullable(),
      versions: z.array(
        z.looseObject({
          version: z.int(),
          recipient: z.string(),
          ground: z.string(),
          approvedOn: z.string(),
        }),
      ),
    }),
  ),
  exemptions: z.array(
    z.looseObject({
      id: z.string(),
      extract: z.string(),
      version: z.int(),
      type: z.string(),
      endsOn: z.string(),
    }),
  ),
  releases: z.array(
    z.looseObject({
      id: z.string(),
      extract: z.string(),
      version: z.int(),
      day: z.string(),
      status: z.string(),
      size: z.string().nullable(),
    }),
  ),
  months: z.array(
    z.looseObject({
      month: z.string(),
      extract: z.string(),
      releases: z.int(),
      failed: z.int(),
      checks: z.string(),
    }),
  ),
  stops: z.array(
    z.looseObject({
      id: z.string(),
      kind: z.string(),
      extract: z.string(),
      day: z.string(),
      closedOn: z.string().nullable(),
    }),
  ),
  otherFlows: z.array(z.looseObject({ id: z.string(), endedOn: z.string().nullable() })),
  objections: z.array(z.strictObject({ month: z.string(), type1: z.string(), type2: z.string() })),
});

type Published = z.infer<typeof published>;
/** What of the last register the next is held against. */
type Last = Pick<Published, 'day' | 'releasesFrom' | 'objections'> & { readonly digest: string };

/**
 * Holds every published register against the entry that names its digest, and what it tells against the entries before
 * it: a release, an approved version, an exemption or a stop that happened cannot be missing, and none can be in it that
 * did not happen. What it tells of objections is frozen: each register tells what the one before told, and of the months
 * since.
 */
export class RegisterReplay<A extends ActRow> {
  readonly #rows = new Map<number, RegisterRow>();
  readonly #lines: RegisterLines;
  /** Those whose entries are to come, read ahead. */
  readonly #texts = new Map<number, string | null>();
  readonly #digest = new RunningDigest();
  #last: Last | undefined;
  /** How many registers hold. */
  registers = 0;

  constructor(
    private readonly reader: Pick<LedgerReader<A>, 'registers' | 'registerText'>,
    rules: RegisterRules,
  ) {
    this.#lines = new RegisterLines(rules);
  }

  /** Before the first entry. Registers are one a day, and their texts are read when they are come to. */
  async begin(): Promise<void> {
    for (const row of await this.reader.registers()) this.#rows.set(row.ledgerIndex, row);
  }

  /** Reads the registers of the entries before an index. */
  async reach(end: number): Promise<void> {
    for (const { ledgerIndex, day } of this.#rows.values())
      if (ledgerIndex < end && !this.#texts.has(ledgerIndex))
        this.#texts.set(ledgerIndex, await this.reader.registerText(day));
  }

  /** What was replayed, for a later check to go on from. */
  keep(): JsonObject {
    const last = this.#last ?? null;
    const lines = this.#lines.keep(last?.releasesFrom ?? '');
    return { registers: this.registers, digest: this.#digest.value, last, lines };
  }

  /**
   * Goes on from what was kept: registers before the index have to be as many and of the days of then, and the last, which
   * is the one that everybody sees, to the letter.
   */
  async resume(kept: JsonObject, size: number): Promise<string | undefined> {
    await this.begin();
    this.#lines.resume(kept.lines as JsonObject);
    this.#last = (kept.last ?? undefined) as Last | undefined;
    this.registers = Number(kept.registers);
    const then = [...this.#rows.keys()].filter((index) => index < size).sort((one, other) => one - other);
    for (const index of then) this.#note(index);
    if (this.#digest.value !== kept.digest) return 'the registers are not those of then';
    return this.#last && whyNotNamed(await this.reader.registerText(this.#last.day), this.#last);
  }

  /** Holds the register that an older entry names against it; see verify-share.ts. */
  async whyNotAsSaid({ data }: ReadEntry): Promise<string | undefined> {
    const named = said.parse(data);
    return whyNotNamed(await this.reader.registerText(named.day), named);
  }

  #note(index: number): void {
    this.#digest.add([index, this.#rows.get(index)?.day ?? null]);
    this.#rows.delete(index);
    this.#texts.delete(index);
  }

  /** Takes in an entry, and says what does not hold about it. */
  check(entry: ReadEntry): string | undefined {
    this.#lines.take(entry);
    const row = this.#rows.get(entry.index);
    if (entry.act !== 'register-published')
      return row === undefined ? undefined : 'a register refers to it, and it speaks of something else';
    const read = said.safeParse(entry.data);
    if (!read.success) return 'it does not say which register was published';
    if (row === undefined || row.day !== read.data.day) return `the register of ${read.data.day} is missing`;
    const register = this.#texts.get(entry.index) ?? null;
    this.#note(entry.index);
    return this.#problemOf(register, read.data);
  }

  /** After the last entry: no register is left over. */
  finish(): Problem | undefined {
    const [left] = this.#rows.values();
    if (left === undefined) return undefined;
    return { index: left.ledgerIndex, what: `the register of ${left.day} has no entry` };
  }

  #problemOf(text: string | null, { day, digest, months }: z.infer<typeof said>): string | undefined {
    const name = `the register of ${day}`;
    const wrong = whyNotNamed(text, { day, digest });
    if (text === null || wrong !== undefined) return wrong;
    const register = published.safeParse(JSON.parse(text));
    if (!register.success || register.data.day !== day) return `${name} cannot be read`;
    const { data } = register;
    const before = this.#last;
    this.#last = { day, releasesFrom: data.releasesFrom, objections: data.objections, digest };
    if (before !== undefined) {
      const due = monthsBetween(before.day, day).filter((month) => month < day.slice(0, 7));
      if (!sameJson(due, months)) return `${name} leaves out a month`;
      const frozen = data.objections.slice(0, before.objections.length);
      if (!sameJson(frozen, before.objections))
        return `${name} tells otherwise of objections than the one before`;
    }
    const [has, shouldHave] = [
      new Set(linesOf(data)),
      new Set(this.#lines.expected(data.releasesFrom, months)),
    ];
    for (const line of shouldHave) if (!has.has(line)) return `${name} does not have: ${line}`;
    for (const line of has) if (!shouldHave.has(line)) return `${name} has what did not happen: ${line}`;
    this.registers += 1;
    return undefined;
  }
}

function whyNotNamed(text: string | null, { day, digest }: Pick<Last, 'day' | 'digest'>): string | undefined {
  const isIt = text !== null && createHash('sha256').update(text, 'utf8').digest('hex') === digest;
  return isIt ? undefined : `the register of ${day} is not the one that it names`;
}

/** What a register tells, a line each, as RegisterLines makes them of the entries. */
function linesOf(register: Published): string[] {
  return [
    ...register.releases.map(
      (one) => `release ${one.id} of ${one.extract} ${one.version} on ${one.day}, ${one.status}, ${one.size}`,
    ),
    ...register.months.map(
      (one) =>
        `month ${one.month} of ${one.extract}: ${one.releases} releases, ${one.failed} failed, ${one.checks} checks`,
    ),
    ...register.extracts.flatMap(({ id, size, versions }) => [
      `extract ${id}, ${size}`,
      ...versions.map(
        (one) =>
          `version ${id} ${one.version} to ${one.recipient} on ${one.ground}, approved on ${one.approvedOn}`,
      ),
    ]),
    ...register.exemptions.map(
      (one) => `exemption ${one.id} of ${one.extract} ${one.version} from ${one.type} until ${one.endsOn}`,
    ),
    ...register.stops.map(
      (one) => `stop ${one.id} ${one.kind} of ${one.extract} on ${one.day}, closed ${one.closedOn}`,
    ),
    ...register.otherFlows.map(({ id, endedOn }) => `flow ${id}, ended ${endedOn}`),
  ];
}
