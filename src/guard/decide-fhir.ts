import type { FhirRules } from '../extracts/extract.ts';
import { ByShape } from './by-shape.ts';
import type { Decision } from './decide.ts';
import { LineDecider } from './decide-lines.ts';
import type { Plan, ReleaseMemory } from './decide-records.ts';
import { FhirFollow } from './fhir-follow.ts';
import type { FhirPlan } from './fhir-plan.ts';
import { PlannedWalk } from './fhir-planned.ts';
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
  private readonly planned: PlannedWalk;
  private readonly plans = new ByShape<FhirPlan>(this.lines, this.tape);
  /** What was found in the resource. */
  private found: FhirPlan | undefined;
  private readonly rules: FhirRules;
  /** Whether anything may leave that is about other resources. */
  private readonly remembers: boolean;

  constructor(plan: Plan, memory: ReleaseMemory, rows: Output, notes: Output) {
    super('application/fhir+ndjson', plan, memory, rows, notes);
    const follow = new FhirFollow(this.tape, memory.people, memory);
    this.walk = new FhirWalk(this.tape, memory, follow);
    this.planned = new PlannedWalk(this.tape, memory, follow);
    this.rules = plan.version.fhir ?? nothing;
    this.remembers = this.rules.types.some(isAboutOthers) || this.rules.types.includes('Task');
  }

  protected decide(): Decision {
    this.found = this.everybody();
    if (this.found === undefined) return 'cannot-be-read';
    const { decision } = this.people;
    if (decision !== 'permit') return decision;
    for (const type of this.found.types) if (!this.rules.types.includes(type)) return 'not-approved';
    return 'permit';
  }

  /** Names everybody in the resource: by the plan that was made of one of its shape, or else by walking through it. */
  private everybody(): FhirPlan | undefined {
    const known = this.plans.get();
    if (known?.isFixed && this.planned.fits(known)) {
      this.planned.run(known);
      return known;
    }
    const made = this.walk.run();
    if (made !== undefined && known?.isFixed !== false) this.plans.set(made);
    return made;
  }

  protected override isWhole(): boolean {
    return this.rules.narrative || this.found?.narratives.length === 0;
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
    return (this.found?.narratives ?? [])
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
