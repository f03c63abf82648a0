import {
  filterText,
  type Cause,
  type Condition,
  type Rule,
} from '@waymark/plugin-costs-common';
import { dimensionTitle } from '../words/dimensions';

/** Names of causes that are rules: one names somebody who is gone, one shares among nobody. */
const gone = 'entity';
const sharing = 'rule';

/** What a cause is about: a name, and what it says. */
function saidIn({ cause }: Cause): { value: string; said: string } | undefined {
  const at = cause?.indexOf('=') ?? -1;
  return cause && at > 0
    ? { value: cause.slice(0, at), said: cause.slice(at + 1) }
    : undefined;
}

/** The rule that shares charges with this cause among nobody, if that is the cause. */
export function sharingRule(cause: Cause, rules: Rule[]): Rule | undefined {
  const found = saidIn(cause);
  return found?.value === sharing
    ? rules.find(({ id }) => id === found.said)
    : undefined;
}

/** Why charges are nobody's, in a sentence. */
export function reasonOf(cause: Cause, rules: Rule[]): string {
  const found = saidIn(cause);
  if (found?.value === gone) {
    return `A rule names ${found.said}, which the catalog does not have any more`;
  }
  if (found?.value === sharing) {
    const title = sharingRule(cause, rules)?.title ?? found.said;
    return `“${title}” shares it out, and there is nobody to bear a part`;
  }
  if (found) {
    return `${dimensionTitle(found.value)} is “${
      found.said
    }”, and nobody is called so`;
  }
  const { serviceName, isTagged } = cause;
  const what = serviceName ?? 'What no bill names';
  return isTagged
    ? `${what}, tagged, but by nothing that a rule looks at`
    : `${what}, without tags`;
}

function remedyOfSharing(rule: Rule | undefined): string {
  if (rule?.by !== 'share') {
    return 'The rule was changed since; its bills have to be allocated anew.';
  }
  const isByName =
    rule.split === 'fixed' || (rule.split === 'even' && rule.among);
  if (isByName) {
    return 'None of those whom it names is in the catalog any more: name others.';
  }
  return rule.among
    ? 'None of those among whom it is shared has costs of their own in this bill: share it among others, or have an earlier rule find what is theirs.'
    : 'Nobody has costs of their own in this bill: say among whom it is shared, or have an earlier rule find who bears what.';
}

/** The way out that asks for no rule, which is often the better one, where there is one. */
export function remedyOf(cause: Cause, rules: Rule[]): string {
  const found = saidIn(cause);
  if (found?.value === gone) return 'Change the rule.';
  if (found?.value === sharing) {
    return remedyOfSharing(sharingRule(cause, rules));
  }
  if (found) return 'Correct it at the provider, or name an entity so.';
  if (cause.amount.startsWith('-')) {
    return 'A credit: providers let nobody tag it. Have a rule give it to whom it is for, or share it out.';
  }
  if (cause.resources === 0) {
    return 'It is of no resource that could be tagged. Have a rule give it to somebody, or share it out.';
  }
  return cause.isTagged
    ? 'Add a tag that a rule looks at, or a rule that looks at one of its tags.'
    : 'Tag it at the provider.';
}

/** What chooses exactly the charges that have a cause. */
export function conditionsOf(cause: Cause): Condition[] {
  if (cause.cause !== null) return [{ name: 'cause', value: cause.cause }];
  return [
    { name: 'cause', value: cause.isTagged ? 'tagged' : 'untagged' },
    { name: 'ServiceName', value: cause.serviceName ?? '' },
  ];
}

/** A rule that takes what has this cause, to begin with; none where another rule has to be changed. */
export function ruleFor(cause: Cause): Rule | undefined {
  const found = saidIn(cause);
  if (found?.value === gone || found?.value === sharing) return undefined;
  const { value: name, said: value } = found ?? {
    value: 'ServiceName',
    said: cause.serviceName ?? '',
  };
  return {
    id: 'new',
    title: `${dimensionTitle(name)} ${value}`.trim(),
    by: 'entity',
    entityRef: '',
    where: filterText([{ name, value }]),
  };
}
