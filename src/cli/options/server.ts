import type { Command } from 'commander';
import type { ConnectTo } from '../../client/http/dial';
import { connectTo } from './connect-to';
import { meantRegistry } from './general';
import { milliseconds, repeatable } from './values';

/** Options of every command that speaks to a server, as commander gives them. */
export interface ServerOptions {
  /** Rendered YAML or `registry.json`, or a folder of them; only read where it is needed. */
  readonly declaration: string;
  /** Host or URL of the registry. @default - GITEA_REGISTRY_URL, else the host of the declaration */
  readonly registry?: string;
  readonly connectTo?: readonly ConnectTo[];
  /** PEM file of certificates to trust beside the public ones. */
  readonly caFile?: string;
  readonly insecure?: boolean;
  /** Milliseconds for the whole run. @default - no end */
  readonly timeout?: number;
  /** Milliseconds without progress after which one request fails. @default - of the transport */
  readonly requestTimeout?: number;
  readonly user?: string;
  readonly tokenFile?: string;
  readonly tokenStdin?: boolean;
  /** Hosts (`host[:port]`) a token may be asked from beside the registry. */
  readonly allowRealm?: readonly string[];
  readonly debug?: boolean;
}

/** Adds {@link ServerOptions} but `debug`, which {@link messages} adds. */
export function server(command: Command): Command {
  return meantRegistry(command.optionsGroup('Server:'))
    .option('--user <name>', 'user of the token (or GITEA_REGISTRY_USER)')
    .option('--token-file <file>', 'file that holds the token (or GITEA_REGISTRY_TOKEN)')
    .option('--token-stdin', 'read the token from standard input')
    .option(
      '--allow-realm <host>',
      'another host that may be asked for a token; repeatable',
      repeatable((host) => host.toLowerCase()),
    )
    .option(
      '--connect-to <rule>',
      'dial elsewhere: HOST:PORT:ADDR:PORT as curl has it; repeatable',
      repeatable(connectTo),
    )
    .option('--ca-file <file>', 'certificates (PEM) to trust beside the public ones')
    .option('--insecure', 'accept any certificate')
    .option('--timeout <duration>', 'end the run after that time, such as 5m', milliseconds)
    .option(
      '--request-timeout <duration>',
      'fail a request without progress for that time (default: 60s)',
      milliseconds,
    )
    .optionsGroup('Options:');
}
