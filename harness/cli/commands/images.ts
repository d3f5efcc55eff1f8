import { examples, type Register } from '../command.js';

export const register: Register = (program, { end }) => {
  program
    .command('images')
    .description('build the image of the containers engine, where it is not there already')
    .addHelpText('after', examples('connector-lab images'))
    .action(async () => end(await (await import('../images.js')).images()));
};
