import { quote } from '../../declaration/problem';
import type { EntryPoint, TraefikStatic } from '../read/traefik-static';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import type { GlobalRedirect, Http01Solver } from './http01-solver';
import {
  entryPointsOfSolver,
  globalRedirects,
  solverAnnotation,
  solversAtTraefik,
} from './http01-solver';

/** REG555: a redirect of everything takes the challenge along. */
export const solverAfterRedirect: Rule = {
  code: 'REG555',
  slug: 'solver-after-redirect',
  title: 'a global http→https redirect still leads to the solver',
  severity: 'warning',
  gate: 'Traefik',
  why: 'the redirect of an entry point beats every router on it, the one of the solver too: the certificate authority follows it to https, where it finds the solver only if that is served there, with TLS',
  shows: [
    "Challenge: `Waiting for HTTP-01 challenge propagation: wrong status code '404', expected '200'`",
    '`curl -kL http://HOST/.well-known/acme-challenge/x`: 301 to https, then 404 `404 page not found`',
  ],
  fix: '`ports.websecure.http.tls.enabled: true` and the solver on both entry points, a lower priority of the redirect, or dns01',
  links: [
    'https://github.com/cert-manager/cert-manager/issues/3441',
    'https://github.com/cert-manager/cert-manager/issues/2911',
  ],
  judgeRegistry: (registry) =>
    solversAtTraefik(registry).flatMap(([solver, traefik]) =>
      globalRedirects(traefik).flatMap((redirect) =>
        lostChallenge(solver, traefik, redirect, registry),
      ),
    ),
};

function lostChallenge(
  solver: Http01Solver,
  traefik: TraefikStatic,
  redirect: GlobalRedirect,
  registry: RegistryView,
): Violation[] {
  const bound = entryPointsOfSolver(solver, traefik).map(({ name }) => name);
  const target = targetOf(redirect, traefik);
  const passed = bound.includes(redirect.from.name) && isBeaten(redirect, registry);
  if (!target || passed) {
    return [];
  }
  if (!bound.includes(target.name)) {
    return [notOnTarget(solver, target, redirect)];
  }
  const speaksTls = target.tls || solverAnnotation(solver, 'tls').scalar === 'true';
  return speaksTls ? [] : [withoutTls(target, redirect)];
}

/** The entry point a redirect leads to, by name or by port; the chart's ports are those of the Service plus 8000. */
function targetOf({ to }: GlobalRedirect, { entryPoints }: TraefikStatic): EntryPoint | undefined {
  const port = /^:(\d+)$/.exec(to)?.[1];
  const ports = port === undefined ? [] : [Number(port), Number(port) + 8000];
  return entryPoints.find(
    (one) => one.name === to.toLowerCase() || (one.port !== undefined && ports.includes(one.port)),
  );
}

/** Whether the router of the solver, whose priority is the length of its rule, beats the redirect. */
function isBeaten({ priority }: GlobalRedirect, { hostName = '' }: RegistryView): boolean {
  const rule = `Host(\`${hostName}\`) && Path(\`/.well-known/acme-challenge/\`)`;
  return priority !== undefined && priority < rule.length;
}

function notOnTarget(
  solver: Http01Solver,
  target: EntryPoint,
  { from }: GlobalRedirect,
): Violation {
  const named = solverAnnotation(solver, 'entrypoints');
  return {
    at: named.exists ? named : solver.ingress,
    observed: `'${from.name}' redirects everything to '${target.name}', where the solver is not served`,
    expected: `'${target.name}' among the entry points of the solver`,
    fix: `\`traefik.ingress.kubernetes.io/router.entrypoints: ${from.name},${target.name}\` in the ingressTemplate of the solver, or dns01`,
  };
}

function withoutTls(target: EntryPoint, { from, to, at }: GlobalRedirect): Violation {
  return {
    at,
    observed: `'${from.name}' redirects everything to ${quote(to)}, whose routers speak no TLS unless they say so`,
    expected: `TLS on '${target.name}' itself`,
    fix: `\`ports.${target.name}.http.tls.enabled: true\` (\`--entrypoints.${target.name}.http.tls=true\`), or \`router.tls: "true"\` in the ingressTemplate of the solver`,
  };
}
