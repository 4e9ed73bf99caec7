import { columns } from './make-file.mjs';

/** The columns of the awkward rows. */
export const awkward = columns.slice(0, 6);

/** The fields that leave in each of the cases: all of them as they are; or 4, two of them treated. */
export const fieldsOf = (which) =>
  which !== 'some'
    ? (which === 'awkward' ? awkward : columns).map((name) => ({ name, treatment: 'keep' }))
    : [
        { name: 'nhs_number', treatment: 'pseudonym' },
        { name: 'event_date', treatment: 'month' },
        { name: 'code', treatment: 'keep' },
        { name: 'value', treatment: 'keep' },
      ];

/** What leaves of the FHIR resources: they are written without narratives. */
export const fhirRules = { types: ['Patient', 'Observation'], narrative: false };
