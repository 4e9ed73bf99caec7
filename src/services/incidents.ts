import { acceptNumber } from '../incidents/accept-number.ts';
import { assessIncident } from '../incidents/assess-incident.ts';
import { closeIncident } from '../incidents/close-incident.ts';
import { openForProblem, openIncidents } from '../incidents/open-incidents.ts';
import { tellOfIncident } from '../incidents/tell-of-incident.ts';
import type { Actor } from '../ledger/entry.ts';
import type { Log } from '../log.ts';
import { incidentStore } from '../store/incident-store.ts';
import type { Opened } from './opened.ts';

/** Incidents, and what makes the app look for them. */
export function incidentServices({ database, now, on }: Opened, log: Log) {
  const incidents = incidentStore(database);
  const incident = on(incidents);
  const look = (practiceId: string) => openIncidents(incidents, practiceId, now());
  /** A command after which incidents are looked for. Whatever keeps that from being done, the job does it later. */
  const thenLook =
    <I extends { practiceId: string }, R>(command: (input: I, by: Actor) => Promise<R>) =>
    async (input: I, by: Actor): Promise<R> => {
      const done = await command(input, by);
      await look(input.practiceId).catch((error) => log.error({ event: 'incidents-not-looked-for', error }));
      return done;
    };
  return {
    thenLook,
    openForProblem: (practiceId: string, problem: string) =>
      openForProblem(incidents, { practiceId, problem }, now()),
    incidents: {
      list: incidents.list,
      count: incidents.count,
      /** Null when the practice has no such incident, whoever else has. */
      find: incidents.find,
      assess: incident(assessIncident),
      tell: incident(tellOfIncident),
      close: incident(closeIncident),
      acceptNumber: incident(acceptNumber),
      /** Opens what is to be opened since the last look, in every practice; how many were. */
      async look() {
        let opened = 0;
        for (const practiceId of await incidents.practiceIds()) opened += await look(practiceId);
        return opened;
      },
    },
  };
}
