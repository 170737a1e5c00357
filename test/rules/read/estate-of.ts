import { parse } from 'yaml';
import { Estate } from '../../../src/rules/estate';
import type { Manifest } from '../../../src/rules/manifest';
import { manifestsOf } from '../fixture';

/** The estate of a YAML text of several documents. */
export function estateOf(text: string): Estate {
  return new Estate(manifestsOf(text, 'test.yaml'), { readYaml: (yaml) => parse(yaml) });
}

/** The object of this kind and name, in the namespace `git`. */
export function objectOf(estate: Estate, kind: string, name: string): Manifest {
  return estate.object(kind, 'git', name)!;
}
