import type { JsonObject } from './jcs.ts';
import { LondonDays } from './london-days.ts';
import type { ReadEntry } from './read-entry.ts';

/** The rules of the public register, which the ledger itself does not know. */
export type RegisterRules = {
  readonly sizeOf: (count: number, before: string | null) => string;
  readonly aboutTen: (count: number) => string;
  readonly publicText: (text: string) => string;
};

type Release = {
  readonly id: string;
  readonly extract: string;
  readonly version: number;
  readonly day: string;
  status: string;
  size: string | null;
};
type Month = { releases: number; failed: number; checks: number };
type Version = { recipient: string; ground: string; approvedOn: string | null };
type Exemption = { readonly line: string; approved: boolean };
type Stop = { readonly line: string; closedOn: string | null };

const endings: Readonly<Record<string, string>> = {
  'release-completed': 'complete',
  'release-interrupted': 'interrupted',
  'release-failed': 'failed',
};

/** Most entries are of something else, and are passed over at once. */
const isTold = (act: string): boolean => /^(release|check|extract|exemption|incident|other-flow)-/.test(act);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Derives from the entries so far what a register has to tell, a line each. */
export class RegisterLines {
  readonly #releases = new Map<string, Release>();
  readonly #sizes = new Map<string, string>();
  readonly #days = new LondonDays();
  /** By `YYYY-MM extract`. */
  readonly #months = new Map<string, Month>();
  /** Lines of months of which a register told already: they stay. */
  readonly #frozen: string[] = [];
  readonly #versions = new Map<string, Version>();
  readonly #exemptions = new Map<string, Exemption>();
  readonly #stops = new Map<string, Stop>();
  readonly #flows = new Map<string, string | null>();

  constructor(private readonly rules: RegisterRules) {}

