/** Longest script that is read. */
const MOST_CHARACTERS = 100_000;

/** What ends a simple command outside quotes. */
const SEPARATORS = new Set([';', '&', '|', '\n', '(', ')']);

/** A command substitution around the one that is being read. */
interface Frame {
  readonly words: string[];
  readonly word: string | undefined;
  readonly quoted: boolean;
  /** What ends the substitution: `)` or a back-tick. */
  readonly end: string;
}

/**
 * The simple commands of a shell script as lists of words, quotes and backslashes resolved, those inside `$(…)` and
 * back-ticks before the command around them. Variables, redirections and keywords stay as they are written.
 */
export function shellCommands(script: string): readonly (readonly string[])[] {
  return new ShellReader(script.slice(0, MOST_CHARACTERS)).read();
}

/** Reads a script letter by letter, once. */
class ShellReader {
  private readonly commands: string[][] = [];
  private readonly frames: Frame[] = [];
  private words: string[] = [];
  private word: string | undefined;
  /** Whether the reader is between double quotes. */
  private quoted = false;
  private next = 0;

  public constructor(private readonly script: string) {}

  public read(): string[][] {
    while (this.next < this.script.length) {
      this.step(this.script[this.next++]);
    }
    while (this.frames.length > 0) {
      this.close();
    }
    this.endCommand();
    return this.commands;
  }

  private step(letter: string): void {
    if (letter === '\\') {
      this.escaped();
    } else if (letter === '"') {
      this.quoted = !this.quoted;
      this.add('');
    } else if (this.frames.at(-1)?.end === letter && !this.quoted) {
      this.close();
    } else if (letter === '`' || this.opensSubstitution(letter)) {
      this.open(letter);
    } else if (this.quoted) {
      this.add(letter);
    } else {
      this.bare(letter);
    }
  }

  /** A letter outside quotes. */
  private bare(letter: string): void {
    if (letter === "'") {
      this.singleQuoted();
    } else if (letter === '#' && this.word === undefined) {
      this.next = this.indexOf('\n');
    } else if (SEPARATORS.has(letter)) {
      this.endCommand();
    } else if (letter === ' ' || letter === '\t' || letter === '\r') {
      this.endWord();
    } else {
      this.add(letter);
    }
  }

  private escaped(): void {
    const letter = this.script[this.next++] ?? '';
    if (this.quoted && !'"\\$`\n'.includes(letter)) {
      this.add('\\');
    }
    if (letter !== '\n') {
      this.add(letter);
    }
  }

  private singleQuoted(): void {
    const end = this.indexOf("'");
    this.add(this.script.slice(this.next, end));
    this.next = end + 1;
  }

  private indexOf(letter: string): number {
    const index = this.script.indexOf(letter, this.next);
    return index < 0 ? this.script.length : index;
  }

  private opensSubstitution(letter: string): boolean {
    return letter === '$' && this.script[this.next] === '(';
  }

  private open(letter: string): void {
    const { words, word = '', quoted } = this;
    this.frames.push({ words, word, quoted, end: letter === '`' ? '`' : ')' });
    this.next += letter === '`' ? 0 : 1;
    this.words = [];
    this.word = undefined;
    this.quoted = false;
  }

  /** Ends a substitution; what it prints stands in the word around it as `$()`. */
  private close(): void {
    this.endCommand();
    const { words, word, quoted } = this.frames.pop()!;
    this.words = words;
    this.word = `${word}$()`;
    this.quoted = quoted;
  }

  private add(text: string): void {
    this.word = `${this.word ?? ''}${text}`;
  }

  private endWord(): void {
    if (this.word !== undefined) {
      this.words.push(this.word);
      this.word = undefined;
    }
  }

  private endCommand(): void {
    this.endWord();
    if (this.words.length > 0) {
      this.commands.push(this.words);
      this.words = [];
    }
  }
}
