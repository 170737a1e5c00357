/** Stands where a template writes something; a private-use character, so that no document holds it. */
export const WRITTEN = '\ue000';

/** Longest template that is read; a docker config has some hundred characters. */
const MOST_CHARACTERS = 100_000;

/** A `{{ … }}` of a Go template. */
export interface TemplateAction {
  /** What stands between the braces. */
  readonly text: string;
  /** Whether it stands inside a JSON string. */
  readonly quoted: boolean;
}

/** A Go template of a JSON text, as far as it can be known without running it. */
export interface JsonTemplate {
  readonly actions: readonly TemplateAction[];
  /**
   * The text with {@link WRITTEN} for what each action writes; undefined where branches, loops or the actions alone
   * decide.
   */
  readonly outline?: string;
}

/** Reads a template that shall become JSON. */
export function jsonTemplate(template: string): JsonTemplate {
  const actions: TemplateAction[] = [];
  let outline = '';
  let literal = '';
  let quoted = false;
  for (const part of partsOf(template.slice(0, MOST_CHARACTERS))) {
    if (part.action) {
      actions.push({ text: part.text, quoted });
      outline += writes(part.text) ? (quoted ? WRITTEN : `"${WRITTEN}"`) : '';
    } else {
      quoted = endsQuoted(part.text, quoted);
      outline += part.text;
      literal += part.text.trim();
    }
  }
  const decided = literal !== '' && !actions.some(({ text }) => BRANCHES.test(text));
  return { actions, ...(decided && { outline }) };
}

const BRANCHES = /^(if|else|end|range|with|define|block|template|break|continue)\b/;

/** Comments and assignments write nothing. */
function writes(action: string): boolean {
  return !/^(\/\*|\$\w*\s*:?=)/.test(action);
}

interface Part {
  readonly action: boolean;
  readonly text: string;
}

function partsOf(template: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  while (from < template.length) {
    const open = template.indexOf('{{', from);
    const close = open < 0 ? -1 : template.indexOf('}}', open);
    if (close < 0) {
      parts.push({ action: false, text: template.slice(from) });
      break;
    }
    parts.push({ action: false, text: template.slice(from, open) });
    parts.push({
      action: true,
      text: template
        .slice(open + 2, close)
        .replace(/^-/, '')
        .replace(/-$/, '')
        .trim(),
    });
    from = close + 2;
  }
  return parts;
}

/** Whether a JSON string is open after `text`. */
function endsQuoted(text: string, quoted: boolean): boolean {
  const quotes = text.replace(/\\./gs, '').split('"').length - 1;
  return quotes % 2 === 1 ? !quoted : quoted;
}

/** Longest action whose texts are looked for; a pipe of functions has some hundred characters. */
const LONGEST_ACTION = 2_000;

/** The texts in quotes or back-ticks in an action. */
export function literalsOf(action: string): string[] {
  return action.length > LONGEST_ACTION
    ? []
    : [...action.matchAll(/"((?:[^"\\]|\\.)*)"|`([^`]*)`/g)].map(
        ([, quoted, raw]) => quoted ?? raw,
      );
}
