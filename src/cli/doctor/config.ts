import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CONFIG_FILE } from '../../rules';
import type { RulesConfig } from '../../rules/config';
import type * as configFile from '../config-file';
import type { Io } from '../io';

/**
 * The configuration named, or the usual one where there is one.
 *
 * @throws CommandError (exit 2) when a named file is not there, or when it is wrong
 */
export async function configFor(named: string | undefined, io: Io): Promise<RulesConfig> {
  if (named === undefined && !existsSync(resolve(io.cwd, CONFIG_FILE))) {
    // Not even the reader of YAML is loaded.
    return { suppress: [] };
  }
  return (require('../config-file') as typeof configFile).readConfigFile(named, io);
}
