import type { Rule } from '../rule';
import { chartImagePair } from './chart-image-pair';
import { controllerSchema } from './controller-schema';
import { declarationForm } from './declaration-form';
import { forgejoWindow } from './forgejo-window';
import { gitopsObject } from './gitops-object';
import { helmchartFailurePolicy } from './helmchart-failure-policy';
import { iniGrammar } from './ini-grammar';
import { iniScalars } from './ini-scalars';
import { iniSticky } from './ini-sticky';
import { listsOwned } from './lists-owned';
import { packagesEnabled } from './packages-enabled';
import { releaseUnique } from './release-unique';
import { replicasSharedState } from './replicas-shared-state';
import { restartAfterChange } from './restart-after-change';
import { rolloutStrategy } from './rollout-strategy';
import { rootUrl } from './root-url';
import { selectorStable } from './selector-stable';
import { subchartImages } from './subchart-images';
import { versionNotBroken } from './version-not-broken';
import { versionSupported } from './version-supported';

/** Rules on Helm values, app.ini and the objects around them, by code. */
export const VALUE_RULES: readonly Rule[] = [
  packagesEnabled,
  rootUrl,
  iniScalars,
  iniGrammar,
  iniSticky,
  restartAfterChange,
  releaseUnique,
  rolloutStrategy,
  replicasSharedState,
  selectorStable,
  subchartImages,
  listsOwned,
  chartImagePair,
  controllerSchema,
  versionSupported,
  versionNotBroken,
  forgejoWindow,
  helmchartFailurePolicy,
  gitopsObject,
  declarationForm,
];
