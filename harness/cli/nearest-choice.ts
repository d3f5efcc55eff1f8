import { type CommandUnknownOpts, InvalidArgumentError } from '@commander-js/extra-typings';
import { nearest } from '../../model/requirements/nearest.js';

/** Options that take one word of a list say which is nearest to a word that is not in it, besides the list. */
export function tellNearestChoices({ options }: CommandUnknownOpts): void {
  for (const option of options) {
    const { argChoices, parseArg } = option;
    if (!argChoices || !parseArg) continue;
    option.argParser<string>((word, before) => {
      const near = argChoices.includes(word) ? undefined : nearest(word, argChoices);
      if (near === undefined) return parseArg(word, before);
      throw new InvalidArgumentError(`did you mean ${near}? There are ${argChoices.join(', ')}.`);
    });
  }
}
