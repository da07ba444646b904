import { OrderProtectionError } from './errors';

const DEFAULT_SIZE = 25;
const MAX_SIZE = 100;

/** A cursor is an offset, as the documented example decodes: new rows shift the pages. */
const cursorAt = (index: number): string => Buffer.from(`arrayconnection:${index}`).toString('base64');

function offsetAfter(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0;
  const [, index] = /^arrayconnection:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  if (index === undefined) throw new OrderProtectionError(400, 'cursor is not a cursor');
  return Number(index) + 1;
}

function sizeOf(text: string | undefined): number {
  const size = Number(text ?? DEFAULT_SIZE);
  if (!Number.isInteger(size) || size < 1 || size > MAX_SIZE) {
    throw new OrderProtectionError(400, `size must be a whole number from 1 to ${MAX_SIZE}`);
  }
  return size;
}

export interface Connection<Node> {
  readonly edges: readonly { node: Node }[];
  readonly pageInfo: {
    readonly startCursor: string | null;
    readonly endCursor: string | null;
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
  };
}

/** The page after `cursor`, of `size` (25 unless asked, 100 at most; both our choice). */
export function connection<Node>(all: readonly Node[], query: Readonly<Record<string, string>>): Connection<Node> {
  const [start, size] = [offsetAfter(query['cursor']), sizeOf(query['size'])];
  const nodes = all.slice(start, start + size);
  const end = start + nodes.length;
  return {
    edges: nodes.map((node) => ({ node })),
    pageInfo: {
      startCursor: nodes.length === 0 ? null : cursorAt(start),
      endCursor: nodes.length === 0 ? null : cursorAt(end - 1),
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
    },
  };
}

/** What the list of orders has besides: where one is, and how many there are. */
export function pageCursors(total: number, query: Readonly<Record<string, string>>) {
  const [start, size] = [offsetAfter(query['cursor']), sizeOf(query['size'])];
  const pages = Array.from({ length: Math.ceil(total / size) }, (_, index) => ({
    cursor: index === 0 ? '' : cursorAt(index * size - 1),
    page: index + 1,
    isCurrent: index * size === start,
  }));
  return { pageCursors: { around: pages }, totalCount: total };
}
