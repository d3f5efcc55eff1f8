import { expect, it } from 'vitest';
import { readTableText as read } from './testing.js';

const allowsA = { allow: 'a.test', port: [443] };
const deniesB = { deny: 'b.test', port: [443] };
const unclear = expect.any(String);

it.each([
  ['English', 'Ticket,Host,Port,Status\nCHG0031,a.test,443,Done\nCHG0032,b.test,443,Closed\n'],
  ['German', 'Antrag;Zielhost;Port;Status\n17;a.test;443;Erledigt\n18;b.test;443;Geschlossen\n'],
  ['French', 'Demande;Hôte;Port;Statut\n17;a.test;443;Terminé\n18;b.test;443;Clôturé\n'],
  ['Spanish', 'Solicitud;Destino;Puerto;Estado\n17;a.test;443;Hecho\n18;b.test;443;Cerrado\n'],
  ['a head of its own', 'Host,Port,Ticket status\na.test,443,Done\nb.test,443,Closed\n'],
  ['numbers of tickets', 'Ref,Host,Port,Status\nRITM0031,a.test,443,Done\nRITM0032,b.test,443,Closed\n'],
  ['another word of its column', 'Host,Port,Status\na.test,443,Done\nb.test,443,Closed\n'],
])('closes no host by the closed ticket that asked for it (%s)', (_, text) => {
  const { rules, told } = read(text);
  expect(rules).toEqual([allowsA, { allow: 'b.test', port: [443], unclear }]);
  expect(told).toEqual([3]);
});

it('does not judge what an open ticket, or one that is in progress, asks for', () => {
  const text = 'Host,Port,Status\na.test,443,Done\nb.test,443,Open\nc.test,443,In progress\n';
  expect(read(text)).toMatchObject({
    rules: [allowsA, { allow: 'b.test', unclear }, { allow: 'c.test', unclear }],
    told: [3, 4],
  });
});

it('takes closed tickets for carried out where the table says in words which were refused, or what each does', () => {
  const refused = 'Host,Port,Status\na.test,443,Closed\nb.test,443,Cancelled\n';
  expect(read(refused)).toMatchObject({ rules: [allowsA], told: [] });
  const withActions =
    'Ticket,Host,Port,Action,Status\nCHG1,a.test,443,Allow,Closed\nCHG2,b.test,443,Deny,Closed\nCHG3,c.test,443,Allow,Open\n';
  expect(read(withActions)).toMatchObject({
    rules: [allowsA, deniesB, { allow: 'c.test', unclear }],
    told: [4],
  });
});

it('neither opens nor closes by open and closed where nothing shows of what they are', () => {
  for (const text of [
    'Host,Port,Status\na.test,443,Open\nb.test,443,Closed\n',
    'Hôte;Port;Statut\na.test;443;ouvert\nb.test;443;fermé\n',
    'a.test;443;open\nb.test;443;closed\n',
    'Host,Port,Remark\na.test,443,open\nb.test,443,closed\n',
  ]) {
    const { rules, told } = read(text);
    expect(told, text).toHaveLength(2);
    expect(
      rules.map(({ allow, deny }) => allow ?? deny),
      text,
    ).toEqual(['a.test', 'a.test', 'b.test', 'b.test']);
    expect(rules.every((rule) => rule.unclear !== undefined)).toBe(true);
  }
});

it('takes them for those of ports where other words of the column, or its head, are about connections', () => {
  for (const text of [
    'Host,Port,State\na.test,443,open\nb.test,443,filtered\n',
    'Host,Port,Access\na.test,443,open\nb.test,443,closed\n',
    'Host,Port,Result\na.test,443,OK\nb.test,443,Failed\n',
    'Host,Port,Status\na.test,443,Allowed\nb.test,443,Not allowed\n',
    'Host;Port;Aktion\na.test;443;offen\nb.test;443;zu\n',
  ])
    expect(read(text), text).toMatchObject({ rules: [allowsA, deniesB], told: [] });
});

it('does not pass over a word that is none for an action where others of the column are', () => {
  const text = 'Host,Port,Status\na.test,443,Allowed\nb.test,443,Blocked\nc.test,443,Pending\n';
  expect(read(text)).toMatchObject({
    rules: [allowsA, deniesB, { deny: 'c.test', unclear }, { allow: 'c.test', unclear }],
    told: [4],
  });
});

it('does not know what is closed where a column of that says yes', () => {
  expect(read('Host,Port,Closed\na.test,443,no\nb.test,443,yes\n')).toMatchObject({
    rules: [allowsA, { deny: 'b.test', unclear }, { allow: 'b.test', unclear }],
  });
});
