import { serverText } from '../../../client/server-text';
import type { Severity } from '../../../rules/check';
import type { Handshake, PeerLeaf } from '../../observe/handshakes';
import { handshakes } from '../../observe/handshakes';
import type { Breach, Outcome } from '../../outcome';
import { broken } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';

/** A handshake that came to a certificate. */
export type Shaken = Extract<Handshake, { readonly leaf: PeerLeaf }>;

/** Handshakes that came to a certificate. */
export async function shakenOn(sight: Sight): Promise<readonly Shaken[]> {
  return (await sight.see(handshakes)).flatMap((one) => ('leaf' in one ? one : []));
}

/**
 * What to judge: the certificate that is shown, and of several the best. That there are several is REG125, and what is
 * wrong with the others is told there.
 */
async function judgedOn(sight: Sight): Promise<Shaken | undefined> {
  const shaken = await shakenOn(sight);
  return (
    shaken.find(({ leaf, distrust }) => leaf.coversHost && distrust === undefined) ?? shaken[0]
  );
}

/**
 * A probe of the certificate that is shown; it says nothing where none is.
 *
 * @param needs the code that must hold first
 */
export function certificateProbe(
  code: string,
  needs: string,
  judge: (sight: Sight, shown: Shaken) => Outcome,
): Probe {
  return {
    code,
    step: 'P2',
    scope: 'path',
    needs: [needs],
    sends: 'five TLS handshakes',
    decide: async (sight) => {
      const shown = await judgedOn(sight);
      return shown ? [judge(sight, shown)] : [];
    },
  };
}

/** A fault of a certificate; on a path that no image names it is only worth knowing. */
export function certificateFault(sight: Sight, code: string, breach: Breach): Outcome {
  const { isImageHost = true } = sight.path;
  const severity: Severity = isImageHost ? (breach.severity ?? 'error') : 'info';
  return broken(code, {
    ...breach,
    severity,
    ...(!isImageHost && { note: `${breach.observed}: no image is pulled by this path` }),
  });
}

/** The same, and only worth knowing where the user accepts any certificate. */
export function trustFault(sight: Sight, code: string, breach: Breach): Outcome {
  return sight.options.dial?.insecure
    ? broken(code, {
        ...breach,
        severity: 'info',
        note: `${breach.observed}: accepted, because verification is off (--insecure)`,
      })
    : certificateFault(sight, code, breach);
}

/** Name of a certificate: its subject, else the first name it covers. */
export function nameOf({ subject, names }: PeerLeaf): string {
  return `'${serverText(subject || names[0] || '', 60)}'`;
}

/** A day as `2026-03-01`. */
export function day(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? '?' : new Date(milliseconds).toISOString().slice(0, 10);
}
