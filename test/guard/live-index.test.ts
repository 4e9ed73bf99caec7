import { describe, expect, it } from 'vitest';
import { LiveIndex, type PatientIndexSource } from '../../src/guard/live-index.ts';
import type { PatientRecord } from '../../src/guard/patient-index.ts';
import { someNumbers } from './some-csv.ts';

/** A ledger in memory, whose reads wait until they are let go; `reads` counts them. */
class SlowSource implements PatientIndexSource {
  reads = 0;
  failing = false;
  /** After so many of the records asked for, the database goes away. */
  breaksAfter: number | undefined;
  private ledger = 0;
  private readonly entries: PatientRecord[] = [];
  private readonly held: (() => void)[] = [];

  add(ordinal: number, type1: boolean): void {
    const nhsNumber = someNumbers[ordinal] as string;
    const objected = { type1, type2: false };
    this.entries.push({
      ordinal,
      id: `patient-${ordinal}`,
      nhsNumber,
      person: null,
      listed: true,
      left: false,
      restricted: false,
      objected,
    });
  }

  /** Puts an empty ledger in the place of this one. */
  reset(): void {
    this.entries.length = 0;
    this.ledger++;
  }

  /** Lets everything go that waits now, and whatever that leads to. */
  async letGo(): Promise<void> {
    for (const go of this.held.splice(0)) go();
    await new Promise((resolve) => setImmediate(resolve));
  }

  async ledgerSize(): Promise<number> {
    this.reads++;
    const size = this.entries.length;
    const { failing } = this;
    await new Promise<void>((resolve) => this.held.push(resolve));
    if (failing) throw new Error('The database is away');
    return size;
  }

  async entryAt(index: number): Promise<string | undefined> {
    return index in this.entries ? `${this.ledger} ${index}` : undefined;
  }

  async *changedSince(index: number): AsyncIterable<readonly PatientRecord[]> {
    for (const [place, entry] of this.entries.slice(index).entries()) {
      if (place === this.breaksAfter) throw new Error('The database went away half-way');
      yield [entry];
    }
  }
}

describe('a refresh of the index', () => {
  it('has every entry that there was when it was asked for', async () => {
    const source = new SlowSource();
    const live = new LiveIndex(source);
    source.add(0, true);
    const refresh = live.refresh();
    await tick();
    await source.letGo();
    expect((await refresh).flagsOf(0)).toBe(1);
  });

  it('is not shared once it was sent: it may have missed what was acknowledged since', async () => {
    const source = new SlowSource();
    const live = new LiveIndex(source);
    source.add(0, false);
    const early = live.refresh();
    await tick();
    source.add(0, true);
    const late = live.refresh();
    await source.letGo();
    await source.letGo();
    expect((await early).ledgerSize).toBe(1);
    expect([(await late).ledgerSize, (await late).flagsOf(0)]).toEqual([2, 1]);
  });

  it('is shared by all who came before it was sent', async () => {
    const source = new SlowSource();
    const live = new LiveIndex(source);
    source.add(0, false);
    const first = live.refresh();
    await tick();
    const others = Array.from({ length: 50 }, () => live.refresh());
    await source.letGo();
    await source.letGo();
    await Promise.all([first, ...others]);
    expect(source.reads).toBe(2);
  });

  it('fails for those who wait for it, and only for them', async () => {
    const source = new SlowSource();
    const live = new LiveIndex(source);
    source.add(0, true);
    source.failing = true;
    const failing = live.refresh();
    failing.catch(() => undefined);
    await tick();
    source.failing = false;
    const next = live.refresh();
    await source.letGo();
    await source.letGo();
    await expect(failing).rejects.toThrow('away');
    expect((await next).flagsOf(0)).toBe(1);
  });

  it('is the same, put together some records at a time, and nobody sees a part of it', async () => {
    const source = new SlowSource();
    const [inParts, atOnce] = [new LiveIndex(source, 2), new LiveIndex(source)];
    for (const [ordinal, objects] of [true, false, false, true, false].entries())
      source.add(ordinal, objects);
    source.add(1, true);
    const both = Promise.all([inParts.refresh(), atOnce.refresh()]);
    await tick();
    await source.letGo();
    const [one, other] = await both;
    expect(one).toEqual(other);
    expect([0, 1, 2, 3, 4].map((ordinal) => one.flagsOf(ordinal))).toEqual([1, 1, 0, 1, 0]);

    source.breaksAfter = 2;
    for (const ordinal of [2, 4, 0]) source.add(ordinal, ordinal !== 0);
    const broken = inParts.refresh();
    broken.catch(() => undefined);
    await tick();
    await source.letGo();
    await expect(broken).rejects.toThrow('half-way');
    source.breaksAfter = undefined;
    const whole = inParts.refresh();
    await tick();
    await source.letGo();
    expect([0, 2, 4].map((ordinal) => [one.flagsOf(ordinal)])).toEqual([[1], [0], [0]]);
    const now = await whole;
    expect([0, 2, 4].map((ordinal) => now.flagsOf(ordinal))).toEqual([0, 1, 1]);
  });

  it('starts over when the ledger is shorter than it was', async () => {
    const source = new SlowSource();
    const live = new LiveIndex(source);
    source.add(0, false);
    source.add(1, true);
    const before = live.refresh();
    await tick();
    await source.letGo();
    expect((await before).size).toBe(2);
    source.reset();
    source.add(0, true);
    const after = live.refresh();
    await tick();
    await source.letGo();
    expect([(await after).size, (await after).flagsOf(0)]).toEqual([1, 1]);
  });
});

/** Lets a refresh that may be sent be sent. */
async function tick(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
