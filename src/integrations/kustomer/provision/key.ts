import { z } from 'zod';
import { type Org } from '../org';
import { read } from '../schema';

const keyReply = z.object({
  data: z.object({
    attributes: z.object({
      name: z.string().nullish(),
      lastTokenChars: z.string().nullish(),
      roles: z.array(z.string()),
    }),
  }),
});

/** The API key as Kustomer knows it. */
export interface Key {
  name: string;
  lastFour: string;
  roles: string[];
}

/** Kustomer, "Quickstart": the self check, which any valid key may do. @throws PartnerError `credentials` for one that is not. */
export async function readKey(org: Org): Promise<Key> {
  const what = 'asking which roles the API key has';
  const reply = await org.call({ method: 'GET', path: '/auth/tokens/current', what });
  const { name, lastTokenChars, roles } = read(keyReply, what, reply).data.attributes;
  return { name: name ?? '', lastFour: lastTokenChars?.slice(-4) ?? '', roles };
}
