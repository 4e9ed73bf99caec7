import { columns } from './make-file.mjs';

/** The fields that leave in each of the two cases: all 12 as they are; or 4, two of them treated. */
export const fieldsOf = (which) =>
  which === 'all'
    ? columns.map((name) => ({ name, treatment: 'keep' }))
    : [
        { name: 'nhs_number', treatment: 'pseudonym' },
        { name: 'event_date', treatment: 'month' },
        { name: 'code', treatment: 'keep' },
        { name: 'value', treatment: 'keep' },
      ];

/** What leaves of the FHIR resources: they are written without narratives. */
export const fhirRules = { types: ['Patient', 'Observation'], narrative: false };
