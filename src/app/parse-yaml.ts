import type * as Yaml from 'yaml';

/** Reads YAML as kubectl and helm do, merge keys included. Loaded on use: most apps hold no embedded YAML. */
export function parseYaml(text: string): unknown {
  return (require('yaml') as typeof Yaml).parse(text, {
    merge: true,
    prettyErrors: false,
  });
}
