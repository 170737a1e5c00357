import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './registries';

/** Where the schemas of the API server lie on a machine that has them. They are not part of this repository. */
export const SCHEMA_FOLDER = resolve(__dirname, '../../../shared/crds');

/** What of {@link SCHEMA_FOLDER} is not there; empty when the strict check can run. */
export const MISSING_SCHEMAS: readonly string[] = [
  'core-kubernetes-1.35.schema.json',
  'cert-manager.io.yaml',
  'external-secrets.io.yaml',
  'gateway.networking.k8s.io.yaml',
  'traefik.io.yaml',
].filter((file) => !existsSync(join(SCHEMA_FOLDER, file)));

type Node = { [keyword: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A structural schema of a CRD in which what is not declared is refused. The API server drops such fields without
 * a word, so a misspelt one would only show in production.
 */
function closed(schema: Node): Node {
  const result: Node = { ...schema };
  if (isNode(schema.properties)) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, closed(property as Node)]),
    );
  }
  if (isNode(schema.items)) {
    result.items = closed(schema.items);
  }
  if (isNode(schema.additionalProperties)) {
    result.additionalProperties = closed(schema.additionalProperties);
  } else if (
    schema.type === 'object' &&
    schema.additionalProperties === undefined &&
    schema['x-kubernetes-preserve-unknown-fields'] !== true
  ) {
    result.additionalProperties = false;
  }
  return result;
}

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: Node };
    }[];
  };
}

/** The schemas of the kinds of a group, by `<version> <kind>`; empty where the folder has none for the group. */
function kindsOf(group: string, folder: string): ReadonlyMap<string, Node> {
  const path = join(folder, `${group}.yaml`);
  if (!existsSync(path)) {
    return new Map();
  }
  const definitions = parseAllDocuments(readFileSync(path, 'utf8')).map(
    (document) => document.toJS() as CustomResourceDefinition,
  );
  return new Map(
    definitions.flatMap(({ spec }) =>
      spec.versions.map(({ name, schema }) => [
        `${name} ${spec.names.kind}`,
        schema.openAPIV3Schema,
      ]),
    ),
  );
}

/** Judges manifests as strictly as `kubectl apply --validate=strict` does, offline. */
export class StrictSchemas {
  private readonly ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  /** Kinds by group: a file is read when an object of its group comes, for that takes long. */
  private readonly groups = new Map<string, ReadonlyMap<string, Node>>();
  private readonly compiled = new Map<string, ValidateFunction>();

  public constructor(private readonly folder: string = SCHEMA_FOLDER) {
    (addFormats as unknown as (ajv: Ajv) => void)(this.ajv);
    const core = readFileSync(join(folder, 'core-kubernetes-1.35.schema.json'), 'utf8');
    this.ajv.addSchema(JSON.parse(core), 'core');
  }

  /** Everything wrong with `object`, one line each. */
  public problems(object: Manifest): string[] {
    const validate = this.validator(object);
    return validate(object)
      ? []
      : validate.errors!.map(({ instancePath, message, params }) =>
          `${instancePath || '/'} ${message} ${params.additionalProperty ?? ''}`.trim(),
        );
  }

  private validator({ apiVersion, kind }: Manifest): ValidateFunction {
    const key = `${apiVersion} ${kind}`;
    const known = this.compiled.get(key) ?? this.compile(key, apiVersion, kind);
    this.compiled.set(key, known);
    return known;
  }

  private compile(key: string, apiVersion: string, kind: string): ValidateFunction {
    const [group, version] = apiVersion.includes('/')
      ? (apiVersion.split('/') as [string, string])
      : ['core', apiVersion];
    const schema = this.custom(group).get(`${version} ${kind}`);
    if (schema) {
      const top = closed(schema);
      // The object's own metadata is judged by the API server, whatever the CRD says of it.
      const properties = { ...(top.properties as Node), metadata: { type: 'object' } };
      return this.ajv.compile({ ...top, properties });
    }
    const name = `io.k8s.api.${group.split('.')[0]}.${version}.${kind}`;
    const core = this.ajv.getSchema(`core#/$defs/${name}`);
    if (!core) {
      throw new Error(`no schema for ${key}`);
    }
    return core;
  }

  private custom(group: string): ReadonlyMap<string, Node> {
    const kinds = this.groups.get(group) ?? kindsOf(group, this.folder);
    this.groups.set(group, kinds);
    return kinds;
  }
}
