import { z } from 'zod';
import { type Addresses } from '../addresses';

/** As much of a claim as the sandbox looks at. */
const claim = z.object({
  phase: z.string(),
  attention: z.string(),
  resolutions: z.array(z.object({ id: z.string(), kind: z.string(), state: z.string() })),
  temporalUrl: z.string().nullable(),
});
export type SeenClaim = z.infer<typeof claim>;

/** Claimkeeper's own API, as a brand's admin would call it. */
export interface Api {
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** Null while the API does not know the claim, or no worker answers. */
  claim(claimId: string): Promise<SeenClaim | null>;
}

export function apiOf({ api, adminToken, brand }: Addresses): Api {
  const call: Api['call'] = async (method, path, body) => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  return {
    call,
    async claim(claimId) {
      const { status, body } = await call('GET', `/v1/brands/${brand}/claims/${encodeURIComponent(claimId)}`);
      return status === 200 ? claim.parse(body) : null;
    },
  };
}
