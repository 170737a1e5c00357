import type { ServedResource } from './served-resource';

/** A `Status` of Kubernetes: what the API server answers where it has no object to give. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: object;
  readonly status: 'Success' | 'Failure';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: object;
  readonly code?: number;
}

/** A refusal of the API server, thrown by whatever finds it. */
export class Refusal extends Error {
  readonly status: Status & { readonly code: number };

  constructor(code: number, reason: string, message: string, details?: object) {
    super(message);
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason,
      details,
      code,
    };
  }
}

/** 401: the credential is expired or unknown. */
export function unauthorized(): Refusal {
  return new Refusal(401, 'Unauthorized', 'Unauthorized');
}

/** 404 of a path no resource is served at. */
export function noSuchPath(): Refusal {
  const message = 'the server could not find the requested resource';
  return new Refusal(404, 'NotFound', message, {});
}

/** 404 of an object: `pods "gitea-0" not found`, `certificates.cert-manager.io "gitea-tls" not found`. */
export function notFound(resource: ServedResource, name: string): Refusal {
  const { group, plural } = resource;
  const type = group === '' ? plural : `${plural}.${group}`;
  const details = { name, group: group === '' ? undefined : group, kind: plural };
  return new Refusal(404, 'NotFound', `${type} "${name}" not found`, details);
}

/** 405: a verb the resource does not have here. */
export function methodNotAllowed(): Refusal {
  const message = 'the server does not allow this method on the requested resource';
  return new Refusal(405, 'MethodNotAllowed', message, {});
}
