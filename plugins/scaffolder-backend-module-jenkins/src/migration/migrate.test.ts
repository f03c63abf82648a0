import fs from 'node:fs';
import path from 'node:path';
import { migrateJenkinsfile } from './migrate';
import { writeReport, writeWorkflow } from './write';

const folder = path.resolve(__dirname, '../__fixtures__');
const read = (name: string) =>
  fs.readFileSync(path.join(folder, `${name}.Jenkinsfile`), 'utf8');

/** What is listed for each style, with the line it stands in. */
const listed: Record<string, [line: number, code: string][]> = {
  maven: [[39, "mail to: 'team@example.com',"]],
  'node-in-docker': [],
  'docker-scripted': [],
  'scripted-parallel': [
    [11, 'echo "Build failed: ${err}"'],
    [12, "currentBuild.result = 'FAILURE'"],
    [13, 'throw err'],
  ],
  'deploy-by-branch': [
    [37, 'when {'],
    [44, "sshagent(credentials: ['deploy-key']) {"],
    [
      52,
      'slackSend channel: \'#deploys\', message: "Deployed ${env.JOB_NAME}"',
    ],
    [53, "unstable { echo 'Unstable' }"],
  ],
  matrix: [[17, 'excludes {']],
  parameters: [
    [
      15,
      "upstream(upstreamProjects: 'base-image', threshold: hudson.model.Result.SUCCESS)",
    ],
    [18, 'retry(2)'],
    [46, "when { changeset 'docs/**' }"],
  ],
  'nested-stages': [
    [9, "def targets = ['eu', 'us']"],
    [10, 'for (target in targets) {'],
    [13, 'targets.each { sh "deploy ${it}" }'],
  ],
  windows: [
    [
      23,
      "withCredentials([certificate(credentialsId: 'signing', keystoreVariable: 'KEYSTORE')]) {",
    ],
    [30, 'changed {'],
  ],
  terraform: [
    [
      25,
      "def code = sh(script: 'terraform plan -detailed-exitcode -out=tfplan', returnStatus: true)",
    ],
    [26, 'if (code == 1) {'],
  ],
  'old-style': [
    [1, "@Library('acme-pipeline@2.x') _"],
    [13, "def config = new JsonSlurper().parseText(readFile('config.json'))"],
    [16, 'sh """'],
    [23, "lock('testflight') {"],
    [
      26,
      "build job: 'notify-testers', parameters: [string(name: 'VERSION', value: '1')]",
    ],
  ],
  'kubernetes-agent': [
    [3, 'kubernetes {'],
    [19, "container('golang') {"],
    [26, "withSonarQubeEnv('sonar') {"],
    [29, 'waitForQualityGate abortPipeline: true'],
  ],
};

describe.each(Object.keys(listed))('the Jenkinsfile %s', name => {
  const code = read(name);
  const migration = migrateJenkinsfile(code, 'CI');

  it('is translated, and what is not is listed', () => {
    expect(
      migration.untranslated.map(({ line, code: text }) => [line, text]),
    ).toEqual(listed[name]);
    const report = writeReport(migration, 'Jenkinsfile');
    for (const { line } of migration.untranslated) {
      expect(report).toContain(`| ${line} |`);
    }
  });

  it('becomes the workflow that was reviewed', () => {
    const reviewed = path.join(folder, `${name}.workflow`);
    expect(writeWorkflow(migration)).toBe(fs.readFileSync(reviewed, 'utf8'));
  });
});

/** A declarative pipeline with one stage. */
const stage = (content: string) =>
  `pipeline { agent any\n stages { stage('One') {\n${content}\n} } }`;
const stepsOf = (code: string) => {
  const { workflow } = migrateJenkinsfile(code, 'CI');
  return Object.values(workflow.jobs).flatMap(({ steps }) => steps.slice(1));
};

it('never makes code of what somebody else wrote', () => {
  const code = stage('steps { sh "echo ${env.CHANGE_ID} ${params.TITLE}" }');
  expect(stepsOf(code)).toEqual([
    { name: 'One', run: 'echo ${CHANGE_ID} ${TITLE}' },
  ]);
});

it.each([
  ["branch 'main'", "github.ref_name == 'main'"],
  ["branch 'feature/*'", "startsWith(github.ref_name, 'feature/')"],
  [
    "not { branch 'it''s' }".replace("''", "\\'"),
    "!(github.ref_name == 'it''s')",
  ],
  [
    "allOf { branch 'main'; anyOf { changeRequest(); buildingTag() } }",
    "github.ref_name == 'main' && (github.event_name == 'pull_request' || github.ref_type == 'tag')",
  ],
  [
    "expression { env.TIER == 'gold' || BRANCH_NAME != 'dev' }",
    "env.TIER == 'gold' || github.ref_name != 'dev'",
  ],
  ["environment name: 'TIER', value: 'gold'", "env.TIER == 'gold'"],
  ["triggeredBy 'TimerTrigger'", "github.event_name == 'schedule'"],
])('says when %s', (when, condition) => {
  const [step] = stepsOf(stage(`when { ${when} }\nsteps { sh 'make' }`));
  expect(step.if).toBe(condition);
});

it.each([
  "branch pattern: 'release-\\\\d+', comparator: 'REGEXP'",
  "changeset '**/*.js'",
  'expression { readFile("x") == "y" }',
  "expression { 'a' in list }",
])('switches a stage off when it cannot say when: %s', when => {
  const code = stage(`when { ${when} }\nsteps { sh 'make deploy' }`);
  const { untranslated } = migrateJenkinsfile(code, 'CI');
  expect(untranslated).toHaveLength(1);
  expect(stepsOf(code)).toEqual([
    expect.objectContaining({
      run: 'make deploy',
      if: "vars.RUN_ONE == 'true'",
    }),
  ]);
});

it('does not take a name that nobody set for a variable', () => {
  const { untranslated } = migrateJenkinsfile(
    stage('steps { sh "rm -rf build/${target}" }'),
    'CI',
  );
  expect(untranslated.map(({ code }) => code)).toEqual([
    'sh "rm -rf build/${target}"',
  ]);
});

it.each([
  ['nothing', '', 'Nothing of this Jenkinsfile can be translated'],
  ['a call of a library', read('library-only'), 'shared library'],
  ['a text that does not end', "node { sh 'make\n }", 'in line 1'],
  [
    'a block that does not end',
    'node {\n  stage("x") {\n',
    'its end in line 3',
  ],
  ['a bracket too many', 'node { sh "x" }\n}', '"}" in line 2'],
])('refuses %s', (_, code, message) => {
  expect(() => migrateJenkinsfile(code, 'CI')).toThrow(message);
});
