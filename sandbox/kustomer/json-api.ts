import type { Reply } from '../http/route';
import type { Org } from './state';

/** A resource as Kustomer sends it: JSON:API with its own small departures. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, unknown>>;
  readonly links?: { readonly self: string };
}

export const related = (type: string, id: string, self: string) => ({ links: { self }, data: { type, id } });
export const ofOrg = (org: Org) => related('org', org.id, `/v1/orgs/${org.id}`);

export const single = (data: Resource, status = 200): Reply => ({ status, body: { data } });
export const noContent: Reply = { status: 204 };

/** Optional attributes that are unset are left out of real replies, not sent as null. */
export const present = (attributes: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null));

const MAX_PAGE_SIZE = 100;

/** One page of a list; links are paths without a host, `next` is null on the last page. */
export function page(path: string, query: Readonly<Record<string, string>>, all: readonly Resource[]): Reply {
  const number = positive(query['page'], 1);
  const pageSize = Math.min(MAX_PAGE_SIZE, positive(query['pageSize'], MAX_PAGE_SIZE));
  const pages = Math.max(1, Math.ceil(all.length / pageSize));
  const link = (target: number): string | null => {
    if (target < 1 || target > pages) return null;
    return `${path}?${new URLSearchParams({ ...query, page: String(target), pageSize: String(pageSize) }).toString()}`;
  };
  return {
    status: 200,
    body: {
      meta: { pageSize, page: number },
      data: all.slice((number - 1) * pageSize, number * pageSize),
      links: { self: link(number), first: link(1), prev: link(number - 1), next: link(number + 1) },
    },
  };
}

function positive(text: string | undefined, otherwise: number): number {
  const value = Number(text ?? otherwise);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}

/** Sorted by `createdAt` or `updatedAt`, with a leading `-` for newest first. */
export function sorted<T extends { createdAt: string; updatedAt: string }>(
  items: readonly T[],
  sort = 'createdAt',
): T[] {
  const field = sort.endsWith('updatedAt') ? 'updatedAt' : 'createdAt';
  const sign = sort.startsWith('-') ? -1 : 1;
  return [...items].sort((a, b) => sign * (a[field] < b[field] ? -1 : a[field] > b[field] ? 1 : 0));
}
