import { readFile } from 'node:fs/promises';
import { route } from '../route';

const SCRIPT = '/docs/scalar.js';

/** What Scalar would fetch from elsewhere, or send there, is off. */
const CONFIGURATION = {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
};

const attribute = (value: unknown): string => JSON.stringify(value).replaceAll('"', '&quot;');

const PAGE = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Claimkeeper API</title>
<body><script id="api-reference" data-configuration="${attribute(CONFIGURATION)}"></script>
<script src="${SCRIPT}"></script></body></html>
`;

/** The page talks to this service alone. Scalar writes style elements, which is why styles may stand in the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const readDocs = route({
  name: 'readDocs',
  method: 'get',
  path: '/docs',
  requires: 'nothing',
  summary: 'Shows the description of the API to people',
  answers: { 200: { mediaType: 'text/html' } },
  problems: [],
  handle: async () => ({ status: 200, text: PAGE, headers: { 'content-security-policy': POLICY } }),
});

export const readDocsScript = route({
  name: 'readDocsScript',
  method: 'get',
  path: SCRIPT,
  requires: 'nothing',
  summary: 'What the page /docs is drawn by: Scalar, as it was built',
  answers: { 200: { mediaType: 'text/javascript' } },
  problems: [],
  handle: async (_call, { docsScript }) => ({
    status: 200,
    text: await readFile(docsScript),
    headers: { 'cache-control': 'public, max-age=3600' },
  }),
});
