import { addDays } from '../day.ts';
import { inOfficeHours, type Step, type World } from './history.ts';
import { seeded } from './random.ts';

/** Days before today on which reception opens one patient twice a day, and writes nothing down. */
const AGAIN = [6, 5, 4] as const;

/** Looks of the last days that somebody should ask about: a patient who is called like the manager, and one opened again and again. */
export function unusualLooks(today: string): Step[] {
  const random = seeded(9_500_000);
  const again = AGAIN.flatMap((ago) => [0, 1].map(() => inOfficeHours(addDays(today, -ago), random)));
  return [
    ...again.map((at) => ({
      at,
      act: async (world: World) => look(world, world.reception.id, await world.patientId(40)),
    })),
    { at: inOfficeHours(addDays(today, -3), random), act: lookAtNamesake },
  ];
}

async function lookAtNamesake(world: World) {
  const { services, practiceId, manager } = world;
  const { reader } = services.database;
  const where = { practiceId, familyNameKey: 'PATEL', status: 'registered' };
  const namesake = await reader.patient.findFirst({ where, orderBy: { ordinal: 'asc' } });
  if (namesake) await look(world, manager.id, namesake.id);
  await services.patients.unusualLooks.search(practiceId);
}

const look = ({ services, practiceId }: World, id: string, patientId: string) =>
  services.patients.noteLook({ id, practiceId }, [patientId], 'patient-page');
