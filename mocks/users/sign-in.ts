import {
  confirmationSchema,
  decodePageState,
  loginPath,
  type PageState,
  secondFactorPath,
} from '../protocol/sign-in-page.js';
import { ProtocolError } from '../protocol/xml.js';

/** What a browser gets. */
export interface Answer {
  status: number;
  /** Where it is sent on to. */
  location?: string;
  body: string;
}

/** Gets a page, or posts a form's fields. */
export type Browse = (url: URL, fields?: Record<string, string>) => Promise<Answer>;

/** How somebody's sign-in ended: back at the program that asked, at a page, or refused. */
export type SignedIn =
  | { at: 'program'; back: URL }
  | { at: 'page'; step: PageState['step'] }
  | ({ at: 'refused' } & NotSignedIn);

/** Why somebody is not signed in; `status` of the answer that says so. */
export interface NotSignedIn {
  status: number;
  text: string;
}

/**
 * What somebody does in a browser, from an address that opens the sign-in page: name, password, and
 * the second factor where the page asks for it.
 */
export async function signIn(
  browse: Browse,
  address: URL,
  { name, password }: { name: string; password: string },
): Promise<SignedIn> {
  let shown = await browse(address);
  let state = pageStateOf(shown);
  const post = async (path: string, fields: Record<string, string>) => {
    shown = await browse(new URL(path, address), { ...fields, ctx: state?.ctx ?? '' });
    state = pageStateOf(shown) ?? state;
  };
  if (state && !state.error) await post(loginPath, { loginfmt: name, passwd: password });
  if (state?.confirm && !state.error) {
    const answer = await browse(new URL(state.confirm));
    if (answer.status !== 200) return notReadable('second factor', answer);
    const { proof = '' } = confirmationSchema.parse(JSON.parse(answer.body));
    await post(secondFactorPath, { proof });
  }
  if (shown.status === 302) return { at: 'program', back: new URL(shown.location ?? '') };
  if (!pageStateOf(shown) || !state) return notReadable('sign-in', shown);
  if (state.error) return { at: 'refused', status: 400, text: state.error.text };
  return { at: 'page', step: state.step };
}

/** What the sign-in page tells; undefined where something else came in its place. */
function pageStateOf({ body }: Answer): PageState | undefined {
  try {
    return decodePageState(body);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

function notReadable(what: string, { status }: Answer): SignedIn {
  return { at: 'refused', status, text: `the ${what} answers ${status}` };
}
