import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

const ajv = addFormats(new Ajv({ strict: true, allowUnionTypes: true }));

const validate = ajv.compile(
  JSON.parse(readFileSync(join(__dirname, '../../../docs/report.schema.json'), 'utf8')),
);

/** What of a report does not fit docs/report.schema.json; null when all fits. */
export function reportErrors(report: unknown): readonly ErrorObject[] | null {
  validate(JSON.parse(JSON.stringify(report)));
  return validate.errors ?? null;
}
