import { type Request, type Response, Router } from 'express';
import { addDays, startOfDay } from '../../../day.ts';
import { manifestOf } from '../../../reports/manifest.ts';
import type { ReleaseFilter, ReleaseLine } from '../../../reports/report-store.ts';
import type { Services } from '../../../services.ts';
import { permits } from '../../../staff/permissions.ts';
import { Form, readForm } from '../../form.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { pageOf, paginationOf } from '../../pages-of-list.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { isUuid } from '../objections/find.ts';
import { type Filter, filterForm, kindChoices, statusChoices } from './form.ts';
import { releaseView, seesExact } from './view-model.ts';

const ON_PAGE = 50;

/** What left, and what was withheld, by release: exact counts for the practice's own eyes, rounded ones for others. */
export function releaseRoutes({ reports, keys }: Services): Router {
  const router = Router();
  const may = requirePermission('view-releases');

  router.get(paths.releases, may, async (req, res) => {
    const { practiceId, role } = personOf(res);
    const read = readForm(filterForm, req.query);
    const found = read.ok ? await find(req, res, read.value) : undefined;
    const extracts = await keys.extractsToName(practiceId);
    render(res.status(read.ok ? 200 : 400), 'releases/list', {
      title: 'Releases',
      ...found,
      isExact: seesExact(role),
      filters: {
        extracts: [
          { value: '', text: 'All' },
          ...extracts.map(({ id, name }) => ({ value: id, text: name })),
        ],
        kinds: kindChoices,
        statuses: statusChoices,
      },
      form: read.ok ? new Form(req.query) : read.form,
    });
  });

  const find = async ({ query }: Request, res: Response, filled: Filter) => {
    const { practiceId, role } = personOf(res);
    const filter = filterOf(filled);
    const page = pageOf(query.page, await reports.countReleases(practiceId, filter), ON_PAGE);
    const { items, total } = await reports.releases(practiceId, {
      ...filter,
      skip: page.skip,
      limit: page.take,
    });
    const { page: _, ...kept } = query as Record<string, string>;
    return {
      total,
      releases: items.map((release) => releaseView(release, seesExact(role))),
      isFiltered: Object.values(filter).some((value) => value !== undefined),
      pagination: paginationOf(
        page,
        (number) => `${paths.releases}?${new URLSearchParams({ ...kept, page: String(number) })}`,
      ),
    };
  };

  router.get(paths.release(':id'), may, async (req, res) => {
    const release = await named(req, res);
    const { role } = personOf(res);
    const seesPatients = permits(role, 'view-release-patients') && release.decidedIndex !== null;
    render(res, 'releases/show', {
      title: 'Release',
      back: paths.releases,
      release: releaseView(release, seesExact(role)),
      isExact: seesExact(role),
      withheld: seesPatients ? paths.releaseWithheld(release.id) : undefined,
      extract: paths.extractVersion(release.extractId, release.version),
      manifest: paths.releaseManifest(release.id),
    });
  });

  router.get(paths.releaseManifest(':id'), may, async (req, res) => {
    const release = await named(req, res);
    const manifest = manifestOf(release, personOf(res).practice);
    res
      .attachment(`release-${release.id}.json`)
      .type('application/json')
      .send(`${JSON.stringify(manifest, null, 2)}\n`);
  });

  const named = async ({ params }: Request, res: Response): Promise<ReleaseLine> => {
    const { practiceId } = personOf(res);
    const release = isUuid(params.id) ? await reports.release(practiceId, params.id) : null;
    if (release === null) throw new PageError(404, 'no such release');
    return release;
  };

  return router;
}

/** The days are those in London, both included. */
function filterOf({ text, extract, kind, status, from, to }: Filter): ReleaseFilter {
  return {
    text: text || undefined,
    extractId: extract || undefined,
    kind,
    status,
    from: from === undefined ? undefined : startOfDay(from),
    before: to === undefined ? undefined : startOfDay(addDays(to, 1)),
  };
}
