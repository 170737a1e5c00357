import { Option } from 'commander';
import type { CommandTree } from '../options/command-tree';
import { general, messages } from '../options/general';
import { server } from '../options/server';
import type * as loginCommand from './login';
import type * as pullSecretCommand from './pull-secret';
import type { SealingScope } from './seal';

const SCOPES: readonly SealingScope[] = ['strict', 'namespace-wide', 'cluster-wide'];

/** Adds `login` and `pull-secret`. */
export function accessCommands({ tree, io }: CommandTree): void {
  server(messages(tree.command('login')))
    .description('try a token and keep it in the docker config')
    .argument('[host]', 'the registry, when --registry and GITEA_REGISTRY_URL do not name it')
    .action((host, options) =>
      (require('./login') as typeof loginCommand).login(host, options, io),
    );
  server(general(tree.command('pull-secret')))
    .description('make the docker config, or the Secret, a namespace pulls with')
    .addOption(
      new Option(
        '--output <form>',
        'the docker config (json) or the Secret (yaml) (default: json; yaml with --seal)',
      ).choices(['json', 'yaml']),
    )
    .option('--name <name>', 'name of the Secret', 'gitea-pull')
    .option('--namespace <namespace>', 'its namespace (default: the one of kubectl)')
    .option('--seal <cert.pem>', 'make a SealedSecret, for the controller of that certificate')
    .addOption(
      new Option('--scope <scope>', 'where the SealedSecret opens (default: strict)').choices(
        SCOPES,
      ),
    )
    .option('--no-check', 'do not ask the registry whether it takes the token')
    .action((options) =>
      (require('./pull-secret') as typeof pullSecretCommand).pullSecret(options, io),
    );
}
