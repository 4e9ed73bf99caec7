import { type Request, type Response, Router } from 'express';
import { type UntoldName, untoldLists } from '../../../notices/untold-lists.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { pageOf, paginationOf } from '../../pages-of-list.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { maySee, noteLook } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { chosenVersion, versionItems, versionName, versionValue } from './find-version.ts';
import { needsOf } from './words.ts';

const ON_PAGE = 50;
const nobody = { lists: [], people: 0 };

/** Who is to be told by hand, list by list, and the words that they are told. */
export function toldOverviewRoutes(services: Services): Router {
  const router = Router();
  const { tellings, patients, now } = services;
  const may = requirePermission('list-untold');

  router.get(paths.told, may, async (req, res) => {
    const { practiceId, role } = personOf(res);
    const { versions, chosen } = await chosenVersion(services, res, req.query.notice);
    const query = chosen ? `?notice=${versionValue(chosen)}` : '';
    const { lists: lines, people } = chosen ? await tellings.untold(practiceId, chosen) : nobody;
    render(res, 'told/overview', {
      title: 'Telling patients',
      versions: versionItems(versions),
      chosen: chosen && { value: versionValue(chosen), name: versionName(chosen), href: hrefOf(chosen) },
      lines: lines.map(({ list, count }) => ({
        title: list.title,
        toDo: list.toDo,
        count,
        href: `${paths.untoldList(list.name)}${query}`,
      })),
      people: people.toLocaleString('en-GB'),
      mayRun: permits(role, 'run-notices'),
      coverage: permits(role, 'view-coverage') ? `${paths.coverage}${query}` : undefined,
    });
  });

  const show = async (name: UntoldName, req: Request, res: Response) => {
    const list = untoldLists.find((one) => one.name === name);
    const { practiceId } = personOf(res);
    const { chosen } = await chosenVersion(services, res, req.query.notice);
    const query = chosen ? `notice=${versionValue(chosen)}` : '';
    const { lists: counts } = chosen ? await tellings.untold(practiceId, chosen) : nobody;
    const count = counts.find((one) => one.list.name === name)?.count ?? 0;
    const page = pageOf(req.query.page, count, ON_PAGE);
    const ids = chosen ? await tellings.untoldOn(practiceId, chosen, name, page) : [];
    const byId = new Map((await patients.byIds(practiceId, ids)).map((patient) => [patient.id, patient]));
    const found = ids.flatMap((id) => byId.get(id) ?? []);
    const seen = found.filter((patient) => maySee(res, patient));
    await noteLook(
      services,
      res,
      seen.map(({ id }) => id),
      'work-list',
    );
    render(res, 'told/list', {
      title: `${list?.title ?? ''}${page.count > 1 ? ` (page ${page.current} of ${page.count})` : ''}`,
      heading: list?.title,
      toDo: list?.toDo,
      back: `${paths.told}?${query}`,
      version: chosen && versionName(chosen),
      count,
      hidden: found.length - seen.length,
      lines: seen.map((patient) => ({
        ...patientBanner(patient, now()),
        href: paths.patientTold(patient.id),
        reached: [
          patient.mobile && 'mobile',
          patient.email && 'email',
          (patient.address || patient.postcode) &&
            (patient.noMail ? 'address, but wants no mail' : 'address'),
        ]
          .filter(Boolean)
          .join(', '),
        needs: needsOf(patient.language, patient.contactFormat, patient.carerName),
      })),
      pagination: paginationOf(page, (number) => `${paths.untoldList(name)}?${query}&page=${number}`),
    });
  };

  for (const { name } of untoldLists)
    router.get(paths.untoldList(name), may, (req, res) => show(name, req, res));

  return router;
}

const hrefOf = ({ noticeId, version }: { noticeId: string; version: number }) =>
  paths.noticeVersion(noticeId, version);
