import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import type { ChartValues } from '../read/chart-values';
import { annotation, classOf } from '../read/ingress';
import { ingressRouteClass } from '../read/ingress-route';
import type { TraefikStatic } from '../read/traefik-static';
import { option, usesProvider } from '../read/traefik-static';
import type { Rule, Violation } from '../rule';

/** REG216: a route without a class is taken by every controller, or by none. */
export const routeClass: Rule = {
  code: 'REG216',
  slug: 'route-class',
  title: 'the route names the class of exactly one running controller',
  severity: 'error',
  why: 'a route without class is taken by every controller that takes such routes, or by none; one of an unknown class by none: it exists, has no address, and the proxy answers 404',
  shows: [
    '`kubectl get ingress`: CLASS `<none>`, ADDRESS empty',
    '`curl -i https://HOST/v2/`: 404, and the router is missing from the list of the controller (Traefik: /api/http/routers)',
    'two controllers write different addresses into status.loadBalancer by turns',
  ],
  fix: 'name the class: `ingressClassName: traefik`',
  unseen:
    'a route that no controller serves, or two serve, answers over the network as a missing route does (REG211); only the objects of the cluster tell them apart',
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class',
    'https://github.com/traefik/traefik/issues/8631',
    'https://github.com/traefik/traefik/issues/12174',
  ],
  judgeRegistry: ({ routes, estate }) =>
    [...new Set(routes.map(({ manifest }) => manifest))].flatMap((manifest) =>
      judgeRoute(manifest, estate),
    ),
};

function judgeRoute(manifest: Manifest, estate: Estate): Violation[] {
  switch (manifest.kind) {
    case 'Ingress':
      return judgeIngress(manifest, estate);
    case 'IngressRoute':
      return unwatched(ingressRouteClass(manifest), 'kubernetesCRD', manifest, estate);
    default:
      return [];
  }
}

function judgeIngress(manifest: Manifest, estate: Estate): Violation[] {
  const at = classOf(manifest);
  if (!at.text) {
    return withoutClass(manifest, estate);
  }
  // The annotation needs no IngressClass: a controller compares it with its own option.
  return at.step === 'ingressClassName'
    ? unknownClass(at, estate)
    : at.text.includes('traefik')
      ? unwatched(at, 'kubernetesIngress', manifest, estate)
      : [];
}

/** A class of Ingresses the cluster has, as far as it is known. */
interface IngressClass {
  readonly name: string;
  readonly isDefault: boolean;
  /** `spec.controller` of the object; absent where only values of Traefik's chart tell of the class. */
  readonly controller?: string;
}

function classesOf(estate: Estate): readonly IngressClass[] {
  return estate.remember('ingress classes', () => {
    const ofCharts = estate.values.filter(({ chart }) => chart === 'traefik').flatMap(classOfChart);
    const rendered = estate.ofKind('IngressClass').map((manifest) => ({
      name: manifest.name,
      isDefault: annotation(manifest, DEFAULT_CLASS).scalar === 'true',
      controller: manifest.root.get('spec', 'controller').text ?? '',
    }));
    return [...new Map([...ofCharts, ...rendered].map((one) => [one.name, one])).values()];
  });
}

const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';

/** Traefik's chart renders a class with the name of the release and makes it the default, unless told otherwise. */
function classOfChart({ root, releaseName }: ChartValues): IngressClass[] {
  const values = root.get('ingressClass');
  return values.get('enabled').value === false
    ? []
    : [
        {
          name: values.get('name').text || (releaseName ?? 'traefik'),
          isDefault: values.get('isDefaultClass').value !== false,
        },
      ];
}

function withoutClass(manifest: Manifest, estate: Estate): Violation[] {
  const classes = classesOf(estate);
  const defaults = classes.filter(({ isDefault }) => isDefault);
  // Charts of several clusters may stand side by side, each with its default.
  const several = defaults.filter(({ controller }) => controller !== undefined).length > 1;
  if (classes.length < 2 || (defaults.length > 0 && !several)) {
    return [];
  }
  const names = listed(classes);
  return [
    {
      at: manifest.root.get('spec'),
      observed: several
        ? `no ingressClassName, and several default classes: ${listed(defaults)}`
        : `no ingressClassName, and none of the classes ${names} is the default`,
      expected: 'the name of one class',
      fix: `set ingressClassName to one of ${names}`,
    },
  ];
}

function listed(classes: readonly IngressClass[]): string {
  return classes.map(({ name }) => quote(name)).join(', ');
}

/** A class nobody has, while those of its controller are rendered. Any other class may be the cluster's own. */
function unknownClass(at: Cursor, estate: Estate): Violation[] {
  const classes = classesOf(estate);
  const name = at.text ?? '';
  const known = classes.some((one) => one.name === name) || isBundled(name, estate);
  const siblings = classes.filter((one) => isOfSameFamily(one, name));
  return known || siblings.length === 0
    ? []
    : [
        {
          at,
          observed: `class ${quote(name)}, which no IngressClass has`,
          expected: `one of ${listed(siblings)}`,
          fix: `set ingressClassName to one of ${listed(siblings)}`,
        },
      ];
}

/** Whether a rendered class is of the controller that the name of another holds. */
function isOfSameFamily({ controller }: IngressClass, name: string): boolean {
  return ['traefik', 'nginx'].some(
    (family) => name.includes(family) && (controller?.includes(family) ?? false),
  );
}

/** k3s brings a class `traefik` of its own. */
function isBundled(name: string, estate: Estate): boolean {
  return name === 'traefik' && estate.ofKind('HelmChart', 'HelmChartConfig').length > 0;
}

/** Every Traefik that is seen compares the class with its own option, and none takes this one. */
function unwatched(at: Cursor, provider: string, manifest: Manifest, estate: Estate): Violation[] {
  const traefiks = estate.traefiks.filter((traefik) => usesProvider(traefik, provider));
  const takers = traefiks.filter((traefik) => takesClass(traefik, provider, at.text ?? ''));
  if (traefiks.length === 0 || takers.length > 0) {
    return [];
  }
  const watched = new Set(traefiks.map((traefik) => watchedClass(traefik, provider) || 'traefik'));
  return [
    {
      at: at.exists ? at : manifest.root.get('metadata'),
      observed: `${at.exists ? `class ${quote(at.text)}` : 'no class'}, which Traefik leaves alone by providers.${provider}.ingressClass`,
      expected: `class ${[...watched].map(quote).join(' or ')}`,
      fix: `name that class in ${at.step === 'ingressClassName' ? 'spec.ingressClassName' : 'the annotation kubernetes.io/ingress.class'}`,
    },
  ];
}

/** The class a Traefik is told to watch; empty for none; undefined where the rules cannot tell. */
function watchedClass(traefik: TraefikStatic, provider: string): string | undefined {
  const told = option(traefik, `providers.${provider}.ingressclass`)?.text;
  return told ?? (traefik.complete ? '' : undefined);
}

function takesClass(traefik: TraefikStatic, provider: string, name: string): boolean {
  const wanted = watchedClass(traefik, provider);
  return wanted === undefined || wanted === name || (wanted === '' && name === 'traefik');
}
