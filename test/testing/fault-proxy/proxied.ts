import { FaultProxy } from '../../../src/testing';
import type { FaultProxyOptions } from '../../../src/testing';
import type { UpstreamDouble } from './upstream-double';
import { startUpstream } from './upstream-double';

/** A proxy with its upstream. */
export interface Proxied {
  readonly upstream: UpstreamDouble;
  readonly proxy: FaultProxy;
}

/** Registers hooks that give each test an upstream and a proxy before it; call the result to get them. */
export function proxied(options: FaultProxyOptions = {}): () => Proxied {
  let current: Proxied;
  beforeEach(async () => {
    const upstream = await startUpstream();
    current = { upstream, proxy: await FaultProxy.start(upstream.url, options) };
  });
  afterEach(async () => {
    await current.proxy.close();
    current.upstream.close();
  });
  return () => current;
}
