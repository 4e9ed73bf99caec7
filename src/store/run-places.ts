import { type NoticeRun, RUN_PORTION } from '../notices/run.ts';
import type { PlaceGroup, RunPlace } from '../notices/telling-store.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import type { NoticeRunPatientModel } from './generated/sqlite/models.ts';
import { toPlace } from './telling-rows.ts';

type Sql = Prisma.Sql;
const { sql, raw, join } = Prisma;

/** Letters of Latin languages as keyboards write them, and what ends a line of an address: every font has these. */
const NOT_PLAIN = '[^ -~À-ž\n]';
/** All that can stand on a letter. */
const PRINTED = ['title', 'givenName', 'familyName', 'address', 'postcode', 'carerName'];
const ofPatient = (column: string): Sql => sql`COALESCE(p.${raw(`"${column}"`)}, '')`;

/** Whether a character is in what is printed, or in what it is sent to, of which only looking tells more. */
function isOdd(kind: Database['kind']): Sql {
  const text = join([...PRINTED, 'mobile', 'email'].map(ofPatient), ' || ');
  return kind === 'postgresql'
    ? sql`(${text}) COLLATE "C" ~ ${NOT_PLAIN}`
    : sql`(${text}) GLOB ${`*${NOT_PLAIN}*`}`;
}

type Row = {
  translationId: string | null;
  leftOut: RunPlace['leftOut'];
  wasTaken: bigint | number;
  isLarge: bigint | number;
  status: string | null;
  died: bigint | number;
  restricted: bigint | number;
  noMail: bigint | number;
  hasContact: bigint | number;
  count: bigint;
};

const isSet = (flag: bigint | number): boolean => Number(flag) === 1;

/** The places of batches, counted and found by the database: a page must not read thousands of patients. */
export function runPlaces({ reader, kind }: Pick<Database, 'reader' | 'kind'>) {
  const flag = (condition: Sql): Sql => sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`;
  return {
    async placeGroups(practiceId: string, { id, how }: Pick<NoticeRun, 'id' | 'how'>): Promise<PlaceGroup[]> {
      const needed = { letter: ['address', 'postcode'], text: ['mobile'], email: ['email'] }[how];
      const contact = join(needed.map(ofPatient), ' || ');
      const rows = await reader.$queryRaw<Row[]>(sql`
        SELECT n."translationId", n."leftOut", ${flag(sql`n."takenAt" IS NOT NULL`)} AS "wasTaken",
          ${flag(sql`p."contactFormat" = 'large-print'`)} AS "isLarge", p."status",
          ${flag(sql`p."dateOfDeath" IS NOT NULL`)} AS "died", ${flag(sql`p."restricted"`)} AS "restricted",
          ${flag(sql`p."noMail"`)} AS "noMail",
          ${flag(sql`TRIM(REPLACE(${contact}, ${'\n'}, ' ')) <> ''`)} AS "hasContact", COUNT(*) AS "count"
        FROM "NoticeRunPatient" n LEFT JOIN "Patient" p ON p."id" = n."patientId"
        WHERE n."runId" = ${id} AND n."practiceId" = ${practiceId} AND NOT (${isOdd(kind)})
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`);
      return rows.map(({ translationId, leftOut, wasTaken, isLarge, status, count, ...row }) => {
        const known = row.hasContact ? 'there' : '';
        const patient = status !== null && {
          ...{ status: status as 'registered', dateOfDeath: row.died ? 'known' : null },
          ...{ restricted: isSet(row.restricted), noMail: isSet(row.noMail) },
          ...{ address: known, postcode: '', mobile: known, email: known },
        };
        return {
          ...{ translationId, leftOut, wasTaken: isSet(wasTaken), isLarge: isSet(isLarge) },
          ...{ patient: patient || undefined, count: Number(count) },
        };
      });
    },
    pulledPlaces: (practiceId: string, runId: string) =>
      found(
        sql`n."runId" = ${runId} AND n."practiceId" = ${practiceId} AND n."takenAt" IS NOT NULL
          AND (n."leftOut" IS NOT NULL OR p."id" IS NULL OR p."status" <> 'registered' OR p."dateOfDeath" IS NOT NULL
            OR p."restricted" OR p."noMail" OR TRIM(${join(['address', 'postcode'].map(ofPatient), ' || ')}) = '')`,
      ),
    oddPlaces: (practiceId: string, runId: string, after: number) =>
      found(
        sql`n."runId" = ${runId} AND n."practiceId" = ${practiceId} AND n."place" > ${after} AND ${isOdd(kind)}`,
      ),
  };

  /** The first places of which it is so. */
  async function found(condition: Sql): Promise<RunPlace[]> {
    const rows = await reader.$queryRaw<NoticeRunPatientModel[]>(sql`
      SELECT n.* FROM "NoticeRunPatient" n LEFT JOIN "Patient" p ON p."id" = n."patientId"
      WHERE ${condition} ORDER BY n."place" LIMIT ${RUN_PORTION}`);
    return rows.map((row) => ({ ...toPlace(row), takenAt: row.takenAt && new Date(row.takenAt) }));
  }
}
