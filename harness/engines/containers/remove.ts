import type Docker from 'dockerode';

/**
 * Removes a container, whatever it is doing; ends when it is gone. One that is on its way already, because
 * containers of labs remove themselves when they end, is waited for.
 */
export async function removeContainer(docker: Docker, id: string): Promise<void> {
  const container = docker.getContainer(id);
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    if (statusOf(error) === 404) return;
    if (statusOf(error) !== 409) throw error;
    await container.wait({ condition: 'removed' }).catch((late) => {
      if (statusOf(late) !== 404) throw late;
    });
  }
}

function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}
