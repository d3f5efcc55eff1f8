import { describe, expect, it } from 'vitest';
import { GraphLab, profile, refer, type Shown } from './testing.js';

const lab = new GraphLab();

describe('connector groups', () => {
  it('are made, filled, renamed, emptied and deleted', async () => {
    const made = (await lab
      .graph()
      .api(`${profile}/connectorGroups`)
      .post({ name: 'Berlin', region: 'asia' })) as Shown;
    expect(made).toMatchObject({
      name: 'Berlin',
      region: 'asia',
      isDefault: false,
      connectorGroupType: 'applicationProxy',
    });
    const connector = await lab.idOf('/connectors', 'berlin-1');
    const members = () => lab.list(`/connectorGroups/${made.id}/members`);
    await lab
      .graph()
      .api(`${profile}/connectors/${connector}/memberOf/$ref`)
      .post(refer('connectorGroups', made.id));
    const second = refer('connectors', await lab.idOf('/connectors', 'berlin-2'));
    await lab.graph().api(`${profile}/connectorGroups/${made.id}/members/$ref`).post(second);
    expect((await members()).map(({ machineName }) => machineName)).toEqual(['berlin-1', 'berlin-2']);
    const renamed = await lab
      .graph()
      .api(`${profile}/connectorGroups/${made.id}`)
      .patch({ name: 'Berlin north' });
    expect(renamed.name).toBe('Berlin north');
    const gone = () => lab.graph().api(`${profile}/connectorGroups/${made.id}`).delete();
    await expect(gone()).rejects.toMatchObject({ statusCode: 400 });
    const standard = await lab.idOf('/connectorGroups', 'Default');
    for (const { id } of await members())
      await lab
        .graph()
        .api(`${profile}/connectors/${id}/memberOf/$ref`)
        .post(refer('connectorGroups', standard));
    await gone();
    expect((await lab.list('/connectorGroups')).map(({ name }) => name)).toEqual(['Default', 'Oslo']);
  });

  it('have names of their own, and a region that is chosen while they are empty', async () => {
    const oslo = await lab.idOf('/connectorGroups', 'Oslo');
    const post = (body: object) => lab.graph().api(`${profile}/connectorGroups`).post(body);
    await expect(post({ name: 'oslo' })).rejects.toMatchObject({ statusCode: 409, code: 'Conflict' });
    await expect(post({ name: '' })).rejects.toMatchObject({ statusCode: 400 });
    await expect(post({ name: 'Tokyo', region: 'Japan' })).rejects.toMatchObject({ statusCode: 400 });
    const region = () => lab.graph().api(`${profile}/connectorGroups/${oslo}`).patch({ region: 'eur' });
    await expect(region()).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('region'),
    });
    const standard = refer('connectorGroups', await lab.idOf('/connectorGroups', 'Default'));
    await lab
      .graph()
      .api(`${profile}/connectors/${await lab.idOf('/connectors', 'oslo-1')}/memberOf/$ref`)
      .post(standard);
    await expect(region()).rejects.toMatchObject({ statusCode: 400 });
    const [wiki] = await lab.list(`/connectorGroups/${oslo}/applications`);
    await lab.graph().api(`/applications/${wiki?.id}/connectorGroup/$ref`).put(standard);
    expect((await region()).region).toBe('eur');
  });

  it('keep the default one', async () => {
    const standard = await lab.idOf('/connectorGroups', 'Default');
    const refused = lab.graph().api(`${profile}/connectorGroups/${standard}`).delete();
    await expect(refused).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('default'),
    });
  });
});
