import { standingOf } from '../../../../src/doctor/cluster/pulls/keyring';
import { asManifest, Estate } from '../../../../src/rules';

const IMAGE = 'git.example.org/acme/app:1.0';
const TYPE = 'kubernetes.io/dockerconfigjson';
const auth = Buffer.from('bot:redacted').toString('base64');

function standing(config: unknown, type = TYPE, key = '.dockerconfigjson'): string {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    type,
    metadata: { name: 'pull', namespace: 'shop' },
    data: { [key]: Buffer.from(text).toString('base64') },
  };
  const [source] = new Estate([asManifest(secret, {})]).secretSources;
  const found = standingOf(source, IMAGE);
  return 'words' in found ? `${found.kind}: ${found.words}` : found.kind;
}

const forKey = (...keys: readonly string[]): string =>
  standing({ auths: Object.fromEntries(keys.map((key) => [key, { auth }])) });

describe('what a Secret is to kubelet', () => {
  it('serves the image by host, by glob and by a path of its beginning', () => {
    expect(forKey('git.example.org')).toBe('serves');
    expect(forKey('*.example.org')).toBe('serves');
    expect(forKey('git.example.org/acme')).toBe('serves');
    expect(forKey('https://git.example.org/v2/')).toBe('serves');
  });

  it('does not match by another port or a path that is no beginning', () => {
    expect(forKey('git.example.org:443')).toBe(
      "key: its key 'git.example.org:443' does not match the image",
    );
    expect(forKey('https://git.example.org/v2')).toMatch(/^key: /);
  });

  it('is for others', () => {
    expect(forKey('ghcr.io')).toBe("foreign: it is for 'ghcr.io'");
    expect(forKey('ghcr.io', 'quay.io', 'docker.io')).toBe('foreign: it is for 3 other hosts');
  });

  it('is refused for its form', () => {
    expect(standing({ auths: { 'git.example.org': { auth } } }, 'Opaque')).toBe(
      "form: its type is 'Opaque'",
    );
    expect(standing({}, TYPE, 'config.json')).toBe("form: it lacks the key '.dockerconfigjson'");
    expect(standing('{"auths": ')).toBe('form: the docker config is no JSON');
    expect(standing({ auths: { 'git.example.org': { auth: '!' } } })).toBe(
      "form: 'auth' is no base64",
    );
  });

  it('is refused as a whole for the broken entry of another host', () => {
    expect(standing({ auths: { 'git.example.org': { auth }, 'ghcr.io': { auth: '!' } } })).toBe(
      "form: 'auth' is no base64",
    );
  });

  it('is not judged where it has the older form', () => {
    expect(standing({}, 'kubernetes.io/dockercfg', '.dockercfg')).toBe('opaque');
  });
});
