import type { KustomerRoute } from './call';
import { ofOrg, related, single } from './json-api';
import { ROLES } from './roles';

/** `GET /v1/auth/tokens/current`: works with any valid key (Kustomer, "Quickstart"). */
export const tokenRoutes: readonly KustomerRoute[] = [
  {
    method: 'get',
    path: '/v1/auth/tokens/current',
    roles: ROLES.none,
    handle: ({ key, org }) =>
      single({
        type: 'token',
        id: key.id,
        attributes: {
          name: key.name,
          lastTokenChars: key.key.slice(-4),
          roles: key.roles,
          createdAt: key.createdAt,
          updatedAt: key.createdAt,
          lastAccessedAt: key.createdAt,
        },
        relationships: { org: ofOrg(org), user: related('user', key.id, `/v1/users/${key.id}`) },
      }),
  },
];
