import type { FhirRules } from '../extracts/extract.ts';
import type { Decision } from './decide.ts';
import { LineDecider } from './decide-lines.ts';
import type { Plan, ReleaseMemory } from './decide-records.ts';
import { textAt } from './fhir-resource.ts';
import { isAboutOthers } from './fhir-types.ts';
import { FhirWalk } from './fhir-walk.ts';
import type { Output } from './output.ts';

/** What is in no extract: nothing may leave. */
const nothing: FhirRules = { types: [], narrative: false };

/**
 * Decides FHIR R4 resources, one a line: whole resources of the approved types, each with everybody whom it names.
 * What is not left out, the narrative, leaves with the bytes that it came with.
 */
export class FhirDecider extends LineDecider {
  private readonly walk: FhirWalk;
  private readonly rules: FhirRules;
  /** Whether anything may leave that is about other resources. */
  private readonly remembers: boolean;

  constructor(
    plan: Plan,
    private readonly memory: ReleaseMemory,
    rows: Output,
    notes: Output,
  ) {
    super('application/fhir+ndjson', plan, memory.people, rows, notes);
    this.walk = new FhirWalk(this.lines, this.tape, memory);
    this.rules = plan.version.fhir ?? nothing;
    this.remembers = this.rules.types.some(isAboutOthers) || this.rules.types.includes('Task');
  }

  protected decide(): Decision {
    if (!this.walk.run()) return 'cannot-be-read';
    const { decision } = this.people;
    if (decision !== 'permit') return decision;
    for (const type of this.walk.types) if (!this.rules.types.includes(type)) return 'not-approved';
    return 'permit';
  }

  protected override isWhole(): boolean {
    return this.rules.narrative || this.walk.narratives.length === 0;
  }

  /** Writes all but the narratives. */
  protected writePart(): void {
    const { rows, lines } = this;
    let at = lines.start;
    for (const [start, end] of this.leftOut()) {
      // One inside another is gone with it.
      if (start >= at) rows.copy(lines.bytes, at, start);
      at = Math.max(at, end);
    }
    rows.copy(lines.bytes, at, lines.end);
  }

  protected override permitted(): void {
    if (!this.remembers) return;
    const type = textAt(this.tape, 0, 'resourceType');
    const id = textAt(this.tape, 0, 'id');
    if (type !== undefined && id !== undefined) this.memory.resources.add(type, id, this.people.everybody());
  }

  /** Where the narratives lie, each with the comma that goes with it, in order. */
  private leftOut(): [start: number, end: number][] {
    const { tape } = this;
    return this.walk.narratives
      .map(({ name, object }): [number, number] => {
        const value = name + 1;
        const following = tape.next(value);
        if (following < tape.next(object)) return [tape.start(name), tape.start(following)];
        // The last member takes the comma before it, where there is one.
        const others = [...tape.members(object)];
        const before = others.at(-2);
        return [before === undefined ? tape.start(name) : tape.end(before + 1), tape.end(value)];
      })
      .sort(([one], [other]) => one - other);
  }
}
