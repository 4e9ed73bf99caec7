import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import type { RequestHandler } from 'express';
import { addPaths } from './openapi-paths.ts';
import { problems } from './problems.ts';

/** GET /api/v1/openapi.json: OpenAPI 3.1, written from the schemas that check the requests. */
export function openApi(publicUrl: string): RequestHandler {
  const document = writeOpenApi(publicUrl);
  return (_req, res) => void res.json(document);
}

/** @param publicUrl where the registry is reached, such as `https://registry.example` */
export function writeOpenApi(publicUrl: string) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'A job key, `oor_…`. The practice manager makes it; it is shown once.',
  });
  addPaths(registry);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Opt-out registry: HTTP for extract jobs',
      version: '1',
      description: [
        'Data extracts leave a practice through the extract guard, which withholds every patient who objected.',
        'What cannot be decided is withheld. A client that ignores an error has released nothing.',
        '',
        '| Code | Status | Meaning | What to do |',
        '|---|---|---|---|',
        ...Object.entries(problems).map(
          ([code, { status, title, detail }]) => `| \`${code}\` | ${status} | ${title} | ${detail} |`,
        ),
      ].join('\n'),
    },
    servers: [{ url: publicUrl }],
    security: [{ key: [] }],
  });
}
