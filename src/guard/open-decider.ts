import { FhirDecider } from './decide-fhir.ts';
import { ObjectDecider } from './decide-objects.ts';
import type { Plan, RecordDecider, ReleaseFormat, ReleaseMemory } from './decide-records.ts';
import { RowDecider } from './decide-rows.ts';
import type { Output } from './output.ts';

/** What decides the records of a format. */
export function openDecider(
  format: ReleaseFormat,
  plan: Plan,
  memory: ReleaseMemory,
  { rows, notes }: { readonly rows: Output; readonly notes: Output },
): RecordDecider {
  if (format === 'text/csv') return new RowDecider(plan, memory, rows, notes);
  if (format === 'application/x-ndjson') return new ObjectDecider(plan, memory, rows, notes);
  return new FhirDecider(plan, memory, rows, notes);
}
