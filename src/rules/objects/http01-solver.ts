import type { Cursor } from '../cursor';
import { issuerObject } from '../names/issuer-trust';
import { solverFor } from '../read/acme-solver';
import type { CertificateProducer } from '../read/certificate';
import { CERT_MANAGER } from '../read/certificate';
import { annotation, TRAEFIK_ROUTER } from '../read/ingress';
import { defaultEntryPoints, isPlain } from '../read/taken-entry-points';
import type { EntryPoint, TraefikStatic } from '../read/traefik-static';
import { listOf, option } from '../read/traefik-static';
import type { RegistryView } from '../registry-view';
import { tlsProducers } from './tls-producers';

/** An http01 solver a certificate of the registry is made with. */
export interface Http01Solver {
  /** `http01.ingress` of the solver. */
  readonly ingress: Cursor;
  readonly producer: CertificateProducer;
}

/** The http01 solvers of the issuers that make the registry's certificates, as far as they are here. */
export function http01Solvers(registry: RegistryView): readonly Http01Solver[] {
  return registry.remember('http01 solvers', () =>
    tlsProducers(registry)
      .flat()
      .flatMap((producer) => {
        const ingress = solverOf(registry, producer)?.get('http01', 'ingress');
        return ingress?.isMap ? [{ ingress, producer }] : [];
      }),
  );
}

function solverOf(
  { estate, hostName = '' }: RegistryView,
  { issuer, namespace, manifest }: CertificateProducer,
): Cursor | undefined {
  const object =
    issuer?.group === CERT_MANAGER ? issuerObject(issuer, namespace, estate) : undefined;
  const labels = manifest.root.get('metadata', 'labels');
  return object && solverFor(object, hostName, (name) => labels.get(name).text);
}

const ACME = 'acme.cert-manager.io/http01-';

/** Annotations that make cert-manager edit an Ingress there is, which then decides where the challenge is served. */
const EDITED = ['edit-in-place', 'override-ingress-name'];

/** Whether the challenge is written into an Ingress there is. */
export function editsIngress({ ingress, producer }: Http01Solver): boolean {
  const edited = EDITED.map((name) => annotation(producer.manifest, `${ACME}${name}`).scalar);
  return Boolean(ingress.get('name').text) || edited.some((text) => text && text !== 'false');
}

/** Solvers whose Ingress cert-manager makes and a Traefik takes, with every such Traefik that is known here. */
export function solversAtTraefik(
  registry: RegistryView,
): readonly (readonly [Http01Solver, TraefikStatic])[] {
  const solvers = http01Solvers(registry).filter((solver) => !editsIngress(solver));
  return solvers.flatMap((solver) =>
    registry.estate.traefiks
      .filter((traefik) => takes(traefik, solver))
      .map((traefik) => [solver, traefik] as const),
  );
}

function takes(traefik: TraefikStatic, { ingress }: Http01Solver): boolean {
  const wanted = option(traefik, 'providers.kubernetesingress.ingressclass')?.text;
  const own = ingress.get('ingressClassName').text ?? ingress.get('class').text;
  if (own === undefined) {
    return true;
  }
  return wanted === undefined ? own.includes('traefik') : wanted === own;
}

/** An annotation the solver gives to the Ingress it makes. */
export function solverAnnotation({ ingress }: Http01Solver, name: string): Cursor {
  return ingress.get('ingressTemplate', 'metadata', 'annotations', `${TRAEFIK_ROUTER}${name}`);
}

/** The entry points the solver's Ingress is served on. */
export function entryPointsOfSolver(
  solver: Http01Solver,
  traefik: TraefikStatic,
): readonly EntryPoint[] {
  const at = solverAnnotation(solver, 'entrypoints');
  const named = listOf({ name: 'entrypoints', text: at.text?.toLowerCase() ?? '', at });
  return named.length > 0
    ? traefik.entryPoints.filter(({ name }) => named.includes(name))
    : defaultEntryPoints(traefik);
}

/** A redirect of everything that comes to an entry point. */
export interface GlobalRedirect {
  /** Entry point of plain http. */
  readonly from: EntryPoint;
  /** Name of an entry point, or `:443`. */
  readonly to: string;
  readonly at: Cursor;
  /** Priority of its router, where written; else it beats every other. */
  readonly priority?: number;
}

/** The entry points of port 80. */
export function plainEntryPoints({ entryPoints }: TraefikStatic): EntryPoint[] {
  return entryPoints.filter(isPlain);
}

/** The redirects a Traefik answers plain http with. */
export function globalRedirects(traefik: TraefikStatic): GlobalRedirect[] {
  return plainEntryPoints(traefik).flatMap((from) => {
    const prefix = `entrypoints.${from.name}.http.redirections.entrypoint`;
    const to = option(traefik, `${prefix}.to`);
    const priority = Number(option(traefik, `${prefix}.priority`)?.text);
    return to
      ? [{ from, to: to.text, at: to.at, ...(Number.isInteger(priority) && { priority }) }]
      : [];
  });
}
