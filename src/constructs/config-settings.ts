import { INI_VALUE } from '../declaration/app-ini';
import type { Grammar } from '../declaration/grammar';
import type { ConfigDeclaration } from '../declaration/model';
import { checked } from '../declaration/checked';
import { DeclarationError, refuse } from '../declaration/problem';
import { configKeySchema, MOST, SHORT_INI_VALUE } from '../declaration/registry-schema';
import { text } from '../declaration/schema';
import { carriesCredential, isSecretKey } from '../declaration/secret-keys';
import type { AddedSetting } from '../delivery/overlay';
import { bySectionAndKey } from '../delivery/overlay';

const INSTEAD =
  'write it to a Secret and name that in the chart value gitea.additionalConfigSources; app.ini is then assembled in the pod';

function refuseSecret(path: string, what: string): never {
  const allowed = `${what} and cannot stand in values: ${INSTEAD}`;
  throw new DeclarationError([{ path, allowed, code: 'REG544' }]);
}

/** What a declaration that is read back may hold of each kind. */
const ADDED = { most: MOST.addedSettings, value: INI_VALUE };
const RESET = {
  most: MOST.resetSettings,
  value: {
    ...SHORT_INI_VALUE,
    allowed: `${INI_VALUE.allowed}; at most ${SHORT_INI_VALUE.maxLength} characters, which the declaration repeats`,
  },
};

/** The settings of `addConfig` and `resetConfig`, each app.ini key at most once. */
export class ConfigSettings {
  private readonly added = new Map<string, AddedSetting>();
  private readonly reset = new Map<string, AddedSetting>();

  /**
   * @param owned values of the keys the declaration writes, by `section.KEY`
   */
  public constructor(private readonly owned: ReadonlyMap<string, string>) {}

  /** Remembers a setting. The same value twice is one setting. */
  public add(section: string, key: string, value: string): void {
    this.remember(this.added, ADDED, { section, key, value });
  }

  /** Remembers a removed key with its default. */
  public addReset(section: string, key: string, value: string): void {
    this.remember(this.reset, RESET, { section, key, value });
  }

  /** The settings of `addConfig` with their values, for the overlay only. */
  public addedSettings(): AddedSetting[] {
    return [...this.added.values()];
  }

  /** What the declaration says of them: never a value of `addConfig`; sorted, so that the order of calls changes no byte. */
  public toDeclaration(): ConfigDeclaration {
    return {
      added: [...this.added.values()]
        .sort(bySectionAndKey)
        .map(({ section, key }) => ({ section, key })),
      reset: [...this.reset.values()].sort(bySectionAndKey),
    };
  }

  private remember(
    settings: Map<string, AddedSetting>,
    allowed: { readonly most: number; readonly value: Grammar },
    { section, key, value }: AddedSetting,
  ): void {
    checked(configKeySchema, { section, key }, 'config');
    const path = `${section}.${key}`;
    if (isSecretKey(section, key)) {
      refuseSecret(path, 'holds a secret');
    }
    if (carriesCredential(section, `${value}`)) {
      refuseSecret(path, 'has a value that carries a credential');
    }
    checked(text(allowed.value), value, path);
    const known =
      this.owned.get(path) ?? this.added.get(path)?.value ?? this.reset.get(path)?.value;
    if (known !== undefined && known !== value) {
      refuse(
        path,
        value,
        `is already set to '${known}': one key has one value${this.ownerOf(path)}`,
        'REG660',
      );
    }
    if (known === undefined) {
      if (settings.size === allowed.most) {
        refuse(path, value, `is one more than the ${allowed.most} settings allowed`, 'REG660');
      }
      settings.set(path, { section, key, value });
    }
  }

  private ownerOf(path: string): string {
    return this.owned.has(path)
      ? '; this key follows the declaration, change its prop instead'
      : '';
  }
}
