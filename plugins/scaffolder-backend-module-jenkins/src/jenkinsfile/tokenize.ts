import { InputError } from '@backstage/errors';
import type { TextPart } from './Statement';

export type Token = {
  kind: 'word' | 'number' | 'text' | 'sign' | 'newline' | 'end';
  /** As it is written; for a text without its quotes. */
  value: string;
  parts: TextPart[];
  line: number;
  start: number;
  end: number;
};

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r' };

/** Reads the code once, from left to right. */
class Reader {
  readonly tokens: Token[] = [];
  #at = 0;
  #line = 1;

  constructor(private readonly code: string) {}

  read(): Token[] {
    while (this.#at < this.code.length) this.#next();
    this.#push('newline', '\n', this.#at);
    this.#push('end', '', this.#at);
    return this.tokens;
  }

  #push(
    kind: Token['kind'],
    value: string,
    start: number,
    parts: TextPart[] = [],
    line = this.#line,
  ) {
    this.tokens.push({ kind, value, parts, line, start, end: this.#at });
  }

  #next() {
    const rest = this.code.slice(this.#at, this.#at + 3);
    const space = /^[^\S\n]+/.exec(rest);
    if (space) {
      this.#at += space[0].length;
    } else if (rest.startsWith('\\\n')) {
      this.#at += 2;
      this.#line += 1;
    } else if (rest.startsWith('\n')) {
      this.#at += 1;
      this.#push('newline', '\n', this.#at - 1);
      this.#line += 1;
    } else if (rest.startsWith('//') || this.code.startsWith('#!', this.#at)) {
      const end = this.code.indexOf('\n', this.#at);
      this.#at = end < 0 ? this.code.length : end;
    } else if (rest.startsWith('/*')) {
      const end = this.code.indexOf('*/', this.#at);
      if (end < 0) throw this.#problem('a comment that does not end');
      this.#skipTo(end + 2);
    } else if (/^['"]/.test(rest)) {
      this.#text();
    } else {
      this.#wordOrSign();
    }
  }

  #wordOrSign() {
    const start = this.#at;
    const rest = this.code.slice(start, start + 200);
    const word = /^[A-Za-z_$][\w$]*/.exec(rest)?.[0];
    const number = /^\d[\d_]*(\.\d+)?/.exec(rest)?.[0];
    const sign = /^(==~|=~|==|!=|<=|>=|&&|\|\||\?\.|\?:|->|\+=|.)/su.exec(rest);
    const value = word ?? number ?? sign?.[0] ?? rest[0];
    this.#at += value.length;
    if (word) this.#push('word', value, start);
    else if (number) this.#push('number', value, start);
    else this.#push('sign', value, start);
  }

  #text() {
    const start = this.#at;
    const line = this.#line;
    const one = this.code[start];
    const quote = this.code.startsWith(one.repeat(3), start)
      ? one.repeat(3)
      : one;
    this.#at += quote.length;
    const parts: TextPart[] = [];
    let text = '';
    for (;;) {
      const char = this.code[this.#at];
      if (char === undefined || (char === '\n' && quote.length === 1)) {
        throw this.#problem('a text that does not end');
      }
      if (this.code.startsWith(quote, this.#at)) break;
      if (char === '\\') {
        const next = this.code[this.#at + 1];
        // A line that goes on, or a character that means itself.
        text += next === '\n' ? '' : escapes[next] ?? next;
        this.#skipTo(this.#at + 2);
      } else if (char === '$' && one === '"') {
        const expression = this.#expression();
        if (expression === undefined) {
          text += char;
          this.#at += 1;
        } else {
          if (text) parts.push({ text });
          text = '';
          parts.push({ expression });
        }
      } else {
        text += char;
        this.#skipTo(this.#at + 1);
      }
    }
    this.#at += quote.length;
    if (text || parts.length === 0) parts.push({ text });
    this.#push(
      'text',
      this.code.slice(start + quote.length, this.#at - quote.length),
      start,
      parts,
      line,
    );
  }

  /** What is between `${` and `}`, or the names after `$`. */
  #expression(): string | undefined {
    const rest = this.code.slice(this.#at);
    const names = /^\$([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)/.exec(rest);
    if (names) {
      this.#at += names[0].length;
      return names[1];
    }
    if (!rest.startsWith('${')) return undefined;
    let depth = 0;
    for (let index = 1; index < rest.length; index += 1) {
      if (rest[index] === '{') depth += 1;
      if (rest[index] === '}') depth -= 1;
      if (depth === 0) {
        this.#skipTo(this.#at + index + 1);
        return rest.slice(2, index).trim();
      }
    }
    throw this.#problem('an expression in a text that does not end');
  }

  #skipTo(end: number) {
    this.#line += this.code.slice(this.#at, end).split('\n').length - 1;
    this.#at = end;
  }

  #problem(what: string) {
    return new InputError(
      `The Jenkinsfile has ${what}, in line ${
        this.#line
      }. Correct it, or look whether it is a Jenkinsfile`,
    );
  }
}

/** @throws InputError that names the line where the code cannot be read */
export function tokenize(code: string): Token[] {
  return new Reader(code.replaceAll('\r\n', '\n')).read();
}
