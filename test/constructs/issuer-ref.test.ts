import { IssuerRef } from 'cdk8s-gitea-registry';

it('can be an issuer for all namespaces, of one namespace, or of another controller', () => {
  expect(IssuerRef.clusterIssuer('letsencrypt-prod')._toDeclaration()).toEqual({
    name: 'letsencrypt-prod',
    kind: 'ClusterIssuer',
    group: 'cert-manager.io',
  });
  expect(IssuerRef.issuer('ca')._toDeclaration()).toEqual({
    name: 'ca',
    kind: 'Issuer',
    group: 'cert-manager.io',
  });
  expect(
    IssuerRef.external('awspca.cert-manager.io', 'AWSPCAIssuer', 'ca')._toDeclaration(),
  ).toEqual({ name: 'ca', kind: 'AWSPCAIssuer', group: 'awspca.cert-manager.io' });
});

it.each([
  [
    'name',
    () => IssuerRef.clusterIssuer('Lets_Encrypt'),
    /^issuer\.name 'Lets_Encrypt' .*REG660\)$/,
  ],
  ['name', () => IssuerRef.issuer(''), /^issuer\.name '' .*REG660\)$/],
  ['kind', () => IssuerRef.external('x.io', 'issuer', 'a'), /^issuer\.kind 'issuer' .*REG660\)$/],
  ['group', () => IssuerRef.external('X.io', 'Issuer', 'a'), /^issuer\.group 'X\.io' .*REG660\)$/],
])('throws when the %s is none', (_part, make, message) => {
  expect(make).toThrow(message);
});
