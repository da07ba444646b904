import { type KustomerSimulator } from '../../../../sandbox/kustomer/simulator';
import { type Happening } from './schedule';

export const SHOPPER = 'mira.c@shopper.example';

/** What agents and shoppers do in Kustomer meanwhile, and what it makes of customers. */
export interface Around {
  happen(happening: Exclude<Happening, { claim: number }>): Promise<void>;
  /** One of those whom an operator may name; they may be gone by now. */
  other(nth: number): string;
  /** Who a customer is by now, after merges; undefined when they were deleted. */
  today(id: string): string | undefined;
  /** The customer whom a look-up by the shopper's e-mail gives. */
  shopper(): string | undefined;
}

export async function openAround(kustomer: KustomerSimulator): Promise<Around> {
  const others = [
    await kustomer.addCustomer({ email: 'tom@shopper.example' }),
    await kustomer.addCustomer({ email: 'ana@shopper.example' }),
  ] as const;
  const merges = new Map<string, string>();
  const ids = (of: readonly { id: string }[]): string[] => of.map(({ id }) => id);
  const one = (of: readonly { id: string }[], nth: number): string | undefined => ids(of)[nth % of.length];

  function today(id: string): string | undefined {
    const target = merges.get(id);
    if (target !== undefined) return today(target);
    return ids(kustomer.customers()).includes(id) ? id : undefined;
  }
  const shopper = (): string | undefined =>
    kustomer.customers().find(({ emails }) => emails?.some(({ email }) => email === SHOPPER))?.id;

  return {
    today,
    shopper,
    other: (nth) => others[nth % 2] ?? others[0],
    async happen(happening) {
      if (happening === 'shopper writes in') {
        if (shopper() === undefined) await kustomer.addCustomer({ email: SHOPPER });
      } else if ('agentEdits' in happening) {
        const id = one(kustomer.klaims(), happening.agentEdits);
        const changes = { title: 'By hand', custom: { statusStr: 'By hand' } };
        if (id !== undefined) await kustomer.editKlaim({ id, changes });
      } else if ('agentDeletes' in happening) {
        const id = one(kustomer.klaims(), happening.agentDeletes);
        if (id !== undefined) await kustomer.deleteKlaim(id);
      } else if ('deleteCustomer' in happening) {
        const id = one(kustomer.customers(), happening.deleteCustomer);
        if (id !== undefined) await kustomer.deleteCustomer(id);
      } else {
        const source = one(kustomer.customers(), happening.mergeCustomer);
        const target = one(kustomer.customers(), happening.into);
        if (source === undefined || target === undefined || source === target) return;
        await kustomer.mergeCustomers(source, target);
        merges.set(source, target);
      }
    },
  };
}
