import { type Import } from './imports';

/**
 * What each folder of src may import of ours besides itself; `type x` allows types of x alone. What builds the parts (src/service.ts,
 * src/main.ts, src/commands, sandbox/stack.ts) and what tests them may import everything, except src/main.ts, which nobody imports.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  claims: [],
  integrations: ['claims'],
  store: ['claims', 'redact.ts'],
  keys: ['claims', 'integrations', 'store', 'background.ts'],
  activities: ['claims', 'integrations', 'store', 'keys'],
  workflows: ['claims', 'type activities'],
  temporal: ['claims', 'type activities', 'type metrics.ts'],
  intake: ['claims', 'integrations', 'store', 'temporal', 'background.ts', 'type metrics.ts'],
  api: ['claims', 'integrations', 'store', 'temporal', 'intake', 'redact.ts', 'type metrics.ts'],
  'config.ts': ['integrations', 'redact.ts'],
  'log.ts': ['redact.ts'],
  'redact.ts': [],
  'metrics.ts': [],
  'background.ts': [],
  sandbox: [],
  prove: ['sandbox', 'prove/checker'],
  // It must not agree with a mistake of ours: it knows what the partners have on record and what was to be sent, and nothing else.
  'prove/checker': ['type sandbox', 'type prove'],
};

/**
 * These build the parts. Nothing imports the first; the commands are for it alone; the service is started by the command
 * line, the sandbox and tests; what of the proof
 * is loaded into the product's processes changes its modules.
 */
const ROOTS = [
  'main.ts',
  'commands',
  'service.ts',
  'sandbox/stack.ts',
  'prove/inside',
  'prove/faults',
  'test',
  'bench',
];

/** The folders of the proof that have a rule of their own. */
const APART = ['checker', 'inside', 'faults'];

/** The folder (or file) of the rule that a path belongs to. */
function partOf(file: string): string {
  if (file === 'sandbox/stack.ts') return file;
  const [top = '', next = ''] = file.split('/');
  if (top === 'prove' && APART.includes(next)) return `prove/${next}`;
  return top === 'src' ? next : top;
}

/** The imports that break the rule, each as a sentence. */
export function brokenImports(imports: readonly Import[]): string[] {
  return imports
    .filter((found) => !isAllowed(found))
    .map(({ from, to, typeOnly }) => {
      const kind = typeOnly ? 'the types of ' : '';
      return `${from} must not import ${kind}${to}`;
    });
}

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const [here, there] = [partOf(from), partOf(to)];
  if (here === there) return true;
  if (there === 'main.ts') return false;
  if (there === 'commands') return here === 'main.ts' || here === 'test';
  if (ROOTS.includes(here)) return true;
  const row = MAY_IMPORT[here] ?? [];
  // The parts of the sandbox and the sandbox's own composition are one program.
  if (here === 'sandbox' && there === 'sandbox/stack.ts') return true;
  return row.includes(there) || (typeOnly && row.includes(`type ${there}`));
}

/** The first circle among the imports that remain after compilation, as a path of files, or undefined. */
export function circle(imports: readonly Import[]): string[] | undefined {
  const next = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) {
    if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const follow = (file: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of next.get(file) ?? []) {
      const found = follow(target, [...trail, file]);
      if (found !== undefined) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const found = follow(file, []);
    if (found !== undefined) return found;
  }
  return undefined;
}
