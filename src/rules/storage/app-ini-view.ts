import type { IniSetting } from '../read/ini-setting';

/** app.ini as far as it is written anywhere; of several places the one that wins. */
export class AppIniView {
  private readonly sections = new Map<string, Map<string, IniSetting>>();

  /** @param settings weakest first, but for variables of the container: they beat everything else (both charts) */
  public constructor(settings: readonly IniSetting[]) {
    const isEnv = ({ source }: IniSetting): boolean => source === 'env';
    for (const setting of [...settings.filter((one) => !isEnv(one)), ...settings.filter(isEnv)]) {
      const keys = this.sections.get(setting.section) ?? new Map<string, IniSetting>();
      this.sections.set(setting.section, keys.set(setting.key, setting));
    }
  }

  /** Whether anything stands in the section. */
  public has(section: string): boolean {
    return this.section(section) !== undefined;
  }

  /** A key of the section itself; an empty one counts as none. */
  public own(section: string, key: string): IniSetting | undefined {
    const setting = this.section(section)?.get(key);
    return setting?.text === '' ? undefined : setting;
  }

  /** A key of the section, or of the sections around it: `[storage.minio]` inherits from `[storage]` (go-ini). */
  public inherited(section: string, key: string): IniSetting | undefined {
    const dot = section.lastIndexOf('.');
    return (
      this.own(section, key) ?? (dot < 0 ? undefined : this.inherited(section.slice(0, dot), key))
    );
  }

  /** Sections are in lower case but for those of a hand-written app.ini. */
  private section(name: string): ReadonlyMap<string, IniSetting> | undefined {
    return this.sections.get(name) ?? this.sections.get(name.toLowerCase());
  }
}
