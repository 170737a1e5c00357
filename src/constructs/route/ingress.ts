import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { splitHost } from '../../declaration/host';
import { LABELS } from '../../declaration/labels';
import type {
  NginxIngressDeclaration,
  RegistryDeclaration,
  TraefikIngressDeclaration,
} from '../../declaration/model';

/** One path of the host in an Ingress of its own. */
export interface IngressPath {
  /** Name of the Ingress. */
  readonly name: string;
  readonly path: string;
  readonly pathType: 'Prefix' | 'Exact';
  readonly annotations: { readonly [annotation: string]: string };
}

/** An Ingress that leads one path of the host to the release. */
export function renderIngress(
  scope: Construct,
  { host, release }: RegistryDeclaration,
  { ingressClassName, tls }: TraefikIngressDeclaration | NginxIngressDeclaration,
  { name, path, pathType, annotations }: IngressPath,
): void {
  const { httpService: service, namespace } = release;
  const hostName = splitHost(host).name;
  new ApiObject(scope, 'Resource', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, labels: { ...LABELS }, annotations: { ...annotations } },
    spec: {
      ingressClassName,
      rules: [
        {
          host: hostName,
          http: {
            paths: [
              {
                path,
                pathType,
                backend: { service: { name: service.name, port: { number: service.port } } },
              },
            ],
          },
        },
      ],
      tls: [{ hosts: [hostName], secretName: tls.secretName }],
    },
  });
}