  /** All of it, for a later check to go on from. @param from releases that ended before this day are told no more */
  keep(from: string): JsonObject {
    const releases = [...this.#releases].filter(([, one]) => one.day >= from || one.status === 'running');
    const maps = {
      ...{ releases, sizes: [...this.#sizes], months: [...this.#months], versions: [...this.#versions] },
      ...{ exemptions: [...this.#exemptions], stops: [...this.#stops], flows: [...this.#flows] },
    };
    return JSON.parse(JSON.stringify({ ...maps, frozen: this.#frozen })) as JsonObject;
  }

  /** Goes on from what was kept. */
  resume(kept: JsonObject): void {
    const fill = <V>(map: Map<string, V>, name: string) => {
      for (const [key, value] of kept[name] as unknown as [string, V][]) map.set(key, value);
    };
    fill(this.#releases, 'releases');
    fill(this.#sizes, 'sizes');
    fill(this.#months, 'months');
    fill(this.#versions, 'versions');
    fill(this.#exemptions, 'exemptions');
    fill(this.#stops, 'stops');
    fill(this.#flows, 'flows');
    this.#frozen.push(...(kept.frozen as string[]));
  }

  /** Takes in an entry; what is wrong with it, others say. */
  take({ act, data, at }: ReadEntry): void {
    if (!isTold(act)) return;
    const day = this.#days.dayOf(at);
    const { extract, version, release, exemption, incident, flow } = data as Record<string, unknown>;
    const key = `${text(extract)} ${String(version)}`;
    switch (act) {
      case 'release-started': {
        const named = { id: text(release), extract: text(extract), version: Number(version), day };
        this.#releases.set(named.id, { ...named, status: 'running', size: null });
        return;
      }
      case 'release-decided': {
        const { out } = data.counts as { out: number | null };
        const size = this.rules.sizeOf(out ?? 0, this.#sizes.get(text(extract)) ?? null);
        this.#sizes.set(text(extract), size);
        const one = this.#releases.get(text(release));
        if (one !== undefined) one.size = size;
        return;
      }
      case 'check-decided':
        this.#month(day, text(extract)).checks += 1;
        return;
      case 'release-completed':
      case 'release-interrupted':
      case 'release-failed': {
        const one = this.#releases.get(text(release));
        if (one === undefined) return;
        one.status = endings[act] ?? '';
        const month = this.#month(day, one.extract);
        if (act === 'release-failed') month.failed += 1;
        else month.releases += 1;
        return;
      }
      case 'extract-registered':
      case 'extract-edited':
      case 'extract-details-changed':
        this.#say(key, data);
        return;
      case 'extract-approved': {
        const one = this.#versions.get(key);
        if (one !== undefined) one.approvedOn = day;
        return;
      }
      case 'exemption-asked': {
        const { type, ends } = data;
        const line = `exemption ${text(exemption)} of ${key} from ${text(type)} until ${text(ends)}`;
        this.#exemptions.set(text(exemption), { line, approved: false });
        return;
      }
      case 'exemption-approved': {
        const one = this.#exemptions.get(text(exemption));
        if (one !== undefined) one.approved = true;
        return;
      }
      case 'incident-opened':
        if (/^(stop|warning)-/.test(text(data.kind))) {
          const line = `stop ${text(incident)} ${text(data.kind)} of ${text(extract)} on ${day}`;
          this.#stops.set(text(incident), { line, closedOn: null });
        }
        return;
      case 'incident-closed': {
        const one = this.#stops.get(text(incident));
        if (one !== undefined) one.closedOn = day;
        return;
      }
      case 'other-flow-registered':
        this.#flows.set(text(flow), null);
        return;
      case 'other-flow-ended':
        this.#flows.set(text(flow), day);
        return;
    }
  }

  /**
   * All lines of a register that is published now.
   *
   * @param from releases that began on this day or later stand one by one
   * @param months those that are told of for the first time
   */
  expected(from: string, months: readonly string[]): string[] {
    for (const [key, { releases, failed, checks }] of this.#months) {
      const [month = '', extract = ''] = key.split(' ');
      const counts = `${releases} releases, ${failed} failed, ${this.rules.aboutTen(checks)} checks`;
      if (months.includes(month)) this.#frozen.push(`month ${month} of ${extract}: ${counts}`);
    }
    // Later registers begin no earlier, and what is told no more need not be kept.
    for (const [id, { day, status }] of this.#releases)
      if (day < from && status !== 'running') this.#releases.delete(id);
    const releases = [...this.#releases.values()].filter(({ day }) => day >= from);
    const approved = [...this.#versions].filter(([, { approvedOn }]) => approvedOn !== null);
    const extracts = new Set(approved.map(([key]) => key.split(' ')[0] ?? ''));
    return [
      ...releases.map((one) => {
        const size = one.status === 'failed' ? null : one.size;
        return `release ${one.id} of ${one.extract} ${one.version} on ${one.day}, ${one.status}, ${size}`;
      }),
      ...this.#frozen,
      ...[...extracts].map((id) => `extract ${id}, ${this.#sizes.get(id) ?? null}`),
      ...approved.map(
        ([key, { recipient, ground, approvedOn }]) =>
          `version ${key} to ${recipient} on ${ground}, approved on ${approvedOn}`,
      ),
      ...[...this.#exemptions.values()].filter(({ approved: is }) => is).map(({ line }) => line),
      ...[...this.#stops.values()].map(({ line, closedOn }) => `${line}, closed ${closedOn}`),
      ...[...this.#flows].map(([id, endedOn]) => `flow ${id}, ended ${endedOn}`),
    ];
  }

  #month(day: string, extract: string): Month {
    const key = `${day.slice(0, 7)} ${extract}`;
    const month = this.#months.get(key) ?? { releases: 0, failed: 0, checks: 0 };
    this.#months.set(key, month);
    return month;
  }

  #say(key: string, data: ReadEntry['data']): void {
    const recipient = this.rules.publicText(text(data.recipient));
    const { approvedOn = null } = this.#versions.get(key) ?? {};
    this.#versions.set(key, { recipient, ground: text(data.ground), approvedOn });
  }
}
