import type { AccessTokenCredentialProps, DockerConfigCredentialProps } from 'cdk8s-gitea-registry';
import { RemoteCredential } from 'cdk8s-gitea-registry';

const TOKEN: AccessTokenCredentialProps = { key: 'mosaic/gitea/ci-pull', username: 'ci-pull' };

it('defaults', () => {
  expect(RemoteCredential.accessToken(TOKEN)._data()).toEqual([
    { secretKey: 'token', remoteRef: { key: 'mosaic/gitea/ci-pull', property: 'token' } },
  ]);
  expect(RemoteCredential.dockerConfig({ key: 'apps/pull' })._data()).toEqual([
    { secretKey: 'config', remoteRef: { key: 'apps/pull' } },
  ]);
});

it('all the props', () => {
  const token: Required<AccessTokenCredentialProps> = { ...TOKEN, tokenProperty: 'pull-token' };
  expect(RemoteCredential.accessToken(token)._data()).toEqual([
    { secretKey: 'token', remoteRef: { key: 'mosaic/gitea/ci-pull', property: 'pull-token' } },
  ]);
  const config: Required<DockerConfigCredentialProps> = { key: 'apps', property: 'config.json' };
  expect(RemoteCredential.dockerConfig(config)._data()).toEqual([
    { secretKey: 'config', remoteRef: { key: 'apps', property: 'config.json' } },
  ]);
});

it('builds the docker config with a serializer, so that no token can break the JSON', () => {
  expect(RemoteCredential.accessToken(TOKEN)._template('git.example.org:8443').split('\n')).toEqual(
    [
      '{{- $token := .token | toString | trim -}}',
      '{{- $auth := printf "ci-pull:%s" $token | b64enc -}}',
      '{{- dict "auths" (dict "git.example.org:8443" (dict "username" "ci-pull" "password" $token "auth" $auth)) | toJson -}}',
    ],
  );
});

it('passes a stored docker config on as it is', () => {
  expect(RemoteCredential.dockerConfig({ key: 'apps' })._template('git.example.org')).toBe(
    '{{ .config | toString | trim }}',
  );
});

it.each([
  [() => RemoteCredential.accessToken({ ...TOKEN, key: '' }), /^credential\.key '' .*REG660\)$/],
  [
    () => RemoteCredential.accessToken({ ...TOKEN, username: 'a"b' }),
    /^credential\.username 'a"b' .*REG320\)$/,
  ],
  [
    () => RemoteCredential.accessToken({ ...TOKEN, tokenProperty: 'a\nb' }),
    /^credential\.tokenProperty .*REG660\)$/,
  ],
  [() => RemoteCredential.dockerConfig({ key: ' ' }), /^credential\.key ' ' .*REG660\)$/],
  [
    () => RemoteCredential.dockerConfig({ key: 'a', property: '' }),
    /^credential\.property '' .*REG660\)$/,
  ],
])('throws when a reference is none (%#)', (make, message) => {
  expect(make).toThrow(message);
});
