import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { objectName } from '../manifest';
import { annotation, classOf } from '../read/ingress';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import type { Http01Solver } from './http01-solver';
import { editsIngress, http01Solvers } from './http01-solver';
import { routeObjects } from './tls-producers';

/** REG553: the Ingress of the http01 solver must be taken by the controller the host's requests come to. */
export const solverClass: Rule = {
  code: 'REG553',
  slug: 'solver-class',
  title: "the http01 solver's class is the class of the registry's ingress controller",
  severity: 'error',
  why: 'the challenge is asked at http://HOST; an Ingress of another class is served by another controller, or by none, and the certificate is never issued',
  shows: [
    "Challenge: `Waiting for HTTP-01 challenge propagation: wrong status code '404', expected '200'`",
    '`kubectl get ingress -A`: `cm-acme-http-solver-…` with another CLASS than the route, ADDRESS empty',
  ],
  fix: '`ingressClassName: traefik` in the http01 solver of the issuer: the class of the route',
  links: [
    'https://cert-manager.io/docs/configuration/acme/http01',
    'https://github.com/cert-manager/cert-manager/issues/4821',
  ],
  judgeRegistry: (registry) =>
    http01Solvers(registry).flatMap((solver) => [
      ...twoClasses(solver),
      ...otherClass(registry, solver),
    ]),
};

/** Ways to say which Ingress serves the challenge; cert-manager's reference: only one of them. */
const CLASS_FIELDS = ['ingressClassName', 'class', 'name'];

function twoClasses({ ingress }: Http01Solver): Violation[] {
  const written = CLASS_FIELDS.filter((field) => ingress.get(field).text);
  return written.length < 2
    ? []
    : [
        {
          at: ingress,
          observed: `${written.map((field) => `\`${field}\``).join(' and ')} side by side`,
          expected: '`ingressClassName` alone',
          why: 'the solver Ingress then carries the old annotation beside the field, and Kubernetes refuses it where they differ',
          fix: 'remove `class` from the solver',
        },
      ];
}

/** Classes of the registry's Ingresses; none where its routes are of other kinds. */
function otherClass(registry: RegistryView, solver: Http01Solver): Violation[] {
  const at = classOfChallenge(solver);
  const routes = routeObjects(registry, 'Ingress').filter(
    (route) => !isSolver(route) && classOf(route).text,
  );
  const fits = routes.some((route) => isSameClass(registry.estate, at?.text, classOf(route).text));
  return !at?.text || routes.length === 0 || fits
    ? []
    : [
        {
          at,
          observed: `the challenge is served by class ${quote(at.text)}, the registry by ${quote(classOf(routes[0]).text)} (${objectName(routes[0])})`,
          expected: quote(classOf(routes[0]).text),
          fix: `set the class to ${quote(classOf(routes[0]).text)}`,
        },
      ];
}

/** Annotations that choose another Ingress than the solver says; the shim reads the first, Certificates the others. */
const OVERRIDES = {
  shim: ['ingress-ingressclassname', 'ingress-class'],
  certificate: ['override-ingress-ingressclassname', 'override-ingress-class'],
} as const;

/** Where the class of the solver's Ingress is written; undefined where it takes none, or an Ingress there is. */
function classOfChallenge(solver: Http01Solver): Cursor | undefined {
  if (editsIngress(solver)) {
    return undefined;
  }
  const { ingress, producer } = solver;
  const places = [
    ...OVERRIDES[producer.source].map((name) =>
      annotation(producer.manifest, `acme.cert-manager.io/http01-${name}`),
    ),
    ingress.get('ingressClassName'),
    ingress.get('class'),
  ];
  return places.find(({ text }) => text);
}

/** An Ingress cert-manager made for a challenge, in a dump of a cluster. */
function isSolver({ root }: Manifest): boolean {
  return root.get('metadata', 'labels', 'acme.cert-manager.io/http01-solver').scalar === 'true';
}

/** Whether two classes are one, by name or by the controller that takes both. */
function isSameClass(estate: Estate, one: string | undefined, other: string | undefined): boolean {
  const controllers = estate.remember(
    'controllers by class',
    () =>
      new Map(
        estate
          .ofKind('IngressClass')
          .map(({ name, root }) => [name, root.get('spec', 'controller').text]),
      ),
  );
  const controller = controllers.get(one ?? '');
  return one === other || (controller !== undefined && controller === controllers.get(other ?? ''));
}
