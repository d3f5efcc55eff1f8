import type { Register } from '../command.js';

/** In place of the parser's own, which answers any word with the page of all commands. */
export const register: Register = (program) => {
  program
    .helpCommand(false)
    .command('help')
    .description('say what a command does')
    .argument('[command]', 'its name')
    .action((name) => {
      const found = program.commands.find((command) => command.name() === name);
      if (found ?? name === undefined) (found ?? program).help();
      // No command: the parser says so, with the nearest one.
      program.parse([`${name}`], { from: 'user' });
    });
};
