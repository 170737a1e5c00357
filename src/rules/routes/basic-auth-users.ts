import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import type { Violation } from '../rule';

/** A basicAuth or digestAuth Traefik cannot build, because it has no users: the router is then gone (404). */
export function basicAuthFaults(middleware: Manifest, estate: Estate): Violation[] {
  const spec = middleware.root.get('spec');
  return ['basicAuth', 'digestAuth']
    .map((type) => spec.get(type))
    .filter(({ isMap }) => isMap)
    .flatMap((at) => faultsOf(at, middleware, estate));
}

function faultsOf(at: Cursor, middleware: Manifest, estate: Estate): Violation[] {
  const named = at.get('secret');
  if (!named.text) {
    return [fault(at, 'no `secret`, and so no users', 'the name of a Secret with the users')];
  }
  const secret = estate.object('Secret', namespaceOrDefault(middleware), named.text);
  const wrong = secret && wrongUsers(secret);
  return wrong
    ? [fault(named, `secret ${quote(named.text)} holds ${wrong.holds}`, wrong.expected)]
    : [];
}

function fault(at: Cursor, observed: string, expected: string): Violation {
  return {
    at,
    observed,
    expected,
    fix: 'fill the Secret as `htpasswd -nB USER` prints it, or take the middleware off the route',
  };
}

interface Wrong {
  /** What the Secret holds. */
  readonly holds: string;
  readonly expected: string;
}

/** What Traefik refuses in a Secret with users; undefined where it takes it. */
function wrongUsers({ root }: Manifest): Wrong | undefined {
  const entries = new Map([...root.get('data').entries(), ...root.get('stringData').entries()]);
  return root.get('type').text === 'kubernetes.io/basic-auth'
    ? wrongPair(new Set(entries.keys()))
    : wrongList([...entries.values()]);
}

function wrongPair(keys: ReadonlySet<string>): Wrong | undefined {
  const missing = ['username', 'password'].filter((key) => !keys.has(key));
  return missing.length === 0
    ? undefined
    : { holds: `no ${missing.map(quote).join(' and no ')}`, expected: 'both keys of its type' };
}

function wrongList(values: readonly Cursor[]): Wrong | undefined {
  const expected = 'one key with one user a line';
  if (!values.some(({ text }) => text?.trim())) {
    return { holds: 'no users', expected };
  }
  return values.length > 1
    ? { holds: `${values.length} keys, of which Traefik takes one only`, expected }
    : undefined;
}
