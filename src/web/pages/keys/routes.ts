import { type Request, type Response, Router } from 'express';
import { showInstant } from '../../../day.ts';
import type { Services } from '../../../services.ts';
import { Form, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { newKeyForm } from './form.ts';
import { keyRow } from './view-model.ts';

const DAY = 24 * 60 * 60 * 1000;

/** The manager's page of job keys: which there are, a new one (shown once), revoke. */
export function keyRoutes({ keys, now }: Services): Router {
  const router = Router();
  const manages = requirePermission('manage-keys');

  router.get(paths.keys, manages, async (_req, res) => {
    const all = await keys.list(personOf(res).practiceId);
    render(res, 'keys/list', { title: 'Keys of extract jobs', keys: all.map((key) => keyRow(key, now())) });
  });

  const showNew = async (res: Response, status: number, form: Form) => {
    const extracts = await keys.extractsToName(personOf(res).practiceId);
    render(res.status(status), 'keys/new', { title: 'Make a key', back: paths.keys, form, extracts });
  };

  router.get(paths.newKey, manages, (_req, res) => showNew(res, 200, new Form()));

  router.post(paths.newKey, manages, async (req, res) => {
    const read = readForm(newKeyForm, req.body);
    if (!read.ok) return showNew(res, 400, read.form);
    const { name, extracts, days } = read.value;
    const { practiceId } = personOf(res);
    const expiresAt = new Date(now().getTime() + days * DAY);
    const made = await keys.make({ practiceId, name, extracts, expiresAt }, actorOf(res));
    if (!made.ok) {
      const error = { field: 'extracts', text: 'Select extracts from the list' };
      return showNew(res, 400, new Form(req.body, [error]));
    }
    // Shown in this answer and nowhere else: not kept, not even to show it again.
    render(res, 'keys/made', { title: 'Key made', key: made.key, name, ends: showInstant(expiresAt) });
  });

  const find = async (req: Request<{ id: string }>, res: Response) => {
    const all = await keys.list(personOf(res).practiceId);
    const key = all.find(({ id, revokedAt }) => id === req.params.id && revokedAt === null);
    if (key === undefined) throw new PageError(404, 'no such key');
    return key;
  };

  router.get(paths.revokeKey(':id'), manages, async (req: Request<{ id: string }>, res) => {
    const key = keyRow(await find(req, res), now());
    render(res, 'keys/revoke', { title: 'Revoke a key', back: paths.keys, key });
  });

  router.post(paths.revokeKey(':id'), manages, async (req: Request<{ id: string }>, res) => {
    const { id, practiceId } = await find(req, res);
    await keys.revoke({ practiceId, id }, actorOf(res));
    sayDone(req, 'Key revoked');
    res.redirect(303, paths.keys);
  });

  return router;
}
