import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { examples, type Register } from '../command.js';

export const register: Register = (program, { end }) => {
  program
    .command('images')
    .description('build the image of the containers engine, where it is not there already')
    .addOption(
      new Option('--image <name>', 'take it from a registry of yours, instead of building it')
        .env('CONNECTOR_LAB_IMAGE')
        .argParser(repository),
    )
    .addOption(
      new Option('--push <name>', 'put it into a registry of yours, for --image on other machines').argParser(
        repository,
      ),
    )
    .addOption(
      new Option(
        '--command-line [engine]',
        'build an image of connector-lab itself instead: for the embedded engine, or to drive a Docker engine',
      )
        .choices(['embedded', 'containers'] as const)
        .preset('embedded' as const)
        .conflicts('image'),
    )
    .addHelpText(
      'after',
      examples(
        'connector-lab images',
        'connector-lab images --push registry.contoso.com/connector-lab',
        'connector-lab images --image registry.contoso.com/connector-lab',
        'connector-lab images --command-line',
      ),
    )
    .action(async (options) => end(await (await import('../images.js')).images(options)));
};

const path = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';

/** A name at a registry, as the container engines read it (distribution, reference.go); the tag is ours. */
function repository(text: string): string {
  if (new RegExp(`^(?:[a-zA-Z0-9.-]+(?::\\d{1,5})?/)?${path}(?:/${path})*$`).test(text)) return text;
  throw new InvalidArgumentError(
    'REGISTRY/NAME in small letters and without a tag, such as registry.contoso.com/connector-lab; the tag says what is in it, and is ours.',
  );
}
