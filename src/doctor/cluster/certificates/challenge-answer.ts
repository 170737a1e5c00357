import type { KubeObject } from '../../../cluster';
import { serverText } from '../../../client/server-text';
import { Cursor } from '../../../rules/cursor';
import { ask } from '../../ask';
import type { Sight } from '../../sight';

/** What this machine gets where the authority asks for an http01 challenge (RFC 8555 §8.3); undefined where it is none. */
export async function challengeAnswer(
  sight: Sight,
  challenge: KubeObject,
): Promise<string | undefined> {
  const spec = new Cursor(challenge).get('spec');
  const token = spec.get('token').text;
  const host = spec.get('dnsName').text;
  const isHttp = spec.get('type').text === 'HTTP-01';
  if (!isHttp || token === undefined || host === undefined || sight.request.paths.length === 0) {
    return undefined;
  }
  const path = `/.well-known/acme-challenge/${encodeURIComponent(token)}`;
  const answer = await ask(sight, { url: `http://${host}${path}`, surface: 'generic' });
  const met = 'error' in answer ? answer.error.message : `HTTP ${answer.status}`;
  return serverText(`asked from here, http://${host}/.well-known/acme-challenge/… gives ${met}`);
}
