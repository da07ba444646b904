import { blindCreate } from './blind-create';
import { early200 } from './early-200';
import { globalPause } from './global-pause';
import { idPerAttempt } from './id-per-attempt';
import { type FaultName } from '../plan/faults';
import { unjudgedAnswers } from './unjudged-answers';
import { unsignedWord } from './unsigned-word';

/** Puts a fault into this process, whose other code is not loaded yet. */
export const SWITCHES: Readonly<Record<FaultName, () => void>> = {
  'early-200': early200,
  'blind-create': blindCreate,
  'id-per-attempt': idPerAttempt,
  'unsigned-word': unsignedWord,
  'unjudged-answers': unjudgedAnswers,
  'global-pause': globalPause,
};
