import { giteaSize } from '../../declaration/size';
import type { RegistryView } from '../registry-view';

const FACTORS: { readonly [unit: string]: number } = {
  '': 1,
  b: 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
};

/** Bytes of a size of nginx (nginx.org/en/docs/syntax.html, and the `b` of ingress-nginx): `0`, `8m`, `1G`. */
export function nginxBytes(text: string): number | undefined {
  const parts = /^\s*(\d+)([bkmg]?)\s*$/i.exec(text);
  return parts ? Number(parts[1]) * FACTORS[parts[2].toLowerCase()] : undefined;
}

/** What a request body may need where no largest layer is declared; the doctor probes with it. */
const UNDECLARED = '5 GiB';

/** The largest body one push may send, as people write it. */
export function largestBody({ declaration }: RegistryView): string {
  return declaration?.limits.largestLayer ?? UNDECLARED;
}

/** Whether a limit in bytes lets the largest body through; 0 is nginx's word for no limit. */
export function admitsLargestBody(bytes: number, registry: RegistryView): boolean {
  return bytes === 0 || bytes >= giteaSize(largestBody(registry));
}
