/** Known mistakes that can be put into the running product, each with the promise that it breaks: the proof has to notice. */
export const FAULTS = {
  'early-200': 'P1',
  'blind-create': 'P2',
  'id-per-attempt': 'P3',
  'unsigned-word': 'P4',
  'unjudged-answers': 'P5',
  'global-pause': 'P6',
} as const;

export type FaultName = keyof typeof FAULTS;
export type Promised = 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'P6';
