import { type LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { type LookupFunction } from 'node:net';
import { AddressRefused } from './address-refused';
import { type Judge } from './judge';

/** Gives all addresses of a name; `hints` are those of getaddrinfo. */
export type Resolve = (name: string, hints?: number) => Promise<LookupAddress[]>;

/** As the machine resolves names: its hosts file, search domains and servers. */
export const resolveBySystem: Resolve = (name, hints) =>
  lookup(name, { all: true, ...(hints === undefined ? {} : { hints }) });

/**
 * The look-up of a socket that is being connected: it gets the permitted addresses, and dials those and no others, so there is no
 * moment between judgement and dialling in which a name could change its meaning.
 */
export function guardedLookup(judge: Judge, resolve: Resolve): LookupFunction {
  const asked = shared(resolve);
  return (name, { hints }, callback) => {
    asked(name, hints)
      .then((addresses) => permitted(name, addresses, judge))
      .then(
        (addresses) => callback(null, addresses),
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
  };
}

function permitted(name: string, addresses: readonly LookupAddress[], judge: Judge): LookupAddress[] {
  const judged = addresses.map((found) => ({ found, kind: judge(found.address) }));
  const good = judged.flatMap(({ found, kind }) => (kind === null ? [found] : []));
  const kinds = new Set(judged.flatMap(({ kind }) => kind ?? []));
  if (good.length === 0 && kinds.size > 0) throw new AddressRefused(name, [...kinds].join(' or '));
  return good;
}

/** Whoever asks for a name that is being looked up gets that answer: a look-up holds a thread, of which a process has few. */
function shared(resolve: Resolve): Resolve {
  const running = new Map<string, Promise<LookupAddress[]>>();
  return (name, hints) => {
    const found = running.get(name) ?? resolve(name, hints).finally(() => running.delete(name));
    running.set(name, found);
    return found;
  };
}
