import type Docker from 'dockerode';

/**
 * Removes a container, whatever it is doing; ends when it is gone. One that is on its way already, because
 * containers of labs remove themselves when they end, is waited for: a network that is removed under its
 * last steps would keep an endpoint that nobody can remove.
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

/** Removes a network; false where the engine does not let go of it. */
export async function removeNetwork(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getNetwork(name).remove();
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return true;
    // It counts an endpoint as active that no container has any more: only its restart helps.
    if (statusOf(error) === 403) return false;
    throw error;
  }
}

function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}
