import { bodyLimit } from '../../observe/body-limit';
import type { RefusedAnswer } from '../../observe/upload-session';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { answerText, lossText, noSessionText } from './answer-text';

/** Whether somebody on the way limits bodies, and who. */
export async function bodyLimits(sight: Sight): Promise<Outcome[]> {
  const trials = await sight.see(bodyLimit);
  const { bytes, ...met } = trials.at(-1)!;
  const size = sizeText(bytes);
  if (met.kind === 'let-in') {
    return [
      passed(
        'REG450',
        `uploads of ${trials.map((each) => sizeText(each.bytes)).join(' and ')} are let in`,
      ),
    ];
  }
  if (met.kind === 'refused') {
    return [refusedOutcome(met, size)];
  }
  return met.kind === 'lost'
    ? [
        broken('REG450', {
          observed: `${lossText(met.error)}, when an upload of ${size} was announced`,
        }),
      ]
    : [skipped('REG450', noSessionText(met.instead))];
}

function refusedOutcome(met: RefusedAnswer, size: string): Outcome {
  const { reading } = met;
  return broken(reading.code, {
    observed: `an upload of ${size} is refused before a byte of it is sent: ${answerText(met)}`,
    expected: 'no limit: a layer is one body, and may have gigabytes',
    ...(reading.next !== undefined && { fix: { kind: 'text', text: reading.next } }),
  });
}

function sizeText(bytes: number): string {
  const mib = bytes / 1024 / 1024;
  return mib >= 1024 ? `${mib / 1024} GiB` : `${mib} MiB`;
}
