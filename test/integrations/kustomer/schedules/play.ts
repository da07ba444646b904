import { startKustomerSimulator, type KustomerSimulator } from '../../../../sandbox/kustomer/simulator';
import { type Http } from '../../../../src/integrations/http';
import { createBudget } from '../../../../src/integrations/kustomer/budget/budget';
import { createKustomer } from '../../../../src/integrations/kustomer/client';
import { KLAIM_PROPERTIES } from '../../../support/klaim-properties';
import { loopbackHttp } from '../../../support/loopback-http';
import { API_KEY, endless } from '../desk';
import { openAround, type Around } from './around';
import { Claim } from './claim';
import { leaseIn } from './lease';
import { type FaultyTurn, type Happening, type Schedule } from './schedule';
import { Turns } from './turns';

const network = loopbackHttp();

/** Plays a schedule, then holds that each claim has one Klaim, on the right customer, as the model has it. */
export async function play(schedule: Schedule): Promise<void> {
  const turns = new Turns(network);
  const kustomer = await startKustomerSimulator({ settings: schedule.settings, now: () => turns.time.now });
  try {
    await kustomer.seedOrg({ apiKey: API_KEY, requestsPerMinute: 100_000, properties: KLAIM_PROPERTIES });
    const around = await openAround(kustomer);
    const claims = openClaims(kustomer, turns, schedule);
    await untilRest(kustomer, turns, schedule, { around, claims });
    for (const claim of claims) expectOneKlaim(kustomer, around, claim);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message}\n\n${turns.story.join('\n')}`, { cause: error });
  } finally {
    await kustomer.stop();
  }
}

function openClaims(kustomer: KustomerSimulator, turns: Turns, { claims }: Schedule): Claim[] {
  const access = { org: 'acme', apiKey: API_KEY, baseUrl: kustomer.url, klass: 'klaim', requestsPerMinute: 6_000 };
  const lease = leaseIn(turns.time);
  const clientOver = (http: Http) =>
    createKustomer({ http, lease, budget: createBudget(endless), clock: turns.time.clock });
  return claims.map((told, index) => new Claim(`clm_${index}`, told, { turns, access, clientOver }));
}

/** More turns than any schedule takes. */
const ENOUGH = 3_000;

async function untilRest(
  kustomer: KustomerSimulator,
  turns: Turns,
  schedule: Schedule,
  { around, claims }: { around: Around; claims: Claim[] },
): Promise<void> {
  const happenings = [...schedule.happenings];
  let isOver = false;
  const happen = async (happening: Happening): Promise<void> => {
    turns.tell(JSON.stringify(happening));
    if (happening === 'shopper writes in' || !('claim' in happening)) return around.happen(happening);
    const claim = claims[happening.claim % claims.length];
    if ('event' in happening) claim?.hear(happening.event);
    else claim?.relink(around.other(happening.relink));
  };
  const hearTheRest = async (): Promise<void> => {
    isOver = true;
    turns.createdLate = 0;
    turns.tell('the rest is heard');
    for (const claim of claims) claim.hearTheRest();
  };
  const aside = (): (() => Promise<void>) | null => {
    const [next] = happenings;
    if (next !== undefined) return () => happen(happenings.shift() ?? next);
    return isOver || turns.mayCreateLate ? null : hearTheRest;
  };
  const coming: FaultyTurn[] = [...schedule.turns];
  for (let count = 0; count < ENOUGH; count++) {
    const { fault, ...turn } = coming.shift() ?? { turn: 0 };
    const send: Http = ({ signal: _, ...request }) => {
      if (fault !== undefined) kustomer.faults.add({ fault });
      return network(request);
    };
    if (await turns.take(turn, { send, aside: aside() })) continue;
    if (turns.createdLate === 0) return;
    // What is created after the last write is cleared away by the next.
    isOver = false;
  }
  throw new Error('it does not come to rest');
}

function expectOneKlaim(kustomer: KustomerSimulator, around: Around, claim: Claim): void {
  const shown = kustomer.klaims(claim.claimId);
  const [customerId] = shown.map((klaim) => klaim.customerId);
  const states = shown.map(({ title, description, images, custom }) => ({ title, description, images, custom }));
  expect(states).toEqual([claim.wanted()]);
  expect(rightCustomers(around, claim)).toContain(customerId);
}

/**
 * Whom an operator named last, if they are there. An order that is refused leaves the Klaim where it is: with the customer of the last
 * order that was carried out or, since none was, with whom the shopper's e-mail leads to; or where an order in between has put it
 * that was replaced before its result was known.
 */
function rightCustomers({ today, shopper }: Around, { named, lane }: Claim): (string | undefined)[] {
  const [last, ...earlier] = named.map(today);
  if (last !== undefined) return [last];
  const linkedTo = lane.state.linkedTo === null ? undefined : today(lane.state.linkedTo);
  return [...earlier.filter((id) => id !== undefined), linkedTo ?? shopper()];
}
