import * as answer from '../../src/claims/answer';
import { replace } from '../inside/replace';

/** The ledger takes every answer, whatever it has accepted before. */
export function unjudgedAnswers(): void {
  replace(answer, 'judgeAnswer', () => () => ({ verdict: 'applied' }));
}
