import type { TraefikStatic } from '../read/traefik-static';
import { option } from '../read/traefik-static';
import type { Rule, Violation } from '../rule';
import type { Http01Solver } from './http01-solver';
import {
  entryPointsOfSolver,
  globalRedirects,
  plainEntryPoints,
  solverAnnotation,
  solversAtTraefik,
} from './http01-solver';

/** REG554: the challenge is asked on port 80, and the solver's Ingress goes where all Ingresses go. */
export const solverOnWeb: Rule = {
  code: 'REG554',
  slug: 'solver-on-web',
  title: 'the http01 solver is served on port 80',
  severity: 'error',
  gate: 'Traefik',
  why: "the certificate authority asks http://HOST on port 80; the solver's Ingress names no entry point and is bound to the default ones only, so that `asDefault` on websecure alone leaves it out of port 80",
  shows: [
    "Challenge: `Waiting for HTTP-01 challenge propagation: wrong status code '404', expected '200'`",
    '`curl http://HOST/.well-known/acme-challenge/x`: 404 `404 page not found` while a solver pod runs',
  ],
  fix: '`ports.web.asDefault: true` in the values of Traefik, or `traefik.ingress.kubernetes.io/router.entrypoints: web` in the ingressTemplate of the solver',
  links: [
    'https://github.com/traefik/traefik/issues/10702',
    'https://cert-manager.io/docs/configuration/acme/http01',
  ],
  judgeRegistry: (registry) =>
    solversAtTraefik(registry).flatMap(([solver, traefik]) =>
      isDefaultElsewhere(registry.estate.traefiks) ? [] : notOnWeb(solver, traefik),
    ),
};

/** Whether any values here make port 80 a default: those of one Traefik may be spread over several documents. */
function isDefaultElsewhere(traefiks: readonly TraefikStatic[]): boolean {
  return traefiks.some((traefik) =>
    plainEntryPoints(traefik).some(
      ({ name }) => option(traefik, `entrypoints.${name}.asdefault`)?.text === 'true',
    ),
  );
}

function notOnWeb(solver: Http01Solver, traefik: TraefikStatic): Violation[] {
  const plain = plainEntryPoints(traefik).map(({ name }) => name);
  const bound = entryPointsOfSolver(solver, traefik).map(({ name }) => name);
  // Behind a redirect of everything the challenge comes by https: REG555.
  const redirected = globalRedirects(traefik).length > 0;
  if (plain.length === 0 || bound.length === 0 || redirected) {
    return [];
  }
  const named = solverAnnotation(solver, 'entrypoints');
  return bound.some((name) => plain.includes(name))
    ? []
    : [
        {
          at: named.exists ? named : solver.ingress,
          observed: `the solver is served on ${listed(bound)}${named.exists ? '' : ', the default of this Traefik,'} only`,
          expected: `${listed(plain)} among its entry points`,
        },
      ];
}

function listed(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
