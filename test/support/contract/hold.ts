import { type describeApi } from '../../../src/api/openapi/document';
import { type ROUTES } from '../../../src/api/routes';
import { contractOf, type SentAnswer } from './check';
import { watchAnswers } from './watch';

// Runs around every test file: each answer that the API gives in any test must be one that its OpenAPI document describes.

type Check = (answer: SentAnswer) => string[];

/** The document is that of the code under test; it is made when the first answer is seen, because most files see none. */
let check: Check | null = null;

function load(): Check {
  const document = jest.requireActual<{ describeApi: typeof describeApi }>('../../../src/api/openapi/document');
  const table = jest.requireActual<{ ROUTES: typeof ROUTES }>('../../../src/api/routes');
  return contractOf(document.describeApi(table.ROUTES));
}

const watch = watchAnswers();

function hold(): void {
  const faults = watch.take().flatMap((answer) => {
    check ??= load();
    return check(answer).map((fault) => `${answer.method} ${answer.path} ${fault}\n  ${answer.body.slice(0, 2_000)}`);
  });
  if (faults.length > 0) throw new Error(`Not as the OpenAPI document says:\n${faults.join('\n')}`);
}

afterEach(hold);
afterAll(() => {
  watch.stop();
  hold();
});
