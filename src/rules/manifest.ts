import { looksLikeCredential } from '../declaration/credential';
import { Cursor } from './cursor';

/** Where a manifest came from, as far as the caller knows. */
export interface Origin {
  /** File it was read from, as the user named it. */
  readonly file?: string;
  /** Number of the document in that file, from 0. */
  readonly document?: number;
  /** Index below `items`, for an entry of a List. */
  readonly item?: number;
  /** Path of the construct that renders it. */
  readonly construct?: string;
}

/** One document as rendered: a Kubernetes object, a values file, or the declaration itself. */
export interface Manifest {
  /** `group/version`, or `version` for core kinds; empty for a values file. */
  readonly apiVersion: string;
  /** Kind of the object; `Values` for a values file. */
  readonly kind: string;
  readonly name: string;
  /** Namespace as written; absent for cluster-wide kinds and where the tool that applies it decides. */
  readonly namespace?: string;
  /** Its content, never changed by a rule. */
  readonly root: Cursor;
  readonly origin: Origin;
}

/** Kind of a manifest that is a Helm values file. */
export const VALUES = 'Values';

/** Kind of a manifest that is no object and no values file: rules leave it alone. */
export const UNKNOWN = 'Unknown';

/** Reads the identity of a document. A document without `kind` becomes {@link UNKNOWN}; see `isValues`. */
export function asManifest(value: unknown, origin: Origin): Manifest {
  const root = new Cursor(value);
  const kind = root.get('kind').text;
  const manifest: Manifest = {
    apiVersion: root.get('apiVersion').text ?? '',
    kind: kind ?? UNKNOWN,
    // A declaration has no metadata: its host names it.
    name: root.get('metadata', 'name').text ?? harmless(root.get('host').text) ?? '',
    ...namespaceOf(root),
    root,
    origin,
  };
  root.attach(manifest);
  return manifest;
}

/** The same document, known to be a values file. */
export function asValues(value: unknown, origin: Origin): Manifest {
  const root = new Cursor(value);
  const manifest = { apiVersion: '', kind: VALUES, name: origin.file ?? 'values', root, origin };
  root.attach(manifest);
  return manifest;
}

/** A host may be a URL with a password in it, and names are printed. */
function harmless(text: string | undefined): string | undefined {
  return text !== undefined && looksLikeCredential(text) ? undefined : text;
}

function namespaceOf(root: Cursor): { readonly namespace?: string } {
  const namespace = root.get('metadata', 'namespace').text;
  return namespace === undefined ? {} : { namespace };
}

/** API group of a manifest: `traefik.io` of `traefik.io/v1alpha1`, empty for core kinds. */
export function groupOf({ apiVersion }: Manifest): string {
  const slash = apiVersion.lastIndexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Namespace an object lands in when it names none. */
export const DEFAULT_NAMESPACE = 'default';

/** Namespace of a namespaced object, as kubectl without `-n` would take it. */
export function namespaceOrDefault({ namespace }: Manifest): string {
  return namespace ?? DEFAULT_NAMESPACE;
}

/** An object as people name it: `Ingress default/gitea`, `ClusterIssuer letsencrypt`, `Values helm/gitea.yaml`. */
export function objectName({ kind, name, namespace }: Manifest): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name || '(no name)'}`;
}
