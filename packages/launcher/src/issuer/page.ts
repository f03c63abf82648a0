import type { Person } from '../people/people.ts';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => escapes[character]);
}

function initials(person: Person): string {
  return person.displayName
    .split(/\s+/)
    .map(word => word[0])
    .slice(0, 2)
    .join('');
}

function card(person: Person): string {
  return `<li><button name="account" value="${escape(person.name)}">
    <span class="face" aria-hidden="true">${escape(initials(person))}</span>
    <span class="who"><strong>${escape(person.displayName)}</strong>
    <span>${escape(person.title || person.role)}</span></span>
    <span class="role role-${escape(
      person.role.toLowerCase().replace(' ', '-'),
    )}">${escape(person.role)}</span>
  </button></li>`;
}

function byTeam(people: Person[]): [string, Person[]][] {
  const teams = new Map<string, Person[]>();
  for (const person of people) {
    teams.set(person.team, [...(teams.get(person.team) ?? []), person]);
  }
  return [...teams].sort(([a], [b]) => a.localeCompare(b));
}

const style = `
:root { color-scheme: light dark; --ground: #f6f4ef; --card: #fff; --line: #ddd8cc; --ink: #1d2a2b; --soft: #566264; --mark: #0f6b5c; }
@media (prefers-color-scheme: dark) { :root { --ground: #101718; --card: #182123; --line: #2c383a; --ink: #eef1ee; --soft: #a9b4b4; --mark: #6fd0bb; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; }
header { max-width: 44rem; margin-bottom: 2rem; }
h1 { font-size: clamp(1.75rem, 4vw, 2.5rem); line-height: 1.15; margin: 0 0 .75rem; letter-spacing: -.02em; }
header p { color: var(--soft); margin: 0; }
form { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 1.5rem; align-items: start; }
h2 { font-size: .95rem; margin: 0 0 .5rem; color: var(--soft); font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
button { display: flex; gap: .75rem; align-items: center; width: 100%; padding: .7rem .8rem; background: var(--card); color: inherit; border: 1px solid var(--line); border-radius: 10px; font: inherit; text-align: left; cursor: pointer; }
button:hover { border-color: var(--mark); }
button:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
.face { flex: none; display: grid; place-items: center; width: 2.4rem; height: 2.4rem; border-radius: 50%; background: var(--mark); color: var(--card); font-weight: 650; font-size: .85rem; }
.who { display: grid; flex: 1; min-width: 0; }
.who span { color: var(--soft); font-size: .875rem; }
.role { flex: none; font-size: .78rem; padding: .1rem .5rem; border: 1px solid var(--line); border-radius: 99px; color: var(--soft); }
@media (max-width: 30rem) { main { padding-top: 1.75rem; } }
.role-platform-engineer, .role-team-lead { color: var(--mark); border-color: currentColor; }
`;

/** The page on which a demo person is chosen. Works without JavaScript. */
export function chooserPage(options: {
  people: Person[];
  action: string;
}): string {
  const teams = byTeam(options.people)
    .map(
      ([team, members]) => `<section aria-labelledby="${escape(team)}">
  <h2 id="${escape(team)}">${escape(team)}</h2>
  <ul>${members.map(card).join('')}</ul>
</section>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Who are you today? · Waymark</title>
<style>${style}</style>
</head>
<body>
<main>
  <header>
    <h1>Who are you today?</h1>
    <p>This is Waymark's local identity issuer, for development only. Choose a person of the demo organisation; sign out in the portal and choose another to see it from their side.</p>
  </header>
  <form method="post" action="${escape(options.action)}">
${teams}
  </form>
</main>
</body>
</html>`;
}
