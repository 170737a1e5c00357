import type { Cursor } from '../cursor';

/** One option of Traefik's static configuration. */
export interface StaticOption {
  /** Name as in arguments, in lower case: `entrypoints.websecure.transport.respondingtimeouts.readtimeout`. */
  readonly name: string;
  /** Value as text; `true` for a bare flag. */
  readonly text: string;
  readonly at: Cursor;
}

/** An entry point, as far as it is known: what is written, over the defaults of the chart where values are. */
export interface EntryPoint {
  /** Name in lower case. */
  readonly name: string;
  /** Port it listens on in the pod; absent where nothing says it. */
  readonly port?: number;
  /** Whether its routers speak TLS without saying so themselves (`http.tls`). */
  readonly tls: boolean;
}

/** Options in arguments: `--name=value`, `--name value` in two entries, or `--name` for true. */
export function argumentOptions(list: Cursor): StaticOption[] {
  const items = list.items();
  return items.flatMap((at, index) => {
    const match = /^--?([A-Za-z][^=\s]*)(?:=(.*))?$/s.exec(at.text ?? '');
    if (!match) {
      return [];
    }
    const next = items[index + 1]?.text;
    const text = match[2] ?? (next === undefined || next.startsWith('-') ? 'true' : next);
    return [{ name: match[1].toLowerCase(), text, at }];
  });
}

/** Options in a static file. */
export function fileOptions(root: Cursor): StaticOption[] {
  return ['entryPoints', 'providers', 'certificatesResolvers'].flatMap((key) =>
    fileOption(root.get(key), key.toLowerCase()),
  );
}

function fileOption(at: Cursor, name: string): StaticOption[] {
  if (!at.isMap) {
    return leaf(at, name);
  }
  const below = at.entries();
  // `http: { tls: {} }`, `kubernetesCRD: {}`: an empty map switches on.
  return below.length === 0
    ? [{ name, text: 'true', at }]
    : below.flatMap(([key, value]) => fileOption(value, `${name}.${key.toLowerCase()}`));
}

/** A scalar, or a list as its entries joined by commas; nothing where it is empty. */
export function leaf(at: Cursor, name: string): StaticOption[] {
  const text = at.isList
    ? at
        .items()
        .flatMap(({ scalar }) => scalar ?? [])
        .join(',')
    : (at.scalar ?? '');
  return text === '' ? [] : [{ name, text, at }];
}

/** Names of the entry points something is written about. */
export function entryPointNamesIn(options: readonly StaticOption[]): string[] {
  return namesBelow('entrypoints', options);
}

function namesBelow(root: string, options: readonly StaticOption[]): string[] {
  const names = options.flatMap(({ name }) => {
    const [first, second] = name.split('.', 2);
    return first === root && second ? [second] : [];
  });
  return [...new Set(names)];
}

/** The entry points options describe, over those the chart brings. */
export function entryPointsOf(
  options: readonly StaticOption[],
  defaults: readonly EntryPoint[],
): EntryPoint[] {
  const names = new Set([...defaults.map(({ name }) => name), ...entryPointNamesIn(options)]);
  return [...names].map((name) => {
    const known = defaults.find((one) => one.name === name);
    const port = portOf(options, name) ?? known?.port;
    return {
      name,
      ...(port !== undefined && { port }),
      tls: speaksTls(options, name) ?? known?.tls ?? false,
    };
  });
}

/** `:8443`, `:8443/tcp`, `10.0.0.1:8443`. */
function portOf(options: readonly StaticOption[], entryPoint: string): number | undefined {
  const address = lastText(options, `entrypoints.${entryPoint}.address`);
  const port = /:(\d{1,5})(?:\/[a-z]+)?$/i.exec(address ?? '')?.[1];
  return port === undefined ? undefined : Number(port);
}

function speaksTls(options: readonly StaticOption[], entryPoint: string): boolean | undefined {
  const name = `entrypoints.${entryPoint}.http.tls`;
  const own = lastText(options, name);
  if (own !== undefined) {
    return own !== 'false';
  }
  return options.some((known) => known.name.startsWith(`${name}.`)) ? true : undefined;
}

/** The providers options switch on, over those the chart does. */
export function providersOf(
  options: readonly StaticOption[],
  defaults: readonly string[],
): string[] {
  const names = new Set([...defaults, ...namesBelow('providers', options)]);
  return [...names].filter((name) => lastText(options, `providers.${name}`) !== 'false');
}

function lastText(options: readonly StaticOption[], name: string): string | undefined {
  return options.findLast((known) => known.name === name)?.text;
}
