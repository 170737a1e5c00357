import type { Estate } from '../estate';
import type { TraefikStatic } from '../read/traefik-static';
import { option, usesProvider } from '../read/traefik-static';
import { controllerOfIngressClass } from './controller-class';
import type { RegistryIngress } from './registry-ingress';
import type { TraefikGate } from './traefik-version';
import { isTraefikFrom } from './traefik-version';

const PROVIDER = 'kubernetesingressnginx';

/** First release whose provider limits time and size by ingress-nginx's annotations. */
const LIMITS: TraefikGate = { version: '3.7.0', chart: '40.0.0' };

/** An option of Traefik's nginx provider. */
export function providerOption(traefik: TraefikStatic, name: string): string | undefined {
  return option(traefik, `providers.${PROVIDER}.${name}`)?.text;
}

/** The Traefiks whose nginx provider is on. */
export function nginxProviders(estate: Estate): readonly TraefikStatic[] {
  return estate.remember('traefiks with an nginx provider', () =>
    estate.traefiks.filter((traefik) => usesProvider(traefik, PROVIDER)),
  );
}

/** Whether the nginx provider of a Traefik limits requests. */
export function hasLimits(traefik: TraefikStatic, estate: Estate): boolean {
  return isTraefikFrom(LIMITS, traefik, estate);
}

/** The Traefik whose nginx provider serves an Ingress; undefined when none seen here does. */
export function nginxProviderOf(
  ingress: RegistryIngress,
  estate: Estate,
): TraefikStatic | undefined {
  return nginxProviders(estate).find((traefik) => serves(traefik, ingress, estate));
}

function serves(
  traefik: TraefikStatic,
  { className, namespace }: RegistryIngress,
  estate: Estate,
): boolean {
  const watched = providerOption(traefik, 'watchnamespace') ?? namespace;
  return (
    (namespace === undefined || watched === namespace) && servesClass(traefik, className, estate)
  );
}

/** By the controller of the class; where the class is not seen, by its name. */
function servesClass(
  traefik: TraefikStatic,
  className: string | undefined,
  estate: Estate,
): boolean {
  if (className === undefined) {
    return providerOption(traefik, 'watchingresswithoutclass') === 'true';
  }
  const controller = controllerOfIngressClass(estate, className);
  return controller === undefined
    ? className === (providerOption(traefik, 'ingressclass') ?? 'nginx')
    : controller === (providerOption(traefik, 'controllerclass') ?? 'k8s.io/ingress-nginx');
}
