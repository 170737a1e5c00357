import { quote } from '../../declaration/problem';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { groupOf } from '../manifest';
import { tagOf } from '../read/forge-image';
import type { GatewayCrd } from '../read/gateway-crds';
import { GATEWAY_GROUP, gatewayCrds } from '../read/gateway-crds';
import { chartLine } from '../read/traefik-chart-line';
import type { TraefikStatic } from '../read/traefik-static';
import { usesProvider } from '../read/traefik-static';
import type { Violation } from '../rule';

/** Gateway objects and CRDs that do not fit each other, or the Traefik that reads them. */
export function gatewayLevels(estate: Estate): Violation[] {
  const crds = gatewayCrds(estate);
  return crds.length === 0
    ? []
    : [
        ...estate.manifests.flatMap((manifest) => unservedVersion(manifest, crds)),
        ...oldCrds(estate, crds),
      ];
}

/** An object of a version its CRD does not serve. */
function unservedVersion(manifest: Manifest, crds: readonly GatewayCrd[]): Violation[] {
  const crd = crds.find(({ kind }) => kind === manifest.kind);
  if (groupOf(manifest) !== GATEWAY_GROUP || crd === undefined || crd.served.length === 0) {
    return [];
  }
  const version = manifest.apiVersion.slice(GATEWAY_GROUP.length + 1);
  return crd.served.includes(version)
    ? []
    : [
        {
          at: manifest.root.get('apiVersion'),
          observed: `version ${quote(version)} of ${manifest.kind}, which the CRD here does not serve`,
          expected: crd.served.map((one) => quote(`${GATEWAY_GROUP}/${one}`)).join(' or '),
          why: 'the API server refuses the object, and with it the route is missing',
          fix: 'write a version the CRD serves, or apply the CRDs of a release of the Gateway API that has this one',
        },
      ];
}

/** A Traefik that watches kinds which only a newer release of the Gateway API has. */
interface GatewayNeed {
  /** Minor of Traefik 3 from which on. */
  readonly traefik: number;
  /** Minor of Gateway API 1. */
  readonly gateway: number;
  /** What it watches. */
  readonly watches: string;
}

/** Newest first (Traefik, `pkg/provider/kubernetes/gateway/client.go`, which watches them whether used or not). */
const NEEDS: readonly GatewayNeed[] = [
  { traefik: 7, gateway: 5, watches: 'TLSRoute v1' },
  { traefik: 6, gateway: 4, watches: 'BackendTLSPolicy v1' },
];

function oldCrds(estate: Estate, crds: readonly GatewayCrd[]): Violation[] {
  // One release is applied whole: its first CRD speaks for it.
  const crd = crds.find(({ release }) => release !== undefined);
  const [major = 0, minor = 0] = crd?.release ?? [];
  return estate.traefiks
    .filter((traefik) => usesProvider(traefik, 'kubernetesGateway'))
    .flatMap((traefik) => {
      const own = traefikMinor(traefik, estate);
      const need = NEEDS.find((one) => own !== undefined && own >= one.traefik);
      const isOld = need !== undefined && (major < 1 || (major === 1 && minor < need.gateway));
      return crd && isOld ? [tooOld(crd, need, own!)] : [];
    });
}

function tooOld({ releaseAt }: GatewayCrd, need: GatewayNeed, minor: number): Violation {
  return {
    at: releaseAt,
    observed: `CRDs of Gateway API ${quote(releaseAt.text)}, with Traefik 3.${minor}`,
    expected: `Gateway API 1.${need.gateway} or newer`,
    why: `Traefik 3.${minor} watches ${need.watches}, used or not, and loads no route of any Gateway until the cluster has it`,
    fix: `apply the CRDs of Gateway API 1.${need.gateway} first, then upgrade Traefik`,
  };
}

/** Minor of Traefik 3 by chart major, where all releases of the major have the same (Chart.yaml, appVersion). */
const MINOR_OF_LINE: ReadonlyMap<number, number> = new Map([
  [38, 6],
  [39, 6],
  [40, 7],
  [41, 7],
]);

/** The minor of a Traefik 3, by its image, else by its chart; undefined where neither says it. */
function traefikMinor(traefik: TraefikStatic, estate: Estate): number | undefined {
  const image = traefik.at.get('image');
  const written =
    traefik.version ??
    (image.get('tag').scalar || traefik.at.get('versionOverride').scalar || image.text);
  if (!written) {
    const values = estate.values.find(({ root }) => root === traefik.at);
    return values && MINOR_OF_LINE.get(chartLine(values, estate) ?? 0);
  }
  const minor = /^v?3\.(\d{1,3})(?!\d)/.exec(tagOf(written) ?? written)?.[1];
  return minor === undefined ? undefined : Number(minor);
}
