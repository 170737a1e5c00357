import type { Treatment } from '../read/treatment';
import { pluginNames } from '../read/treatment';

/** Names people give what bans clients: it is asked on each request, yet shows nobody a login page. */
const BOUNCER = /crowdsec|bouncer|fail2ban|geoblock|modsec|coraza|(^|[-_])waf([-_]|$)/i;

/** Whether a plugin or a forward-auth bans clients by address or pattern instead of authenticating them. */
export function isBouncer(treatment: Treatment): boolean {
  const { type, at } = treatment;
  return type === 'forwardAuth'
    ? BOUNCER.test(at.get('address').text ?? '')
    : pluginNames(treatment).some((name) => BOUNCER.test(name));
}
