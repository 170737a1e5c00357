/**
 * What the chart gets in the end, by the own precedence of each tool around helm. Each function reads what is rendered for
 * the tool, and the files and objects that are there beside it; none knows how it was made.
 */

import { dirname, join, normalize } from 'node:path';
import { parse } from 'yaml';

/** A map of values; null takes a default of the chart away. */
export interface Values {
  readonly [key: string]: unknown;
}

/** What a tool finds: files by path, and the text in each key of Secrets and ConfigMaps by `Kind namespace/name`. */
export interface World {
  readonly files: { readonly [path: string]: string };
  readonly objects: { readonly [object: string]: { readonly [key: string]: string } };
}

/* eslint-disable @typescript-eslint/no-explicit-any -- manifests of any kind */

const isMap = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Two `-f` files of helm (helm pkg/cli/values `mergeMaps`): maps deep, everything else whole, null included. */
export function laidOver(lower: Values, upper: Values): Values {
  const merged: { [key: string]: unknown } = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    const below = lower[key];
    merged[key] = isMap(value) && isMap(below) ? laidOver(below, value) : value;
  }
  return merged;
}

/** Values over the chart's own (helm chartutil `CoalesceValues`): a null deletes the default. */
export function coalesced(defaults: Values, given: Values): Values {
  const merged: { [key: string]: unknown } = {};
  for (const key of new Set([...Object.keys(defaults), ...Object.keys(given)])) {
    const [own, value] = [defaults[key], given[key]];
    if (!(key in given)) {
      merged[key] = own;
    } else if (value !== null) {
      merged[key] = isMap(value) && isMap(own) ? coalesced(own, value) : value;
    }
  }
  return merged;
}

const stacked = (layers: readonly Values[]): Values => layers.reduce(laidOver, {});

/** helm reads YAML 1.1. */
const yaml = (text: string): Values => parse(text, { version: '1.1' }) ?? {};

function file({ files }: World, path: string): Values {
  if (!(path in files)) {
    throw new Error(`no file '${path}'`);
  }
  return yaml(files[path]);
}

function entry({ objects }: World, object: string, key: string): Values {
  const text = objects[object]?.[key];
  if (text === undefined) {
    throw new Error(`no key '${key}' in '${object}'`);
  }
  return yaml(text);
}

/** `helm upgrade -f A -f B`. */
export function helm(paths: readonly string[], world: World): Values {
  return stacked(paths.map((path) => file(world, path)));
}

/** Flux: `valuesFrom` in order, then `values` (helm-controller, chartutil `ChartValuesFromReferences`). */
export function flux(release: any, world: World): Values {
  const { valuesFrom = [], values = {} } = release.spec;
  const namespace = release.metadata.namespace;
  return stacked([
    ...valuesFrom.map(({ kind, name, valuesKey = 'values.yaml' }: any) =>
      entry(world, `${kind} ${namespace}/${name}`, valuesKey),
    ),
    values,
  ]);
}

/** Argo CD: `valueFiles` in order, then `valuesObject`, else `values`; `$values` is the source of that name. */
export function argoCd(application: any, world: World): Values {
  const [chart, git] = application.spec.sources;
  const { valueFiles = [], values, valuesObject } = chart.helm;
  return stacked([
    ...valueFiles.map((path: string) => file(world, path.replace(`$${git.ref}/`, ''))),
    valuesObject ?? yaml(values ?? '{}'),
  ]);
}

/** k3s: the files helm-controller gives its job, by name (`setValuesSecret`, `valuesSecretAddConfig`). */
export function k3s(chart: any, config: any, world: World): Values {
  const filesOf = ({ metadata, spec }: any, place: number): [string, Values][] => [
    [`values-${place}-000`, yaml(spec.valuesContent ?? '{}')],
    [`values-${place}-001`, spec.values ?? {}],
    ...(spec.valuesSecrets ?? []).flatMap(({ name, keys }: any, index: number) =>
      keys.map((key: string) => [
        `values-${place}-${`${index + 2}`.padStart(3, '0')}`,
        entry(world, `Secret ${metadata.namespace}/${name}`, key),
      ]),
    ),
  ];
  const read = [...filesOf(chart, 0), ...(config ? filesOf(config, 1) : [])];
  return stacked(read.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, values]) => values));
}

/** helmfile: `values` in order, a `.gotmpl` rendered in its own folder, then all of `secrets`. */
export function helmfile(path: string, world: World): Values {
  const folder = dirname(path);
  const [release] = (yaml(world.files[path]) as any).releases;
  const layer = (name: string): Values => {
    const where = normalize(join(folder, name));
    const text = world.files[where];
    const decrypted = /^\{\{ exec "sops" \(list "--decrypt" "(.*)"\) \}\}\n$/.exec(text ?? '')?.[1];
    return name.endsWith('.gotmpl') && decrypted !== undefined
      ? file(world, normalize(join(dirname(where), decrypted)))
      : file(world, where);
  };
  return stacked([...release.values, ...(release.secrets ?? [])].map(layer));
}

/** kustomize: `valuesFile` with `valuesInline` merged in, then `additionalValuesFiles`; nothing outside its folder. */
export function kustomize(path: string, world: World): Values {
  const folder = dirname(path);
  const [chart] = (yaml(world.files[path]) as any).helmCharts;
  const inside = (name: string): Values => {
    if (name.startsWith('..') || name.startsWith('/')) {
      throw new Error(`'${name}' is outside the kustomization`);
    }
    return file(world, normalize(join(folder, name)));
  };
  const { valuesFile, valuesInline = {}, additionalValuesFiles = [] } = chart;
  return stacked([
    laidOver(inside(valuesFile), valuesInline),
    ...additionalValuesFiles.map(inside),
  ]);
}
