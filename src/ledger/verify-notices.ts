import { canonicalJson, type JsonObject } from './entry.ts';
import type { ActRow, LedgerReader, NoticeVersionRow, Problem, TranslationRow } from './ledger-reader.ts';
import type { ReadEntry } from './read-entry.ts';

type Version = Pick<
  NoticeVersionRow,
  'state' | 'said' | 'publishedAt' | 'publishedBy' | 'publishedIndex' | 'withdrawnAt' | 'withdrawnBy'
>;

/**
 * Replays what patients are told by: each wording that was published is, by its digest, the one that its entry names,
 * and so is each translation. A wording that somebody changed afterwards, past the triggers, is found.
 */
export class NoticeReplay<A extends ActRow> {
  readonly #versions = new Map<string, Version>();
  readonly #translations = new Map<string, TranslationRow>();
  /** How many wordings were published, translations included. */
  wordings = 0;

  constructor(private readonly reader: Pick<LedgerReader<A>, 'wordings' | 'noticeTranslations'>) {}

  /** What was replayed, for a later check to go on from. */
  keep(): JsonObject {
    const { wordings } = this;
    const kept = { wordings, versions: [...this.#versions], translations: [...this.#translations] };
    return JSON.parse(JSON.stringify(kept)) as JsonObject;
  }

  /** Goes on from what was kept. */
  resume(kept: JsonObject): void {
    const instant = (at: unknown) => (at === null ? null : new Date(String(at)));
    for (const [key, one] of kept.versions as unknown as [string, Version][]) {
      const at = { publishedAt: instant(one.publishedAt), withdrawnAt: instant(one.withdrawnAt) };
      this.#versions.set(key, { ...one, ...at });
    }
    for (const [key, one] of kept.translations as unknown as [string, TranslationRow][])
      this.#translations.set(key, { ...one, addedAt: new Date(one.addedAt) });
    this.wordings = Number(kept.wordings);
  }

  /** Takes in an entry, and says what does not hold about it. */
  check(entry: ReadEntry): string | undefined {
    const { act, actor, at, data, index } = entry;
    const key = keyOf(data);
    const before = this.#versions.get(key);
    if (act === 'notice-drafted') {
      if (before !== undefined && before.state !== 'draft') return 'it changes a notice that was published';
      this.#versions.set(key, { ...draft, said: canonicalJson(data) });
    }
    if (act === 'notice-published') {
      if (before?.state !== 'draft') return 'the notice that it publishes was no draft';
      if (before.said !== canonicalJson(data)) return 'it publishes another wording than was drafted';
      const published = { publishedAt: new Date(at), publishedBy: actor.id, publishedIndex: index };
      this.#versions.set(key, { ...before, ...published, state: 'published' });
      this.wordings += 1;
    }
    if (act === 'notice-withdrawn') {
      if (before?.state !== 'published') return 'the notice that it withdraws was not published';
      const withdrawn = { withdrawnAt: new Date(at), withdrawnBy: actor.id };
      this.#versions.set(key, { ...before, ...withdrawn, state: 'withdrawn' });
    }
    return act === 'notice-translated' ? this.#translate(entry, before) : undefined;
  }

  #translate({ actor, at, data, index }: ReadEntry, of: Version | undefined): string | undefined {
    if (of?.state !== 'published') return 'the notice that it translates was not published';
    const id = String(data.translation);
    const said = canonicalJson(data);
    this.#translations.set(id, { id, said, addedAt: new Date(at), addedBy: actor.id, addedIndex: index });
    this.wordings += 1;
    return undefined;
  }

  /** After the last entry: the wordings are those of the entries. */
  async finish(): Promise<Problem | undefined> {
    const versions = new Map(this.#versions);
    for (const { notice, version, ...row } of await this.reader.wordings()) {
      const key = `${notice} ${version}`;
      const said = versions.get(key);
      versions.delete(key);
      if (said === undefined || textOf(said) !== textOf(row))
        return {
          index: said?.publishedIndex ?? null,
          what: 'the wording of a notice is not what the entries say',
        };
    }
    const translations = new Map(this.#translations);
    for (const row of await this.reader.noticeTranslations()) {
      const said = translations.get(row.id);
      translations.delete(row.id);
      if (said === undefined || JSON.stringify(said) !== JSON.stringify(row))
        return { index: row.addedIndex, what: 'the translation of a notice is not what the entries say' };
    }
    return versions.size + translations.size > 0 ? { index: null, what: 'a notice is missing' } : undefined;
  }
}

const draft: Version = {
  ...{ state: 'draft', said: '', publishedAt: null, publishedBy: null, publishedIndex: null },
  ...{ withdrawnAt: null, withdrawnBy: null },
};

const keyOf = ({ notice, version }: JsonObject): string => `${notice} ${version}`;

const textOf = (version: Version): string =>
  JSON.stringify([
    ...[version.state, version.said, version.publishedAt, version.publishedBy, version.publishedIndex],
    ...[version.withdrawnAt, version.withdrawnBy],
  ]);
