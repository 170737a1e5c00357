import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import type { GatewayRule } from './gateway-route';
import { gatewayRules, policiesOf } from './gateway-route';
import { goSeconds, nginxSeconds } from './proxy-duration';
import { describeBudget, pushBudget } from './push-budget';

/** How a product writes durations. */
interface Grammar {
  readonly read: (text: string) => number | undefined;
  readonly zeroIsUnlimited: boolean;
}

/** GEP-2257. */
const GATEWAY_API: Grammar = { read: goSeconds, zeroIsUnlimited: true };

const NGINX: Grammar = { read: nginxSeconds, zeroIsUnlimited: false };

/** Timeouts on the rules of HTTPRoutes, and in the policies of the products that serve them. */
export function gatewayTimeouts(registry: RegistryView): Violation[] {
  return gatewayRules(registry).flatMap((rule) => {
    switch (rule.product) {
      case 'traefik':
        return withoutEffect(
          rule,
          'Traefik',
          'the readTimeout of the entry point decides (REG440)',
        );
      case 'nginx':
        return [
          ...withoutEffect(rule, 'NGINX Gateway Fabric', 'a ProxySettingsPolicy decides'),
          ...fabricTimeouts(rule, registry),
        ];
      case 'envoy':
        return [...envoyTimeouts(rule, registry), ...receiveTimeouts(rule, registry)];
      default:
        return ruleTimeouts(rule).flatMap((at) => shortDuration(at, GATEWAY_API, registry));
    }
  });
}

/** Gateway API: `timeouts` of a rule. */
function ruleTimeouts({ at }: GatewayRule): Cursor[] {
  return [at.get('timeouts', 'request'), at.get('timeouts', 'backendRequest')].filter(
    ({ exists }) => exists,
  );
}

function withoutEffect({ at }: GatewayRule, product: string, instead: string): Violation[] {
  const timeouts = at.get('timeouts');
  return timeouts.exists
    ? [
        {
          at: timeouts,
          severity: 'warning',
          observed: `\`timeouts\` on a rule that ${product} serves`,
          expected: 'none',
          why: `${product} accepts \`timeouts\` of an HTTPRoute and ignores them: ${instead}`,
          fix: `remove \`timeouts\`; ${instead}`,
        },
      ]
    : [];
}

/** A rule's own timeouts go before a BackendTrafficPolicy; without either Envoy's 15 s hold. */
function envoyTimeouts(rule: GatewayRule, registry: RegistryView): Violation[] {
  const own = ruleTimeouts(rule);
  const policies = policiesOf(rule, 'BackendTrafficPolicy', registry.estate);
  const requested = policies
    .map(({ root }) => root.get('spec', 'timeout', 'http', 'requestTimeout'))
    .filter(({ exists }) => exists);
  const deciding = own.length > 0 ? own : requested;
  return deciding.length > 0
    ? deciding.flatMap((at) => shortDuration(at, GATEWAY_API, registry))
    : [
        {
          at: rule.at,
          severity: 'warning',
          observed: "no `timeouts` on a rule that Envoy serves: Envoy's default is 15s",
          expected: expected(registry),
          why: 'Envoy gives Gitea 15 s to answer a request: closing the upload of a large layer, which is hashed and stored then, takes longer',
          fix: '`timeouts: {request: 0s}` on the rule, or `timeout.http.requestTimeout: 0s` in a BackendTrafficPolicy',
        },
      ];
}

/** A ClientTrafficPolicy may limit how long a request takes to arrive, as a whole. */
function receiveTimeouts(rule: GatewayRule, registry: RegistryView): Violation[] {
  return policiesOf(rule, 'ClientTrafficPolicy', registry.estate)
    .map(({ root }) => root.get('spec', 'timeout', 'http', 'requestReceivedTimeout'))
    .filter(({ exists }) => exists)
    .flatMap((at) => shortDuration(at, GATEWAY_API, registry));
}

/** NGINX Gateway Fabric: nginx's 60 s unless a ProxySettingsPolicy or a snippet says otherwise. */
function fabricTimeouts(rule: GatewayRule, registry: RegistryView): Violation[] {
  const { estate } = registry;
  const timeouts = policiesOf(rule, 'ProxySettingsPolicy', estate).map(({ root }) =>
    root.get('spec', 'timeout'),
  );
  const hasSnippets =
    rule.at
      .get('filters')
      .items()
      .some((filter) => filter.get('extensionRef', 'kind').text === 'SnippetsFilter') ||
    policiesOf(rule, 'SnippetsPolicy', estate).length > 0;
  const written = ['read', 'send'].map((name) =>
    timeouts.map((at) => at.get(name)).filter(({ exists }) => exists),
  );
  const short = written.flat().flatMap((at) => shortDuration(at, NGINX, registry));
  return hasSnippets || written.every(({ length }) => length > 0)
    ? short
    : [missingPolicy(rule, registry), ...short];
}

function missingPolicy(rule: GatewayRule, registry: RegistryView): Violation {
  const seconds = pushBudget(registry);
  return {
    at: rule.at,
    observed:
      "no ProxySettingsPolicy with `timeout.read` and `timeout.send` on this route: nginx's default is 60s",
    expected: describeBudget(registry),
    fix: `a ProxySettingsPolicy with \`timeout: {read: ${seconds}s, send: ${seconds}s}\` and this HTTPRoute among its targetRefs`,
  };
}

function shortDuration(at: Cursor, grammar: Grammar, registry: RegistryView): Violation[] {
  const seconds = grammar.read(at.scalar ?? '');
  const isShort = seconds !== undefined && seconds < pushBudget(registry);
  return isShort && !(seconds === 0 && grammar.zeroIsUnlimited)
    ? [
        {
          at,
          observed: `${quote(at.step)} is ${quote(at.scalar)}`,
          expected: grammar.zeroIsUnlimited ? expected(registry) : describeBudget(registry),
          fix: `\`${at.step}: ${grammar.zeroIsUnlimited ? '0s' : `${pushBudget(registry)}s`}\``,
        },
      ]
    : [];
}

function expected(registry: RegistryView): string {
  return `0s (no limit), or ${describeBudget(registry)}`;
}
