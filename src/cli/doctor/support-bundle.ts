import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Exchange, Recorder } from '../../client/http/recording';
import type { DoctorRequest } from '../../doctor';
import type { Inventory } from '../../doctor/cluster/inventory-record';
import type { Io } from '../io';
import { jsonText } from '../json';
import { packageVersion } from '../package-version';
import type { LiveView } from '../report/live-view';
import { liveText } from '../report/live-text';
import type { DoctorCommandOptions } from './options';
import { tarOf } from './tar';
import type { TextStyle } from '../report/text';

/** More would grow without end with `--blobs`. */
const MOST_EXCHANGES = 10_000;

/** Folder in the archive. */
const FOLDER = 'gitea-registry-support';

/** Keeps what went over the wire, redacted by the transport. */
export class Exchanges {
  private readonly kept: Exchange[] = [];
  private count = 0;

  /** Takes one. */
  public readonly record: Recorder = (exchange) => {
    this.count++;
    if (this.kept.length < MOST_EXCHANGES) {
      this.kept.push(exchange);
    }
  };

  /** How many were not kept. */
  public get dropped(): number {
    return this.count - this.kept.length;
  }

  /** One line each, without the texts `hide` takes out. */
  public lines(hide: (text: string) => string): string {
    return this.kept.map((exchange) => `${JSON.stringify(exchange, hiding(hide))}\n`).join('');
  }
}

/** What goes into a bundle. */
export interface BundleContent {
  readonly options: DoctorCommandOptions;
  readonly request?: DoctorRequest;
  readonly view: LiveView;
  /** @default - none was asked for */
  readonly inventory?: Inventory;
  readonly exitCode: number;
  readonly exchanges: Exchanges;
  /** Takes credentials of the run out of a text. */
  readonly hide: (text: string) => string;
  /** Milliseconds since 1970. */
  readonly beganAt: number;
}

/** A `.tar.gz` for whoever helps: report, requests, versions and options, and nothing secret. */
export async function supportBundle(content: BundleContent, io: Io): Promise<Buffer> {
  const { view, exchanges, hide, beganAt } = content;
  const style: TextStyle = { colors: require('picocolors').createColors(false), unicode: true };
  const files = {
    'about.json': `${JSON.stringify(about(content, io), hiding(hide), 2)}\n`,
    'report.json': jsonText(view.report),
    'report.txt': liveText(view, style),
    'exchanges.jsonl': exchanges.lines(hide),
    ...(content.inventory && { 'inventory.json': jsonText(content.inventory) }),
  };
  const archive = tarOf(
    Object.entries(files).map(([name, text]) => ({
      name: `${FOLDER}/${name}`,
      content: Buffer.from(text),
    })),
    beganAt / 1000,
  );
  return promisify(gzip)(archive);
}

function hiding(hide: (text: string) => string): (key: string, value: unknown) => unknown {
  return (_, value) => (typeof value === 'string' ? hide(value) : value);
}

function about(content: BundleContent, io: Io): object {
  const { request, view, exitCode, exchanges, beganAt } = content;
  return {
    version: packageVersion(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    beganAt: new Date(beganAt).toISOString(),
    elapsedMs: view.elapsedMs,
    exitCode,
    server: view.server,
    paths: request?.paths.map(({ name, origin, credential }) => ({
      name,
      origin: origin.origin,
      hasCredential: credential !== undefined,
    })),
    rows: view.rows,
    unprobed: request?.unprobed,
    hasCluster: request?.cluster !== undefined,
    hasDeclaration: request?.declaration !== undefined,
    hasPullCredential: request?.pullCredential !== undefined,
    options: shownOptions(content.options),
    proxies: ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].filter(
      (name) => io.env[name] ?? io.env[name.toLowerCase()],
    ),
    exchangesNotKept: exchanges.dropped,
  };
}

/** What changes how a run goes; files and users are nobody's business. */
function shownOptions(options: DoctorCommandOptions): object {
  const { output, publish, link, owner, limits, blobs, wait, only, skip, failOn } = options;
  const { timeout, requestTimeout, connectTo, insecure, allowRealm } = options;
  return {
    ...{ output, publish, link, owner, limits, blobs, wait, only, skip, failOn },
    ...{ timeout, requestTimeout, connectTo, insecure, allowRealm },
    hasCaFile: options.caFile !== undefined,
  };
}
