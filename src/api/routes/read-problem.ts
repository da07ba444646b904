import { Problem } from '../problem';
import { isSlug, PROBLEMS } from '../problems';
import { route } from '../route';

/** The page behind the `type` of a problem document. */
export const readProblem = route({
  name: 'readProblem',
  method: 'get',
  path: '/problems/{slug}',
  requires: 'nothing',
  summary: 'Says what a problem means: its cause, and what to do',
  answers: { 200: { mediaType: 'text/html' } },
  problems: ['unknown-problem'],
  handle: ({ params: { slug } }) => {
    if (!isSlug(slug)) throw new Problem('unknown-problem');
    const { status, title, cause, fix } = PROBLEMS[slug];
    const page = [
      '<!doctype html>',
      `<html lang="en"><meta charset="utf-8"><title>${text(title)}</title>`,
      `<h1>${text(title)}</h1><p><code>/problems/${slug}</code>, status ${status}</p>`,
      `<h2>Cause</h2><p>${text(cause)}</p><h2>What to do</h2><p>${text(fix)}</p></html>`,
    ];
    return Promise.resolve({ status: 200, text: `${page.join('\n')}\n` });
  },
});

function text(plain: string): string {
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
