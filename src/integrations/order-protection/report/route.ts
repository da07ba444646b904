import { type Answer } from '../../../claims/answer';

/** What the brand did about a resolution, to be told to Order Protection. */
export interface Answered {
  claimId: string;
  resolutionId: string;
  kind: string;
  sourceOrderId: string | null;
  answer: Answer;
}

/** `done: false`: an operator has to do it by hand, and why. */
export type ReportOutcome = { done: true } | { done: false; reason: string };

/** The route that Order Protection gives a brand: the path and each value of the body may hold placeholders such as `{claimId}`. */
export interface ReportTemplate {
  method: 'POST' | 'PUT' | 'PATCH';
  path: string;
  body: Readonly<Record<string, string>>;
}

/** How a brand reports. Order Protection documents no call for it, so it is a matter of configuration. */
export type ReportRoute = { via: 'orders' } | { via: 'manual' } | ({ via: 'http' } & ReportTemplate);
