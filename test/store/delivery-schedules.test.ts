import fc from 'fast-check';
import { type Delivery } from '../../src/store/deliveries';
import { deliveries } from '../../src/store/schema';
import { onEachDatabase } from '../support/databases';
import { aDelivery, openStore } from './open-stores';

type Step =
  | { do: 'record'; key: number }
  | { do: 'lease'; worker: number; limit: number }
  | { do: 'signal' | 'deliver' | 'postpone' | 'quarantineAndReplay' | 'crash'; worker: number };

const worker = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('record'), key: fc.nat(9) }),
  fc.record({ do: fc.constant('lease'), worker, limit: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ do: fc.constantFrom('signal', 'deliver', 'postpone', 'quarantineAndReplay', 'crash'), worker }),
);

onEachDatabase((kind) => {
  test('whatever workers do and wherever they are killed, every delivery is signalled, and never held by two at once', async () => {
    const { store, database } = await openStore(kind);
    const log = store.deliveries;

    const property = fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      await database.sql.delete(deliveries);
      const held = new Map<number, Delivery[]>();
      const recorded = new Set<string>();
      const signalled = new Set<string>();
      const first = (who: number): Delivery | undefined => held.get(who)?.[0];
      const drop = (who: number): void => void held.set(who, held.get(who)?.slice(1) ?? []);

      for (const what of steps) {
        if (what.do === 'record') {
          const { deliveryId, duplicate } = await log.record(aDelivery({ dedupeKey: `schedule-${what.key}` }));
          expect(duplicate).toBe(recorded.has(deliveryId));
          recorded.add(deliveryId);
          continue;
        }
        if (what.do === 'lease') {
          const taken = await log.lease({ limit: what.limit, seconds: 600 });
          expect(taken.length).toBeLessThanOrEqual(what.limit);
          const others = [...held.values()].flat().map(({ deliveryId }) => deliveryId);
          expect(taken.filter(({ deliveryId }) => others.includes(deliveryId))).toEqual([]);
          held.set(what.worker, [...(held.get(what.worker) ?? []), ...taken]);
          continue;
        }
        if (what.do === 'crash') {
          // Nobody tells the store. Its lease ends: by the clock in life, here by hand.
          for (const { deliveryId } of held.get(what.worker) ?? []) await log.postpone(deliveryId, 'ran out', 0);
          held.delete(what.worker);
          continue;
        }
        const delivery = first(what.worker);
        if (delivery === undefined) continue;
        const { deliveryId, claimId } = delivery;
        if (what.do === 'signal') signalled.add(deliveryId);
        else {
          if (what.do === 'deliver' && signalled.has(deliveryId)) await log.delivered(deliveryId, claimId);
          else if (what.do === 'quarantineAndReplay') {
            await log.quarantine(deliveryId, 'unreadable');
            expect(await log.replay('acme', deliveryId)).toBe('replayed');
          } else await log.postpone(deliveryId, 'Temporal is down', 0);
          drop(what.worker);
        }
      }

      // All workers die; one that lives finds what they left.
      for (const { deliveryId } of [...held.values()].flat()) await log.postpone(deliveryId, 'ran out', 0);
      for (const { deliveryId, claimId } of await log.lease({ limit: 100, seconds: 600 })) {
        signalled.add(deliveryId);
        await log.delivered(deliveryId, claimId);
      }
      expect(signalled).toEqual(recorded);
      expect((await log.list('acme', { status: 'pending' })).items).toEqual([]);
    });

    await fc.assert(property, { numRuns: 40 });
  });
});
