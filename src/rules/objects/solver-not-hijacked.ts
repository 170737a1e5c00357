import type { StaticOption, TraefikStatic } from '../read/traefik-static';
import { option } from '../read/traefik-static';
import type { Rule, Violation } from '../rule';
import { plainEntryPoints, solversAtTraefik } from './http01-solver';

/** REG556: a resolver of Traefik with the http challenge answers every challenge on its entry point. */
export const solverNotHijacked: Rule = {
  code: 'REG556',
  slug: 'solver-not-hijacked',
  title: "Traefik's own ACME does not answer cert-manager's challenges",
  severity: 'error',
  gate: 'Traefik',
  why: "a certificate resolver with httpChallenge makes a router for /.well-known/acme-challenge/ of highest priority on its entry point, for all hosts: cert-manager's solver is never asked",
  shows: [
    "Traefik's dashboard shows `acme-http@internal` on the entry point of port 80",
    "Challenge: `Waiting for HTTP-01 challenge propagation: wrong status code '404', expected '200'`",
  ],
  fix: '`ports.web.allowACMEByPass: true` in the values of Traefik, or remove the resolver',
  links: [
    'https://github.com/traefik/traefik/issues/8992',
    'https://github.com/traefik/traefik/pull/10981',
    'https://github.com/traefik/traefik/issues/11905',
  ],
  judgeRegistry: (registry) => {
    const traefiks = new Set(solversAtTraefik(registry).map(([, traefik]) => traefik));
    return [...traefiks].flatMap((traefik) =>
      challenges(traefik).flatMap((challenge) => hijacked(challenge, traefik)),
    );
  },
};

const CHALLENGE = /^certificatesresolvers\.(.+)\.acme\.httpchallenge\.entrypoint$/;

/** Entry points on which Traefik answers challenges itself, and the resolver that asks for it. */
function challenges({ options }: TraefikStatic): { resolver: string; entryPoint: StaticOption }[] {
  return options.flatMap((entryPoint) => {
    const resolver = CHALLENGE.exec(entryPoint.name)?.[1];
    return resolver === undefined ? [] : [{ resolver, entryPoint }];
  });
}

function hijacked(
  { resolver, entryPoint }: ReturnType<typeof challenges>[number],
  traefik: TraefikStatic,
): Violation[] {
  const name = entryPoint.text.toLowerCase();
  const isPlain = plainEntryPoints(traefik).some((plain) => plain.name === name);
  const passes = option(traefik, `entrypoints.${name}.allowacmebypass`)?.text === 'true';
  return !isPlain || passes
    ? []
    : [
        {
          at: entryPoint.at,
          observed: `resolver '${resolver}' answers the challenges on '${name}', where cert-manager's are asked`,
          expected: `\`allowACMEByPass: true\` on '${name}', or no httpChallenge`,
          fix: `\`ports.${name}.allowACMEByPass: true\` (\`--entrypoints.${name}.allowacmebypass=true\`), or remove the resolver`,
        },
      ];
}
