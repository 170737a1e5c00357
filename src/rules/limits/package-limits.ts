import { limitKey } from '../../declaration/package-type';
import { giteaSize } from '../../declaration/size';
import type { Cursor } from '../cursor';
import { VALUES } from '../manifest';
import { decisiveSettings } from '../read/decisive-settings';
import type { IniSetting } from '../read/ini-setting';
import type { RegistryView } from '../registry-view';

/** A limit of `[packages]`, declared or seen in settings. */
export interface PackageLimit {
  /** Key in app.ini. */
  readonly key: string;
  readonly text: string;
  /** Bytes, or versions for a count, as Gitea reads them; -1: unlimited. */
  readonly amount: number;
  readonly at: Cursor;
}

export const OWNER_SIZE = 'LIMIT_TOTAL_OWNER_SIZE';
export const OWNER_COUNT = 'LIMIT_TOTAL_OWNER_COUNT';
export const CONTAINER_SIZE = limitKey('container');

/** `[packages] LIMIT_*`: the declared ones, and those written in settings that say otherwise; each amount once. */
export function packageLimits(registry: RegistryView): readonly PackageLimit[] {
  return registry.remember('package limits', () => {
    const declared = declaredLimits(registry);
    const written = registry.settings.filter(
      ({ section, key }) => section === 'packages' && key.startsWith('LIMIT_'),
    );
    const keys = new Set([...declared, ...written].map(({ key }) => key));
    return [...keys].flatMap((key) =>
      limitsOfKey(
        declared.find((limit) => limit.key === key),
        written.filter((setting) => setting.key === key),
      ),
    );
  });
}

function declaredLimits(registry: RegistryView): PackageLimit[] {
  const limits = registry.declaration?.limits;
  if (!limits) {
    return [];
  }
  const limit = (key: string, text: string, ...steps: readonly string[]): PackageLimit => ({
    key,
    text,
    amount: amountOf(key, text),
    at: registry.declared('limits', ...steps),
  });
  const { perType, totalOwnerSize, totalOwnerCount } = limits;
  return [
    ...Object.entries(perType).map(([type, text]) => limit(limitKey(type), text, 'perType', type)),
    ...(totalOwnerSize === undefined ? [] : [limit(OWNER_SIZE, totalOwnerSize, 'totalOwnerSize')]),
    ...(totalOwnerCount === undefined
      ? []
      : [limit(OWNER_COUNT, `${totalOwnerCount}`, 'totalOwnerCount')]),
  ];
}

function limitsOfKey(
  declared: PackageLimit | undefined,
  settings: readonly IniSetting[],
): PackageLimit[] {
  const written = decisiveSettings(settings)
    .filter((setting) => !liesBelowOverlay(setting, declared, settings))
    .flatMap(({ key, text, at }) =>
      text === undefined ? [] : [{ key, text, amount: amountOf(key, text), at }],
    );
  const byAmount = new Map<number, PackageLimit>();
  for (const limit of [...(declared ? [declared] : []), ...written]) {
    if (!byAmount.has(limit.amount)) {
      byAmount.set(limit.amount, limit);
    }
  }
  return [...byAmount.values()];
}

/** Values files that say what is declared are the overlay, which is laid over every other values file. */
function liesBelowOverlay(
  setting: IniSetting,
  declared: PackageLimit | undefined,
  settings: readonly IniSetting[],
): boolean {
  return (
    declared !== undefined &&
    isOfFile(setting) &&
    settings.some((other) => isOfFile(other) && other.text === declared.text)
  );
}

function isOfFile({ source, at }: IniSetting): boolean {
  return source === 'values' && at.manifest.kind === VALUES;
}

function amountOf(key: string, text: string): number {
  return key === OWNER_COUNT ? giteaCount(text) : giteaSize(text);
}

/** What Gitea reads as a count; anything else leaves it unlimited. */
export function giteaCount(text: string): number {
  return /^\d{1,18}$/.test(text.trim()) ? Number(text) : -1;
}
