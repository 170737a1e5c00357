import type { BaseValuesDeclaration } from '../../declaration/model';
import { refuse } from '../../declaration/problem';

/**
 * Values of the release below the overlay, as a Secret or ConfigMap holds them: the one or the other. A Secret may
 * stand in Git encrypted with SOPS, or come from an operator.
 */
export interface BaseValues {
  /**
   * Name of the Secret, in the namespace of the object that takes the values.
   * @default - `configMap` is given
   */
  readonly secret?: string;

  /**
   * Name of the ConfigMap, in the same namespace. k3s reads none.
   * @default - `secret` is given
   */
  readonly configMap?: string;

  /**
   * Key whose text is the values.
   * @default 'values.yaml'
   */
  readonly key?: string;

  /**
   * Whether the release is upgraded without it where it does not exist. Flux only.
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * The same, as the declaration holds it; its schema checks it.
 *
 * @throws DeclarationError REG651 for an entry with both names, or with none
 */
export function baseValuesDeclaration(values: readonly BaseValues[]): BaseValuesDeclaration[] {
  return values.map(({ secret, configMap, key = 'values.yaml', optional = false }, index) => {
    const name = secret ?? configMap;
    if (name === undefined || (secret !== undefined && configMap !== undefined)) {
      refuse(
        `delivery.baseValues[${index}]`,
        name,
        'must name one Secret or one ConfigMap: give `secret` or `configMap`',
        'REG651',
      );
    }
    return { kind: secret === undefined ? 'ConfigMap' : 'Secret', name, key, optional };
  });
}
