/** Where a running service is, and a token with the scope `admin` (of the brand, or the environment's own). */
export interface ServiceAddress {
  url: string;
  token: string;
}

/** An answer of the service that is no success: what it says is wrong, in words for whoever typed the command. */
export class ServiceRefusal extends Error {
  override readonly name = 'ServiceRefusal';
}

/** Longer than the service takes for the slowest call. */
const TIMEOUT_MS = 150_000;

/** Calls the API of a running service. @throws ServiceRefusal with the remedy */
export async function callService(
  { url, token }: ServiceAddress,
  method: 'GET' | 'POST',
  path: string,
): Promise<unknown> {
  const reply = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    const remedy = 'Set CLAIMKEEPER_PUBLIC_URL to where one is: claimkeeper serve';
    throw new ServiceRefusal(`No service answers at ${url}.\n${remedy}`, { cause });
  });
  const body = await reply.text();
  if (reply.status === 200) return JSON.parse(body);
  throw new ServiceRefusal(refusalIn(body, reply.status, url));
}

/** Problem documents say what happened, and their type has a page that says what to do (RFC 9457). */
function refusalIn(body: string, status: number, url: string): string {
  const { title, detail, type } = problemIn(body);
  if (title === undefined)
    return `${url} answered ${status}, and not as Claimkeeper would: is CLAIMKEEPER_PUBLIC_URL right?`;
  return [
    `${title}.`,
    ...(detail === undefined ? [] : [detail]),
    ...(type === undefined ? [] : [`What to do: ${url}${type}`]),
  ].join('\n');
}

function problemIn(body: string): { title?: string; detail?: string; type?: string } {
  try {
    return JSON.parse(body) as { title?: string; detail?: string; type?: string };
  } catch {
    // A proxy's page: the status says enough.
    return {};
  }
}
