import type { RegistryView } from '../../rules/registry-view';
import { registriesOf } from '../../rules/registries';
import type { Observation } from '../sight';
import { liveEstate } from './live-estate';

/** The registry that is looked at, as the rules see it in the live objects; undefined when they tell of none. */
export const ownRegistry: Observation<RegistryView | undefined> = async (sight) => {
  const live = await sight.see(liveEstate);
  const registries = live ? registriesOf(live.estate) : [];
  const { host } = sight.request;
  return (
    registries.find((registry) => registry.host === host) ??
    (registries.length === 1 && registries[0].host === undefined ? registries[0] : undefined)
  );
};
