/** Git hosting and every check, recorded before a change and compared after it. */
export { compareRecords, refuseForeign } from './compare';
export type { Comparison, Difference } from './compare';
export { lookAtHosting } from './look';
export type { Hosting, HostingSubject } from './look';
export type { HostingObservation, HostingSurface, Standing } from './observation';
export { isRepository } from './repository';
export { readRecord } from './read-record';
export { recordOf, subjectOf } from './record';
export type { HostingRecord, RecordedCheck } from './record';
export { HOSTING_CODE, NOT_COMPARED, resultsOfComparison } from './results';
