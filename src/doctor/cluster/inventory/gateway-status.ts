import { serverText } from '../../../client/server-text';
import type { Cursor } from '../../../rules/cursor';
import type { Manifest } from '../../../rules/manifest';
import { objectName } from '../../../rules/manifest';
import type { Outcome } from '../../outcome';
import { broken, passed } from '../../outcome';
import type { Sight } from '../../sight';
import { ownRegistry } from '../own-registry';
import { ruleOutcomes } from '../rule-outcomes';

const CODE = 'REG221';

/** REG221: what the controllers of the Gateways say of the HTTPRoutes of the host; the rule where they say nothing. */
export async function gatewayStatus(sight: Sight): Promise<readonly Outcome[]> {
  const registry = await sight.see(ownRegistry);
  const routes = (registry?.routes ?? []).filter(({ kind }) => kind === 'HTTPRoute');
  const manifests = [...new Set(routes.map(({ manifest }) => manifest))];
  if (manifests.length === 0) {
    return [];
  }
  const refused = manifests.flatMap(refusals);
  if (refused.length > 0) {
    return refused;
  }
  // A controller that took the route knows better than a rule.
  return manifests.every(isTaken)
    ? [passed(CODE, `taken by its Gateway: ${manifests.map(objectName).join(', ')}`)]
    : ruleOutcomes(sight, { code: CODE, reads: ['httproutes', 'gateways'] });
}

function conditionsOf({ root }: Manifest): Cursor[] {
  const parents = root.get('status', 'parents').items();
  return parents.flatMap((parent) => parent.get('conditions').items());
}

/** `Accepted` and `ResolvedRefs` that are false (Gateway API, RouteConditionType). One parent that takes it is enough. */
function refusals(manifest: Manifest): Outcome[] {
  if (isTaken(manifest)) {
    return [];
  }
  const failing = conditionsOf(manifest).filter((condition) => isCondition(condition, 'False'));
  return failing.slice(0, 1).map((condition) => {
    const reason = condition.get('reason').text ?? '';
    const message = condition.get('message').text ?? '';
    return broken(CODE, {
      observed: serverText(`${objectName(manifest)} is refused: ${reason}: ${message}`),
      expected: 'the conditions Accepted and ResolvedRefs true',
    });
  });
}

function isTaken({ root }: Manifest): boolean {
  return root
    .get('status', 'parents')
    .items()
    .some((parent) => {
      const conditions = parent.get('conditions').items();
      return (
        conditions.some((one) => one.get('type').text === 'Accepted' && isTrue(one)) &&
        !conditions.some((one) => isCondition(one, 'False'))
      );
    });
}

function isTrue(condition: Cursor): boolean {
  return condition.get('status').text === 'True';
}

function isCondition(condition: Cursor, status: string): boolean {
  const type = condition.get('type').text ?? '';
  return ['Accepted', 'ResolvedRefs'].includes(type) && condition.get('status').text === status;
}
