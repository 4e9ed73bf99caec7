import express, { Router } from 'express';
import { assets, assetVersion, imagesFolder } from '../../assets.ts';

/** Styles, scripts and pictures, under /assets. Needs no session and no database. */
export function assetRoutes(): Router {
  const router = Router();
  router.get('/assets/:version/:name', (req, res, next) => {
    const { version, name } = req.params;
    const asset = Object.hasOwn(assets, name) ? assets[name] : undefined;
    if (version !== assetVersion || !asset) return next();
    res.set('Cache-Control', 'public, max-age=31536000, immutable').type(asset.type).send(asset.body);
  });
  router.use('/assets/images', express.static(imagesFolder, { maxAge: '1 day', index: false }));
  return router;
}
