import { type Row } from '../row';
import { burst } from './burst';
import { callback } from './callback';
import { drain } from './drain';
import { history } from './history';
import { largeLog } from './large-log';
import { latency } from './latency';
import { manyMessages } from './many-messages';
import { memory } from './memory';
import { webhook } from './webhook';
import { wholeClaims } from './whole-claims';

/** In the order of the table of budgets. */
export const ROWS: readonly Row[] = [
  webhook,
  callback,
  drain,
  wholeClaims,
  latency,
  history,
  burst,
  manyMessages,
  memory,
  largeLog,
];
