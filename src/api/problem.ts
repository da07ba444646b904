import { PROBLEMS, typeOf, type Slug } from './problems';
import { redact } from '../redact';
import { type ProblemDocument } from './views/problem';

/** What an answer may say beyond its type. `headers` go into the answer's header, all else into the document. */
export interface ProblemExtras extends Partial<Pick<ProblemDocument, 'errors' | 'expected' | 'scope' | 'failing'>> {
  headers?: Readonly<Record<string, string>>;
}

/** Thrown where a call cannot be answered as asked; becomes a problem document (RFC 9457). `detail` says what is special to this case. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly slug: Slug,
    readonly detail?: string,
    readonly extras: ProblemExtras = {},
    options?: ErrorOptions,
  ) {
    super(detail ?? PROBLEMS[slug].title, options);
  }

  get status(): number {
    return PROBLEMS[this.slug].status;
  }
}

/** The body of the answer. `requestId` is what the log calls this request. */
export function documentOf({ slug, detail, extras }: Problem, requestId: string): ProblemDocument {
  const { status, title } = PROBLEMS[slug];
  const { headers: _headers, errors, ...members } = extras;
  return {
    type: typeOf(slug),
    title,
    status,
    ...(detail === undefined ? {} : { detail: redact(detail) }),
    ...(errors === undefined ? {} : { errors: errors.map((fault) => ({ ...fault, message: redact(fault.message) })) }),
    ...members,
    requestId,
  };
}
