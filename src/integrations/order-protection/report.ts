import { reportByHttp } from './report/http';
import { reportByHand } from './report/manual';
import { reportByOrders } from './report/orders';
import { type Answered, type ReportOutcome, type ReportRoute } from './report/route';
import { type Rest } from './rest';

/**
 * Tells Order Protection what the brand did, by the brand's route. Throws `PartnerError` when it did not work and may work
 * later; an outcome that is not `done` waits for an operator.
 */
export async function report(rest: Rest, route: ReportRoute, answered: Answered): Promise<ReportOutcome> {
  switch (route.via) {
    case 'orders':
      return reportByOrders(rest, answered);
    case 'http':
      return reportByHttp(rest, route, answered);
    case 'manual':
      return reportByHand(answered);
  }
}
