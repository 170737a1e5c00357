/** Entry `cdk8s-gitea-registry/doctor`: probes of a live registry along the request path, without cdk8s. */
export { PROBES } from './catalogue';
export { diagnose } from './run';
export type { Diagnosis, Result } from './diagnosis';
export type { Fix, Outcome, Status } from './outcome';
export type { PathRow } from './path-row';
export type { Probe, Step } from './probe';
export type {
  DoctorOptions,
  DoctorRequest,
  LinkSubject,
  ProbedPath,
  PublishSubject,
  UnprobedPath,
} from './request';
