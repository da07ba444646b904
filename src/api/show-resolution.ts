import { z } from 'zod';
import { type ResolutionView } from '../claims/view';
import { type LedgerEntry } from '../store/ledger';

const command = z.object({ data: z.object({ dueAt: z.string() }) });

/** A resolution as the ledger knows it, in the words in which claims show theirs. */
export function showResolution({
  resolutionId,
  kind,
  state,
  amount,
  command: frozen,
  answer,
  reportedAt,
}: LedgerEntry): Omit<ResolutionView, 'question'> {
  const { dueAt } = command.parse(JSON.parse(frozen)).data;
  return { id: resolutionId, kind, state, amount, dueAt, answer, reportedAt };
}
