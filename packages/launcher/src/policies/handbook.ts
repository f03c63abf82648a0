import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { paths } from '../paths.ts';
import { policies, settingsFile } from './sources.ts';

/** The page that people read; the part between the marks is written from the rules. */
export const page = path.join(paths.root, 'docs', 'reference', 'policies.md');

const marks = {
  begin: '<!-- From the rules, by npm run policies:build -->',
  end: '<!-- End of what is from the rules -->',
};

type Mode = string | Record<string, string>;

type Rule = {
  name: string;
  title: string;
  /** Why it exists. */
  description: string;
  custom: { what: string; remedy: string; always?: boolean };
};

/** What a rule's file says of the rule, in the comment before its package. */
function readRule(file: string): Rule {
  const text = fs.readFileSync(file, 'utf8');
  const [, comment = ''] =
    /^# METADATA\n((?:#.*\n)+)package /m.exec(text) ?? [];
  return {
    name: path.basename(file, '.rego').replaceAll('_', '-'),
    ...parse(comment.replace(/^# ?/gm, '')),
  };
}

function readRules(): Rule[] {
  const folder = path.join(policies, 'rules');
  return fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.rego') && !name.endsWith('_test.rego'))
    .sort()
    .map(name => readRule(path.join(folder, name)));
}

const effects: Record<string, string> = {
  deny: 'denied',
  approval: 'decided by people',
  warn: 'said, and nothing else',
};

function effectOf(rule: Rule, modes: Record<string, { mode: Mode }>): string {
  if (rule.custom.always) return 'denied, whatever the settings say';
  const mode = modes[rule.name]?.mode ?? 'deny';
  if (typeof mode === 'string') return effects[mode] ?? effects.deny;
  return Object.entries(mode)
    .map(([environment, word]) => `${environment}: ${effects[word]}`)
    .join('; ');
}

const onOneLine = (text: string) => text.trim().replace(/\s+/g, ' ');

function sectionOf(rule: Rule, effect: string): string {
  return [
    `### ${rule.name}`,
    `${rule.title}. What does not comply is ${effect}.`,
    `- **What it looks at.** ${onOneLine(rule.custom.what)}`,
    `- **Why.** ${onOneLine(rule.description)}`,
    `- **How to comply.** ${onOneLine(rule.custom.remedy)}`,
  ]
    .join('\n\n')
    .replaceAll('\n\n- **Why', '\n- **Why')
    .replaceAll('\n\n- **How', '\n- **How');
}

/** The page as the rules and settings want it. */
export function handbook(): string {
  const { rules: modes } = parse(fs.readFileSync(settingsFile, 'utf8'));
  const sections = readRules().map(rule =>
    sectionOf(rule, effectOf(rule, modes)),
  );
  const text = fs.readFileSync(page, 'utf8');
  const before = text.slice(0, text.indexOf(marks.begin));
  const after = text.slice(text.indexOf(marks.end));
  return `${before}${[marks.begin, ...sections].join('\n\n')}\n\n${after}`;
}
