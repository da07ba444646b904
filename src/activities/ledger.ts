import { attentionOf } from '../claims/attention';
import { known } from '../claims/facts';
import { phaseOf } from '../claims/phase';
import { type CommandRecord } from '../claims/restore';
import { type ClaimState } from '../claims/state';
import { resolutionRequested } from '../integrations/brand-backend/commands';
import { type LedgerEntry } from '../store/ledger';
import { type Store } from '../store/store';
import { type LedgerActivities } from './contract';
import { policyOf } from './policy';

/** What workflows ask of our own database. */
export function createLedgerActivities(store: Store): LedgerActivities {
  return {
    async openClaim({ brand, claimId }) {
      const config = await store.brands.get(brand);
      if (config === null) return { known: false };
      const [saved, entries] = await Promise.all([
        store.completed.get(brand, claimId),
        store.ledger.forClaim(brand, claimId),
      ]);
      return {
        known: true,
        policy: policyOf(config),
        // Only this program writes it, sealed: it is what an earlier run handed over.
        saved: saved === null ? null : (JSON.parse(saved) as ClaimState),
        records: entries.map(recordOf),
      };
    },

    enterDecision: ({ loss, ...claim }) => store.losses.approve(claim, loss),

    async settleAnswer({ brand, claimId, completion }) {
      const { resolutionId, ...answer } = completion;
      const at = new Date().toISOString();
      const accepted = await store.ledger.accept(brand, claimId, resolutionId, answer, at);
      if (accepted.verdict === 'unknown') return { accepted: false, reason: 'no such resolution was commanded' };
      if (accepted.verdict === 'refused') return { accepted: false, reason: `expected ${accepted.expected}` };
      return { accepted: true, answeredAt: accepted.entry.answeredAt ?? at };
    },

    async keepCompleted({ state, at }) {
      await store.completed.save({
        brand: state.brand,
        claimId: state.claimId,
        phase: phaseOf(state),
        attention: attentionOf(state, at),
        source: state.source ?? 'unknown',
        orderId: known(state.facts.order).sourceOrderId ?? null,
        state: JSON.stringify(state),
        completedAt: at,
      });
    },
  };
}

function recordOf(entry: LedgerEntry): CommandRecord {
  const { brand: _brand, claimId: _claimId, state: _state, command, ...record } = entry;
  const { items, shippingAddress, unconfirmedAddress } = resolutionRequested.parse(JSON.parse(command)).data;
  return { ...record, terms: { items, shippingAddress, unconfirmedAddress } };
}
