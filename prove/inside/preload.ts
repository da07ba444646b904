import { isMainThread } from 'node:worker_threads';
import { FAULTS, type FaultName } from '../plan/faults';
import { SWITCHES } from '../faults/switches';
import { FAULT, KILL_FILE } from '../plan/kill-points';
import { installKillPoints } from './kill-points';

/** Loaded by each process of the product before its own code (`node --require`): puts in what the environment names. */
if (isMainThread) {
  const killFile = process.env[KILL_FILE];
  if (killFile !== undefined) installKillPoints(killFile);
  const fault = process.env[FAULT];
  if (fault !== undefined) {
    if (!Object.hasOwn(FAULTS, fault)) throw new Error(`there is no fault ${fault}`);
    SWITCHES[fault as FaultName]();
  }
}
