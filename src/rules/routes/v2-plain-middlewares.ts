import type { Severity } from '../check';
import { lookUp } from '../look-up';
import { V2 } from '../read/route';
import type { Treatment } from '../read/treatment';
import { pluginNames, treatmentName, treatmentsOf } from '../read/treatment';
import type { Rule, Violation } from '../rule';
import { isBouncer } from './bouncer';
import { servingRoutes, V2_PING } from './serving';
import { snippetFor } from './snippet';

/** REG218: registry traffic is large, parallel and streamed; what is kind to a web page breaks it. */
export const v2PlainMiddlewares: Rule = {
  code: 'REG218',
  slug: 'v2-plain-middlewares',
  title:
    'nothing on the path buffers, retries, throttles, compresses, caches or bans registry traffic',
  severity: 'error',
  why: 'a buffer reads a whole layer first and caps it, parallel layers trip rate limits and bans, a retry repeats half a stream, a cache serves old tags',
  shows: [
    'docker push: `error parsing HTTP 413 response body: invalid character …`, `Request Entity Too Large` without an HTML footer',
    'pulls of many layers: 429 `Too Many Requests` with `Retry-After` and `X-Retry-In`, or 403 `Forbidden`',
    'a tag that was pushed anew is still the old one; the answer carries `Age` or `X-Cache`',
  ],
  fix: 'give `/v2` a rule of its own without that middleware',
  links: [
    'https://github.com/traefik/traefik/issues/8005',
    'https://github.com/traefik/traefik/issues/10741',
  ],
  judgeRegistry: (registry) =>
    servingRoutes(registry, V2_PING).flatMap((route) =>
      treatmentsOf(route, registry.estate).flatMap(faults),
    ),
};

/** What a treatment does to registry traffic. */
interface Harm {
  /** `…s the requests for '/v2'`. */
  readonly verb: string;
  readonly severity?: Severity;
  readonly why?: string;
  readonly fix?: string;
}

function faults(treatment: Treatment): Violation[] {
  const harm = harmOf(treatment);
  if (!harm) {
    return [];
  }
  const { verb, ...rest } = harm;
  return [
    {
      at: treatment.via,
      observed: `${treatmentName(treatment)} ${verb} requests for '/v2'`,
      expected: "'/v2' passed on as it comes",
      ...rest,
    },
  ];
}

/** Traefik's middlewares that do harm, whatever their options. */
const HARMS: { readonly [type: string]: Harm } = {
  buffering: {
    verb: 'buffers',
    why: 'every layer is written to the disk of the proxy before Gitea sees its first byte, and one over maxRequestBodyBytes is refused with 413',
  },
  circuitBreaker: {
    verb: 'cuts',
    why: 'a few slow uploads open the breaker, and for everybody all requests are answered with 503',
  },
  inFlightReq: {
    verb: 'limits parallel',
    why: 'docker and containerd ask for several layers at once, and CI runs several of them behind one address: the rest is refused, by Traefik with 429, by nginx with 503',
  },
  bandwidth: {
    verb: 'slows answers to',
    why: 'a layer of gigabytes takes hours at the speed of a web page, longer than any timeout on the way',
  },
  firewall: {
    verb: 'inspects',
    severity: 'warning',
    why: 'ModSecurity reads bodies up to a limit of its own (13 MB in the recommended settings) and may take the bytes of a layer for an attack: 413 or 403',
    fix: '`nginx.ingress.kubernetes.io/enable-modsecurity: "false"` on an Ingress of its own for `/v2`',
  },
};

function harmOf(treatment: Treatment): Harm | undefined {
  const { type, at } = treatment;
  if (isBouncer(treatment)) {
    return BANNED;
  }
  switch (type) {
    case 'rateLimit':
      return limits(treatment) ? THROTTLED : undefined;
    case 'retry':
      return Number(at.get('attempts').scalar) > 1 ? RETRIED : undefined;
    case 'compress':
      return compressesPackages(treatment) ? COMPRESSED : undefined;
    case 'ipAllowList':
    case 'ipWhiteList':
      return LISTED;
    case 'plugin':
      return pluginNames(treatment).some((name) => CACHE_PLUGIN.test(name)) ? CACHED : undefined;
    case 'snippet':
      return CACHE_DIRECTIVE.test(snippetFor(treatment, V2)) ? CACHED : undefined;
    default:
      return lookUp(HARMS, type);
  }
}

const THROTTLED: Harm = {
  verb: 'throttles',
  why: 'one pull is a burst of requests, for tokens, manifests and each layer; the rest of the burst is refused, by Traefik with 429, by nginx with 503',
};

const CACHED: Harm = {
  verb: 'caches answers to',
  why: 'a tag moves with each push: a cached manifest is the old image, and an answer for one user is given to another',
};

const RETRIED: Harm = {
  verb: 'retries',
  why: 'a streamed layer cannot be sent twice: the second try begins where the first one broke off, and the upload session is lost',
};

const COMPRESSED: Harm = {
  verb: 'compresses answers to',
  why: 'layers are compressed already; packing them again costs CPU and drops the Content-Length clients check',
};

const BANNED: Harm = {
  verb: 'may ban clients that send many',
  severity: 'warning',
  why: 'scans for bots count requests, 401 and 404: each pull begins with a 401, each push asks for layers that are not there yet, and a banned node pulls nothing any more',
  fix: 'leave `/v2` out of it, or put the addresses of nodes and CI on its list of friends',
};

const LISTED: Harm = {
  verb: 'lets only listed addresses send',
  severity: 'info',
  why: 'every node, every CI runner and every developer must come from these addresses; all others get 403',
  fix: 'keep it if that is meant, and list the nodes and CI runners',
};

/** Names people give plugins that cache. */
const CACHE_PLUGIN = /cache|souin/i;

/** nginx: `proxy_cache zone;`, yet not `proxy_cache off;` and not `proxy_cache_valid`. */
const CACHE_DIRECTIVE = /(^|[\s;{])proxy_cache\s+(?!off\b)\S/;

/** Traefik limits only where `average` is above zero; an annotation of nginx by its number. */
function limits({ at }: Treatment): boolean {
  const wanted = at.isMap ? at.get('average') : at;
  return !/^0*$/.test(wanted.scalar ?? '');
}

/** Types a registry answers with begin with `application/`; a list of others leaves them alone. */
function compressesPackages({ at }: Treatment): boolean {
  const included = at.get('includedContentTypes').items();
  return included.length === 0 || included.some(({ text }) => text?.startsWith('application/'));
}
