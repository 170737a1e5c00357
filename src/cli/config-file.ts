import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CONFIG_FILE, readConfig } from '../rules';
import type { RulesConfig } from '../rules/config';
import { CommandError } from './exit';
import { describeFault, YamlFault, yamlDocuments } from './input/yaml-documents';
import type { Io } from './io';

/**
 * Reads `gitea-registry.yaml` of the working folder, or the file the user names.
 *
 * @throws CommandError (exit 2) when a named file is not there, or when it is wrong
 */
export async function readConfigFile(named: string | undefined, io: Io): Promise<RulesConfig> {
  const name = named ?? CONFIG_FILE;
  const text = await readFile(resolve(io.cwd, name), 'utf8').catch((cause) => {
    if (named === undefined && (cause as NodeJS.ErrnoException).code === 'ENOENT') {
      return '';
    }
    throw new CommandError(
      `'${name}' cannot be read: ${(cause as NodeJS.ErrnoException).code}`,
      undefined,
      { cause },
    );
  });
  const { config, problems } = readConfig(parse(text, name), name);
  if (problems.length > 0) {
    throw new CommandError(problems.join('\n'));
  }
  return config;
}

function parse(text: string, name: string): unknown {
  try {
    const [first] = yamlDocuments(text);
    return first?.value;
  } catch (error) {
    if (!(error instanceof YamlFault)) {
      throw error;
    }
    throw new CommandError(describeFault(name, text, error), undefined, { cause: error });
  }
}
