import { lookUp } from '../look-up';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { RegistryView } from '../registry-view';
import { controllerOfIngressClass } from './controller-class';
import { nginxProviderOf } from './nginx-provider';
import type { RegistryIngress } from './registry-ingress';
import { registryIngresses } from './registry-ingress';

/** The two ingress controllers made of nginx: the community's and F5's. */
export type NginxFlavor = 'community' | 'f5';

/** An Ingress of a registry that an nginx serves. */
export interface NginxIngress extends RegistryIngress {
  readonly flavor: NginxFlavor;
}

/** Begin of the annotations of each controller. */
export const NGINX_PREFIX: { readonly [F in NginxFlavor]: string } = {
  community: 'nginx.ingress.kubernetes.io/',
  f5: 'nginx.org/',
};

const CONTROLLERS: { readonly [controller: string]: NginxFlavor } = {
  'k8s.io/ingress-nginx': 'community',
  'nginx.org/ingress-controller': 'f5',
};

/** The Ingresses of a registry that an nginx serves; not those of Traefik's nginx provider. */
export function nginxIngresses(registry: RegistryView): readonly NginxIngress[] {
  const { estate } = registry;
  return registry.remember('nginx ingresses', () =>
    registryIngresses(registry).flatMap((ingress) => {
      const flavor = flavorOf(ingress, estate);
      if (!flavor || nginxProviderOf(ingress, estate)) {
        return [];
      }
      // Without a class the controller is a guess: then nothing is missing.
      const complete = ingress.complete && ingress.className !== undefined;
      return [{ ...ingress, complete, flavor }];
    }),
  );
}

function flavorOf(ingress: RegistryIngress, estate: Estate): NginxFlavor | undefined {
  const { className } = ingress;
  if (className === undefined) {
    return isForTraefik(ingress) ? undefined : flavorByAnnotations(ingress);
  }
  const controller = controllerOfIngressClass(estate, className);
  if (controller !== undefined) {
    return lookUp(CONTROLLERS, controller);
  }
  // Both controllers call their class `nginx`.
  return className.includes('nginx') ? (flavorByAnnotations(ingress) ?? 'community') : undefined;
}

function flavorByAnnotations(ingress: RegistryIngress): NginxFlavor | undefined {
  return (['community', 'f5'] as const).find((flavor) => speaks(ingress, NGINX_PREFIX[flavor]));
}

function isForTraefik(ingress: RegistryIngress): boolean {
  return speaks(ingress, 'traefik.ingress.kubernetes.io/');
}

function speaks({ annotations }: RegistryIngress, prefix: string): boolean {
  return annotations.entries().some(([name]) => name.startsWith(prefix));
}

/** Whether a snippet of the Ingress writes a directive of nginx itself. */
export function snippetSays({ annotations }: RegistryIngress, directive: string): boolean {
  return annotations
    .entries()
    .some(([name, { text = '' }]) => /-snippets?$/.test(name) && text.includes(directive));
}

/** The entry of the controller's own configuration that holds for Ingresses without an annotation, where it is seen. */
export function controllerEntry(estate: Estate, key: string): string | undefined {
  const configs = estate.remember('nginx controller configs', () => controllerConfigs(estate));
  return configs.map((config) => config.get(key).scalar).find((text) => text !== undefined);
}

/** Names charts and guides give the controllers' ConfigMaps. */
const CONFIG_MAP = /^(nginx-configuration|nginx-config|nginx-ingress)$|ingress-nginx-controller$/;

/** The ConfigMaps of the controllers, and the values of their charts that become them. */
function controllerConfigs(estate: Estate): Cursor[] {
  const maps = estate
    .ofKind('ConfigMap')
    .filter(({ name }) => CONFIG_MAP.test(name))
    .map(({ root }) => root.get('data'));
  const charts = chartValuesOfControllers(estate).map((values) =>
    values.get('controller', 'config'),
  );
  return [...maps, ...charts, ...charts.map((config) => config.get('entries'))];
}

function chartValuesOfControllers(estate: Estate): Cursor[] {
  const releases = estate
    .ofKind('HelmRelease')
    .map(({ root }) => root.get('spec'))
    .filter((spec) => isController(spec.get('chart', 'spec', 'chart')))
    .map((spec) => spec.get('values'));
  const sources = estate
    .ofKind('Application')
    .map(({ root }) => root.get('spec'))
    .flatMap((spec) => [spec.get('source'), ...spec.get('sources').items()])
    .filter((source) => isController(source.get('chart')))
    .map((source) => source.get('helm'))
    .flatMap((helm) => [helm.get('valuesObject'), ...parsed(helm.get('values'), estate)]);
  const charts = estate
    .ofKind('HelmChart')
    .map(({ root }) => root.get('spec'))
    .filter((spec) => isController(spec.get('chart')))
    .flatMap((spec) => parsed(spec.get('valuesContent'), estate));
  return [...releases, ...sources, ...charts];
}

function isController(chart: Cursor): boolean {
  return /(^|\/)(ingress-nginx|nginx-ingress)$/.test(chart.text ?? '');
}

function parsed(text: Cursor, estate: Estate): Cursor[] {
  const root = text.text ? estate.parseYaml(text) : undefined;
  return root ? [root] : [];
}
