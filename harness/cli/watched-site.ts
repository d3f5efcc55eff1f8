import { readSiteText, textOfSite } from '../../model/site/read.js';
import type { Site } from '../../model/site/schema.js';

/** A site file that somebody works on. It is read anew each time: no editor's way of writing can be missed. */
export class WatchedSite {
  private constructor(
    private readonly file: string,
    private text: string,
    /** What it said at first. */
    readonly site: Site,
  ) {}

  /** @throws SiteFileError */
  static async of(file: string): Promise<WatchedSite> {
    const text = await textOfSite(file);
    return new WatchedSite(file, text, await readSiteText(text, file));
  }

  /** What the file says, or why it cannot be read, where it changed since it was last asked for. */
  async take(): Promise<Site | Error | undefined> {
    const text = await textOfSite(this.file).catch((error: Error) => error);
    const now = text instanceof Error ? text.message : text;
    if (now === this.text) return undefined;
    this.text = now;
    return text instanceof Error ? text : readSiteText(text, this.file).catch((error: Error) => error);
  }
}
