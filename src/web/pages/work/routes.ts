import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { askedAtAges } from '../../../work/birthdays.ts';
import { type WorkList, type WorkName, workLists } from '../../../work/work-lists.ts';
import type { WorkLine } from '../../../work/work-overview.ts';
import type { WorkItem } from '../../../work/work-store.ts';
import { readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { pageOf, paginationOf } from '../../pages-of-list.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { codesOf } from '../coded/view-model.ts';
import { noteLook, patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { actionsOf, ageOf, objectionWords, overviewLine, ownerWords } from './view-model.ts';

const ON_PAGE = 50;

/** The work that waits: every list with its count, age and owner, and each list with what to do. */
export function workRoutes(services: Services): Router {
  const router = Router();
  const { work, objections, patients, extracts, reconciliations, now } = services;
  const maySee = requirePermission('list-objections');

  router.get(paths.work, maySee, async (_req, res) => {
    const { practiceId, role } = personOf(res);
    // Who is watched is not told that somebody watches.
    const isShown = ({ list }: WorkLine) => list.name !== 'unusual-looks' || permits(role, list.permission);
    const lines = (await work.overview(practiceId)).filter(isShown);
    render(res, 'work/overview', {
      title: 'Work that waits',
      lines: lines.map((line) => overviewLine(line, (permission) => permits(role, permission), now())),
    });
  });

  const show = async (list: WorkList & { name: WorkName }, req: Request, res: Response) => {
    const { practiceId, role } = personOf(res);
    const items = await work.waiting(practiceId, list.name);
    const page = pageOf(req.query.page, items.length, ON_PAGE);
    const lines = [];
    for (const item of items.slice(page.skip, page.skip + page.take))
      lines.push({
        ...(await shown(res, await lineOf(list.name, practiceId, item))),
        ...ageOf(item, list.name, now()),
      });
    await noteLook(
      services,
      res,
      lines.flatMap(({ seen }) => seen),
      'work-list',
    );
    render(res, 'work/list', {
      title: list.title,
      back: paths.work,
      toDo: list.toDo,
      owner: ownerWords[list.owner],
      count: items.length,
      lines,
      letters: list.name === 'to-be-acknowledged' ? paths.letters : null,
      codes: list.name === 'to-be-coded' ? await codes(practiceId) : null,
      seesReports: permits(role, 'view-reconciliations'),
      pagination: paginationOf(page, (number) => `${paths.workList(list.name)}?page=${number}`),
    });
  };

  for (const list of workLists as readonly (WorkList & { name: WorkName })[])
    if (list.page === undefined)
      router.get(paths.workList(list.name), requirePermission(list.permission), (req, res) =>
        show(list, req, res),
      );

  /** What to enter, in the system that the last report came from; in each, before the first. */
  const codes = async (practiceId: string) => {
    const [last] = await reconciliations.list(practiceId, 1);
    return codesOf(last?.system ?? null);
  };

  /** A line as this person may see it: who is restricted is named to some roles only. */
  const shown = async (res: Response, { patientId, ...line }: Line) => {
    const { practiceId, role } = personOf(res);
    const patient = patientId === null ? null : await patients.byId(practiceId, patientId);
    if (patient === null) return { ...line, patient: null, seen: [] };
    if (patient.restricted && !permits(role, 'see-restricted'))
      return {
        what: 'A restricted record: the practice manager or the guardian does this',
        actions: [],
        birthday: null,
        patient: null,
        seen: [],
      };
    return { ...line, patient: patientBanner(patient, now()), seen: [patient.id] };
  };

  const lineOf = (name: WorkName, practiceId: string, item: WorkItem): Promise<Line> => {
    if (name === 'birthdays') return birthdayLine(item);
    if (name === 'asked-again') return askedAgainLine(practiceId, item);
    return name === 'authority' ? authorityLine(practiceId, item) : objectionLine(name, practiceId, item);
  };

  const objectionLine = async (name: WorkName, practiceId: string, { id }: WorkItem): Promise<Line> => {
    const objection = await objections.find(practiceId, id);
    if (objection === null) return nothing;
    const { patient, type } = objection;
    const acts = await objections.ofPatient(practiceId, patient.id);
    const own = acts.filter((act) => act.type === type);
    const what = objectionWords(objection);
    return { patientId: patient.id, what, actions: actionsOf(name, objection, own), birthday: null };
  };

  const birthdayLine = async ({ id }: WorkItem): Promise<Line> => {
    const [patientId = '', age = ''] = id.split(' ');
    const what = `Turned ${age}. Somebody with parental responsibility objected for them`;
    return { patientId, what, actions: [], birthday: { patientId, age } };
  };

  const authorityLine = async (practiceId: string, { id }: WorkItem): Promise<Line> => {
    const act = await objections.act(practiceId, id);
    if (act === null) return nothing;
    const actions = [{ text: 'Look at the authority', href: paths.authorityCheck(id) }];
    const what = `Asked for by ${act.requesterName ?? 'somebody else'}`;
    return { patientId: act.patientId, what, actions, birthday: null };
  };

  const askedAgainLine = async (practiceId: string, { id }: WorkItem): Promise<Line> => {
    const [patientId = '', extractId = ''] = id.split(' ');
    const [extract] = await extracts.list(practiceId, [extractId]);
    const what = `Objected after they had consented to “${extract?.name ?? extractId}”`;
    const actions = [{ text: 'Note what they say', href: paths.patientConsents(patientId) }];
    return { patientId, what, actions, birthday: null };
  };

  router.post(paths.workBirthday, requirePermission('record-objection'), async (req, res) => {
    const read = readForm(birthdayForm, req.body);
    if (!read.ok) throw new PageError(400, 'no such birthday');
    await patientNamed(services, res, read.value.patientId);
    await work.noteBirthday({ practiceId: personOf(res).practiceId, ...read.value }, actorOf(res));
    // Noted twice is noted: whoever came second finds it done.
    sayDone(req, 'Noted: the young person was spoken to');
    res.redirect(303, paths.workList('birthdays'));
  });

  return router;
}

type Line = {
  readonly patientId: string | null;
  readonly what: string;
  readonly actions: readonly { readonly text: string; readonly href: string }[];
  readonly birthday: { readonly patientId: string; readonly age: string } | null;
};

/** What somebody else has worked off since the list was read. */
const nothing: Line = { patientId: null, what: 'Somebody has just done this', actions: [], birthday: null };

const birthdayForm = z.object({
  patientId: z.uuid(),
  age: z.coerce.number().pipe(z.literal(askedAtAges)),
});
