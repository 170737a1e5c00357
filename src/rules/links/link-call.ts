import type { Cursor } from '../cursor';
import { provisioningCommands } from '../access/provisioning';
import type { Estate } from '../estate';
import { isTemplate } from '../limits/template-text';
import type { RegistryView } from '../registry-view';

/** A request to link a package, as a command in a manifest writes it. */
export interface LinkCall {
  /** `host[:port]` it is sent to, as written; it may hold a variable. */
  readonly host: string;
  readonly owner: string;
  /** What stands behind `/-/link/`. */
  readonly repository: string;
  /** The argument; for a script the whole script. */
  readonly at: Cursor;
}

/** Link requests to this registry, or to what can only be this one. */
export function linkCalls(registry: RegistryView): LinkCall[] {
  return allLinkCalls(registry.estate).filter((call) => isFor(call, registry));
}

function allLinkCalls(estate: Estate): readonly LinkCall[] {
  return estate.remember('link calls', () =>
    provisioningCommands(estate).flatMap((command) =>
      command.flatMap(({ text, at }) => {
        const call = linkCallOf(text);
        return call ? [{ ...call, at }] : [];
      }),
    ),
  );
}

const PACKAGES = '/api/v1/packages/';
const LINK = '/-/link/';

/** The parts of `[https://]HOST/api/v1/packages/OWNER/TYPE/NAME/-/link/REPO`; undefined for any other word. */
export function linkCallOf(word: string): Omit<LinkCall, 'at'> | undefined {
  const start = word.indexOf(PACKAGES);
  const end = word.indexOf(LINK, start);
  if (start < 0 || end < 0) {
    return undefined;
  }
  const [owner] = word.slice(start + PACKAGES.length, end).split('/', 1);
  const [repository] = word.slice(end + LINK.length).split(/[\s"'?#]/, 1);
  return { host: word.slice(0, start).replace(/^[a-z]+:\/\//, ''), owner, repository };
}

function isFor({ host }: LinkCall, { host: own, facts, estate }: RegistryView): boolean {
  if (host === own) {
    return true;
  }
  const [label] = host.split(/[.:]/, 1);
  const isNear = isTemplate(host) || label === 'localhost' || label === facts.service?.name;
  return isNear && estate.declarations.length < 2;
}
